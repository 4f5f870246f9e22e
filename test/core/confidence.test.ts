import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { probabilityOfTrouble, type Testimony } from "../../src/core/confidence.ts";

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
