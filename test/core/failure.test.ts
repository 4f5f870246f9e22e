import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { failure, plainLine } from "../../src/core/failure.ts";

describe("plainLine", () => {
	test.each([
		{
			name: "plain text stays",
			text: "connect ECONNREFUSED 192.0.2.1:443",
			line: "connect ECONNREFUSED 192.0.2.1:443",
		},
		{ name: "lines become one", text: "first\r\nsecond\n\n\tthird ", line: "first second third" },
		{ name: "colours of a terminal lose their power", text: "\u001b[31mred\u001b[0m", line: "[31mred [0m" },
		{ name: "text cannot change direction", text: "user\u202Egpj.exe", line: "user gpj.exe" },
		{ name: "what has no width cannot hide", text: "pay\u200Bpal\uFEFF", line: "pay pal" },
		{ name: "letters of every script stay", text: "Ça va · 日本 · مرحبا", line: "Ça va · 日本 · مرحبا" },
		{ name: "nothing but control characters is nothing", text: "\u0000\u0007\u2028", line: "" },
	])("$name", ({ text, line }) => {
		expect(plainLine(text, 200)).toBe(line);
	});

	test("a long text is cut with a sign, never in front of a space", () => {
		expect(plainLine("abcdef", 6)).toBe("abcdef");
		expect(plainLine("abcdefg", 6)).toBe("abcde…");
		expect(plainLine("abcd fgh", 6)).toBe("abcd…");
	});

	test("a letter of two units is never cut in half, and half a letter is not shown", () => {
		expect(plainLine("ab😀cd", 4)).toBe("ab…");
		expect(plainLine("ab😀cd", 5)).toBe("ab😀…");
		expect(plainLine("a\uD83Db", 9)).toBe("a b");
	});

	test("whatever comes, one line of the given length at most comes out, and it is stable", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 40 }), (text, limit) => {
				const line = plainLine(text, limit);
				expect(line.length).toBeLessThanOrEqual(limit);
				expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
				expect(plainLine(line, limit)).toBe(line);
			}),
		);
	});
});

describe("failure", () => {
	test("keeps its detail to one line of 200 characters", () => {
		expect(failure("timeout", "no\nanswer")).toEqual({ kind: "timeout", detail: "no answer" });
		expect(failure("http", "x".repeat(1000)).detail).toHaveLength(200);
	});

	test("carries only what it was given", () => {
		expect(failure("http", "HTTP 503", { status: 503, phase: "first_byte", retryAfterMs: 1000 })).toEqual({
			kind: "http",
			detail: "HTTP 503",
			status: 503,
			phase: "first_byte",
			retryAfterMs: 1000,
		});
	});
});
