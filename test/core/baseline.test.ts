import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BASELINE_WEEKS, type Baseline, counted, NOTHING_COUNTED, usualAt } from "../../src/core/baseline.ts";
import { HOUR, MINUTE, T0 } from "../helpers/evidence.ts";

const WEEK = 7 * 24 * HOUR;
/** The start of an hour. */
const NOW = Math.ceil(T0 / HOUR) * HOUR;

/** Weeks in which the same hour had the given counts, the oldest first; the newest is a week ago. */
function weeks(...counts: (number | undefined)[]): Baseline {
	return counts.reduce<Baseline>((baseline, count, index) => {
		const at = NOW - (counts.length - index) * WEEK;
		return count === undefined ? baseline : counted(baseline, at, count);
	}, NOTHING_COUNTED);
}

/** Any reading of the present hour: only then is the last week's past. */
const today = (baseline: Baseline) => counted(baseline, NOW, 1);

describe("what is usual at an hour", () => {
	test.each<[string, readonly (number | undefined)[], number | undefined]>([
		["nothing is known", [], undefined],
		["three weeks are no more than a guess", [10, 10, 10], undefined],
		["four weeks are enough", [10, 12, 14, 16], 13],
		["an outage spoils one week only", [10, 11, 90_000, 12, 13], 12],
		["a week in which nothing was asked is left out", [10, undefined, 20, 30, 40], 25],
		["what is older than eight weeks is forgotten", [900, 900, 900, 900, 1, 2, 3, 4, 5, 6, 7, 8], 4.5],
	])("%s", (_, counts, usual) => {
		expect(usualAt(today(weeks(...counts)), NOW)).toBe(usual);
	});

	test("is that of the same weekday and hour, not of yesterday or of an hour ago", () => {
		const other = (shift: number) => Array.from({ length: 6 }, (_, n) => NOW - (6 - n) * WEEK + shift);
		for (const shift of [HOUR, -HOUR, 24 * HOUR]) {
			const baseline = other(shift).reduce((before, at) => counted(before, at, 500), NOTHING_COUNTED);
			expect(usualAt(today(baseline), NOW)).toBeUndefined();
		}
	});

	test("takes the average of an hour's readings for its count", () => {
		const baseline = [4, 3, 2, 1].reduce((before, ago) => {
			const at = NOW - ago * WEEK;
			return counted(counted(counted(before, at, 10), at + 20 * MINUTE, 20), at + 59 * MINUTE, 60);
		}, NOTHING_COUNTED);
		expect(usualAt(today(baseline), NOW)).toBe(30);
	});

	test("does not take the present hour into account", () => {
		expect(usualAt(counted(weeks(5, 5, 5, 5), NOW, 70_000), NOW)).toBe(5);
	});

	test("lies between the least and the greatest of the weeks, and little is remembered", () => {
		fc.assert(
			fc.property(fc.array(fc.nat(100_000), { minLength: 4, maxLength: 8 }), (counts) => {
				const usual = usualAt(today(weeks(...counts)), NOW);
				expect(usual).toBeGreaterThanOrEqual(Math.min(...counts));
				expect(usual).toBeLessThanOrEqual(Math.max(...counts));
			}),
		);
		let baseline = NOTHING_COUNTED;
		for (let at = NOW; at < NOW + 12 * WEEK; at += HOUR) baseline = counted(baseline, at, 1);
		expect(baseline.past.size).toBeLessThanOrEqual(BASELINE_WEEKS * 7 * 24 + 1);
	});
});
