import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LevelChange } from "../../src/core/history.ts";
import { LEVELS, type Level } from "../../src/core/level.ts";
import { bandsOf, seenLevels, uptimeOf, worstBands } from "../../src/main/bands.ts";

const changes = (...all: readonly (readonly [at: number, level: Level])[]): LevelChange[] =>
	all.map(([at, level]) => ({ service: "chat", feature: "messaging", at, level }));
const EDGES = [0, 10, 20, 30, 40];
const ALWAYS = [{ from: 0, until: 40 }];

describe("bars", () => {
	test("show the worst of each step, however short it was", () => {
		const levels = changes([-5, "operational"], [12, "major_outage"], [13, "degraded"], [20, "operational"]);
		expect(bandsOf(seenLevels(levels, ALWAYS), EDGES)).toEqual([
			"operational",
			"major_outage",
			"operational",
			"operational",
		]);
	});

	test("are a gap where nobody looked, whatever was in force: an outage is not red while the computer is off", () => {
		const levels = changes([-5, "operational"], [8, "major_outage"], [35, "operational"]);
		const looked = [
			{ from: 0, until: 9 },
			{ from: 36, until: 40 },
		];
		expect(bandsOf(seenLevels(levels, looked), EDGES)).toEqual(["major_outage", "gap", "gap", "operational"]);
	});

	test("are unknown for what has never been anything, and a gap before something was first watched", () => {
		expect(bandsOf(seenLevels([], ALWAYS), EDGES)).toEqual(["unknown", "unknown", "unknown", "unknown"]);
		expect(bandsOf(seenLevels(changes([20, "operational"]), ALWAYS), EDGES)).toEqual([
			"gap",
			"gap",
			"operational",
			"operational",
		]);
	});

	test("of a service show the worst of its features, and what one of them knows where the other knows nothing", () => {
		expect(
			worstBands([
				["operational", "gap", "unknown", "gap"],
				["degraded", "operational", "operational", "gap"],
			]),
		).toEqual(["degraded", "operational", "operational", "gap"]);
		expect(worstBands([])).toEqual([]);
	});

	test("show at every moment what was in force and seen at it, for any story", () => {
		const story = fc.record({
			levels: fc.uniqueArray(fc.tuple(fc.integer({ min: -20, max: 40 }), fc.constantFrom(...LEVELS)), {
				selector: ([at]) => at,
				minLength: 1,
			}),
			looked: fc.array(fc.tuple(fc.integer({ min: 0, max: 39 }), fc.integer({ min: 1, max: 9 }))),
		});
		fc.assert(
			fc.property(story, ({ levels, looked }) => {
				const sorted = changes(...levels.sort(([a], [b]) => a - b));
				const minutes = new Set(looked.flatMap(([from, length]) => Array.from({ length }, (_, n) => from + n)));
				const stretches = [...minutes].sort((a, b) => a - b).map((from) => ({ from, until: from + 1 }));
				const bands = bandsOf(
					seenLevels(sorted, stretches),
					Array.from({ length: 41 }, (_, edge) => edge),
				);
				for (const [minute, band] of bands.entries()) {
					const inForce = sorted.findLast(({ at }) => at <= minute)?.level;
					expect(band).toBe(minutes.has(minute) ? (inForce ?? "gap") : "gap");
				}
			}),
		);
	});
});

describe("the share of the time that something worked", () => {
	const share = (levels: LevelChange[], looked = ALWAYS) => uptimeOf(seenLevels(levels, looked), 0);

	test("is of what was seen, and leaves planned work and what is unknown out", () => {
		expect(share(changes([0, "operational"], [30, "degraded"]))).toBe(0.75);
		expect(share(changes([0, "operational"], [10, "maintenance"], [20, "unknown"], [30, "major_outage"]))).toBe(0.5);
		expect(share(changes([0, "major_outage"], [20, "operational"]), [{ from: 20, until: 40 }])).toBe(1);
	});

	test("is none where nothing was seen", () => {
		expect(share([])).toBeUndefined();
		expect(share(changes([0, "operational"]), [])).toBeUndefined();
	});
});
