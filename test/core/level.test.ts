import fc from "fast-check";
import { expect, test } from "vitest";
import { compareLevels, isProblem, LEVELS, worst } from "../../src/core/level.ts";

test("levels go from cannot tell over well and planned to down, in the order in which they are listed", () => {
	expect([...LEVELS].reverse().sort(compareLevels)).toEqual(LEVELS);
	expect(compareLevels("degraded", "degraded")).toBe(0);
});

test("only what people would call not working properly is a problem", () => {
	expect(LEVELS.filter(isProblem)).toEqual(["degraded", "partial_outage", "major_outage"]);
});

test("the worst of nothing is unknown", () => {
	expect(worst([])).toBe("unknown");
});

test("the worst of several is one of them, none is worse, and their order does not matter", () => {
	fc.assert(
		fc.property(fc.array(fc.constantFrom(...LEVELS), { minLength: 1 }), (levels) => {
			const found = worst(levels);
			expect(levels).toContain(found);
			expect(levels.every((level) => compareLevels(level, found) <= 0)).toBe(true);
			expect(worst([...levels].reverse())).toBe(found);
		}),
	);
});
