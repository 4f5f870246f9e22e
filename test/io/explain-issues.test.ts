import { expect, test } from "vitest";
import { z } from "zod";
import { explainIssues, parseJson } from "../../src/io/explain-issues.ts";

const settings = z.strictObject({
	language: z.enum(["de", "en", "it"]),
	interval: z.int().min(30).max(3600),
	quiet: z
		.strictObject({ from: z.string().regex(/^\d\d:\d\d$/, "a time such as 22:00"), loud: z.boolean().optional() })
		.optional(),
	services: z.array(z.string().min(2).max(8)).min(1).max(3),
	started: z.iso.date().optional(),
	theme: z.literal("calm").optional(),
	per: z.record(z.string(), z.number()).optional(),
	mail: z.email().optional(),
	where: z
		.union([z.strictObject({ city: z.string() }), z.strictObject({ latitude: z.number(), longitude: z.number() })])
		.optional(),
	rules: z
		.array(
			z.discriminatedUnion("when", [
				z.strictObject({ when: z.literal("down") }),
				z.strictObject({ when: z.literal("slow") }),
			]),
		)
		.optional(),
});

const well = { language: "en", interval: 60, services: ["discord"] };

function explained(input: unknown): string[] {
	const result = settings.safeParse(input);
	return result.success ? [] : explainIssues("settings.json", result.error, input, settings);
}

test.each<[string, unknown, string[]]>([
	["nothing wrong", well, []],
	["not an object", [], ["settings.json: expected an object, found []"]],
	["missing", { ...well, interval: undefined }, ["settings.json: interval: expected a number, found nothing"]],
	["a fraction", { ...well, interval: 60.5 }, ["settings.json: interval: expected a whole number, found 60.5"]],
	["too small", { ...well, interval: 5 }, ["settings.json: interval: expected at least 30, found 5"]],
	["too big", { ...well, interval: 9000 }, ["settings.json: interval: expected at most 3600, found 9000"]],
	[
		"not of the choice",
		{ ...well, language: "fr" },
		['settings.json: language: expected one of "de", "en", "it", found "fr"'],
	],
	["not the only choice", { ...well, theme: "loud" }, ['settings.json: theme: expected "calm", found "loud"']],
	["an empty list", { ...well, services: [] }, ["settings.json: services: expected at least 1 entry, found 0 entries"]],
	[
		"a long list",
		{ ...well, services: ["aa", "bb", "cc", "dd"] },
		["settings.json: services: expected at most 3 entries, found 4 entries"],
	],
	[
		"a short text",
		{ ...well, services: ["a"] },
		['settings.json: services[0]: expected at least 2 characters, found "a"'],
	],
	[
		"a long text",
		{ ...well, services: ["a".repeat(9)] },
		["settings.json: services[0]: expected at most 8 characters, found 9 characters"],
	],
	[
		"a schema's own words",
		{ ...well, quiet: { from: "ten" } },
		['settings.json: quiet.from: expected a time such as 22:00, found "ten"'],
	],
	[
		"a date",
		{ ...well, started: "2026-02-30" },
		['settings.json: started: expected a date such as 2026-11-22, found "2026-02-30"'],
	],
	["another form", { ...well, mail: "me" }, ['settings.json: mail: expected text of the form "email", found "me"']],
	["a key with spaces", { ...well, per: { "a b": "x" } }, ['settings.json: per["a b"]: expected a number, found "x"']],
	[
		"an unknown key like a known one",
		{ ...well, theem: 1 },
		['settings.json: theem: unknown key, did you mean "theme"?'],
	],
	["an unknown key like none", { ...well, colour: 1 }, ["settings.json: colour: unknown key"]],
	[
		"an unknown key inside",
		{ ...well, quiet: { from: "22:00", lod: true } },
		['settings.json: quiet.lod: unknown key, did you mean "loud"?'],
	],
	[
		"the branch that was meant",
		{ ...well, where: { latitude: 1, longitude: "east" } },
		['settings.json: where.longitude: expected a number, found "east"'],
	],
	[
		"the branch that is nearest",
		{ ...well, where: { latitude: 1, longitud: 2 } },
		[
			"settings.json: where.longitude: expected a number, found nothing",
			'settings.json: where.longitud: unknown key, did you mean "longitude"?',
		],
	],
	[
		"an unknown kind",
		{ ...well, rules: [{ when: "dawn" }] },
		['settings.json: rules[0].when: expected one of "down", "slow", found "dawn"'],
	],
	[
		"everything at once",
		{ language: 1, interval: "x", services: {} },
		[
			'settings.json: language: expected one of "de", "en", "it", found 1',
			'settings.json: interval: expected a number, found "x"',
			"settings.json: services: expected a list, found {}",
		],
	],
])("explains what is wrong with a settings file: %s", (_, input, sentences) => {
	expect(explained(input)).toEqual(sentences);
});

test("what was found is quoted in one line of at most 60 characters", () => {
	const [sentence] = explained({ ...well, language: `x\u001b[31m\u202e${"y".repeat(500)}\nz` });
	const found = sentence?.split("found ")[1] ?? "";
	expect(found).toMatch(/^"x/);
	expect(found.length).toBeLessThanOrEqual(60);
	expect(sentence).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test("a hostile key is quoted, cut and harmless", () => {
	const [sentence] = explained({ ...well, [`a\n\u001b${"b".repeat(5000)}`]: 1 });
	expect(sentence?.length).toBeLessThan(120);
	expect(sentence).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test("without the schema an unknown key is named all the same", () => {
	const input = { ...well, theem: 1 };
	const { error } = settings.safeParse(input);
	expect(error && explainIssues("s.json", error, input)).toEqual(["s.json: theem: unknown key"]);
});

test.each<[string, string]>([
	["", "line 1, column 1: expected JSON, found the end"],
	["abc", 'line 1, column 1: expected JSON, found "abc"'],
	['{"a":tru}', 'line 1, column 9: expected JSON, found "}"'],
	['{\n  "a": 1,\n}', 'line 3, column 1: expected JSON, found "}"'],
	['{\n  "a" 1\n}', 'line 2, column 7: expected JSON, found "1 }"'],
	["[1, 2", "line 1, column 6: expected JSON, found the end"],
	['{"a": "x', "line 1, column 9: expected JSON, found the end"],
	['{"a": 1}\n\n{', 'line 3, column 1: expected JSON, found "{"'],
	['{"a": // why\n1}', 'line 1, column 7: expected JSON, found "// why 1}"'],
	[`{"a": [\n${"1,\n".repeat(300)}nope]}`, 'line 302, column 2: expected JSON, found "ope]}"'],
])("broken JSON is told by line and column: %#", (text, sentence) => {
	expect(parseJson("x.json", text)).toEqual({ problem: `x.json: ${sentence}` });
});

test("JSON is read as editors save it, with a byte order mark too", () => {
	expect(parseJson("x.json", '\uFEFF{"a": [1]}')).toEqual({ value: { a: [1] } });
	expect(parseJson("x.json", "null")).toEqual({ value: null });
});
