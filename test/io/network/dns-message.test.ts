import { isIP } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dnsQuery, parseDnsAnswer } from "../../../src/io/network/dns-message.ts";
import { dnsAnswer } from "../../helpers/dns-server.ts";

const ZONE = {
	"host.test": { a: ["192.0.2.1", "192.0.2.2"], aaaa: ["2001:db8::1", "2001:db8:0:0:1::"] },
	"ill.test": { code: 2 },
};

describe("a question", () => {
	test("is in the wire format, with the id 0 and recursion desired", () => {
		const expected = "000001000001000000000000" + "04686f7374" + "0474657374" + "00" + "00010001";
		expect(dnsQuery("host.test.").toString("hex")).toBe(expected);
	});

	test("may be for IPv6 addresses", () => {
		expect(dnsQuery("host.test", 6).toString("hex")).toMatch(/001c0001$/);
	});

	test.each(["", "a..b", "ä.test", `${"x".repeat(64)}.test`, `${"a.".repeat(127)}test`])(
		"is not made for %j",
		(name) => {
			expect(() => dnsQuery(name)).toThrow(/expected a host name/);
		},
	);
});

describe("an answer", () => {
	const answer = dnsAnswer(dnsQuery("host.test"), ZONE);

	test("gives the code, the name and the addresses", () => {
		expect(parseDnsAnswer(answer)).toEqual({ code: 0, name: "host.test", addresses: ["192.0.2.1", "192.0.2.2"] });
		expect(parseDnsAnswer(dnsAnswer(dnsQuery("gone.test"), ZONE))).toMatchObject({ code: 3, addresses: [] });
		expect(parseDnsAnswer(dnsAnswer(dnsQuery("ill.test"), ZONE))).toMatchObject({ code: 2 });
	});

	test("writes IPv6 addresses the short way", () => {
		const { addresses } = parseDnsAnswer(dnsAnswer(dnsQuery("host.test", 6), ZONE)) ?? {};
		expect(addresses).toEqual(["2001:db8::1", "2001:db8:0:0:1::"]);
	});

	test("that breaks off anywhere is none", () => {
		for (let length = 0; length < answer.length; length++) {
			expect(parseDnsAnswer(answer.subarray(0, length))).toBeUndefined();
		}
	});

	test("is not what only looks like one: a question, another id, a truncated message", () => {
		const changed = (at: number, value: number) => Buffer.from(answer).fill(value, at, at + 1);
		expect(parseDnsAnswer(dnsQuery("host.test"))).toBeUndefined();
		expect(parseDnsAnswer(changed(1, 7))).toBeUndefined();
		expect(parseDnsAnswer(changed(2, 0x83))).toBeUndefined();
	});

	test("of any bytes at all never throws, and its addresses are addresses", () => {
		const six = dnsAnswer(dnsQuery("host.test", 6), ZONE);
		const bytes = fc.oneof(
			fc.uint8Array({ maxLength: 200 }),
			fc
				.tuple(fc.constantFrom(answer, six), fc.nat(answer.length - 1), fc.nat(255))
				.map(([good, at, value]) => Buffer.from(good).fill(value, at, at + 1)),
		);
		fc.assert(
			fc.property(bytes, (each) => {
				for (const address of parseDnsAnswer(each)?.addresses ?? []) expect(isIP(address)).not.toBe(0);
			}),
		);
	});
});
