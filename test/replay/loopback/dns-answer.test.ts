import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dnsQuery, parseDnsAnswer } from "../../../src/io/network/dns-message.ts";
import { dnsAnswer, questionIn } from "../../../src/replay/loopback/dns-answer.ts";

describe("an answer of the small resolver", () => {
	test.each([
		{ code: 0, addresses: ["127.0.0.1", "127.255.255.255"] },
		{ code: 2, addresses: [] },
		{ code: 3, addresses: [] },
	])("is read as it was meant: code $code", (reply) => {
		const query = dnsQuery("WWW.Chat.Test");
		const question = questionIn(query)!;
		expect(question).toMatchObject({ name: "www.chat.test", isIpv4: true });
		expect(parseDnsAnswer(dnsAnswer(query, question, reply))).toEqual({ name: "www.chat.test", ...reply });
	});

	test("has no addresses of the other family", () => {
		const query = dnsQuery("www.chat.test");
		query.writeUInt16BE(28, query.length - 4);
		const question = questionIn(query)!;
		expect(question.isIpv4).toBe(false);
		expect(parseDnsAnswer(dnsAnswer(query, question, { code: 0, addresses: ["127.0.0.1"] }))?.addresses).toEqual([]);
	});

	test("whatever comes in, nothing is thrown, and what breaks off is no question", () => {
		fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => void questionIn(Buffer.from(bytes))));
		const query = dnsQuery("www.chat.test");
		for (let length = 0; length < query.length; length++) expect(questionIn(query.subarray(0, length))).toBeUndefined();
	});
});
