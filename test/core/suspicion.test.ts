import { describe, expect, test } from "vitest";
import { openFeatures } from "../../src/core/incidents.ts";
import { HOUR, MINUTE, SECOND, T0 } from "../helpers/evidence.ts";
import { controlEvidence, type Story, tell, type Watch } from "../helpers/story.ts";
import { CONTROLS, watched } from "../helpers/watched.ts";

const META: Watch = [
	watched("wa", { owner: "meta", features: { messaging: ["a.wa", "b.wa"], media: ["c.wa"] } }),
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
			if (kind === "source") story.page(at + SECOND, id, { Feed: "operational" });
		}
	}
	return story;
}

/** Checks that are due at so many ms after T0. */
function dueAt(story: Story, at: number): string[] {
	return [...story.state.runs].filter(([, { dueAt }]) => dueAt <= T0 + at).map(([id]) => id);
}
const controlsIn = (ids: readonly string[]) => ids.filter((id) => id.startsWith("control/"));
const AT = HOUR + 30 * SECOND;

describe("a failure", () => {
	test("brings forward the other hosts of its feature and three controls, and nobody else", () => {
		const story = quiet();
		story.probes(AT, "timeout", WA[0]);
		const due = dueAt(story, AT);
		expect(due).toContain(WA[1]);
		expect(due).not.toContain(WA[0]);
		expect(controlsIn(due)).toHaveLength(3);
		expect(due.filter((id) => !id.startsWith("wa/messaging/") && !id.startsWith("control/"))).toEqual([]);
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

	test("that is repeated brings every control forward, that many times", () => {
		const story = quiet();
		for (let n = 0; n < 8; n++) {
			const at = AT + n * 20 * SECOND;
			story.probes(at, "timeout", WA[0]);
			if (n > 0) expect([n, controlsIn(dueAt(story, at)).length]).toEqual([n, n <= 4 ? CONTROLS.length : 0]);
			story.controls(at + 1);
		}
	});

	test("does not ask again a control that ran a moment ago", () => {
		const story = quiet();
		story.controls(AT, "ok", ["control/alpha", "control/beta"]);
		story.probes(AT + 5 * SECOND, "timeout", WA[0]);
		story.probes(AT + 5 * SECOND, "timeout", WA[0]);
		const due = dueAt(story, AT + 5 * SECOND);
		expect(controlsIn(due)).toEqual(["control/gamma", "control/delta", "control/epsilon", "control/zeta"]);
	});

	test("does not bring its own check forward: that climbs its ladder", () => {
		const story = quiet();
		story.probes(AT, "timeout", WA[0]);
		const { dueAt: first = 0 } = story.state.runs.get(WA[0]) ?? {};
		expect(first - T0 - AT).toBeGreaterThanOrEqual(8 * SECOND);
		expect(first - T0 - AT).toBeLessThanOrEqual(12 * SECOND);
		story.probes(AT + SECOND, "timeout", WA[1]);
		expect(story.state.runs.get(WA[0])?.dueAt).toBe(T0 + AT + SECOND);
	});

	test("asks other controls at every first failure, so that no vendor is asked for all", () => {
		const story = quiet();
		const chosen = new Set<string>();
		for (let n = 0; n < 12; n++) {
			const at = AT + n * 6 * MINUTE;
			story.controls(at - 20 * SECOND);
			story.probes(at, "timeout", WA[0]);
			expect(controlsIn(dueAt(story, at))).toHaveLength(3);
			for (const id of controlsIn(dueAt(story, at))) chosen.add(id);
			story.controls(at + SECOND);
			story.probes(at + 2 * SECOND, "ok", WA[0], WA[1]);
		}
		expect(chosen.size).toBe(CONTROLS.length);
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

	test("of a control has three others asked, a pass none", () => {
		const story = quiet();
		story.controls(AT, "ok", ["control/alpha"]);
		expect(dueAt(story, AT)).toEqual([]);
		story.controls(AT + 20 * SECOND, "timeout", ["control/beta"]);
		expect(controlsIn(dueAt(story, AT + 20 * SECOND))).toHaveLength(3);
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
		expect(askedAfter(MINUTE).length).toBeLessThanOrEqual(3);
	});

	test("of a control never has that control asked at once, however long it took to fail", () => {
		for (let seed = 1; seed <= 20; seed++) {
			const story = quiet(META, seed);
			const slow = controlEvidence("control/beta", "timeout", T0 + AT);
			story.evidence(AT, { ...slow, startedAt: slow.at - 10 * SECOND });
			const due = dueAt(story, AT);
			expect(due).not.toContain("control/beta");
			expect(controlsIn(due)).toHaveLength(3);
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

	test("has everything of its owner asked within a quarter of a minute, and nothing of others", () => {
		const story = quiet();
		const now = fail(story, WA, AT);
		expect(story.notices.map(({ kind }) => kind)).toEqual(["opened"]);
		const due = dueAt(story, now + 15 * SECOND).filter(
			(id) => !id.startsWith("control/") && !id.startsWith("wa/messaging"),
		);
		expect(due.sort()).toEqual(["ig/feed/a.ig", "ig/feed/b.ig", "ig/official", "wa/media/c.wa"]);
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
