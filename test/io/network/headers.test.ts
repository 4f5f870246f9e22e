import { expect, test } from "vitest";
import { headerOf, maxAgeMs, retryAfterMs } from "../../../src/io/network/headers.ts";

const NOW = Date.UTC(2025, 5, 1, 12, 0, 0);
const DAY_MS = 86_400_000;

test.each([
	["120", 120_000],
	["0", 0],
	[" 5 ", 5_000],
	["Sun, 01 Jun 2025 12:10:00 GMT", 600_000],
	["Sunday, 01-Jun-25 12:10:00 GMT", 600_000],
	["Sun, 01 Jun 2025 11:59:59 GMT", undefined],
	["99999999999999999999", DAY_MS],
	["Sun, 01 Jun 2031 12:00:00 GMT", DAY_MS],
	["-5", undefined],
	["1.5", undefined],
	["soon", undefined],
	["2030", 2_030_000],
	["", undefined],
])("Retry-After %j asks for %s ms", (value, expected) => {
	expect(retryAfterMs({ "retry-after": value }, NOW)).toBe(expected);
});

test.each([
	["max-age=60", 60_000],
	["public, MAX-AGE=60, must-revalidate", 60_000],
	['max-age="30"', 30_000],
	["s-maxage=600", undefined],
	["no-cache, max-age=60", undefined],
	["no-store", undefined],
	["max-age=99999999", DAY_MS],
	["max-age=x", undefined],
])("Cache-Control %j keeps an answer good for %s ms", (value, expected) => {
	expect(maxAgeMs({ "cache-control": value })).toBe(expected);
});

test("a header that is absent is empty, whatever objects inherit", () => {
	expect(headerOf({}, "constructor")).toBe("");
	expect(headerOf({ "set-cookie": ["a", "b"] }, "set-cookie")).toBe("a, b");
});
