import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tomorrowMorning, type ZoneOffsetAt } from "../../src/core/local-time.ts";
import { type QuietHours, type QuietWindow, quietAt, WEEKDAYS } from "../../src/core/quiet-hours.ts";
import { createZoneOffset } from "../../src/io/zone.ts";
import { HOUR, MINUTE, SECOND } from "../helpers/evidence.ts";

const ROME = "Europe/Rome";
const offsets = createZoneOffset();
const DAY = 24 * HOUR;
const at = (text: string) => Date.parse(text);
const nights: QuietHours = { windows: [{ days: [...WEEKDAYS], from: "22:00", to: "07:00" }], zone: ROME };
const only = (window: QuietWindow): QuietHours => ({ windows: [window], zone: ROME });

/** When it becomes quiet and when it ends, in UTC, between two moments; found minute by minute, as the loop would. */
function changes(hours: QuietHours, from: string, until: string, zoneOffsetAt: ZoneOffsetAt = offsets): string[] {
	const found: string[] = [];
	let before = quietAt(hours, at(from), zoneOffsetAt).quiet;
	for (let now = at(from); now <= at(until); now += MINUTE) {
		const { quiet } = quietAt(hours, now, zoneOffsetAt);
		if (quiet !== before) found.push(`${quiet ? "from" : "to"} ${new Date(now).toISOString().slice(5, 16)}`);
		before = quiet;
	}
	return found;
}

describe("quiet hours", () => {
	test("go over midnight, in the given zone", () => {
		expect(changes(nights, "2026-06-01T12:00Z", "2026-06-02T12:00Z")).toEqual(["from 06-01T20:00", "to 06-02T05:00"]);
		expect(changes({ ...nights, zone: "Asia/Kolkata" }, "2026-06-01T12:00Z", "2026-06-02T12:00Z")).toEqual([
			"from 06-01T16:30",
			"to 06-02T01:30",
		]);
	});

	test("belong to the day on which they begin", () => {
		const weekend = only({ days: ["fri"], from: "22:00", to: "07:00" });
		// 2026-06-05 is a Friday
		expect(changes(weekend, "2026-06-01T00:00Z", "2026-06-08T00:00Z")).toEqual(["from 06-05T20:00", "to 06-06T05:00"]);
	});

	test("that end when they begin last a whole day, and join the next one", () => {
		const weekend = only({ days: ["sat", "sun"], from: "00:00", to: "00:00" });
		expect(changes(weekend, "2026-06-01T00:00Z", "2026-06-09T00:00Z")).toEqual(["from 06-05T22:00", "to 06-07T22:00"]);
	});

	test("within one day are as they say", () => {
		const lunch = only({ days: ["mon"], from: "12:30", to: "13:15" });
		expect(changes(lunch, "2026-06-01T00:00Z", "2026-06-02T00:00Z")).toEqual(["from 06-01T10:30", "to 06-01T11:15"]);
	});

	test("are known of a little before midnight, and at the moment itself no more as what is to come", () => {
		const early: QuietHours = { windows: [{ days: [...WEEKDAYS], from: "00:00", to: "07:00" }], zone: "UTC" };
		const midnight = at("2026-06-02T00:00Z");
		expect(quietAt(early, midnight - 5 * MINUTE, offsets)).toEqual({ quiet: false, until: midnight });
		expect(quietAt(early, midnight, offsets)).toEqual({ quiet: true, until: midnight + 15 * MINUTE });
	});

	test("are none where none are wanted", () => {
		expect(quietAt(undefined, 0, offsets)).toEqual({ quiet: false, until: Number.POSITIVE_INFINITY });
	});

	describe("where the clocks skip an hour (29 March 2026, 02:00 becomes 03:00)", () => {
		test.each([
			["begin at the skip", "02:30", "06:00", ["from 03-29T01:00", "to 03-29T04:00"]],
			["end at the skip", "23:00", "02:30", ["from 03-28T22:00", "to 03-29T01:00"]],
			["are shorter by the hour", "22:00", "07:00", ["from 03-28T21:00", "to 03-29T05:00"]],
			["vanish with it", "02:10", "02:50", []],
		])("they %s", (_, from, to, expected) => {
			const days = from < to ? ["sun" as const] : ["sat" as const];
			expect(changes(only({ days, from, to }), "2026-03-28T12:00Z", "2026-03-29T12:00Z")).toEqual(expected);
		});
	});

	describe("where an hour comes twice (25 October 2026, 03:00 becomes 02:00)", () => {
		test.each([
			["begin in the first", "02:30", "06:00", ["from 10-25T00:30", "to 10-25T05:00"]],
			["end in the second", "23:00", "02:30", ["from 10-24T21:00", "to 10-25T01:30"]],
			["are longer by the hour", "22:00", "07:00", ["from 10-24T20:00", "to 10-25T06:00"]],
			["hold all of it, without a gap", "02:10", "02:50", ["from 10-25T00:10", "to 10-25T01:50"]],
		])("they %s", (_, from, to, expected) => {
			const days = from < to ? ["sun" as const] : ["sat" as const];
			expect(changes(only({ days, from, to }), "2026-10-24T12:00Z", "2026-10-25T12:00Z")).toEqual(expected);
		});
	});
});

describe("whatever the window, the zone and the day", () => {
	const time = fc
		.tuple(fc.nat(23), fc.nat(59))
		.map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));
	const window = fc.record<QuietWindow>({
		days: fc.constantFrom([...WEEKDAYS], ["sat", "sun"]),
		from: time,
		to: time,
	}) as fc.Arbitrary<QuietWindow>;
	const zone = fc.constantFrom(
		ROME,
		"America/St_Johns",
		"Australia/Lord_Howe",
		"America/Santiago",
		"Asia/Kathmandu",
		"UTC",
	);
	/** Around the changes of the clocks in 2026, in all those zones. */
	const day = fc.constantFrom(
		"2026-03-08",
		"2026-03-29",
		"2026-04-05",
		"2026-09-06",
		"2026-10-04",
		"2026-10-25",
		"2026-11-01",
	);

	test("there is one beginning and one end a day, and the answer is good until it says", () => {
		let quiet = 0;
		fc.assert(
			fc.property(window, zone, day, fc.nat(2 * DAY), (each, name, around, later) => {
				const hours = { windows: [each], zone: name };
				const now = at(`${around}T00:00Z`) - DAY + later;
				const spell = quietAt(hours, now, offsets);
				quiet += spell.quiet ? 1 : 0;
				expect(spell.until).toBeGreaterThan(now);
				expect(spell.until - now).toBeLessThanOrEqual(15 * MINUTE);
				for (const share of [0.3, 0.7, 1]) {
					const then = Math.floor(now + (spell.until - now - 1) * share);
					expect(quietAt(hours, then, offsets).quiet).toBe(spell.quiet);
				}
			}),
			{ numRuns: 300 },
		);
		expect(quiet).toBeGreaterThan(50);
	});

	test("no two spells a day, though an hour comes twice", () => {
		fc.assert(
			fc.property(window, zone, day, (each, name, around) => {
				const hours = { windows: [{ ...each, days: [...WEEKDAYS] }], zone: name };
				const from = at(`${around}T00:00Z`) - 12 * HOUR;
				let [begins, before] = [0, true];
				for (let now = from; now < from + 2 * DAY; now += 10 * MINUTE) {
					const { quiet } = quietAt(hours, now, offsets);
					if (quiet && !before) begins += 1;
					before = quiet;
				}
				expect(begins).toBeLessThanOrEqual(2);
			}),
			{ numRuns: 40 },
		);
	});

	test("away from the changes of the clocks it is quiet exactly when the clock on the wall says so", () => {
		fc.assert(
			fc.property(window, fc.nat(20 * DAY), (each, later) => {
				const now = at("2026-06-01T00:00Z") + later;
				const wall = new Date(now + 2 * HOUR);
				const minute = wall.getUTCHours() * 60 + wall.getUTCMinutes();
				const [from = 0, to = 0] = [each.from, each.to].map(
					(text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)),
				);
				const begins = (days: number) => each.days.includes(WEEKDAYS[(wall.getUTCDay() + 6 + days) % 7] ?? "mon");
				const expected =
					to > from
						? begins(0) && minute >= from && minute < to
						: (begins(0) && minute >= from) || (begins(6) && minute < to);
				expect(quietAt({ windows: [each], zone: ROME }, now, offsets).quiet).toBe(expected);
			}),
			{ numRuns: 300 },
		);
	});
});

describe("until tomorrow", () => {
	const rome: ZoneOffsetAt = (moment) => offsets(moment, ROME);

	test.each([
		["2026-06-01T10:00Z", "2026-06-02T06:00Z", "the next morning at eight"],
		["2026-06-01T21:00Z", "2026-06-02T06:00Z", "late at night, the same"],
		["2026-06-01T23:00Z", "2026-06-02T06:00Z", "after midnight, after the night"],
		["2026-06-02T03:00Z", "2026-06-03T06:00Z", "early in the morning, the next day"],
		["2026-03-28T12:00Z", "2026-03-29T06:00Z", "over a change of the clocks, at eight by the new ones"],
	])("asked at %s means %s: %s", (now, expected) => {
		expect(new Date(tomorrowMorning(at(now), rome)).toISOString()).toBe(new Date(expected).toISOString());
	});
});

describe("the offset of a zone", () => {
	test("is that of the clocks there, in minutes ahead of UTC", () => {
		expect(offsets(at("2026-01-01T00:00Z"), ROME)).toBe(60);
		expect(offsets(at("2026-07-01T00:00Z"), ROME)).toBe(120);
		expect(offsets(at("2026-07-01T00:00Z"), "America/St_Johns")).toBe(-150);
		expect(offsets(at("2026-07-01T00:00Z"), "Asia/Kathmandu")).toBe(345);
		expect(offsets(at("2026-07-01T00:00Z"), "UTC")).toBe(0);
	});

	test("is the computer's where no zone is named, or none by that name is known", () => {
		const now = at("2026-07-01T00:00Z") + SECOND;
		const own = 0 - new Date(now).getTimezoneOffset();
		expect(offsets(now)).toBe(own);
		expect(offsets(now, "Atlantis/Capital")).toBe(own);
	});
});
