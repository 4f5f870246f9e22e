import { afterEach, describe, expect, it, vi } from "vitest";
import { timeOf } from "../../../src/io/sources/time-of.ts";

describe("timeOf", () => {
	afterEach(() => vi.unstubAllEnvs());

	it.each([
		["2022-02-15T13:37:37.407-08:00", "2022-02-15T21:37:37.407Z"],
		["2026-07-29T19:49:45Z", "2026-07-29T19:49:45.000Z"],
		["2026-07-07T10:00:00+0000", "2026-07-07T10:00:00.000Z"],
		["Tue, 07 Jul 2026 16:40:29 GMT", "2026-07-07T16:40:29.000Z"],
		["Tue, 07 Jul 2026 16:40:29 +0200", "2026-07-07T14:40:29.000Z"],
		["Fri, 10 Feb 2023 15:48:00 PST", "2023-02-10T23:48:00.000Z"],
		["Thu, 23 Jul 2026 16:29:09 Z", "2026-07-23T16:29:09.000Z"],
		["Sat Jul 09 2022 04:20:00 GMT+0000 (Coordinated Universal Time)", "2022-07-09T04:20:00.000Z"],
		["2020-10-05 11:22:03", "2020-10-05T11:22:03.000Z"],
		["2026-09-13 08:30:00.000", "2026-09-13T08:30:00.000Z"],
		["2020-10-05T11:22:03", "2020-10-05T11:22:03.000Z"],
		["2020-10-05", "2020-10-05T00:00:00.000Z"],
		["Tue, 07 Jul 2026 16:40:29", "2026-07-07T16:40:29.000Z"],
		["Jul 7, 2026 4:40 PM", "2026-07-07T16:40:00.000Z"],
	])("reads %s as %s, wherever this computer is", (text, expected) => {
		vi.stubEnv("TZ", "America/New_York");
		expect(new Date(timeOf(text) ?? Number.NaN).toISOString()).toBe(expected);
	});

	it.each([
		"",
		"7",
		"soon",
		"2020-13-45",
		"Tue, 07 Jul 2026 16:40:29 CET",
		`2026-07-07T10:00:00Z${" ".repeat(90)}x`,
		null,
		undefined,
	])("gives nothing for %j", (text) => {
		expect(timeOf(text)).toBeUndefined();
	});
});
