import { describe, expect, test } from "vitest";
import { openFeatures } from "../../src/core/incidents.ts";
import { isProblem } from "../../src/core/level.ts";
import { reduce } from "../../src/core/reduce.ts";
import { project } from "../../src/core/snapshot.ts";
import type { FeatureKey } from "../../src/core/state.ts";
import { MINUTE, SECOND, T0 } from "../helpers/evidence.ts";
import { probeEvidence, type Story, tell, type Watch } from "../helpers/story.ts";
import { watched } from "../helpers/watched.ts";

test("an official page that cannot be read is no verdict, but it is said, last of all", () => {
	const story = tell([watched("sa", { features: { feed: ["a.sa", "b.sa"] }, official: { Feed: "feed" } })]);
	story.controls(SECOND);
	story.probes(2 * SECOND, "ok", "sa/feed/a.sa", "sa/feed/b.sa");
	story.page(3 * SECOND, "sa/official");
	const feature = () => project(story.state).services[0]?.features[0];
	expect(feature()?.level).toBe("operational");
	expect(feature()?.reasons.map(({ kind }) => kind)).toEqual(["host_passes", "host_passes", "source_failed"]);
	expect(feature()?.reasons.at(-1)).toMatchObject({ page: "status.sa.test" });
	story.page(4 * SECOND, "sa/official", { Feed: "operational" });
	expect(feature()?.reasons.map(({ kind }) => kind)).toEqual(["host_passes", "host_passes", "official"]);
});

/** The hosts fail every fifteen seconds, and the controls pass after each time. Gives when that ends. */
function fail(story: Story, at: number, times: number, ...ids: string[]): number {
	for (let n = 0; n < times; n++) {
		story.probes(at + n * 15 * SECOND, "timeout", ...ids);
		story.controls(at + n * 15 * SECOND + 2 * SECOND);
	}
	return at + times * 15 * SECOND;
}
/** They pass for three minutes: long enough to be well again. */
function recover(story: Story, at: number, ...ids: string[]): number {
	for (let n = 0; n <= 9; n++) story.probes(at + n * 20 * SECOND, "ok", ...ids);
	return at + 3 * MINUTE;
}
const levelOf = (story: Story, key: FeatureKey) => story.state.tracks.get(key)?.level;

describe("features of one owner", () => {
	const META: Watch = [
		watched("wa", { owner: "meta", features: { messaging: ["a.wa", "b.wa"], web: ["shared.meta"] } }),
		watched("ig", { owner: "meta", features: { feed: ["a.ig", "b.ig"], web: ["shared.meta", "www.ig"] } }),
		watched("x", { features: { feed: ["a.x", "b.x"] } }),
	];
	const start = () => {
		const story = tell(META);
		story.controls(SECOND);
		for (const [id, { kind }] of story.state.checks) if (kind === "probe") story.probes(2 * SECOND, "ok", id);
		return story;
	};

	test("bear one another out where each has one failing host only", () => {
		const story = start();
		const end = fail(story, MINUTE, 3, "wa/messaging/a.wa");
		expect(levelOf(story, "wa/messaging")).toBe("operational");
		fail(story, end, 1, "ig/feed/a.ig", "wa/messaging/a.wa");
		expect(levelOf(story, "wa/messaging")).toBe("operational");
		fail(story, end + 15 * SECOND, 1, "ig/feed/a.ig", "wa/messaging/a.wa");
		expect(levelOf(story, "wa/messaging")).toBe("operational");
		fail(story, end + 30 * SECOND, 1, "ig/feed/a.ig", "wa/messaging/a.wa");
		expect(levelOf(story, "wa/messaging")).toBe("partial_outage");
	});

	test("do not where the failing host is the same one", () => {
		const story = start();
		fail(story, MINUTE, 8, "wa/web/shared.meta", "ig/web/shared.meta");
		expect(story.state.tracks.get("ig/web")?.verdict).toMatchObject({ level: "operational", standing: "suspected" });
		expect(levelOf(story, "ig/web")).toBe("operational");
	});

	test("do not where they have different owners, or the other one has passed since", () => {
		const story = start();
		fail(story, MINUTE, 6, "wa/messaging/a.wa", "x/feed/a.x");
		expect([levelOf(story, "wa/messaging"), levelOf(story, "x/feed")]).toEqual(["operational", "operational"]);
		const other = start();
		const end = fail(other, MINUTE, 2, "ig/feed/a.ig");
		other.probes(end, "ok", "ig/feed/a.ig");
		fail(other, end, 6, "wa/messaging/a.wa");
		expect(levelOf(other, "wa/messaging")).toBe("operational");
	});

	test("a feature in known trouble stays so while one host is down, though all others are well", () => {
		const story = start();
		let at = fail(story, MINUTE, 3, "wa/messaging/a.wa", "wa/messaging/b.wa");
		expect(levelOf(story, "wa/messaging")).toBe("major_outage");
		for (let n = 0; n < 40; n++, at += 15 * SECOND) {
			story.probes(at, "ok", "wa/messaging/b.wa");
			fail(story, at, 1, "wa/messaging/a.wa");
		}
		const track = story.state.tracks.get("wa/messaging");
		expect(track?.verdict).toMatchObject({ level: "partial_outage", standing: "proven" });
		expect(isProblem(track?.level ?? "unknown")).toBe(true);
		expect(story.notices.map(({ kind }) => kind)).toEqual(["opened"]);
	});
});

describe("services behind one provider", () => {
	const behind = (id: string) =>
		watched(id, { upstream: "cdn", features: { web: [`a.${id}`, `b.${id}`], feed: [`c.${id}`, `d.${id}`] } });
	const WATCH: Watch = [behind("medium"), behind("canva"), behind("loft")];
	const hosts = (...services: string[]) => services.flatMap((id) => [`${id}/web/a.${id}`, `${id}/web/b.${id}`]);
	const open = (story: Story) =>
		story.state.book.incidents
			.filter(({ closedAt }) => closedAt === undefined)
			.map(
				(incident) =>
					`${incident.id} ${incident.culprit}: ${openFeatures(incident)
						.map(({ service }) => service)
						.join(" ")}`,
			);
	const blamed = (story: Story, service: string) => story.state.tracks.get(`${service}/web`)?.blamed;

	function start(): { story: Story; at: number } {
		const story = tell(WATCH);
		story.controls(SECOND);
		story.probes(2 * SECOND, "ok", ...hosts("medium", "canva", "loft"));
		return { story, at: fail(story, MINUTE, 3, ...hosts("medium", "canva")) };
	}

	test("fail because of it, and who is blamed does not change while the incident is open", () => {
		const { story, at } = start();
		expect(open(story)).toEqual(["i1 cdn: medium canva"]);
		let now = recover(story, at, ...hosts("medium"));
		expect(open(story)).toEqual(["i1 cdn: canva"]);
		expect([blamed(story, "medium"), blamed(story, "canva")]).toEqual([undefined, "cdn"]);
		now = fail(story, now, 4, ...hosts("canva"));
		expect(open(story)).toEqual(["i1 cdn: canva"]);
		expect(project(story.state).services[1]?.features[0]).toMatchObject({ cause: "upstream", culprit: "cdn" });
	});

	test("that fail later are blamed on it too, though they are alone by then", () => {
		const { story, at } = start();
		const now = fail(story, recover(story, at, ...hosts("medium")), 3, ...hosts("loft"));
		expect(open(story)).toEqual(["i1 cdn: canva loft"]);
		recover(story, now, ...hosts("canva", "loft"));
		expect(open(story)).toEqual([]);
	});

	test("have their other features' trouble blamed on it too, though no other service fails by then", () => {
		const { story, at } = start();
		const now = recover(story, at, ...hosts("medium"));
		fail(story, now, 3, ...hosts("canva"), "canva/feed/c.canva", "canva/feed/d.canva");
		expect(open(story)).toEqual(["i1 cdn: canva canva"]);
	});

	test("say which others fail behind it, one that is well is blamed for nothing", () => {
		const { story, at } = start();
		expect(blamed(story, "loft")).toBeUndefined();
		fail(story, recover(story, at, ...hosts("medium")), 3, ...hosts("loft"));
		const [, , loft] = project(story.state).services;
		expect(loft?.features[0]?.reasons).toContainEqual(
			expect.objectContaining({ kind: "also_fails", provider: "cdn", services: ["canva"] }),
		);
	});

	test("are all named to one another while its incident is open, though only one owner's are left", () => {
		const of = (id: string, owner: string) =>
			watched(id, { owner, upstream: "cdn", features: { web: [`a.${id}`, `b.${id}`] } });
		const story = tell([of("wa", "meta"), of("ig", "meta"), of("fb", "meta"), of("medium", "medium")]);
		story.controls(SECOND);
		const at = fail(story, MINUTE, 3, ...hosts("wa", "ig", "fb", "medium"));
		recover(story, at, ...hosts("medium"));
		expect(open(story)).toEqual(["i1 cdn: wa ig fb"]);
		expect(project(story.state).services[0]?.features[0]?.reasons).toContainEqual(
			expect.objectContaining({ kind: "also_fails", provider: "cdn", services: ["fb", "ig"] }),
		);
	});

	test("that fail alone once its incident is over are their own trouble again", () => {
		const { story, at } = start();
		const now = recover(story, at, ...hosts("medium", "canva"));
		expect(open(story)).toEqual([]);
		fail(story, now + MINUTE, 3, ...hosts("loft"));
		expect(open(story)).toEqual(["i2 loft-owner: loft"]);
	});

	test("have their incident left alone while nothing moves", () => {
		const { story, at } = start();
		const [incident] = story.state.book.incidents;
		fail(story, at, 6, ...hosts("medium", "canva"));
		expect(story.state.book.incidents[0]).toBe(incident);
		const { book } = story.state;
		story.tick(at + 3 * MINUTE);
		expect(story.state.book).toBe(book);
	});
});

describe("a service of an owner with the same name", () => {
	test("is at fault itself, however long it is so", () => {
		const story = tell([watched("x", { owner: "x", features: { feed: ["a.x", "b.x"], web: ["c.x", "d.x"] } })]);
		story.controls(SECOND);
		const at = fail(story, MINUTE, 4, "x/feed/a.x", "x/feed/b.x");
		fail(story, at, 4, "x/feed/a.x", "x/feed/b.x", "x/web/c.x", "x/web/d.x");
		expect(story.state.book.incidents).toMatchObject([{ cause: "service", culprit: "x" }]);
		expect(project(story.state).services[0]?.features).toMatchObject([{ cause: "service" }, { cause: "service" }]);
	});
});

describe("an incident", () => {
	const WATCH: Watch = [
		watched("sa", { features: { feed: ["a.sa", "b.sa"], media: ["c.sa", "d.sa"] }, official: { Feed: "feed" } }),
		watched("sb", { features: { feed: ["a.sb", "b.sb"] } }),
	];
	const [SA, SB] = [
		["sa/feed/a.sa", "sa/feed/b.sa"],
		["sb/feed/a.sb", "sb/feed/b.sb"],
	] as const;
	const start = () => {
		const story = tell(WATCH);
		story.controls(SECOND);
		story.probes(2 * SECOND, "ok", ...SA, ...SB, "sa/media/c.sa", "sa/media/d.sa");
		return story;
	};
	const incidents = (story: Story) => story.state.book.incidents;

	test("is admitted as soon as the page says so, though nothing else changes", () => {
		const story = start();
		const earlier = recover(story, fail(story, MINUTE, 3, ...SB), ...SB);
		const at = fail(story, earlier, 3, ...SA);
		expect(incidents(story)[1]).not.toHaveProperty("admitted");
		story.page(at, "sa/official", { Feed: "major_outage" });
		expect(incidents(story)[1]).toMatchObject({ admitted: { page: "Status" } });
	});

	test("that a page has admitted is over two hours after it fell silent, though nothing else changes by then", () => {
		const story = start();
		story.page(MINUTE, "sa/official", { Feed: "degraded" });
		expect(incidents(story)).toMatchObject([{ features: [{ level: "degraded" }] }]);
		for (let at = 2 * MINUTE; at <= 140 * MINUTE; at += MINUTE) {
			story.controls(at);
			story.probes(at + SECOND, "ok", ...SA);
		}
		expect(levelOf(story, "sa/feed")).toBe("operational");
		expect(incidents(story)[0]?.closedAt).toBeDefined();
	});

	test("stays the same object while others come and go", () => {
		const story = start();
		const at = fail(story, MINUTE, 4, ...SA);
		const [first] = incidents(story);
		fail(story, at, 4, ...SA, ...SB);
		expect(incidents(story)).toHaveLength(2);
		expect(incidents(story)[0]).toBe(first);
	});

	test("comes and goes from the third time within an hour on, though another of its features does not", () => {
		const story = start();
		let at = MINUTE;
		for (let times = 1; times <= 3; times++) {
			const also = times === 3 ? ["sa/media/c.sa", "sa/media/d.sa"] : [];
			at = fail(story, at, 4, ...SA, ...also);
			if (times < 3) {
				expect(incidents(story)[0]).not.toHaveProperty("unstable");
				at = recover(story, at, ...SA);
			}
		}
		expect(incidents(story)).toMatchObject([{ reopened: 2, unstable: true }]);
		const [feed, media] = project(story.state).services[0]?.features ?? [];
		expect(feed?.reasons.at(-1)).toMatchObject({ kind: "unstable", changes: 3, withinMs: 60 * MINUTE });
		expect(media?.reasons.map(({ kind }) => kind)).not.toContain("unstable");
	});
});

test("a look tells the levels that have changed, and only those", () => {
	const story = tell([watched("sa", { features: { feed: ["a.sa"], media: ["b.sa"] } })]);
	story.controls(SECOND);
	const look = (at: number, id: string, answer: "ok" | "timeout" = "ok") =>
		reduce(story.state, {
			kind: "evidence",
			at: T0 + at,
			evidence: probeEvidence(story.state, id, answer, T0 + at),
		});
	expect(look(2 * SECOND, "sa/feed/a.sa").levels).toEqual([
		{ service: "sa", feature: "feed", level: "operational", at: T0 + 2 * SECOND },
	]);
	story.probes(2 * SECOND, "ok", "sa/feed/a.sa");
	expect(look(3 * SECOND, "sa/feed/a.sa", "timeout").levels).toEqual([]);
});

test("while it is not known whether there is a connection nothing is shown, not even that a host passes", () => {
	const story = tell([watched("sa", { features: { feed: ["a.sa"] } })]);
	story.probes(SECOND, "ok", "sa/feed/a.sa");
	expect(levelOf(story, "sa/feed")).toBe("unknown");
	story.controls(2 * SECOND);
	story.probes(3 * SECOND, "ok", "sa/feed/a.sa");
	expect(levelOf(story, "sa/feed")).toBe("operational");
});
