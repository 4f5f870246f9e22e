import { readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LEVELS } from "../../../src/core/level.ts";
import type { OfficialPage } from "../../../src/core/official.ts";
import { decodeText } from "../../../src/io/network/decode-text.ts";
import { answerOf } from "../../../src/io/sources/describe.ts";
import { SOURCES } from "../../../src/io/sources/registry.ts";
import { ENTRIES_LIMIT, type Source, Unreadable } from "../../../src/io/sources/source.ts";
import { fixture, NOW } from "./fixture.ts";

const ALL = Object.values<Source>(SOURCES);
const FOLDER = new URL("../../fixtures/", import.meta.url);
const FIXTURES = Object.keys(SOURCES).flatMap((format) =>
	readdirSync(new URL(`${format}/`, FOLDER)).map((name) => `${format}/${name}`),
);

/** The page, or nothing where the answer is unreadable; anything else that is thrown fails the test. */
function readBy(source: Source, text: string): OfficialPage | undefined {
	try {
		return source.parse(answerOf(text), NOW);
	} catch (error) {
		expect(error).toBeInstanceOf(Unreadable);
		expect((error as Error).message.length).toBeLessThan(400);
		return undefined;
	}
}

/** What a page promises whatever it was read from. */
function expectBounded(page: OfficialPage): void {
	const lines = [
		page.page.name,
		...page.components.flatMap(({ id, name, group = "" }) => [id, name, group]),
		...page.incidents.flatMap(({ id, title, state }) => [id, title, state]),
		...page.maintenances.flatMap(({ id, title, state }) => [id, title, state]),
		...page.unknownWords,
	];
	expect(LEVELS).toContain(page.level);
	expect(Math.max(0, ...lines.map((line) => line.length))).toBeLessThanOrEqual(200);
	expect(lines.join("")).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202e]/u);
	expect(page.unknownWords.length).toBeLessThanOrEqual(20);
	for (const { startedAt = 0, updatedAt = 0 } of page.incidents) {
		expect(Number.isFinite(new Date(startedAt + updatedAt).getTime() || 0)).toBe(true);
	}
}

describe("whatever answers", () => {
	const markup = fc
		.array(
			fc.constantFrom(
				"<!doctype html><html>",
				'<script id="data">',
				'<script id="__NEXT_DATA__" type="application/json">',
				"</script>",
				'self.__next_f.push([1,"',
				'\\"summary\\":{',
				'"])',
				'"summary":',
				'"site":{',
				'"statuspage":',
				"{",
				"}",
				"[",
				"]",
				'"',
				"\\",
				"jsonCallback(",
				'<div id="symbol">',
				"Signal is",
				"<rss version='2.0'><channel><title>Azure Status</title>",
				"<item><guid>/1/2</guid>",
				"</item>",
				"</channel></rss>",
			),
			{ maxLength: 30 },
		)
		.map((pieces) => pieces.join(""));
	const bytes = fc.uint8Array({ maxLength: 300 }).map((some) => decodeText(some));

	it("gives a page or a complaint, and nothing else", () => {
		fc.assert(
			fc.property(fc.oneof(fc.json(), fc.string(), markup, bytes), (text) => {
				for (const source of ALL) {
					const page = readBy(source, text);
					if (page) expectBounded(page);
				}
			}),
			{ numRuns: 150 },
		);
	});

	it("stays bounded where anything stands in place of any value of a page", () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...FIXTURES),
				fc.nat(),
				fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.string({ unit: "binary", minLength: 100, maxLength: 400 })),
				(path, n, value) => {
					const text = fixture(path);
					const spots = [...text.matchAll(/(?<=: ?)(?:"(?:[^"\\]|\\.)*"|\d+|null|true|false|\[\]|\{\})/g)];
					const spot = spots[n % Math.max(1, spots.length)];
					if (!spot) return;
					const changed = text.slice(0, spot.index) + JSON.stringify(value) + text.slice(spot.index + spot[0].length);
					const page = readBy(SOURCES[path.split("/")[0] as keyof typeof SOURCES], changed);
					if (page) expectBounded(page);
				},
			),
			{ numRuns: 600 },
		);
	});

	it("keeps no more entries than the limit", () => {
		for (const path of FIXTURES.filter((name) => name.endsWith(".json"))) {
			const many = JSON.stringify(JSON.parse(fixture(path)), (_key, value) =>
				Array.isArray(value) && value.length > 0
					? Array.from({ length: 40 }, (_, n) => value[n % value.length])
					: value,
			);
			const page =
				many.length < 3_000_000 ? readBy(SOURCES[path.split("/")[0] as keyof typeof SOURCES], many) : undefined;
			expect(page?.components.length ?? 0).toBeLessThanOrEqual(2 * ENTRIES_LIMIT);
			expect(page?.incidents.length ?? 0).toBeLessThanOrEqual(ENTRIES_LIMIT);
		}
	});
});

describe("a megabyte of one thing", () => {
	it.each([
		"[",
		"{",
		'{"summary":',
		'"summary":{',
		'<script id="data">',
		'<!doctype html><script id="data">{"summary":{"a":[',
		'self.__next_f.push([1,"\\\\',
		"<script ",
		"jsonCallback(",
		"Signal is ",
		"\\",
		'"',
		" ",
		"<rss>",
		"/1/2",
		"0",
	])("made of %j is refused by every format in little time", (piece) => {
		const start = "<!doctype html><div id=symbol>";
		for (const text of [piece, start + piece].map((first) => first + piece.repeat(1_000_000 / piece.length))) {
			const began = performance.now();
			for (const source of ALL) expect(readBy(source, text)).toBeUndefined();
			expect(performance.now() - began).toBeLessThan(3000);
		}
	});
});
