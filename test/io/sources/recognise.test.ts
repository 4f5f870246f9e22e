import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { SourceFormat } from "../../../src/core/check.ts";
import { answerOf } from "../../../src/io/sources/describe.ts";
import { recognise } from "../../../src/io/sources/recognise.ts";
import { SOURCES } from "../../../src/io/sources/registry.ts";
import { type Source, Unreadable } from "../../../src/io/sources/source.ts";
import { fixture, NOW } from "./fixture.ts";

const FORMATS = Object.keys(SOURCES) as SourceFormat[];
const FOLDER = new URL("../../fixtures/", import.meta.url);
const PAGES = FORMATS.flatMap((format) =>
	readdirSync(new URL(`${format}/`, FOLDER)).map((name): [SourceFormat, string] => [format, `${format}/${name}`]),
);

/** Nothing in them tells whose they are. */
const SILENT = ["checkly/brook-none.json", "aws/events-none.json"];
const TELLING = PAGES.filter(([, path]) => !SILENT.includes(path));

function reads(format: SourceFormat, path: string): boolean {
	try {
		return (SOURCES[format] as Source).parse(answerOf(fixture(path)), NOW).format === format;
	} catch (error) {
		expect(error).toBeInstanceOf(Unreadable);
		return false;
	}
}

describe("an answer is told by what it is", () => {
	it.each(TELLING)("%s: %s", (format, path) => {
		expect(recognise(fixture(path), NOW, "statuspage").page.format).toBe(format);
		expect(recognise(fixture(path), NOW, "cachet").page.format).toBe(format);
	});

	it.each(TELLING)("%s: %s is taken for nothing else", (format, path) => {
		const takers = FORMATS.filter((other) => reads(other, path));
		// incident.io also reads Statuspage's shape, and any feed is a feed to whom expects one
		expect(takers.filter((taker) => taker !== "feed" || format === "feed")).toEqual([format]);
	});

	it.each(SILENT)("an empty list is believed only by whom it was expected of: %s", (path) => {
		for (const expected of FORMATS.filter((each) => each !== "statuspage")) {
			if (SOURCES[expected].format === path.split("/")[0]) {
				expect(recognise(fixture(path), NOW, expected).page.level).toBe("operational");
			} else if (!("silent" in SOURCES[expected])) {
				expect(() => recognise(fixture(path), NOW, expected)).toThrow(Unreadable);
			}
		}
	});

	it("the complaint is that of the expected format", () => {
		for (const expected of FORMATS) {
			expect(() => recognise('{"message":"Forbidden"}', NOW, expected)).toThrow(
				`expected ${SOURCES[expected].what}, found JSON with message`,
			);
		}
	});
});
