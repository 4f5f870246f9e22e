import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { afterControl, afterProbe, afterSource, LADDER_STEPS, type Rhythm } from "../../src/core/cadence.ts";
import type { SourceEvidence } from "../../src/core/evidence.ts";
import { failure } from "../../src/core/failure.ts";
import { type Random, randomFrom } from "../../src/core/random.ts";
import { type Answer, HOUR, MINUTE, run, SECOND, T0 } from "../helpers/evidence.ts";

/** Draws the middle: no jitter. */
const STILL: Random = { next: () => 0.5, seed: 0 };
const SLOT = { intervalMs: 5 * MINUTE, phase: 0 };

const rhythm = (more: Partial<Rhythm> = {}): Rhythm => ({
	slot: SLOT,
	origin: T0,
	attempt: 0,
	inTrouble: false,
	random: STILL,
	now: T0,
	...more,
});
const probed = (answer: Answer, more: Partial<Rhythm> = {}) => {
	const { dueAt, attempt } = afterProbe(run("a", answer, T0), rhythm(more));
	return { wait: dueAt - T0, attempt };
};
const refused = (kind: "failed" | "blocked", status: number, retryAfterMs?: number, more: Partial<Rhythm> = {}) => {
	const told = failure("http", "no", { status, ...(retryAfterMs !== undefined && { retryAfterMs }) });
	return afterProbe(run("a", "ok", T0, { outcome: { kind, failure: told } }), rhythm(more));
};

describe("a probe", () => {
	test("that passes is asked in its slot, with no suspicion left", () => {
		expect(probed("ok", { attempt: 3 })).toEqual({ wait: 5 * MINUTE, attempt: 0 });
	});

	test("keeps to its phase, whenever it was asked out of turn", () => {
		const slot = { intervalMs: 5 * MINUTE, phase: 0.5 };
		const dueAt = (now: number) => afterProbe(run("a", "ok", T0), rhythm({ slot, now: T0 + now })).dueAt - T0;
		expect(dueAt(0)).toBe(2.5 * MINUTE);
		expect(dueAt(1.7 * MINUTE)).toBe(2.5 * MINUTE);
		expect(dueAt(1.8 * MINUTE)).toBe(7.5 * MINUTE);
		expect(dueAt(2.5 * MINUTE)).toBe(7.5 * MINUTE);
		expect(dueAt(6.8 * MINUTE)).toBe(12.5 * MINUTE);
	});

	test("that fails climbs the ladder: ten, ten, fifteen, twenty seconds", () => {
		const waits = [0, 1, 2, 3].map((attempt) => probed("timeout", { attempt }));
		expect(waits).toEqual([
			{ wait: 10 * SECOND, attempt: 1 },
			{ wait: 10 * SECOND, attempt: 2 },
			{ wait: 15 * SECOND, attempt: 3 },
			{ wait: 20 * SECOND, attempt: 4 },
		]);
		expect(waits).toHaveLength(LADDER_STEPS);
	});

	test("that goes on failing without an incident goes back to its quiet pace", () => {
		expect(probed("timeout", { attempt: 4 })).toEqual({ wait: 5 * MINUTE, attempt: 5 });
	});

	test("that goes on failing in an incident is asked every two minutes for twenty, then at its quiet pace", () => {
		const waits = Array.from({ length: 14 }, (_, n) => probed("timeout", { attempt: n + 4, inTrouble: true }).wait);
		expect(waits).toEqual([...Array(10).fill(2 * MINUTE), ...Array(4).fill(5 * MINUTE)]);
	});

	test("that passes in an incident is asked again after a minute if it had failed, else at the pace of trouble", () => {
		expect(probed("ok", { attempt: 1, inTrouble: true })).toEqual({ wait: MINUTE, attempt: 0 });
		expect(probed("ok", { inTrouble: true })).toEqual({ wait: 2 * MINUTE, attempt: 0 });
	});

	test("of a host that others share is slower in trouble too", () => {
		const slot = { intervalMs: 15 * MINUTE, phase: 0 };
		expect(probed("ok", { inTrouble: true, slot }).wait).toBe(6 * MINUTE);
		expect(probed("timeout", { attempt: 6, inTrouble: true, slot }).wait).toBe(6 * MINUTE);
	});

	test("of a watch faster than usual is not asked more often than every two minutes in trouble", () => {
		expect(probed("ok", { inTrouble: true, slot: { intervalMs: MINUTE, phase: 0 } }).wait).toBe(2 * MINUTE);
	});

	test.each<Answer>(["blocked", "skipped"])("that was %s is asked in its slot: it proves nothing", (answer) => {
		expect(probed(answer, { attempt: 2, inTrouble: true })).toEqual({ wait: 5 * MINUTE, attempt: 0 });
	});

	test("waits as long as Retry-After asks, and so does everything else of its host", () => {
		expect(refused("failed", 503, 10 * MINUTE)).toEqual({
			attempt: 1,
			dueAt: T0 + 10 * MINUTE,
			leaveAloneUntil: T0 + 10 * MINUTE,
		});
		expect(refused("failed", 503, 2 * SECOND)).toEqual({
			attempt: 1,
			dueAt: T0 + 10 * SECOND,
			leaveAloneUntil: T0 + 2 * SECOND,
		});
		expect(refused("failed", 503)).toEqual({ attempt: 1, dueAt: T0 + 10 * SECOND });
	});

	test("that was told 429 leaves the host alone for a quarter of an hour at least", () => {
		expect(refused("blocked", 429).leaveAloneUntil).toBe(T0 + 15 * MINUTE);
		expect(refused("blocked", 429, MINUTE)).toEqual({
			attempt: 0,
			dueAt: T0 + 15 * MINUTE,
			leaveAloneUntil: T0 + 15 * MINUTE,
		});
		expect(refused("blocked", 429, HOUR).dueAt).toBe(T0 + HOUR);
		expect(refused("blocked", 403)).toEqual({ attempt: 0, dueAt: T0 + 5 * MINUTE });
	});
});

describe("a source", () => {
	const page = { format: "x", page: { name: "S" }, level: "operational", components: [], incidents: [] } as const;
	const read = (more: Partial<Rhythm> = {}, askAgainAfterMs?: number) =>
		afterSource(
			{
				...sourceRun({ kind: "read", page: { ...page, maintenances: [], unknownWords: [] }, fresh: true }),
				...(askAgainAfterMs !== undefined && { askAgainAfterMs }),
			},
			rhythm(more),
		);
	const failed = (attempt: number, more: { status?: number; retryAfterMs?: number } = {}) =>
		afterSource(sourceRun({ kind: "failed", failure: failure("http", "no", more) }), rhythm({ attempt }));

	test("that was read is read again in its slot, and every two minutes while there is trouble", () => {
		expect(read({ attempt: 4 })).toEqual({ attempt: 0, dueAt: T0 + 5 * MINUTE });
		expect(read({ inTrouble: true })).toEqual({ attempt: 0, dueAt: T0 + 2 * MINUTE });
	});

	test("is not read before it wants to be, in trouble neither", () => {
		expect(read({}, 12 * MINUTE).dueAt).toBe(T0 + 12 * MINUTE);
		expect(read({ inTrouble: true }, 12 * MINUTE).dueAt).toBe(T0 + 12 * MINUTE);
		expect(read({}, MINUTE).dueAt).toBe(T0 + 5 * MINUTE);
	});

	test("that cannot be read is tried less and less often, down to once an hour", () => {
		const waits = [0, 1, 2, 3, 4, 5, 40].map((attempt) => (failed(attempt).dueAt - T0) / MINUTE);
		expect(waits).toEqual([5, 10, 20, 40, 60, 60, 60]);
		expect(failed(3).attempt).toBe(4);
	});

	test("gets the patience it asks for", () => {
		expect(failed(0, { status: 503, retryAfterMs: 2 * HOUR })).toMatchObject({
			dueAt: T0 + 2 * HOUR,
			leaveAloneUntil: T0 + 2 * HOUR,
		});
		expect(failed(0, { status: 429 }).leaveAloneUntil).toBe(T0 + 15 * MINUTE);
	});
});

describe("a control", () => {
	test("is asked in its slot while the connection is well", () => {
		expect(afterControl(rhythm({ attempt: 3 }), undefined)).toEqual({ attempt: 0, dueAt: T0 + 5 * MINUTE });
	});

	test.each([
		{ lasting: 0, wait: 20 * SECOND },
		{ lasting: 2 * MINUTE - 1, wait: 20 * SECOND },
		{ lasting: 2 * MINUTE, wait: MINUTE },
		{ lasting: 10 * MINUTE, wait: 2 * MINUTE },
		{ lasting: 10 * HOUR, wait: 2 * MINUTE },
	])("is asked after $wait ms when the connection has been lost for $lasting ms", ({ lasting, wait }) => {
		expect(afterControl(rhythm(), T0 - lasting).dueAt - T0).toBe(wait);
	});
});

describe("any check", () => {
	const rhythms = fc.record({
		seed: fc.integer(),
		attempt: fc.nat(30),
		inTrouble: fc.boolean(),
		now: fc.nat(HOUR),
		intervalMs: fc.integer({ min: 5 * MINUTE, max: HOUR }),
		phase: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
	});
	const answers = fc.constantFrom<Answer>("ok", "timeout", "http", "blocked", "skipped");

	test("comes again: never at once, at latest after one and a quarter of its intervals", () => {
		fc.assert(
			fc.property(rhythms, answers, ({ seed, intervalMs, phase, now, ...rest }, answer) => {
				const { dueAt } = afterProbe(run("a", answer, T0), {
					...rest,
					random: randomFrom(seed),
					slot: { intervalMs, phase },
					origin: T0,
					now: T0 + now,
				});
				const wait = dueAt - T0 - now;
				expect(wait).toBeGreaterThanOrEqual(8 * SECOND);
				expect(wait).toBeLessThanOrEqual(1.25 * intervalMs + 1);
			}),
		);
	});

	test("that passes for hours keeps to its pace: no drift, no bunching", () => {
		fc.assert(
			fc.property(fc.integer(), fc.double({ min: 0, max: 0.99, noNaN: true }), (seed, phase) => {
				const random = randomFrom(seed);
				let now = T0;
				const times: number[] = [];
				while (now < T0 + 10 * HOUR) {
					now = afterProbe(run("a", "ok", T0), rhythm({ random, now, slot: { intervalMs: 5 * MINUTE, phase } })).dueAt;
					times.push(now);
				}
				expect(Math.abs(times.length - 120)).toBeLessThanOrEqual(2);
				for (const at of times) {
					const off = ((at - T0) / (5 * MINUTE) - phase + 100) % 1;
					expect(Math.min(off, 1 - off)).toBeLessThanOrEqual(0.1001);
				}
			}),
			{ numRuns: 20 },
		);
	});
});

function sourceRun(told: SourceEvidence["outcome"]): SourceEvidence {
	return { kind: "source", checkId: "s/official", service: "s", startedAt: T0 - SECOND, at: T0, outcome: told };
}
