import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	afterControl,
	afterProbe,
	afterReading,
	DOUBTFUL_STEPS,
	LADDER_STEPS,
	type Rhythm,
} from "../../src/core/cadence.ts";
import { weightOfFailure } from "../../src/core/confidence.ts";
import type { SourceEvidence } from "../../src/core/evidence.ts";
import { failure } from "../../src/core/failure.ts";
import { freshFor } from "../../src/core/freshness.ts";
import { type Random, randomFrom } from "../../src/core/random.ts";
import { type Answer, controlRun, HOUR, MINUTE, outcome, run, SECOND, T0 } from "../helpers/evidence.ts";

/** Draws the middle: no jitter. */
const STILL: Random = { next: () => 0.5, seed: 0 };
const SLOT = { intervalMs: 5 * MINUTE, phase: 0 };

const rhythm = (more: Partial<Rhythm> = {}): Rhythm => ({
	slot: SLOT,
	origin: T0,
	attempt: 0,
	askedInHour: 0,
	weight: 0,
	slow: false,
	random: STILL,
	now: T0,
	...more,
});
/** A run of a second that ends now. A failure's next run counts from its start, a pass's from its end. */
const probed = (answer: Answer, more: Partial<Rhythm> = {}) => {
	const { dueAt, attempt } = afterProbe(run("a", answer, T0), rhythm(more));
	return { wait: dueAt - T0 + (outcome(answer).kind === "failed" ? SECOND : 0), attempt };
};
/** How many passes end the suspicion of a host that answered so, oldest first: `x` failed, `.` passed. */
const passesToRefute = (before: string): number => {
	const runs = [...before].map((each) => each === "x");
	let attempt = runs.length;
	let passes = 0;
	while (attempt > 0) {
		runs.push(false);
		passes += 1;
		attempt = probed("ok", { attempt, weight: weightOfFailure(runs) }).attempt;
	}
	return passes;
};
const refused = (kind: "failed" | "blocked", status: number, retryAfterMs?: number, more: Partial<Rhythm> = {}) => {
	const told = failure("http", "no", { status, ...(retryAfterMs !== undefined && { retryAfterMs }) });
	return afterProbe(run("a", "ok", T0, { outcome: { kind, failure: told } }), rhythm(more));
};

describe("a probe", () => {
	test("that passes is asked in its slot, where nothing was suspected", () => {
		expect(probed("ok")).toEqual({ wait: 5 * MINUTE, attempt: 0 });
		expect(probed("ok", { weight: 6 })).toEqual({ wait: 5 * MINUTE, attempt: 0 });
	});

	test("of a host that suspicions have cost much is asked more slowly for a while, but before what it said grows stale", () => {
		const wait = (askedInHour: number) => probed("ok", { askedInHour }).wait;
		expect([0, 6, 11].map(wait)).toEqual([5 * MINUTE, 5 * MINUTE, 5 * MINUTE]);
		expect(wait(14)).toBeGreaterThan(5.5 * MINUTE);
		expect(wait(18)).toBeGreaterThan(wait(14));
		expect([30, 60].map(wait)).toEqual([8.75 * MINUTE, 8.75 * MINUTE]);
		expect(probed("timeout", { askedInHour: 30 }).wait).toBe(10 * SECOND);
	});

	test("that passes while it is suspected goes on being asked, up the same ladder: one pass may be luck", () => {
		const weight = weightOfFailure([true, false]);
		const steps = [1, 2, 3, 4, 5, 9].map((attempt) => probed("ok", { attempt, weight }));
		expect(steps).toEqual([
			{ wait: 10 * SECOND, attempt: 2 },
			{ wait: 15 * SECOND, attempt: 3 },
			{ wait: 20 * SECOND, attempt: 4 },
			{ wait: 30 * SECOND, attempt: 5 },
			{ wait: 30 * SECOND, attempt: 6 },
			{ wait: 30 * SECOND, attempt: 10 },
		]);
	});

	test.each([
		["x", 3],
		["x.x", 7],
		["xx", 8],
		["xxx", 8],
		["xxxxxxxxx", 2],
	])(
		"that failed and passed as in %s is refuted by %i passes more, and never asked for longer than that",
		(before, passes) => {
			expect(passesToRefute(before)).toBe(passes);
			expect(before.length + passes).toBeLessThanOrEqual(DOUBTFUL_STEPS + 1);
		},
	);

	test("that passes slowly is asked again soon, up the same ladder, and as often as it may be", () => {
		const waits = Array.from(
			{ length: DOUBTFUL_STEPS + 1 },
			(_, attempt) => probed("ok", { attempt, slow: true }).wait,
		);
		expect(waits.map((wait) => wait / SECOND)).toEqual([10, 10, 15, 20, 30, 30, 30, 30, 30, 30, 300]);
	});

	test("that passes slowly between failures is suspected as if it had passed quickly", () => {
		for (let attempt = 1; attempt <= DOUBTFUL_STEPS; attempt++)
			expect(probed("ok", { attempt, weight: 6, slow: true })).toEqual(probed("ok", { attempt, weight: 6 }));
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

	test("that goes on failing without an incident is asked every half minute for a while, then at its quiet pace", () => {
		expect(DOUBTFUL_STEPS).toBe(10);
		for (let attempt = 4; attempt < 10; attempt++)
			expect(probed("timeout", { attempt })).toEqual({ wait: 30 * SECOND, attempt: attempt + 1 });
		expect(probed("timeout", { attempt: 10 })).toEqual({ wait: 5 * MINUTE, attempt: 11 });
		expect(probed("timeout", { attempt: 40 })).toEqual({ wait: 5 * MINUTE, attempt: 41 });
	});

	test("that took long to fail is asked again as long after its start, though never before now", () => {
		const failing = (tookMs: number, attempt: number) =>
			afterProbe(run("a", "timeout", T0, { startedAt: T0 - tookMs }), rhythm({ attempt })).dueAt - T0;
		expect([0, 4, 10, 12].map((seconds) => failing(seconds * SECOND, 0))).toEqual([10 * SECOND, 6 * SECOND, 0, 0]);
		expect(failing(10 * SECOND, 3)).toBe(10 * SECOND);
		expect(failing(10 * SECOND, 20)).toBe(5 * MINUTE - 10 * SECOND);
	});

	test("that goes on failing in trouble is asked every two minutes, after half an hour every three", () => {
		const failing = (lasting: number) => probed("timeout", { attempt: 7, troubleSince: T0 - lasting });
		expect(failing(0)).toEqual({ wait: 2 * MINUTE, attempt: 8 });
		expect(failing(30 * MINUTE - 1).wait).toBe(2 * MINUTE);
		expect(failing(30 * MINUTE).wait).toBe(3 * MINUTE);
		expect(failing(24 * HOUR).wait).toBe(3 * MINUTE);
	});

	test("that fails for the first time in known trouble is followed, not chased up the ladder", () => {
		expect(probed("timeout", { troubleSince: T0 - MINUTE })).toEqual({ wait: 2 * MINUTE, attempt: 1 });
	});

	test("that passes in trouble is asked again after a minute and a half if it had failed, else at the pace of trouble", () => {
		for (const attempt of [1, 2, 9])
			expect(probed("ok", { attempt, troubleSince: T0 - HOUR })).toEqual({ wait: 90 * SECOND, attempt: 0 });
		expect(probed("ok", { troubleSince: T0 })).toEqual({ wait: 2 * MINUTE, attempt: 0 });
		expect(probed("ok", { troubleSince: T0 - HOUR })).toEqual({ wait: 3 * MINUTE, attempt: 0 });
	});

	test("of a host that others share is slower in trouble too", () => {
		const slot = { intervalMs: 15 * MINUTE, phase: 0 };
		expect(probed("ok", { troubleSince: T0, slot }).wait).toBe(6 * MINUTE);
		expect(probed("timeout", { attempt: 6, troubleSince: T0, slot }).wait).toBe(6 * MINUTE);
		expect(probed("timeout", { attempt: 6, troubleSince: T0 - HOUR, slot }).wait).toBe(9 * MINUTE);
	});

	test("of a watch faster than usual is not asked more often than every two minutes in trouble", () => {
		const slot = { intervalMs: MINUTE, phase: 0 };
		expect(probed("ok", { troubleSince: T0, slot }).wait).toBe(2 * MINUTE);
	});

	test.each<Answer>(["blocked", "skipped"])("that was %s is asked in its slot: it proves nothing", (answer) => {
		expect(probed(answer, { attempt: 2, troubleSince: T0 })).toEqual({ wait: 5 * MINUTE, attempt: 0 });
	});

	test("waits as long as Retry-After asks, and so does everything else of its host", () => {
		expect(refused("failed", 503, 10 * MINUTE)).toEqual({
			attempt: 1,
			dueAt: T0 + 10 * MINUTE,
			leaveAloneUntil: T0 + 10 * MINUTE,
		});
		expect(refused("failed", 503, 2 * SECOND)).toEqual({
			attempt: 1,
			dueAt: T0 + 9 * SECOND,
			leaveAloneUntil: T0 + 2 * SECOND,
		});
		expect(refused("failed", 503)).toEqual({ attempt: 1, dueAt: T0 + 9 * SECOND });
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
		afterReading(
			{
				...sourceRun({ kind: "read", page: { ...page, maintenances: [], unknownWords: [] }, fresh: true }),
				...(askAgainAfterMs !== undefined && { askAgainAfterMs }),
			},
			rhythm(more),
		);
	const failed = (attempt: number, more: { status?: number; retryAfterMs?: number } = {}) =>
		afterReading(sourceRun({ kind: "failed", failure: failure("http", "no", more) }), rhythm({ attempt }));

	test("that was read is read again in its slot, and every two minutes while there is trouble", () => {
		expect(read({ attempt: 4 })).toEqual({ attempt: 0, dueAt: T0 + 5 * MINUTE });
		expect(read({ troubleSince: T0 - HOUR })).toEqual({ attempt: 0, dueAt: T0 + 2 * MINUTE });
		expect(read({ troubleSince: T0 - HOUR, stretch: 2 }).dueAt).toBe(T0 + 4 * MINUTE);
	});

	test("is not read before it wants to be, in trouble neither", () => {
		expect(read({}, 12 * MINUTE).dueAt).toBe(T0 + 12 * MINUTE);
		expect(read({ troubleSince: T0 }, 12 * MINUTE).dueAt).toBe(T0 + 12 * MINUTE);
		expect(read({}, MINUTE).dueAt).toBe(T0 + 5 * MINUTE);
	});

	test("that cannot be read is tried less and less often, after its interval and half of that doubled, on average", () => {
		const waits = [0, 1, 2, 3, 4, 5, 40].map((attempt) => (failed(attempt).dueAt - T0) / MINUTE);
		expect(waits).toEqual([7.5, 10, 15, 25, 35, 35, 35]);
		expect(failed(3).attempt).toBe(4);
	});

	test("that cannot be read comes back at no time that can be foretold, and never within its interval", () => {
		const at = (next: number) =>
			(afterReading(sourceRun({ kind: "failed", failure: failure("timeout", "no") }), {
				...rhythm({ attempt: 3 }),
				random: { next: () => next, seed: 0 },
			}).dueAt -
				T0) /
			MINUTE;
		expect([0, 0.25, 0.999].map(at)).toEqual([5, 15, expect.closeTo(45, 0)]);
	});

	test("of reports that refuses its key is asked once an hour at most", () => {
		const evidence = { kind: "reports", checkId: "s/reports", service: "s", provider: "downdetector" } as const;
		const refused = (status: number) =>
			afterReading(
				{ ...evidence, startedAt: T0, at: T0, outcome: { kind: "failed", failure: failure("http", "no", { status }) } },
				rhythm(),
			).dueAt - T0;
		expect([401, 403].map(refused).every((wait) => wait >= HOUR)).toBe(true);
		expect(refused(500)).toBeLessThan(HOUR);
		expect(failed(0, { status: 403 }).dueAt - T0).toBeLessThan(HOUR);
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
	const asked = (answer: "ok" | "portal" | "timeout", attempt: number, troubleSince?: number) => {
		const { dueAt, ...rest } = afterControl(controlRun("a", "http", answer, T0), rhythm({ attempt }), troubleSince);
		return { wait: dueAt - T0, ...rest };
	};

	test("that passes is asked in its slot while the connection is well", () => {
		expect(asked("ok", 0)).toEqual({ wait: 5 * MINUTE, attempt: 0 });
		expect(asked("ok", 1)).toEqual({ wait: 5 * MINUTE, attempt: 0 });
	});

	test.each(["timeout", "portal"] as const)(
		"that says %s alone is asked again soon, once, then in its slot",
		(answer) => {
			expect(asked(answer, 0)).toEqual({ wait: 15 * SECOND, attempt: 1 });
			expect(asked(answer, 1)).toEqual({ wait: 5 * MINUTE, attempt: 0 });
		},
	);

	test.each([
		{ lasting: 0, wait: 20 * SECOND },
		{ lasting: 2 * MINUTE - 1, wait: 20 * SECOND },
		{ lasting: 2 * MINUTE, wait: MINUTE },
		{ lasting: 10 * MINUTE, wait: 2 * MINUTE },
		{ lasting: 10 * HOUR, wait: 2 * MINUTE },
	])("is asked after $wait ms when the connection has been lost for $lasting ms", ({ lasting, wait }) => {
		for (const answer of ["ok", "timeout"] as const)
			for (const attempt of [0, 1]) expect(asked(answer, attempt, T0 - lasting)).toEqual({ wait, attempt: 0 });
	});
});

describe("any check", () => {
	const rhythms = fc.record({
		seed: fc.integer(),
		attempt: fc.nat(30),
		askedInHour: fc.nat(60),
		weight: fc.double({ min: 0, max: 30, noNaN: true }),
		tookMs: fc.nat(12 * SECOND),
		troubleFor: fc.option(fc.nat(3 * HOUR)),
		now: fc.nat(HOUR),
		intervalMs: fc.integer({ min: 5 * MINUTE, max: HOUR }),
		phase: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
	});
	const answers = fc.constantFrom<Answer>("ok", "timeout", "http", "blocked", "skipped");

	test("comes again: never sooner than eight seconds after it began, at latest before it is stale", () => {
		fc.assert(
			fc.property(
				rhythms,
				answers,
				({ seed, intervalMs, phase, now, attempt, askedInHour, troubleFor, weight, tookMs }, answer) => {
					const { dueAt } = afterProbe(run("a", answer, T0 + now, { startedAt: T0 + now - tookMs }), {
						attempt,
						askedInHour,
						weight,
						slow: false,
						...(troubleFor !== null && { troubleSince: T0 + now - troubleFor }),
						random: randomFrom(seed),
						slot: { intervalMs, phase },
						origin: T0,
						now: T0 + now,
					});
					const wait = dueAt - T0 - now;
					expect(wait).toBeGreaterThanOrEqual(0);
					expect(wait + tookMs).toBeGreaterThanOrEqual(8 * SECOND);
					expect(wait + 12 * SECOND).toBeLessThanOrEqual(freshFor(intervalMs));
				},
			),
		);
	});

	test("that is suspected is no longer after so many runs, whatever it answers", () => {
		fc.assert(
			fc.property(fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (failed) => {
				let attempt = 0;
				let inRow = 0;
				for (const [n, each] of failed.entries()) {
					const next = probed(each ? "timeout" : "ok", {
						attempt,
						weight: weightOfFailure(failed.slice(Math.max(0, n - 7), n + 1)),
					});
					({ attempt } = next);
					inRow = next.wait < 2 * MINUTE ? inRow + 1 : 0;
					expect(inRow).toBeLessThanOrEqual(DOUBTFUL_STEPS);
				}
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
