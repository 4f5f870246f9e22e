import { describe, expect, test } from "vitest";
import { DOUBTFUL_STEPS } from "../../src/core/cadence.ts";
import { openFeatures } from "../../src/core/incidents.ts";
import { due } from "../../src/core/schedule.ts";
import { HOUR, MINUTE, SECOND, T0 } from "../helpers/evidence.ts";
import { controlEvidence, officialPage, type Story, sourceEvidence, tell, type Watch } from "../helpers/story.ts";
import { CONTROLS, watched } from "../helpers/watched.ts";

const META: Watch = [
	watched("wa", {
		owner: "meta",
		features: { messaging: ["a.wa", "b.wa"], media: ["c.wa"] },
		official: { Calls: "calls" },
	}),
	watched("ig", { owner: "meta", features: { feed: ["a.ig", "b.ig"] }, official: { Feed: "feed" } }),
	watched("x", { features: { feed: ["a.x", "b.x"] } }),
];
const WA = ["wa/messaging/a.wa", "wa/messaging/b.wa"] as const;

/** A watch that has been well for an hour: nothing is due for a while. */
function quiet(watch: Watch = META, seed = 1): Story {
	const story = tell(watch, { seed });
	for (let at = SECOND; at <= HOUR + SECOND; at += 5 * MINUTE) {
		story.controls(at);
		for (const [id, { kind }] of story.state.checks) {
			if (kind === "probe") story.probes(at + SECOND, "ok", id);
			if (kind === "source") story.page(at + SECOND, id, { Feed: "operational", Calls: "operational" });
		}
	}
	return story;
}

/** All of them are well. */
function answer(story: Story, at: number, ids: readonly string[]): void {
	for (const id of ids) {
		if (id.startsWith("control/")) story.controls(at, "ok", [id]);
		else if (id.endsWith("/official")) story.page(at, id, { Feed: "operational", Calls: "operational" });
		else story.probes(at, "ok", id);
	}
}

/** Checks that are due at so many ms after T0. */
function dueAt(story: Story, at: number): string[] {
	return [...story.state.runs].filter(([, { dueAt }]) => dueAt <= T0 + at).map(([id]) => id);
}
const controlsIn = (ids: readonly string[]) => ids.filter((id) => id.startsWith("control/"));
const AT = HOUR + 30 * SECOND;

describe("a failure", () => {
	test("brings forward the other hosts of its feature, and nobody else", () => {
		const story = quiet([watched("y", { features: { feed: ["a.y", "b.y", "c.y"], web: ["d.y"] } }), ...META]);
		story.probes(AT, "timeout", "y/feed/a.y");
		expect(dueAt(story, AT)).toEqual(["y/feed/b.y", "y/feed/c.y"]);
	});

	test("that has company within twenty seconds may be the line's: controls of four vendors are asked at once", () => {
		const askedAfter = (later: number) => {
			const story = quiet();
			story.probes(AT, "timeout", "x/feed/a.x");
			story.probes(AT + later, "timeout", WA[0]);
			return controlsIn(dueAt(story, AT + later)).length;
		};
		expect([0, 1, 20 * SECOND - 1, 20 * SECOND].map(askedAfter)).toEqual([4, 4, 4, 0]);
	});

	test("that is repeated asks the other hosts again, so that a lucky pass of theirs does not cost a round", () => {
		const story = quiet();
		for (let n = 0; n < 4; n++) {
			const at = AT + n * 20 * SECOND;
			story.probes(at, "timeout", WA[0]);
			expect([n, dueAt(story, at).includes(WA[1])]).toEqual([n, true]);
			story.controls(at + 1);
			story.probes(at + 2, "ok", WA[1]);
			expect(dueAt(story, at + 2)).not.toContain(WA[1]);
		}
	});

	test("that is repeated has controls of four vendors asked each time from then on, as long as it is in doubt", () => {
		const story = quiet();
		for (let n = 0; n < 14; n++) {
			const at = AT + n * 30 * SECOND;
			story.probes(at, "timeout", WA[0]);
			expect([n, controlsIn(dueAt(story, at)).length]).toEqual([n, n > 0 && n < DOUBTFUL_STEPS ? 4 : 0]);
			answer(story, at + 1, controlsIn(dueAt(story, at)));
		}
	});

	test("has those controls asked that were asked longest ago, each of another vendor", () => {
		const story = quiet();
		story.controls(AT - 20 * SECOND, "ok", ["control/alpha", "control/gamma"]);
		for (const at of [AT - 10 * SECOND, AT]) story.probes(at, "timeout", WA[0]);
		const first = controlsIn(dueAt(story, AT));
		expect(first.sort()).toEqual(["control/beta", "control/delta", "control/epsilon", "control/zeta"]);
		answer(story, AT + 1, first);
		story.probes(AT + 20 * SECOND, "timeout", WA[0]);
		const second = controlsIn(dueAt(story, AT + 20 * SECOND));
		expect(second).toHaveLength(4);
		expect(second).toContain("control/alpha");
		expect(second).toContain("control/gamma");
	});

	test("does not ask a control again that it would be rude to ask now", () => {
		const story = quiet();
		const recent = ["control/alpha", "control/beta"];
		story.probes(AT - 5 * SECOND, "timeout", WA[0]);
		story.happen({ kind: "began", at: T0 + AT, checkIds: recent });
		story.controls(AT + SECOND, "ok", recent);
		story.probes(AT + 5 * SECOND, "timeout", WA[0]);
		const due = dueAt(story, AT + 5 * SECOND);
		expect(controlsIn(due)).toEqual(["control/gamma", "control/delta", "control/epsilon", "control/zeta"]);
	});

	test("asks none but those whom it is polite to ask, and be it fewer than four", () => {
		const story = quiet();
		const recent = ["control/alpha", "control/beta", "control/gamma"];
		story.probes(AT - 5 * SECOND, "timeout", WA[0]);
		story.happen({ kind: "began", at: T0 + AT, checkIds: recent });
		story.controls(AT + SECOND, "ok", recent);
		story.probes(AT + 5 * SECOND, "timeout", WA[0]);
		expect(controlsIn(dueAt(story, AT + 5 * SECOND))).toEqual(["control/delta", "control/epsilon", "control/zeta"]);
	});

	test("that came before the present suspicion is not counted with it", () => {
		const story = quiet();
		story.probes(AT, "timeout", WA[0]);
		for (let n = 1; n <= 3; n++) story.probes(AT + n * 20 * SECOND, "ok", WA[0]);
		expect(story.state.runs.get(WA[0])?.attempt).toBe(0);
		story.controls(AT + 65 * SECOND);
		story.probes(AT + 80 * SECOND, "timeout", WA[0]);
		expect(dueAt(story, AT + 80 * SECOND)).not.toContain("wa/official");
		story.probes(AT + 90 * SECOND, "timeout", WA[0]);
		expect(dueAt(story, AT + 90 * SECOND)).toContain("wa/official");
	});

	test("asks another host of each other feature of its owner once it is repeated, and the page, and no more after that", () => {
		const story = quiet();
		const others = (at: number) =>
			dueAt(story, at).filter((id) => !id.startsWith("control/") && !id.startsWith("wa/messaging/"));
		story.probes(AT, "timeout", WA[0]);
		expect(others(AT + 10 * SECOND)).toEqual([]);
		story.probes(AT + 10 * SECOND, "timeout", WA[0]);
		expect(others(AT + 10 * SECOND)).toEqual(["wa/official"]);
		const asked = others(AT + 20 * SECOND);
		expect(asked.map((id) => id.split("/").slice(0, 2).join("/")).sort()).toEqual([
			"ig/feed",
			"wa/media",
			"wa/official",
		]);
		story.probes(AT + 20 * SECOND, "ok", ...asked.filter((id) => !id.endsWith("official")));
		story.page(AT + 20 * SECOND, "wa/official", { Calls: "operational" });
		story.probes(AT + 30 * SECOND, "timeout", WA[0]);
		expect(others(AT + 40 * SECOND)).toEqual([]);
	});

	test("that is repeated after a pass asks them just the same", () => {
		const story = quiet();
		story.probes(AT, "timeout", WA[0]);
		story.probes(AT + 10 * SECOND, "ok", WA[0]);
		expect(story.state.runs.get(WA[0])).toMatchObject({ attempt: 2 });
		story.probes(AT + 20 * SECOND, "timeout", WA[0]);
		expect(dueAt(story, AT + 30 * SECOND)).toEqual(expect.arrayContaining(["wa/media/c.wa", "wa/official"]));
	});

	test("asks of another feature the host that was asked longest ago", () => {
		for (const [fresh, stale] of [
			["ig/feed/a.ig", "ig/feed/b.ig"],
			["ig/feed/b.ig", "ig/feed/a.ig"],
		] as const) {
			const story = quiet();
			story.probes(AT - SECOND, "ok", fresh);
			for (const at of [AT, AT + 10 * SECOND]) story.probes(at, "timeout", WA[0]);
			const due = dueAt(story, AT + 20 * SECOND);
			expect([due.includes(stale), due.includes(fresh)]).toEqual([true, false]);
		}
	});

	test("never has the page read before it wants to be", () => {
		const story = quiet();
		const page = sourceEvidence("wa/official", T0 + AT, officialPage({ Calls: "operational" }, "operational"));
		story.evidence(AT, { ...page, askAgainAfterMs: 10 * MINUTE });
		for (const at of [AT + SECOND, AT + 11 * SECOND]) story.probes(at, "timeout", WA[0]);
		expect(story.state.runs.get("wa/official")?.dueAt).toBe(T0 + AT + 10 * MINUTE);
		const sooner = quiet();
		sooner.evidence(AT, { ...page, askAgainAfterMs: 5 * SECOND });
		for (const at of [AT + SECOND, AT + 11 * SECOND]) sooner.probes(at, "timeout", WA[0]);
		expect(sooner.state.runs.get("wa/official")?.dueAt).toBe(T0 + AT + 11 * SECOND);
	});

	test("for the third time has one host of each feature behind the same provider asked", () => {
		const behind = (id: string) => watched(id, { upstream: "cdn", features: { web: [`a.${id}`, `b.${id}`] } });
		const story = quiet([behind("medium"), behind("canva"), watched("x", { features: { web: ["a.x"] } })]);
		const others = (at: number) => dueAt(story, at).filter((id) => !/^(control|medium)/.test(id));
		for (const at of [AT, AT + 10 * SECOND]) story.probes(at, "timeout", "medium/web/a.medium");
		expect(others(AT + 20 * SECOND)).toEqual([]);
		story.probes(AT + 20 * SECOND, "timeout", "medium/web/a.medium");
		expect(others(AT + 30 * SECOND)).toHaveLength(1);
		expect(others(AT + 30 * SECOND)[0]).toMatch(/^canva\/web\//);
	});

	test("that stays the only one costs three more runs of its host and one of each sibling, and no control", () => {
		const story = quiet();
		const asked = new Map<string, number>();
		const anyway = new Set(dueAt(story, AT + 2 * MINUTE));
		story.probes(AT, "timeout", WA[0]);
		for (let at = AT; at < AT + 2 * MINUTE; at += SECOND) {
			story.tick(at);
			for (const id of due(story.state)) {
				asked.set(id, (asked.get(id) ?? 0) + 1);
				story.happen({ kind: "began", at: T0 + at, checkIds: [id] });
				answer(story, at + SECOND, [id]);
			}
		}
		expect(asked.get(WA[0])).toBe(3);
		expect(asked.get(WA[1])).toBe(1);
		expect([...asked].filter(([id, times]) => times > 1 && id !== WA[0])).toEqual([]);
		expect([...asked.keys()].filter((id) => !anyway.has(id) && !id.startsWith("wa/messaging/"))).toEqual([]);
		expect(story.state.tracks.get("wa/messaging")?.level).toBe("operational");
	});

	test("does not bring its own check forward: that climbs its ladder", () => {
		const story = quiet();
		story.probes(AT, "timeout", WA[0]);
		const { dueAt: first = 0 } = story.state.runs.get(WA[0]) ?? {};
		// it began a second before it failed
		expect(first - T0 - AT).toBeGreaterThanOrEqual(7 * SECOND);
		expect(first - T0 - AT).toBeLessThanOrEqual(11 * SECOND);
		story.probes(AT + SECOND, "timeout", WA[1]);
		expect(story.state.runs.get(WA[0])?.dueAt).toBe(T0 + AT + SECOND);
	});

	test("asks first the controls that the last one left out, so that no vendor is asked for all", () => {
		const story = quiet();
		story.probes(AT - 15 * SECOND, "timeout", "x/feed/a.x");
		const chosen: string[][] = [];
		for (let n = 0; n < 6; n++) {
			const at = AT + n * 15 * SECOND;
			story.probes(at, "timeout", n % 2 === 0 ? WA[0] : "x/feed/a.x");
			const asked = controlsIn(dueAt(story, at));
			chosen.push(asked);
			answer(story, at + SECOND, asked);
		}
		expect(chosen.map((asked) => asked.length)).toEqual([4, 4, 4, 4, 4, 4]);
		for (const [n, asked] of chosen.slice(1).entries())
			expect(new Set([...(chosen[n] ?? []), ...asked]).size).toBe(CONTROLS.length);
	});

	test("of a feature that is known to be in trouble has nothing to prove: nobody is asked for its sake", () => {
		const story = quiet();
		for (let n = 0; n < 3; n++) {
			story.probes(AT + n * 15 * SECOND, "timeout", ...WA);
			story.controls(AT + n * 15 * SECOND + 2 * SECOND);
		}
		expect(story.state.tracks.get("wa/messaging")?.level).toBe("major_outage");
		const later = AT + 3 * MINUTE;
		for (const [id, { kind }] of story.state.checks)
			if (kind === "probe" && !id.startsWith(WA[0])) story.probes(later, "ok", id);
		story.page(later, "ig/official", { Feed: "operational" });
		story.page(later, "wa/official", { Calls: "operational" });
		story.controls(later);
		story.probes(later + 15 * SECOND, "timeout", WA[0]);
		story.probes(later + 16 * SECOND, "timeout", WA[0]);
		expect(dueAt(story, later + 16 * SECOND)).toEqual([]);
	});

	test("that was refused or skipped raises no suspicion", () => {
		const story = quiet();
		story.probes(AT, "blocked", WA[0]);
		story.probes(AT, "skipped", WA[1]);
		expect(dueAt(story, AT)).toEqual([]);
	});

	test("of a control has those of four other vendors asked, a pass none", () => {
		const story = quiet();
		story.controls(AT, "ok", ["control/alpha"]);
		expect(dueAt(story, AT)).toEqual([]);
		story.controls(AT + 20 * SECOND, "timeout", ["control/beta"]);
		expect(controlsIn(dueAt(story, AT + 20 * SECOND))).toHaveLength(4);
	});

	test("of a second control within a minute has all of them asked, after it not", () => {
		const others = ["control/gamma", "control/delta", "control/epsilon", "control/zeta"];
		const askedAfter = (later: number) => {
			const story = quiet();
			story.controls(AT, "timeout", ["control/alpha"]);
			story.controls(AT + 20 * SECOND, "ok", others);
			story.controls(AT + later, "timeout", ["control/beta"]);
			return controlsIn(dueAt(story, AT + later)).filter((id) => others.includes(id));
		};
		expect(askedAfter(MINUTE - 1)).toEqual(others);
		// four of five are asked then, and the first one that failed was asked longest ago
		expect(askedAfter(MINUTE)).toHaveLength(3);
	});

	test("of a control while the connection is lost has nobody asked twice: all come at the pace of a lost connection", () => {
		const story = quiet();
		const all = CONTROLS.map(({ id }) => id);
		story.controls(AT, "timeout", all.slice(0, 5));
		expect(story.state.connection.state).toBe("trouble");
		expect(dueAt(story, AT)).toContain("control/zeta");
		story.controls(AT + SECOND, "timeout", ["control/zeta"]);
		const planned = all.map((id) => story.state.runs.get(id)?.dueAt ?? 0);
		story.controls(AT + 21 * SECOND, "timeout", ["control/zeta", "control/alpha"]);
		expect(
			dueAt(story, AT + 21 * SECOND).filter((id) => (story.state.runs.get(id)?.dueAt ?? 0) === T0 + AT + 21 * SECOND),
		).toEqual([]);
		for (const n of [1, 2]) expect(story.state.runs.get(all[n] as string)?.dueAt).toBe(planned[n]);
	});

	test("of a control never has that control asked at once, however long it took to fail", () => {
		for (let seed = 1; seed <= 20; seed++) {
			const story = quiet(META, seed);
			const slow = controlEvidence("control/beta", "timeout", T0 + AT);
			story.evidence(AT, { ...slow, startedAt: slow.at - 10 * SECOND });
			const due = dueAt(story, AT);
			expect(due).not.toContain("control/beta");
			expect(controlsIn(due)).toHaveLength(4);
		}
	});

	test("of a service whose controls are under way waits for them", () => {
		const story = quiet();
		story.happen({ kind: "began", at: T0 + AT, checkIds: ["control/alpha", WA[1]] });
		const before = story.state.runs.get(WA[1]);
		story.probes(AT + SECOND, "timeout", WA[0]);
		expect(story.state.runs.get(WA[1])).toBe(before);
	});
});

describe("an outage", () => {
	/** The feature of the two ids fails on both hosts until it is proven, the controls passing all the while. */
	function fail(story: Story, ids: readonly string[], at: number): number {
		let now = at;
		for (let n = 0; n < 3; n++, now += 15 * SECOND) {
			story.probes(now, "timeout", ...ids);
			story.controls(now + 2 * SECOND);
		}
		return now;
	}

	test("has the last of them asked a while after the first, and within ten seconds", () => {
		const story = quiet();
		fail(story, WA, AT);
		const openedAt = story.notices[0]?.at ?? 0;
		const others = ["ig/feed/a.ig", "ig/feed/b.ig", "wa/media/c.wa"];
		const last = Math.max(...others.map((id) => story.state.runs.get(id)?.dueAt ?? 0));
		expect(last - openedAt).toBeGreaterThan(100);
		expect(last - openedAt).toBeLessThanOrEqual(10 * SECOND);
	});

	test("has everything of its owner asked within a quarter of a minute, and nothing of others", () => {
		const story = quiet();
		const now = fail(story, WA, AT);
		expect(story.notices.map(({ kind }) => kind)).toEqual(["opened"]);
		const due = dueAt(story, now + 15 * SECOND).filter(
			(id) => !id.startsWith("control/") && !id.startsWith("wa/messaging"),
		);
		expect(due.sort()).toEqual(["ig/feed/a.ig", "ig/feed/b.ig", "ig/official", "wa/media/c.wa", "wa/official"]);
	});

	test("behind a provider has the others behind it asked, and the provider itself", () => {
		const behind = (id: string) => watched(id, { upstream: "cdn", features: { web: [`a.${id}`, `b.${id}`] } });
		const cdn = watched("cdn", { features: { web: ["www.cdn"] } });
		const story = quiet([behind("medium"), behind("canva"), cdn, watched("x", { features: { web: ["a.x"] } })]);
		const now = fail(story, ["medium/web/a.medium", "medium/web/b.medium"], AT);
		const due = dueAt(story, now + 15 * SECOND).filter((id) => !id.startsWith("control/") && !id.startsWith("medium"));
		expect(due.sort()).toEqual(["canva/web/a.canva", "canva/web/b.canva", "cdn/web/www.cdn"]);
		expect(story.state.book.incidents.flatMap(openFeatures)).toMatchObject([{ service: "medium", feature: "web" }]);
	});
});

describe("a run that passed, and took much longer than usual", () => {
	const OTHERS = ["v", "w", "x", "y", "z"];
	const WATCH: Watch = [
		watched("ig", { owner: "meta", features: { media: ["a.ig", "b.ig"] } }),
		watched("wa", { owner: "meta", features: { media: ["a.wa"] } }),
		...OTHERS.map((id) => watched(id, { features: { feed: [`a.${id}`, `b.${id}`] } })),
	];

	test("has the other hosts asked, controls of four vendors, and one host of each of the four owners not asked for longest", () => {
		const story = tell(WATCH, { intervalMs: 6 * HOUR });
		for (let n = 1; n <= 60; n++) for (const id of story.state.checks.keys()) story.passes(n * MINUTE, id, 100);
		const again = ["b.z", "a.z", "a.y", "b.y", "a.x", "b.x", "b.w", "a.w", "a.v", "b.v"];
		for (const [n, host] of again.entries()) {
			story.passes(61 * MINUTE + n * 20 * SECOND, `${host.slice(-1)}/feed/${host}`, 100);
		}
		expect(dueAt(story, 66 * MINUTE)).toEqual([]);
		story.passes(66 * MINUTE, "ig/media/a.ig", 3000);
		const due = dueAt(story, 66 * MINUTE);
		expect(controlsIn(due)).toHaveLength(4);
		expect(due.filter((id) => !id.startsWith("control/")).sort()).toEqual([
			"ig/media/b.ig",
			"w/feed/b.w",
			"x/feed/a.x",
			"y/feed/a.y",
			"z/feed/b.z",
		]);
	});
});
