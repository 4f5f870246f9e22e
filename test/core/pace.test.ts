import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSlow, isSlower, type Pace, paced, usualMs } from "../../src/core/pace.ts";
import { randomFrom } from "../../src/core/random.ts";

const having = (durations: readonly number[], from?: Pace, runsToLearn = 50): Pace | undefined =>
	durations.reduce<Pace | undefined>((pace, ms) => paced(pace, ms, runsToLearn), from);
const runs = (count: number, ms: number) => Array.from({ length: count }, () => ms);
/** Durations around a middle, as lines have them: seldom half or twice as long. */
function noisy(count: number, middle: number, seed = 1): number[] {
	const random = randomFrom(seed);
	const normal = () => random.next() + random.next() + random.next() + random.next() - 2;
	return Array.from({ length: count }, () => middle * Math.exp(0.5 * normal()));
}
const slow = (pace: Pace | undefined) => pace !== undefined && isSlow(pace);

describe("the pace of a check", () => {
	test("is learnt from fifty runs; before that nothing is slow", () => {
		expect(usualMs(having(runs(49, 100)) as Pace)).toBe(0);
		expect(slow(having([...runs(49, 100), ...runs(1, 9000)]))).toBe(false);
		expect(usualMs(having(runs(50, 100)) as Pace)).toBe(100);
		expect(having([...runs(10, 100), 9000])?.slow).toBe(false);
	});

	test("is the middle of what it was learnt from: of an even number between the two in the middle", () => {
		expect(usualMs(having([900, 100, 400], undefined, 3) as Pace)).toBe(400);
		expect(usualMs(having([9000, 400, 10, 100], undefined, 4) as Pace)).toBe(200);
	});

	test("is not spoilt by a few slow runs among those it was learnt from", () => {
		const pace = having([...runs(45, 100), ...runs(5, 9000)]) as Pace;
		expect(usualMs(pace)).toBe(100);
	});

	test.each([1000, 3000, 9000])(
		"that falls from a tenth of a second to %i ms is slow after five runs, not after four",
		(ms) => {
			const usual = having(noisy(60, 100));
			expect(slow(having(runs(4, ms), usual))).toBe(false);
			expect(slow(having(runs(5, ms), usual))).toBe(true);
		},
	);

	test("that merely doubles, or takes half a second more where seconds are usual, is nobody's business", () => {
		expect(slow(having(runs(20, 250), having(noisy(60, 100))))).toBe(false);
		expect(slow(having(runs(20, 3600), having(noisy(60, 3000))))).toBe(false);
	});

	test("that is seconds is slow from twice as long on, and half a second more from where it is less", () => {
		expect(slow(having(runs(20, 5900), having(runs(50, 3000))))).toBe(false);
		expect(slow(having(runs(20, 6100), having(runs(50, 3000))))).toBe(true);
		expect(slow(having(runs(20, 590), having(runs(50, 100))))).toBe(false);
		expect(slow(having(runs(20, 610), having(runs(50, 100))))).toBe(true);
	});

	test("that is often half or twice as long is not slow at twice as long", () => {
		const wide = Array.from({ length: 50 }, (_, n) => (n % 2 === 0 ? 600 : 1700));
		expect(slow(having(runs(20, 2100), having(wide)))).toBe(false);
	});

	test("is well again after one calm run, and slow anew only as it was at first", () => {
		const wasSlow = having(runs(20, 4000), having(noisy(60, 100)));
		expect(slow(wasSlow)).toBe(true);
		expect(slow(having([100], wasSlow))).toBe(false);
		expect(slow(having([100, 4000, 4000], wasSlow))).toBe(false);
		expect(slow(having([100, 4000, 4000, 4000], wasSlow))).toBe(true);
	});

	test("is not slow that is so every other time", () => {
		const usual = having(noisy(60, 100));
		const wavering = Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? 4000 : 100));
		for (let n = 1; n <= wavering.length; n++) expect(slow(having(wavering.slice(0, n), usual))).toBe(false);
	});

	test("follows what is usual by and by, and never what is slow", () => {
		const slower = having(runs(400, 150), having(noisy(60, 100))) as Pace;
		expect(usualMs(slower)).toBeGreaterThan(120);
		const outage = having(runs(400, 4000), having(noisy(60, 100))) as Pace;
		expect(usualMs(outage)).toBeLessThan(120);
	});

	test("moves by little with each run, and learns how far its runs are apart", () => {
		const even = having(runs(50, 100)) as Pace;
		expect(usualMs(having([150], even) as Pace)).toBe(100);
		const spreadOf = (pace: Pace | undefined) => pace?.usual?.spread ?? 0;
		const noise = spreadOf(having(noisy(3000, 100), even));
		expect(noise).toBeGreaterThan(0.23);
		expect(noise).toBeLessThan(0.35);
		expect(spreadOf(having(runs(300, 100), having(noisy(60, 100))))).toBe(0.1);
	});

	test("of a control is slower while its slow runs are not made up for", () => {
		const wasSlow = having(runs(20, 4000), having(runs(12, 100), undefined, 12), 12);
		expect(isSlower(having([100], wasSlow, 12) as Pace)).toBe(true);
		expect(isSlower(having([100, 100], wasSlow, 12) as Pace)).toBe(false);
	});

	test("of a control is slower from half again its usual on, which says nothing before twelve runs", () => {
		expect(isSlower(having(runs(11, 50), undefined, 12) as Pace)).toBe(undefined);
		const usual = having(runs(12, 50), undefined, 12);
		expect(isSlower(having([60], usual) as Pace)).toBe(false);
		expect(isSlower(having([120], usual) as Pace)).toBe(true);
		const even = having(runs(12, 100), undefined, 12);
		expect(isSlower(having([160], even) as Pace)).toBe(false);
		expect(isSlower(having([170], even) as Pace)).toBe(true);
	});

	test("raises no alarm in a month of ordinary runs, whatever the seed", () => {
		for (let seed = 1; seed <= 20; seed++) {
			let pace: Pace | undefined;
			let alarms = 0;
			for (const ms of noisy(12 * 24 * 30, 120, seed)) {
				pace = paced(pace, ms, 50);
				if (isSlow(pace)) alarms += 1;
			}
			expect(alarms).toBe(0);
		}
	});

	test("stays in its bounds whatever it takes, and a longer run is never less slow", () => {
		const any = fc.integer({ min: 0, max: 30_000 });
		fc.assert(
			fc.property(fc.array(any, { minLength: 60, maxLength: 120 }), any, any, (durations, a, b) => {
				const pace = having(durations) as Pace;
				const [quick, long] = [paced(pace, Math.min(a, b), 50), paced(pace, Math.max(a, b), 50)];
				expect(quick.excess).toBeGreaterThanOrEqual(0);
				expect(long.excess).toBeLessThanOrEqual(5);
				expect(Number(isSlow(quick))).toBeLessThanOrEqual(Number(isSlow(long)));
				expect(Number.isFinite(usualMs(long))).toBe(true);
			}),
		);
	});
});
