import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Desk, newDesk } from "../../src/core/desk.ts";
import type { Evidence } from "../../src/core/evidence.ts";
import { failure } from "../../src/core/failure.ts";
import type { Incident, IncidentBook } from "../../src/core/incidents.ts";
import type { IncidentNotice, Notice } from "../../src/core/notice.ts";
import { type Event, reduce } from "../../src/core/reduce.ts";
import { due, nextDueAt } from "../../src/core/schedule.ts";
import { project } from "../../src/core/snapshot.ts";
import { createState, type State } from "../../src/core/state.ts";
import { Table } from "../../src/core/table.ts";
import { toldNow } from "../../src/core/tellings.ts";
import { type Answer, HOUR, MINUTE, SECOND, T0 } from "../helpers/evidence.ts";
import {
	controlEvidence,
	officialPage,
	probeEvidence,
	type Story,
	sourceEvidence,
	tell,
	type Watch,
} from "../helpers/story.ts";
import { CONTROLS, watched } from "../helpers/watched.ts";

const WATCH: Watch = [
	watched("wa", { owner: "meta", features: { messaging: ["a.wa", "b.wa"], media: ["c.wa"] } }),
	watched("ig", { owner: "meta", features: { feed: ["a.ig", "b.ig"], login: [] }, official: { Login: "login" } }),
	watched("canva", { upstream: "cloudflare", features: { web: ["a.canva", "b.canva"] } }),
	watched("medium", { upstream: "cloudflare", features: { web: ["a.medium", "b.medium"] } }),
];
const WA = ["wa/messaging/a.wa", "wa/messaging/b.wa"];
const IG = ["ig/feed/a.ig", "ig/feed/b.ig"];
const TOO_MANY = {
	kind: "blocked",
	failure: failure("http", "429", { status: 429, retryAfterMs: 2 * HOUR }),
} as const;
const level = (story: Story, key: `${string}/messaging` | `${string}/feed` | `${string}/login` | `${string}/web`) =>
	story.state.tracks.get(key)?.level;
const kinds = (story: Story) => story.notices.map(({ kind }) => kind);

/** When the last probe or source is due. */
function lastDue({ state }: Story): number {
	return Math.max(...[...state.runs].flatMap(([id, { dueAt }]) => (id.startsWith("control/") ? [] : [dueAt])));
}

/** The hosts fail every fifteen seconds from `at` on, the controls passing in between. Gives when that ends. */
function fail(story: Story, ids: readonly string[], at: number, times = 3): number {
	for (let n = 0; n < times; n++) {
		story.probes(at + n * 15 * SECOND, "timeout", ...ids);
		story.controls(at + n * 15 * SECOND + 2 * SECOND);
	}
	return at + times * 15 * SECOND;
}

describe("a story", () => {
	test("an outage is told once it is proven, and again when it has been quiet for two minutes", () => {
		const story = tell(WATCH);
		story.controls(SECOND);
		story.probes(2 * SECOND, "ok", ...WA);
		expect(level(story, "wa/messaging")).toBe("operational");
		const end = fail(story, WA, MINUTE);
		expect(story.notices).toMatchObject([
			{ kind: "opened", incident: "i1", culprit: "meta", features: [{ service: "wa", feature: "messaging" }] },
		]);
		story.probes(end, "ok", ...WA);
		story.probes(end + MINUTE, "ok", ...WA);
		story.tick(end + MINUTE);
		expect(kinds(story)).toEqual(["opened"]);
		story.tick(end + 2 * MINUTE);
		expect(kinds(story)).toEqual(["opened", "closed"]);
	});

	test("the proof waits for controls that passed after the failure", () => {
		const story = tell(WATCH);
		story.controls(SECOND);
		for (const at of [20, 35, 50]) story.probes(at * SECOND, "timeout", ...WA);
		expect(kinds(story)).toEqual([]);
		story.controls(52 * SECOND, "ok", ["control/alpha", "control/beta"]);
		expect(kinds(story)).toEqual([]);
		story.controls(53 * SECOND, "ok", ["control/gamma"]);
		expect(kinds(story)).toEqual(["opened"]);
	});

	test("two services of one owner, then two unrelated ones behind a provider, are two incidents", () => {
		const story = tell(WATCH);
		story.controls(SECOND);
		fail(
			story,
			[...WA, ...IG, "canva/web/a.canva", "canva/web/b.canva", "medium/web/a.medium", "medium/web/b.medium"],
			MINUTE,
		);
		const open = project(story.state).incidents.filter(({ closedAt }) => closedAt === undefined);
		expect(open.map(({ culprit }) => culprit).sort()).toEqual(["cloudflare", "meta"]);
		expect(kinds(story).filter((kind) => kind === "opened").length).toBeLessThanOrEqual(3);
	});

	test("an official page speaks for a feature that no probe can see, and falls silent with age", () => {
		const story = tell(WATCH);
		story.controls(SECOND);
		expect(level(story, "ig/login")).toBe("unknown");
		story.page(2 * SECOND, "ig/official", { Login: "operational" });
		expect(level(story, "ig/login")).toBe("operational");
		story.page(3 * SECOND, "ig/official");
		expect(level(story, "ig/login")).toBe("operational");
		story.tick(20 * MINUTE);
		expect(level(story, "ig/login")).toBe("unknown");
		story.controls(20 * MINUTE);
		story.page(20 * MINUTE, "ig/official", { Login: "major_outage" });
		expect(story.notices).toMatchObject([{ kind: "opened", features: [{ service: "ig", feature: "login" }] }]);
		story.tick(60 * MINUTE);
		expect(level(story, "ig/login")).toBe("major_outage");
	});

	test("a page that is good for an hour speaks for an hour", () => {
		const story = tell(WATCH);
		story.controls(SECOND);
		const page = sourceEvidence("ig/official", T0 + 2 * SECOND, officialPage({ Login: "operational" }, "operational"));
		story.evidence(2 * SECOND, { ...page, askAgainAfterMs: HOUR });
		for (let at = 5 * MINUTE; at < 65 * MINUTE; at += 5 * MINUTE) story.controls(at);
		story.tick(61 * MINUTE);
		expect(level(story, "ig/login")).toBe("operational");
		story.tick(67 * MINUTE);
		expect(level(story, "ig/login")).toBe("unknown");
	});

	test("a page about a neighbouring product is a hint, and silent on what it does not name", () => {
		const { service, checks } = watched("x", { features: { web: ["a.x"], login: [] }, official: { Login: "login" } });
		const hints = checks.map((check) =>
			check.kind === "source" ? { ...check, source: { ...check.source, speaksForWhole: false } } : check,
		);
		const story = tell([{ service, checks: hints }]);
		story.controls(SECOND);
		story.probes(2 * SECOND, "ok", "x/web/a.x");
		story.page(3 * SECOND, "x/official", { Login: "major_outage" }, "major_outage");
		expect([level(story, "x/web"), level(story, "x/login")]).toEqual(["operational", "unknown"]);
		const reasons = (key: "x/web" | "x/login") => story.state.tracks.get(key)?.verdict.reasons;
		story.tick(MINUTE);
		expect(reasons("x/web")?.map(({ kind }) => kind)).toEqual(["host_passes"]);
		expect(reasons("x/login")).toMatchObject([
			{ kind: "official", whole: true, level: "major_outage" },
			{ kind: "blind" },
		]);
		expect(kinds(story)).toEqual([]);
	});

	test("checks of a service that is not listed are run, and nothing is made of them", () => {
		const stray = watched("stray", { features: { web: ["a.stray"] }, official: { Web: "web" } });
		const story = tell([{ service: watched("x", { features: { web: [] } }).service, checks: stray.checks }]);
		story.controls(SECOND);
		for (const at of [2, 20, 40, 60, 80, 100]) story.probes(at * SECOND, "timeout", "stray/web/a.stray");
		story.page(100 * SECOND, "stray/official", { Web: "major_outage" });
		expect([...story.state.tracks.keys()]).toEqual(["x/web"]);
		expect(story.notices).toEqual([]);
	});

	test("a page about the whole service in trouble is about its front door", () => {
		const plan = { features: { web: ["a.x", "b.x"], feed: ["c.x", "d.x"] }, official: { Other: "ads" } } as const;
		const story = tell([watched("x", plan)]);
		story.controls(SECOND);
		story.probes(2 * SECOND, "ok", "x/web/a.x", "x/web/b.x", "x/feed/c.x", "x/feed/d.x");
		story.page(3 * SECOND, "x/official", { Other: "operational" }, "degraded");
		expect([level(story, "x/web"), level(story, "x/feed")]).toEqual(["operational", "operational"]);
		story.page(4 * SECOND, "x/official", { Other: "operational" }, "major_outage");
		expect([level(story, "x/web"), level(story, "x/feed")]).toEqual(["major_outage", "operational"]);
	});

	test("a page that names a feature in trouble says nothing of the front door, whatever its word on the whole", () => {
		const plan = { features: { web: ["a.x", "b.x"], feed: ["c.x", "d.x"] }, official: { Feed: "feed" } } as const;
		const story = tell([watched("x", plan)]);
		story.controls(SECOND);
		story.probes(2 * SECOND, "ok", "x/web/a.x", "x/web/b.x", "x/feed/c.x", "x/feed/d.x");
		story.page(3 * SECOND, "x/official", { Feed: "major_outage" }, "major_outage");
		expect([level(story, "x/web"), level(story, "x/feed")]).toEqual(["operational", "major_outage"]);
		expect(story.state.tracks.get("x/web")?.verdict.reasons).toContainEqual(
			expect.objectContaining({ kind: "official", whole: true, level: "major_outage" }),
		);
	});

	test("a page about the whole service that is well again has spoken for its front door too", () => {
		const plan = { features: { web: ["a.x", "b.x"] }, official: { Other: "ads" } } as const;
		const story = tell([watched("x", plan)]);
		story.controls(SECOND);
		story.page(2 * SECOND, "x/official", { Other: "operational" }, "major_outage");
		expect(level(story, "x/web")).toBe("major_outage");
		story.probes(MINUTE, "ok", "x/web/a.x", "x/web/b.x");
		expect(level(story, "x/web")).toBe("major_outage");
		story.page(10 * MINUTE, "x/official", { Other: "operational" }, "operational");
		expect(level(story, "x/web")).toBe("operational");
		expect(kinds(story)).toEqual(["opened", "closed"]);
	});
});

describe("the connection", () => {
	test("lost for three quarters of a minute is told, once, and its return", () => {
		const story = tell(WATCH);
		story.controls(SECOND);
		story.controls(MINUTE, "timeout");
		story.tick(MINUTE + 44 * SECOND);
		expect(kinds(story)).toEqual([]);
		story.tick(MINUTE + 45 * SECOND);
		story.tick(3 * MINUTE);
		expect(story.notices).toMatchObject([{ kind: "connection_lost", cause: "network", since: T0 + MINUTE }]);
		story.controls(4 * MINUTE, "ok");
		expect(story.notices[1]).toMatchObject({ kind: "connection_back", since: T0 + MINUTE });
		expect(kinds(story)).toHaveLength(2);
	});

	test("lost for a moment is nobody's business", () => {
		const story = tell(WATCH);
		story.controls(SECOND);
		story.controls(MINUTE, "timeout");
		story.controls(MINUTE + 20 * SECOND, "ok");
		story.tick(10 * MINUTE);
		expect(kinds(story)).toEqual([]);
	});

	test("back makes what was seen before count no more, and has everything asked soon", () => {
		const story = tell(WATCH);
		story.controls(SECOND);
		for (const at of [20, 35, 50]) story.probes(at * SECOND, "timeout", ...WA);
		story.controls(52 * SECOND, "timeout");
		story.controls(MINUTE + 20 * SECOND, "ok");
		expect(kinds(story)).toEqual([]);
		expect(story.state.tracks.get("wa/messaging")?.verdict.standing).toBe("none");
		expect(lastDue(story)).toBeLessThanOrEqual(T0 + MINUTE + 50 * SECOND);
	});

	test("back has a run that began before it asked again at once", () => {
		const story = tell(WATCH);
		story.controls(SECOND);
		story.controls(MINUTE, "timeout");
		story.controls(2 * MINUTE, "ok");
		const at = T0 + 2 * MINUTE + SECOND;
		const late = probeEvidence(story.state, "wa/messaging/a.wa", "timeout", at);
		story.evidence(2 * MINUTE + SECOND, { ...late, startedAt: T0 + 59 * SECOND });
		expect(story.state.runs.get("wa/messaging/a.wa")).toMatchObject({ dueAt: at, attempt: 0, recent: [] });
	});

	test("is not judged by runs from before the start, nor is any service", () => {
		const story = tell(WATCH);
		story.controls(0);
		expect(story.state.connection).toMatchObject({ state: "unknown", passed: 0 });
		story.controls(SECOND);
		story.probes(0, "ok", ...WA);
		expect(level(story, "wa/messaging")).toBe("unknown");
	});

	test("found lost after a wake is told to those who knew no second time, and its return still is", () => {
		const story = tell(WATCH);
		story.controls(SECOND);
		story.controls(MINUTE, "timeout");
		story.tick(2 * MINUTE);
		story.happen({ kind: "woke", at: T0 + HOUR });
		story.controls(HOUR + 21 * SECOND, "timeout");
		story.tick(HOUR + 2 * MINUTE);
		story.controls(HOUR + 3 * MINUTE, "ok");
		expect(kinds(story)).toEqual(["connection_lost", "connection_back"]);
		expect(story.notices[1]).toMatchObject({ since: T0 + MINUTE });
	});
});

describe("a sleep or a change of network", () => {
	test.each(["woke", "network_changed"] as const)("%s: what was begun before it does not count", (kind) => {
		const story = tell(WATCH);
		story.controls(SECOND);
		story.probes(2 * SECOND, "timeout", ...WA);
		story.happen({ kind, at: T0 + HOUR });
		expect(story.state.connection.state).toBe("unknown");
		story.controls(HOUR + 10 * SECOND, "timeout");
		story.probes(HOUR + 10 * SECOND, "timeout", ...WA);
		expect(story.state.connection.state).toBe("unknown");
		story.controls(HOUR + 21 * SECOND, "ok");
		expect(story.state.connection.state).toBe("online");
		expect(story.state.tracks.get("wa/messaging")?.verdict).toMatchObject({ standing: "none", reasons: [] });
		for (const id of WA) expect(story.state.runs.get(id)).toMatchObject({ attempt: 0 });
		expect(lastDue(story)).toBeLessThanOrEqual(T0 + HOUR + 50 * SECOND);
	});

	test("an outage that lasted through it is the same incident", () => {
		const story = tell(WATCH);
		story.controls(SECOND);
		fail(story, WA, MINUTE);
		story.happen({ kind: "woke", at: T0 + HOUR });
		story.controls(HOUR + 21 * SECOND, "ok");
		expect(level(story, "wa/messaging")).toBe("major_outage");
		fail(story, WA, HOUR + MINUTE);
		expect(kinds(story)).toEqual(["opened"]);
	});
});

describe("a clock that was set back", () => {
	const YEAR = 365 * 24 * HOUR;

	/** A story of a quarter of an hour with an outage, whose clock is then set back by a year. */
	function setBack(): { story: Story; now: number } {
		const story = tell(WATCH);
		story.controls(SECOND);
		fail(story, WA, MINUTE);
		story.probes(15 * MINUTE, "ok", ...IG);
		const now = 15 * MINUTE - YEAR;
		story.happen({ kind: "woke", at: T0 + now });
		return { story, now };
	}

	test("is believed, and only then does time run backwards", () => {
		const { story, now } = setBack();
		expect(story.state.now).toBe(T0 + now);
		for (const kind of ["tick", "network_changed", "asked"] as const)
			expect(reduce(story.state, { kind, at: T0 + now - HOUR }).state.now).toBe(T0 + now);
	});

	test("has everything asked again soon, and no host waits for its old turn or for patience it asked for", () => {
		const story = tell(WATCH);
		story.controls(SECOND);
		const told = { ...probeEvidence(story.state, "wa/media/c.wa", "ok", T0 + 2 * SECOND), outcome: TOO_MANY };
		story.evidence(2 * SECOND, told as Evidence);
		const now = T0 - YEAR;
		story.happen({ kind: "woke", at: now });
		expect(lastDue(story)).toBeLessThanOrEqual(now + MINUTE);
		expect(nextDueAt(story.state)).toBe(now + 20 * SECOND);
		story.controls(20 * SECOND - YEAR + SECOND);
		story.tick(MINUTE - YEAR);
		expect(due(story.state)).toContain("wa/media/c.wa");
	});

	test("leaves an outage as it was, with the same id, until it is seen to be over", () => {
		const { story, now } = setBack();
		story.controls(now + 21 * SECOND);
		expect(level(story, "wa/messaging")).toBe("major_outage");
		expect(story.state.tracks.get("ig/feed")?.verdict.standing).toBe("none");
		story.probes(now + 30 * SECOND, "ok", ...WA);
		story.probes(now + 50 * SECOND, "ok", ...WA);
		story.tick(now + 4 * MINUTE);
		expect(story.notices.map((notice) => "incident" in notice && `${notice.kind} ${notice.incident}`)).toEqual([
			"opened i1",
			"closed i1",
		]);
	});

	test("does not keep news of an outage back until its old time comes round again", () => {
		const { story, now } = setBack();
		story.controls(now + 21 * SECOND);
		fail(story, IG, now + 30 * SECOND);
		for (let later = 2 * MINUTE; later < 10 * MINUTE; later += MINUTE) {
			story.controls(now + later);
			story.probes(now + later, "timeout", ...WA, ...IG);
		}
		expect(kinds(story)).toEqual(["opened", "worsened"]);
	});

	test("does not keep milder trouble from being believed", () => {
		const story = tell(WATCH);
		story.controls(SECOND);
		story.page(2 * SECOND, "ig/official", { Login: "major_outage" });
		story.page(MINUTE, "ig/official", { Login: "degraded" });
		expect(level(story, "ig/login")).toBe("major_outage");
		story.happen({ kind: "woke", at: T0 - YEAR });
		story.controls(21 * SECOND - YEAR);
		for (let at = MINUTE; at <= 4 * MINUTE; at += MINUTE) story.page(at - YEAR, "ig/official", { Login: "degraded" });
		expect(level(story, "ig/login")).toBe("degraded");
	});

	test("does not make an admission of its future last until then", () => {
		const story = tell(WATCH);
		story.controls(SECOND);
		story.page(2 * SECOND, "ig/official", { Feed: "major_outage", Login: "major_outage" });
		expect(level(story, "ig/login")).toBe("major_outage");
		story.happen({ kind: "woke", at: T0 - YEAR });
		story.controls(21 * SECOND - YEAR);
		const admittedAt = story.state.tracks.get("ig/login")?.admittedAt ?? 0;
		expect(admittedAt).toBeLessThanOrEqual(T0 - YEAR);
	});
});

describe("what was told", () => {
	test("is followed only while there is a connection: time in which nobody can see is no quiet time", () => {
		const story = tell(WATCH);
		story.controls(SECOND);
		const well = (from: number) => {
			for (let n = 0; n < 9; n++) story.probes(from + n * 20 * SECOND, "ok", ...WA);
			return from + 3 * MINUTE;
		};
		const over = well(fail(story, WA, MINUTE));
		well(fail(story, WA, over + MINUTE));
		const [ended = 0] = story.state.book.incidents.map(({ closedAt = 0 }) => closedAt - T0);
		expect(ended).toBeGreaterThan(over + MINUTE);
		expect(kinds(story)).toEqual(["opened", "closed", "opened"]);
		for (let at = ended + MINUTE; at <= ended + 4 * MINUTE; at += MINUTE) story.tick(at);
		story.controls(ended + 4 * MINUTE + SECOND, "timeout");
		story.tick(ended + 20 * MINUTE);
		expect(kinds(story).slice(3)).toEqual(["connection_lost"]);
		for (let at = ended + 21 * MINUTE; at < ended + 40 * MINUTE; at += MINUTE) story.controls(at);
		expect(kinds(story).slice(4)).toEqual(["connection_back", "closed"]);
		// four quiet minutes had been seen before the connection was lost: six more are due
		expect((story.notices.at(-1)?.at ?? 0) - T0 - ended).toBe(27 * MINUTE);
	});

	test("is looked at whenever the loop wakes, even where no evidence comes", () => {
		const story = tell(WATCH);
		story.controls(SECOND);
		const end = fail(story, IG, fail(story, WA, MINUTE));
		expect(kinds(story)).toEqual(["opened"]);
		story.tick(end + 10);
		expect(kinds(story)).toEqual(["opened"]);
		story.tick(end + 3 * MINUTE);
		expect(story.notices.slice(1)).toMatchObject([
			{ kind: "worsened", features: [{ service: "wa" }, { service: "ig" }] },
		]);
	});
});

describe("whoever asks", () => {
	test("has the named services and the controls asked at once, the rest in their turn", () => {
		const story = tell(WATCH);
		story.controls(SECOND);
		for (const [id, { kind }] of story.state.checks) if (kind === "probe") story.probes(2 * SECOND, "ok", id);
		story.page(2 * SECOND, "ig/official", { Login: "operational" });
		story.happen({ kind: "asked", at: T0 + 20 * SECOND, services: ["ig"] });
		const due = [...story.state.runs].filter(([, { dueAt }]) => dueAt <= T0 + 20 * SECOND).map(([id]) => id);
		expect(due.sort()).toEqual([...CONTROLS.map(({ id }) => id), ...IG, "ig/official"].sort());
		story.happen({ kind: "asked", at: T0 + 21 * SECOND });
		for (const { dueAt } of story.state.runs.values()) expect(dueAt).toBeLessThanOrEqual(T0 + 21 * SECOND);
	});
});

describe("a restart", () => {
	const book: IncidentBook = {
		nextNumber: 8,
		incidents: [
			{
				id: "i7",
				cause: "service",
				culprit: "meta",
				openedAt: T0 - HOUR,
				features: [
					{ service: "wa", feature: "messaging", level: "partial_outage", since: T0 - HOUR },
					{ service: "gone", feature: "feed", level: "major_outage", since: T0 - HOUR },
				],
			},
		],
	};

	const [held] = book.incidents;
	const told = new Map([["i7", toldNow(undefined, held as Incident, T0 - HOUR)]]);
	const desk: Desk = { ...newDesk(T0 - HOUR), told };

	test("takes up the open incident where it was left, and closes it with the same id", () => {
		const story = tell(WATCH, { book, desk });
		expect(story.state.tracks.get("wa/messaging")).toMatchObject({ level: "partial_outage", since: T0 - HOUR });
		story.controls(SECOND);
		expect(kinds(story)).toEqual([]);
		story.probes(2 * SECOND, "ok", ...WA);
		expect(story.notices).toMatchObject([{ kind: "closed", incident: "i7", openedAt: T0 - HOUR }]);
		expect(story.state.book.incidents[0]).toMatchObject({ id: "i7", closedAt: T0 + 2 * SECOND });
	});

	test("goes on with an outage that goes on, without telling it again", () => {
		const story = tell(WATCH, { book, desk });
		story.controls(SECOND);
		fail(story, WA, 2 * SECOND);
		expect(level(story, "wa/messaging")).toBe("major_outage");
		for (let at = MINUTE; at < HOUR; at += MINUTE) {
			story.controls(at);
			story.probes(at, "timeout", ...WA);
		}
		expect(story.notices).toEqual([]);
	});

	test("tells what the last run had not: another service that fails now", () => {
		const story = tell(WATCH, { book, desk });
		story.controls(SECOND);
		fail(story, IG, 2 * SECOND);
		for (let at = MINUTE; at < 10 * MINUTE; at += MINUTE) {
			story.controls(at);
			story.probes(at, "timeout", ...WA, ...IG);
		}
		expect(story.notices).toMatchObject([
			{ kind: "worsened", incident: "i7", features: [{ service: "wa" }, { service: "ig", feature: "feed" }] },
		]);
	});

	test("gives the next incident the next number", () => {
		const story = tell(WATCH, { book, desk });
		story.controls(SECOND);
		fail(story, ["canva/web/a.canva", "canva/web/b.canva"], 2 * SECOND);
		expect(story.notices).toMatchObject([{ kind: "opened", incident: "i8", culprit: "canva-owner" }]);
	});

	test("does not wait for features that are no longer watched", () => {
		const gone = tell([], { book });
		expect(gone.state.book.incidents).toMatchObject([{ id: "i7", closedAt: T0 }]);
		expect(gone.state.tracks.size).toBe(0);
	});
});

describe("a shared host or a slow pace", () => {
	test("does not make a feature unknown between two of its runs", () => {
		const watch = [watched("s", { features: { web: ["same"], api: ["same"], feed: ["same"] } })];
		const story = tell(watch, { intervalMs: 10 * MINUTE });
		story.controls(SECOND);
		story.probes(2 * SECOND, "ok", "s/web/same");
		story.controls(20 * MINUTE);
		story.tick(61 * MINUTE);
		expect(level(story, "s/web")).toBe("operational");
		expect(story.state.connection.state).toBe("online");
		story.tick(67 * MINUTE);
		expect(level(story, "s/web")).toBe("unknown");
	});
});

describe("whatever happens", () => {
	const probeIds = WATCH.flatMap(({ checks }) => checks).flatMap(({ id, kind }) => (kind === "probe" ? [id] : []));
	const answers = fc.constantFrom<Answer>("ok", "ok", "timeout", "http", "blocked", "skipped", "dns_timeout");
	const happening = fc.oneof(
		{ weight: 2, arbitrary: fc.constant({ what: "tick" } as const) },
		{ weight: 1, arbitrary: fc.record({ what: fc.constantFrom("woke", "network_changed", "asked" as const) }) },
		{
			weight: 4,
			arbitrary: fc.record({
				what: fc.constant("controls" as const),
				answer: fc.constantFrom("ok", "ok", "ok", "timeout", "portal", "unreachable" as const),
			}),
		},
		{
			weight: 6,
			arbitrary: fc.record({ what: fc.constant("probe" as const), id: fc.constantFrom(...probeIds), answer: answers }),
		},
		{
			weight: 6,
			arbitrary: fc.record({
				what: fc.constant("storm" as const),
				service: fc.constantFrom("wa", "ig", "canva", "medium"),
				answer: fc.constantFrom<Answer>("ok", "timeout"),
			}),
		},
		{
			weight: 2,
			arbitrary: fc.record({
				what: fc.constant("page" as const),
				level: fc.constantFrom("operational", "degraded", "major_outage", "unknown", "maintenance" as const),
			}),
		},
	);
	type Happening = typeof happening extends fc.Arbitrary<infer H> ? H : never;
	const stories = fc.array(fc.tuple(fc.oneof(fc.constant(15 * SECOND), fc.nat(3 * MINUTE)), happening), {
		maxLength: 40,
	});

	/** The events of one happening: a storm is all hosts of a service three times, with the controls passing after each. */
	function eventsOf(state: State, happening: Happening, at: number): Event[] {
		const seen = (evidence: Extract<Event, { kind: "evidence" }>["evidence"]): Event => ({
			kind: "evidence",
			at: evidence.at,
			evidence,
		});
		const controls = (answer: Parameters<typeof controlEvidence>[1], when: number) =>
			CONTROLS.map(({ id }) => seen(controlEvidence(id, answer, when)));
		switch (happening.what) {
			case "tick":
			case "woke":
			case "network_changed":
			case "asked":
				return [{ kind: happening.what, at }];
			case "controls":
				return controls(happening.answer, at);
			case "probe":
				return [
					{ kind: "began", at: at - SECOND, checkIds: [happening.id] },
					seen(probeEvidence(state, happening.id, happening.answer, at)),
				];
			case "storm":
				return [0, 12, 24].flatMap((later) => [
					...probeIds
						.filter((id) => id.startsWith(`${happening.service}/`))
						.map((id) => seen(probeEvidence(state, id, happening.answer, at + later * SECOND))),
					...controls("ok", at + (later + 2) * SECOND),
				]);
			case "page":
				return [seen(sourceEvidence("ig/official", at, officialPage({ Login: happening.level }, "operational")))];
		}
	}

	function start(): State {
		return createState({
			services: WATCH.map(({ service }) => service),
			checks: [...CONTROLS, ...WATCH.flatMap(({ checks }) => checks)],
			now: T0,
			seed: 5,
		});
	}

	function live(
		story: readonly (readonly [number, Happening])[],
		each: (before: State, after: State, notices: readonly Notice[]) => void = () => {},
	) {
		let state = start();
		let at = T0;
		const notices: Notice[] = [];
		for (const [later, happening] of story) {
			at = Math.max(at + later, state.now);
			for (const event of eventsOf(state, happening, at)) {
				const step = reduce(state, event);
				each(state, step.state, step.notices);
				state = step.state;
				notices.push(...step.notices);
			}
		}
		return { state, notices };
	}

	test("the same events give the same states and the same bytes, and no state is ever changed", () => {
		fc.assert(
			fc.property(stories, (story) => {
				const first = live(story, (before) => deepFreeze(before));
				const second = live(story);
				expect(plain(second.state)).toEqual(plain(first.state));
				expect(plain(second.state)).toMatchObject({ runs: { length: first.state.runs.size } });
				expect(JSON.stringify(second.notices)).toBe(JSON.stringify(first.notices));
				expect(JSON.stringify(project(second.state))).toBe(JSON.stringify(project(first.state)));
			}),
			{ numRuns: 40 },
		);
	});

	test("nothing is said about services while the connection is lost or unknown, nor moves", () => {
		let opened = 0;
		fc.assert(
			fc.property(stories, (story) => {
				live(story, (before, after, notices) => {
					const incidents = notices.filter((notice): notice is IncidentNotice => "incident" in notice);
					opened += incidents.filter(({ kind }) => kind === "opened").length;
					if (after.connection.state === "online") return;
					expect(incidents).toEqual([]);
					expect(after.tracks).toBe(before.tracks);
					expect(after.book).toBe(before.book);
				});
			}),
			{ numRuns: 60 },
		);
		expect(opened).toBeGreaterThan(20);
	});

	test("an incident tells what happens to it in order, and names only features in trouble", () => {
		fc.assert(
			fc.property(stories, (story) => {
				const { notices, state } = live(story);
				const incidents = notices.filter((notice): notice is IncidentNotice => "incident" in notice);
				for (const [, own] of Map.groupBy(incidents, ({ incident }) => incident)) {
					let open = false;
					for (const { kind, features } of own) {
						expect(open).toBe(kind !== "opened");
						open = kind !== "closed";
						expect(features.length).toBeGreaterThan(0);
						expect(features.some(({ until }) => until !== undefined)).toBe(kind === "closed");
					}
				}
				for (const track of state.tracks.values()) expect(track.since).toBeLessThanOrEqual(state.now);
			}),
			{ numRuns: 60 },
		);
	});

	test("what proves nothing never notifies: refusals, skipped runs, passes, pages that do not say", () => {
		const mute = stories.map((story) =>
			story.filter(([, each]) => {
				if (each.what === "page") return each.level === "unknown" || each.level === "operational";
				if (each.what === "controls") return each.answer === "ok";
				return !("answer" in each) || ["ok", "blocked", "skipped"].includes(each.answer);
			}),
		);
		fc.assert(
			fc.property(mute, (story) => {
				expect(live(story).notices).toEqual([]);
			}),
			{ numRuns: 60 },
		);
	});

	test("time never runs backwards in a state, whatever the clock says", () => {
		const { state } = live([[HOUR, { what: "tick" }]]);
		const { state: after } = reduce(state, { kind: "tick", at: T0 });
		expect(after.now).toBe(T0 + HOUR);
	});
});

/** Makes every later write throw; maps are closed too, which `Object.freeze` leaves open, and the lists inside tables. */
function deepFreeze(value: unknown): void {
	if (typeof value !== "object" || value === null || Object.isFrozen(value)) return;
	if (value instanceof Map) {
		for (const [, each] of value) deepFreeze(each);
		const refuse = () => {
			throw new Error("A state was changed");
		};
		Object.assign(value, { set: refuse, delete: refuse, clear: refuse });
	}
	if (value instanceof Table) for (const list of [value.keys(), value.values()]) deepFreeze(list);
	for (const each of Object.values(value)) deepFreeze(each);
	Object.freeze(value);
}

/** A state with its maps and tables as lists, to be compared whatever was done to them. */
function plain(value: unknown): unknown {
	return JSON.parse(
		JSON.stringify(value, (_, each) => (each instanceof Map || each instanceof Table ? [...each] : each)),
	);
}
