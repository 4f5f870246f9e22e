import { describe, expect, test } from "vitest";
import { hostPatterns, isHostPattern } from "../../../src/io/network/host-patterns.ts";

describe("a list of hosts", () => {
	test.each<[pattern: string, fits: readonly string[], fitsNot: readonly string[]]>([
		[
			"office.test",
			["office.test", "OFFICE.test.", "a.b.office.test"],
			["backoffice.test", "office.test.evil.test", "test"],
		],
		["*.office.test", ["office.test", "a.office.test"], ["xoffice.test"]],
		[".office.test", ["office.test", "a.office.test"], ["xoffice.test"]],
		["localhost", ["localhost", "a.localhost"], ["127.0.0.1"]],
		["192.0.2.7", ["192.0.2.7"], ["192.0.2.70", "1.192.0.2.7"]],
		["10.0.0.0/8", ["10.0.0.0", "10.255.255.255"], ["11.0.0.0", "10.test", "ten.test"]],
		["0.0.0.0/0", ["8.8.8.8"], ["::1", "a.test"]],
		["2001:db8::/32", ["2001:db8::1", "2001:0db8:ffff::"], ["2001:db9::1"]],
		["[::1]", ["::1", "0:0:0:0:0:0:0:1"], ["::2"]],
		["<local>", ["intranet", "printer"], ["intranet.test", "10.0.0.1", "::1"]],
	])("with %s", (pattern, fits, fitsNot) => {
		const has = hostPatterns([pattern]);
		expect(fits.map(has)).toEqual(fits.map(() => true));
		expect(fitsNot.map(has)).toEqual(fitsNot.map(() => false));
	});

	test("that is empty holds nothing, and one with several holds what any of them does", () => {
		expect(hostPatterns([])("a.test")).toBe(false);
		expect(["a.test", "b.test", "10.0.0.1"].map(hostPatterns(["a.test", "10.0.0.0/8"]))).toEqual([true, false, true]);
	});

	test.each([
		"",
		"*",
		"*.",
		".",
		"a b",
		"http://a.test",
		"a.test:80",
		"a.test/8",
		"10.0.0.0/33",
		"::/129",
		"1.2.3",
		"256.0.0.1",
		"a..b",
		"<all>",
		"x".repeat(64),
	])("refuses %j, which would never match", (pattern) => {
		expect(isHostPattern(pattern)).toBe(false);
		expect(() => hostPatterns([pattern])).toThrow(/expected a host/);
	});
});
