import fc from "fast-check";
import { expect, test } from "vitest";
import { jittered, randomFrom } from "../../src/core/random.ts";

const draw = (seed: number, count: number) => {
	const random = randomFrom(seed);
	return Array.from({ length: count }, () => random.next());
};

test("the same seed gives the same numbers, another seed others", () => {
	expect(draw(7, 20)).toEqual(draw(7, 20));
	expect(draw(7, 20)).not.toEqual(draw(8, 20));
	expect(new Set(draw(7, 1000)).size).toBe(1000);
});

test("going on from a seed gives what would have come", () => {
	const random = randomFrom(42);
	random.next();
	const rest = randomFrom(random.seed);
	expect([rest.next(), rest.next()]).toEqual(draw(42, 3).slice(1));
});

test("numbers of any seed, negative ones too, lie in [0, 1)", () => {
	fc.assert(
		fc.property(fc.integer(), (seed) => {
			for (const number of draw(seed, 20)) {
				expect(number).toBeGreaterThanOrEqual(0);
				expect(number).toBeLessThan(1);
			}
		}),
	);
});

test("numbers are even enough for jitter", () => {
	const tenths = Map.groupBy(draw(1, 10_000), (number) => Math.floor(number * 10));
	expect(tenths.size).toBe(10);
	for (const [, { length }] of tenths) expect(Math.abs(length - 1000)).toBeLessThan(150);
});

test("jitter makes longer or shorter by up to the share, and really uses it", () => {
	const random = randomFrom(3);
	const values = Array.from({ length: 500 }, () => jittered(1000, 0.2, random));
	expect(Math.min(...values)).toBeGreaterThanOrEqual(800);
	expect(Math.max(...values)).toBeLessThanOrEqual(1200);
	expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(350);
});
