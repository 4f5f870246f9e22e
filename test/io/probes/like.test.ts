import { expect, test } from "vitest";
import { isLike } from "../../../src/io/probes/like.ts";

test.each([
	["wss://gateway.discord.gg", "wss://gateway.discord.gg", true],
	["wss://gateway-us.discord.gg", "wss://gateway*.discord.gg", true],
	["wss://gateway.discord.gg.evil.test", "wss://gateway*.discord.gg", false],
	["", "*", true],
	["", "", true],
	["a", "", false],
	["aba", "a*ba*", true],
	["ab", "ab*b", false],
	["a.b", "a?b", false],
	["xaxbx", "*a*b*", true],
	["xbxax", "*a*b*", false],
	["(a+)+", "(a+)+", true],
])("%j is like %j: %s", (text, pattern, expected) => {
	expect(isLike(text, pattern)).toBe(expected);
});

test("a pattern of many stars and a text that almost fits take no time", () => {
	const began = performance.now();
	expect(isLike("a".repeat(100_000), `${"*a".repeat(50)}*b`)).toBe(false);
	expect(performance.now() - began).toBeLessThan(100);
});
