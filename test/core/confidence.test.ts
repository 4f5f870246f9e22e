import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	PROOF,
	probabilityOfTrouble,
	proofFactor,
	RECOVERED,
	SECOND_WITNESS,
	type Testimony,
	weightOfFailure,
	weightOfRecovery,
} from "../../src/core/confidence.ts";

const p = (fails: number[], passes: number[] = [], official?: Testimony["official"]) =>
	probabilityOfTrouble({ fails, passes, ...(official && { official }) });

describe("the probability of trouble", () => {
	test("without evidence is that of any moment: one in a thousand", () => {
		expect(p([])).toBeCloseTo(0.001, 6);
	});

	test.each<{ name: string; given: number; least: number; most: number }>([
		{ name: "one lost run is most likely chance", given: p([1]), least: 0.01, most: 0.05 },
		{ name: "two in a row are worth a look", given: p([2]), least: 0.3, most: 0.5 },
		{ name: "three in a row on one host", given: p([3]), least: 0.9, most: 0.95 },
		{ name: "three in a row while a second host fails too", given: p([3, 1]), least: 0.95, most: 0.999 },
		{ name: "one host down, two answering", given: p([3], [5, 5]), least: 0.05, most: 0.15 },
		{ name: "an official admission alone", given: p([], [], "problem"), least: 0.05, most: 0.15 },
		{ name: "an admission and two failures", given: p([2], [], "problem"), least: 0.95, most: 1 },
		{ name: "every host passing for long", given: p([], [5, 5]), least: 0, most: 0.0001 },
	])("$name", ({ given, least, most }) => {
		expect(given).toBeGreaterThanOrEqual(least);
		expect(given).toBeLessThanOrEqual(most);
	});

	test("a failed run weighs ln 25, a passed one takes ln 1.96 back", () => {
		expect(weightOfFailure([true])).toBeCloseTo(Math.log(25), 9);
		expect(weightOfFailure([true, true, false])).toBeCloseTo(2 * Math.log(25) - Math.log(1.96), 9);
	});

	test("a pass after trouble in which every other run had passed weighs ln 1.96", () => {
		expect(weightOfRecovery(3, 1, 2)).toBeCloseTo(3 * Math.log(1.96), 9);
	});

	test("a second host adds half as much as the first, and runs beyond the fifth add nothing", () => {
		const odds = (x: number) => Math.log(x / (1 - x));
		const one = odds(p([3])) - odds(p([]));
		expect(odds(p([3, 3])) - odds(p([3]))).toBeCloseTo(one / 2, 9);
		expect(p([9])).toBe(p([5]));
	});

	test("official words weigh in the order well, nothing, trouble somewhere, trouble here", () => {
		const list = [p([1], [], "well"), p([1]), p([1], [], "wholeProblem"), p([1], [], "problem")];
		expect([...list].sort((a, b) => a - b)).toEqual(list);
		expect(new Set(list).size).toBe(4);
	});

	test("is a probability, does not depend on order, and each further failing host makes trouble no less likely", () => {
		const hosts = fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 6 });
		fc.assert(
			fc.property(hosts, hosts, (fails, passes) => {
				const found = p(fails, passes);
				expect(found).toBeGreaterThan(0);
				expect(found).toBeLessThanOrEqual(1);
				expect(p([...fails].reverse(), [...passes].reverse())).toBe(found);
				expect(p([...fails, 1], passes)).toBeGreaterThanOrEqual(found);
				expect(p(fails, [...passes, 1])).toBeLessThanOrEqual(found);
			}),
		);
	});
});

/** A host's runs, oldest first: `x` failed, `.` passed. */
const weight = (runs: string) => weightOfFailure([...runs].map((run) => run === "x"));

describe("the weight of a host's runs", () => {
	test.each<[runs: string, proof: boolean]>([
		["", false],
		["x", false],
		["xx", false],
		["xxx", true],
		["xx.x", false],
		["x.xx", false],
		["xxx.", false],
		["xx.xx", true],
		["xxx.x", true],
		["x.xxx", true],
		["xxxx.", true],
		["x.x.x", false],
		["x.x.xx", true],
		["x.x.x.x.", true],
		["....................xxx", true],
		["....................xx", false],
		["xxx..........", false],
	])("%s proves that it is down: %s", (runs, proof) => {
		expect(weight(runs) >= PROOF).toBe(proof);
	});

	test.each<[runs: string, second: boolean]>([
		["x", false],
		["xx", true],
		["x.x", true],
		["xx.", true],
		["....x.x", true],
		["x..x", false],
		["x.x.", false],
		["xx..", false],
		["xx.x", true],
		["xxx.", true],
	])("%s bears another host out: %s", (runs, second) => {
		expect(weight(runs) >= SECOND_WITNESS).toBe(second);
	});

	test("is never below nothing, forgets passes before it, and grows with each failure more", () => {
		const runs = fc.array(fc.boolean(), { maxLength: 12 });
		fc.assert(
			fc.property(runs, runs, (before, after) => {
				const found = weightOfFailure([...before, ...after]);
				expect(found).toBeGreaterThanOrEqual(0);
				expect(weightOfFailure([...before.map(() => false), ...after])).toBe(weightOfFailure(after));
				expect(weightOfFailure([...before, true, ...after])).toBeGreaterThanOrEqual(found);
				expect(weightOfFailure([...before, false, ...after])).toBeLessThanOrEqual(found);
				expect(weightOfFailure([...before, ...after, true])).toBeGreaterThan(found);
			}),
		);
	});

	test("of a line that loses two runs in a hundred prove an outage wrongly after less than one run in ten thousand", () => {
		// after a first failure, all courses of the next seven runs, each with its probability
		const loss = 0.02;
		let wrong = 0;
		for (let course = 0; course < 2 ** 7; course++) {
			const runs = Array.from({ length: 7 }, (_, n) => (course & (1 << n)) !== 0);
			const chance = runs.reduce((product, failed) => product * (failed ? loss : 1 - loss), 1);
			const proved = runs.some((_, n) => weightOfFailure([true, ...runs.slice(0, n + 1)]) >= PROOF);
			if (proved) wrong += chance;
		}
		expect(loss * wrong).toBeLessThan(1e-4);
		expect(wrong).toBeGreaterThan(0);
	});
});

/** How many passes make a host well again that failed so many of its runs while it was not. */
function passesToRecover(failed: number, runs: number): number {
	let passes = 0;
	while (weightOfRecovery(passes, failed, runs) < RECOVERED) passes += 1;
	return passes;
}

describe("the weight of passes", () => {
	test.each([1, 2, 3, 5, 8])("after it failed each of %i times: two are enough, one is not", (runs) => {
		expect(passesToRecover(runs, runs)).toBe(2);
	});

	test("after it failed every other time: seven, and never more, however seldom it failed", () => {
		expect(passesToRecover(2, 4)).toBe(7);
		expect(passesToRecover(4, 8)).toBe(7);
		for (let failed = 1; failed <= 8; failed++)
			for (let runs = failed; runs <= 40; runs++) expect(passesToRecover(failed, runs)).toBeLessThanOrEqual(7);
	});

	test("grows with each of them, and is the greater the more of its runs had failed", () => {
		const runs = fc
			.integer({ min: 1, max: 12 })
			.chain((all) => fc.tuple(fc.integer({ min: 1, max: all }), fc.constant(all)));
		fc.assert(
			fc.property(fc.nat(9), runs, (passes, [failed, all]) => {
				const found = weightOfRecovery(passes, failed, all);
				expect(found).toBeCloseTo(passes * weightOfRecovery(1, failed, all), 9);
				expect(weightOfRecovery(passes + 1, failed, all)).toBeGreaterThan(found);
				if (failed < all) expect(weightOfRecovery(passes, failed + 1, all)).toBeGreaterThanOrEqual(found);
				expect(weightOfRecovery(0, failed, all)).toBe(0);
			}),
		);
	});
});

test.each([
	[0, 1],
	[0.02, 1],
	[0.05, 1.398],
	[0.1, 2],
	[0.2, 3.513],
	[0.5, Number.POSITIVE_INFINITY],
	[0.9, Number.POSITIVE_INFINITY],
])("a line that loses %d of its runs asks for %d times the proof", (loss, factor) => {
	expect(proofFactor(loss)).toBeCloseTo(factor, 3);
});
