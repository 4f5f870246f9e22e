import { describe, expect, test } from "vitest";
import { failure } from "../../src/core/failure.ts";
import { due, isSettled, nextDueAt, progress } from "../../src/core/schedule.ts";
import { HOUR, MINUTE, SECOND, T0 } from "../helpers/evidence.ts";
import { probeEvidence, type Story, tell } from "../helpers/story.ts";
import { CONTROLS, watched } from "../helpers/watched.ts";

const WATCH = [watched("wa", { features: { messaging: ["a", "b"], media: ["c"] }, official: { Feed: "messaging" } })];
const IDS = ["wa/messaging/a", "wa/messaging/b", "wa/media/c", "wa/official"];
const CONTROL_IDS = CONTROLS.map(({ id }) => id);

function begin(story: Story, at: number, ids: readonly string[]) {
	story.happen({ kind: "began", at: T0 + at, checkIds: ids });
}

describe("what is due", () => {
	test("at the start are the controls alone, until the connection is known to be well", () => {
		const story = tell(WATCH);
		expect(due(story.state)).toEqual(CONTROL_IDS);
		begin(story, 0, CONTROL_IDS);
		expect(due(story.state)).toEqual([]);
		story.controls(SECOND, "ok", CONTROL_IDS.slice(0, 2));
		expect(due(story.state)).toEqual([]);
		story.controls(SECOND, "ok", CONTROL_IDS.slice(2));
		expect(due(story.state).sort()).toEqual([...IDS].sort());
	});

	test("controls come first, then whoever has waited longest", () => {
		const story = tell(WATCH);
		story.controls(SECOND);
		story.tick(MINUTE);
		const waiting = ["control/zeta", ...IDS].map((id, n) => [id, T0 + MINUTE - n] as const);
		const runs = story.state.runs.map((run, id) => ({ ...run, dueAt: new Map(waiting).get(id) ?? run.dueAt }));
		expect(due({ ...story.state, runs })).toEqual(["control/zeta", ...[...IDS].reverse()]);
	});

	test("while the connection is lost only controls are", () => {
		const story = tell(WATCH);
		story.controls(SECOND);
		story.controls(2 * SECOND, "timeout");
		story.tick(10 * MINUTE);
		expect(due(story.state).sort()).toEqual([...CONTROL_IDS].sort());
	});

	test("nothing is while a network settles, then the controls", () => {
		const story = tell(WATCH);
		story.controls(SECOND);
		story.happen({ kind: "network_changed", at: T0 + MINUTE });
		story.tick(MINUTE + 19 * SECOND);
		expect(due(story.state)).toEqual([]);
		expect(nextDueAt(story.state)).toBe(T0 + MINUTE + 20 * SECOND);
		const early = tell(WATCH);
		early.happen({ kind: "woke", at: T0 });
		expect(nextDueAt(early.state)).toBe(T0 + 20 * SECOND);
		story.tick(MINUTE + 20 * SECOND);
		expect(due(story.state).sort()).toEqual([...CONTROL_IDS].sort());
	});

	test("of two checks of one host only one is, and the other ten seconds later", () => {
		const story = tell([watched("wa", { features: { messaging: ["same"], media: ["same"] } })]);
		story.controls(SECOND);
		expect(due(story.state)).toEqual(["wa/messaging/same"]);
		begin(story, 2 * SECOND, ["wa/messaging/same"]);
		expect(due(story.state)).toEqual([]);
		expect(nextDueAt(story.state)).toBe(T0 + 12 * SECOND);
		story.tick(12 * SECOND);
		expect(due(story.state)).toEqual(["wa/media/same"]);
	});

	test("of hosts asked thirty times within the hour, those of controls alone are", () => {
		const story = tell(WATCH);
		story.controls(SECOND);
		for (let n = 0; n < 30; n++) begin(story, n * 110 * SECOND, ["wa/messaging/a", "control/alpha"]);
		const at = 59 * MINUTE;
		story.controls(at);
		story.happen({ kind: "asked", at: T0 + at });
		expect(due(story.state)).toContain("wa/messaging/b");
		for (const id of ["wa/messaging/a", "control/alpha"]) {
			const run = story.state.runs.get(id);
			if (run) story.state = { ...story.state, runs: story.state.runs.with(id, { ...run, running: false }) };
		}
		expect(due(story.state)).toContain("control/alpha");
		expect(due(story.state)).not.toContain("wa/messaging/a");
		story.tick(HOUR + SECOND);
		expect(due(story.state)).toContain("wa/messaging/a");
	});

	test("what is under way is not, and with everything under way there is no next", () => {
		const story = tell([]);
		begin(story, 0, CONTROL_IDS);
		expect(nextDueAt(story.state)).toBeUndefined();
		story.controls(SECOND, "ok", ["control/alpha"]);
		expect(nextDueAt(story.state)).toBe(story.state.runs.get("control/alpha")?.dueAt);
	});

	test("a check that is begun or answered without being watched changes nothing", () => {
		const story = tell(WATCH);
		const before = story.state;
		begin(story, 0, ["nobody"]);
		story.evidence(0, { ...probeEvidence(before, "wa/media/c", "ok", T0), checkId: "nobody" });
		expect([...story.state.runs]).toEqual([...before.runs]);
		expect([...story.state.hosts]).toEqual([...before.hosts]);
		for (const [, host] of story.state.hosts) expect(host).toEqual({ startedAt: [], leaveAloneUntil: 0 });
	});

	test("a host that asked for patience gets it from every check of it, whoever asks", () => {
		const story = tell([watched("wa", { features: { messaging: ["same"], media: ["same"] } })]);
		story.controls(SECOND);
		const told = failure("http", "HTTP 429", { status: 429 });
		const evidence = probeEvidence(story.state, "wa/messaging/same", "ok", T0 + 2 * SECOND);
		if (evidence.kind === "probe")
			story.evidence(2 * SECOND, { ...evidence, outcome: { kind: "blocked", failure: told } });
		story.happen({ kind: "asked", at: T0 + MINUTE });
		expect(due(story.state).filter((id) => id.startsWith("wa"))).toEqual([]);
		story.tick(2 * SECOND + 15 * MINUTE);
		expect(due(story.state).filter((id) => id.startsWith("wa"))).toHaveLength(1);
	});
});

describe("a round", () => {
	test("counts the controls first, then everything, and is settled once all have answered", () => {
		const story = tell(WATCH);
		expect(progress(story.state)).toEqual({ done: 0, total: 6 });
		expect(isSettled(story.state)).toBe(false);
		story.controls(SECOND);
		expect(progress(story.state)).toEqual({ done: 6, total: 10 });
		story.probes(2 * SECOND, "ok", ...IDS.slice(0, 3));
		expect(progress(story.state)).toEqual({ done: 9, total: 10 });
		expect(isSettled(story.state)).toBe(false);
		story.page(2 * SECOND, "wa/official");
		expect(progress(story.state)).toEqual({ done: 10, total: 10 });
		expect(isSettled(story.state)).toBe(true);
	});

	test("is not settled while something runs", () => {
		const story = tell([]);
		story.controls(SECOND);
		expect(isSettled(story.state)).toBe(true);
		begin(story, 2 * SECOND, ["control/alpha"]);
		expect(isSettled(story.state)).toBe(false);
	});

	test("waits until a suspicion is proved or refuted", () => {
		const story = tell([watched("wa", { features: { messaging: ["a", "b"] } })]);
		const ids = ["wa/messaging/a", "wa/messaging/b"];
		story.controls(SECOND);
		story.probes(2 * SECOND, "timeout", ...ids);
		expect(isSettled(story.state)).toBe(false);
		story.probes(12 * SECOND, "timeout", ...ids);
		expect(isSettled(story.state)).toBe(false);
		story.probes(22 * SECOND, "timeout", ...ids);
		story.controls(24 * SECOND);
		expect(isSettled(story.state)).toBe(true);
		expect(story.notices.map(({ kind }) => kind)).toEqual(["opened"]);
	});

	test("does not wait for a failure that stays alone once it has been tried five times", () => {
		const story = tell([watched("wa", { features: { messaging: ["a", "b"] } })]);
		story.controls(SECOND);
		story.probes(2 * SECOND, "ok", "wa/messaging/b");
		const settled = [1, 2, 3, 4, 5].map((n) => {
			story.probes(n * 15 * SECOND, "timeout", "wa/messaging/a");
			story.controls(n * 15 * SECOND);
			return isSettled(story.state);
		});
		expect(settled).toEqual([false, false, false, false, true]);
	});

	test("does not wait for a host that wants to be left alone", () => {
		const story = tell([watched("wa", { features: { messaging: ["a"] } })]);
		story.controls(SECOND);
		const evidence = probeEvidence(story.state, "wa/messaging/a", "ok", T0 + 2 * SECOND);
		const told = failure("http", "HTTP 503", { status: 503, retryAfterMs: 10 * MINUTE });
		if (evidence.kind === "probe")
			story.evidence(2 * SECOND, { ...evidence, outcome: { kind: "failed", failure: told } });
		expect(story.state.tracks.get("wa/messaging")?.verdict.standing).toBe("suspected");
		expect(isSettled(story.state)).toBe(true);
	});

	test("is settled without a connection once every control has found it lost", () => {
		const story = tell(WATCH);
		story.controls(SECOND, "unreachable");
		expect(progress(story.state)).toEqual({ done: 6, total: 6 });
		expect(isSettled(story.state)).toBe(true);
	});

	test("needs no control twice when a lost connection comes back", () => {
		const story = tell([]);
		story.controls(SECOND, "timeout");
		begin(story, MINUTE, CONTROL_IDS);
		story.controls(MINUTE + SECOND, "ok");
		expect(story.state.connection.state).toBe("online");
		expect(isSettled(story.state)).toBe(true);
	});

	test("begins anew after a sleep: what was under way is asked again at once, not in its turn", () => {
		const story = tell([watched("wa", { features: { messaging: ["a"] } })]);
		story.controls(SECOND);
		begin(story, 2 * SECOND, ["wa/messaging/a", "control/alpha"]);
		story.happen({ kind: "woke", at: T0 + 60 * MINUTE });
		story.evidence(60 * MINUTE + SECOND, {
			...probeEvidence(story.state, "wa/messaging/a", "timeout", T0 + 60 * MINUTE + SECOND),
			startedAt: T0 + 2 * SECOND,
		});
		expect(isSettled(story.state)).toBe(false);
		expect(story.state.runs.get("wa/messaging/a")).toMatchObject({ attempt: 0, running: false, recent: [] });
		expect(story.state.runs.get("wa/messaging/a")?.dueAt).toBe(T0 + 60 * MINUTE + 20 * SECOND);
	});

	test("is over where something fails later, until somebody asks: then the proof is waited for", () => {
		const story = tell([watched("wa", { features: { messaging: ["a", "b"] } })]);
		const ids = ["wa/messaging/a", "wa/messaging/b"];
		story.controls(SECOND);
		story.probes(2 * SECOND, "ok", ...ids);
		expect(progress(story.state)).toEqual({ done: 8, total: 8 });
		story.probes(5 * MINUTE, "timeout", ...ids);
		expect(story.state.tracks.get("wa/messaging")?.verdict.standing).toBe("suspected");
		expect(progress(story.state)).toEqual({ done: 8, total: 8 });
		story.happen({ kind: "asked", at: 5 * MINUTE + SECOND + T0 });
		story.controls(5 * MINUTE + 2 * SECOND);
		story.probes(5 * MINUTE + 12 * SECOND, "timeout", ...ids);
		expect(progress(story.state)).toEqual({ done: 6, total: 8 });
	});

	test("begins anew when somebody asks, counts what has answered since, and never goes back", () => {
		const story = tell(WATCH);
		story.controls(SECOND);
		story.probes(2 * SECOND, "ok", ...IDS.slice(0, 3));
		story.page(2 * SECOND, "wa/official");
		expect(progress(story.state)).toEqual({ done: 10, total: 10 });
		story.happen({ kind: "asked", at: T0 + 5 * MINUTE });
		expect(progress(story.state)).toEqual({ done: 0, total: 10 });
		expect(isSettled(story.state)).toBe(false);
		begin(story, 5 * MINUTE, due(story.state));
		story.controls(5 * MINUTE + SECOND);
		expect(progress(story.state).done).toBe(6);
		story.probes(5 * MINUTE + 2 * SECOND, "ok", ...IDS.slice(0, 3));
		story.page(5 * MINUTE + 2 * SECOND, "wa/official");
		expect(progress(story.state)).toEqual({ done: 10, total: 10 });
		expect(isSettled(story.state)).toBe(true);
	});

	test("does not wait for what politeness keeps back, nor longer than people do", () => {
		const story = tell([watched("wa", { features: { messaging: ["same"], media: ["same"], calls: ["same"] } })]);
		story.controls(SECOND);
		story.probes(2 * SECOND, "ok", "wa/messaging/same", "wa/media/same", "wa/calls/same");
		story.happen({ kind: "asked", at: T0 + 5 * MINUTE });
		const counts = [progress(story.state).done];
		for (let second = 0; second < 16; second += 1) {
			begin(story, 5 * MINUTE + second * SECOND, due(story.state));
			// one of them never answers
			if (second === 1) story.controls(5 * MINUTE + SECOND);
			story.tick(5 * MINUTE + second * SECOND);
			counts.push(progress(story.state).done);
		}
		expect(counts).toEqual(counts.toSorted((a, b) => a - b));
		expect(counts.at(-1)).toBeLessThan(9);
		story.tick(5 * MINUTE + 16 * SECOND);
		expect(progress(story.state)).toEqual({ done: 9, total: 9 });
	});

	test("waits only for the services that were asked for, and for the controls", () => {
		const story = tell([
			watched("wa", { features: { messaging: ["a"] } }),
			watched("ig", { features: { messaging: ["b"] } }),
		]);
		story.controls(SECOND);
		story.probes(2 * SECOND, "ok", "wa/messaging/a", "ig/messaging/b");
		story.happen({ kind: "asked", at: T0 + MINUTE, services: ["ig"] });
		expect(progress(story.state)).toEqual({ done: 1, total: 8 });
	});

	test("is not held up by a clock that is set back after somebody asked", () => {
		const story = tell([watched("wa", { features: { messaging: ["a"] } })]);
		story.happen({ kind: "asked", at: T0 + 60 * MINUTE });
		story.happen({ kind: "woke", at: T0 });
		story.controls(30 * SECOND);
		story.probes(31 * SECOND, "ok", "wa/messaging/a");
		expect(progress(story.state)).toEqual({ done: 7, total: 7 });
	});
});
