import { afterEach, describe, expect, test } from "vitest";
import { SPANS } from "../../src/ipc/answers.ts";
import { edgesOf } from "../../src/main/steps.ts";

const { TZ } = process.env;
afterEach(() => {
	if (TZ === undefined) delete process.env["TZ"];
	else process.env["TZ"] = TZ;
});
const HOUR = 3_600_000;
const clock = (at: number | undefined) => new Date(at ?? 0).toTimeString().slice(0, 5);

describe("the steps of a span", () => {
	test.each(["UTC", "Europe/Rome", "Asia/Kathmandu", "America/St_Johns", "Africa/Cairo", "America/Santiago"])(
		"in %s run in order, up to the one that goes on now, in whatever week of the year",
		(zone) => {
			process.env["TZ"] = zone;
			for (let week = 0; week < 53; week += 1) {
				const now = Date.UTC(2026, 0, 1, 13, 17) + week * 7 * 24 * HOUR;
				for (const span of SPANS) {
					const edges = edgesOf(span, now);
					expect(edges).toHaveLength({ day: 48, week: 56, month: 30, quarter: 90 }[span] + 1);
					expect(edges.every((at, index) => index === 0 || at > (edges[index - 1] ?? 0))).toBe(true);
					expect(edges.at(-2)).toBeLessThanOrEqual(now);
					expect(edges.at(-1)).toBeGreaterThan(now);
				}
			}
		},
	);

	test("begin on the half hour, on every third hour, and at midnight, as clocks on the wall show them", () => {
		process.env["TZ"] = "Asia/Kathmandu";
		const now = Date.UTC(2026, 2, 4, 18, 9);
		expect(clock(edgesOf("day", now).at(-2))).toBe("23:30");
		expect(clock(edgesOf("week", now).at(-2))).toBe("21:00");
		expect(edgesOf("quarter", now).map(clock)).toEqual(Array.from({ length: 91 }, () => "00:00"));
	});

	test("hold a day of 23 hours and one of 25", () => {
		process.env["TZ"] = "Europe/Rome";
		const lengths = (now: number) => {
			const edges = edgesOf("quarter", now);
			return new Set(edges.slice(1).map((at, index) => (at - (edges[index] ?? 0)) / HOUR));
		};
		expect(lengths(Date.UTC(2026, 3, 20))).toEqual(new Set([24, 23]));
		expect(lengths(Date.UTC(2026, 10, 20))).toEqual(new Set([24, 25]));
	});
});
