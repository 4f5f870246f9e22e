import { describe, expect, test } from "vitest";
import en from "../../src/words/en.json" with { type: "json" };
import it from "../../src/words/it.json" with { type: "json" };
import { LANGUAGES, languageOf } from "../../src/words/language.ts";
import { wordsIn } from "../../src/words/words.ts";

type Texts = { readonly [key: string]: string | Texts };

/** Every text by its place. */
function flat(texts: Texts, before = ""): Map<string, string> {
	return new Map(
		Object.entries(texts).flatMap(([key, value]) =>
			typeof value === "string" ? [[`${before}${key}`, value] as const] : [...flat(value, `${before}${key}.`)],
		),
	);
}

const ENGLISH = flat(en);
const ITALIAN = flat(it);
const placeholders = (text = "") => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

describe("the two languages", () => {
	test("have exactly the same keys, in the same order", () => {
		expect([...ITALIAN.keys()]).toEqual([...ENGLISH.keys()]);
		expect(ENGLISH.size).toBeGreaterThan(200);
	});

	test.each([...ENGLISH.keys()])("fill in the same values in %s", (key) => {
		// "un altro" says one without a figure
		const needed = key.endsWith("_one") ? (name: string | undefined) => name !== "count" : () => true;
		expect(placeholders(ITALIAN.get(key)).filter(needed)).toEqual(placeholders(ENGLISH.get(key)).filter(needed));
	});

	test.each([
		["en", ENGLISH],
		["it", ITALIAN],
	] as const)("have in %s every plural that the language needs", (language, texts) => {
		const stems = new Set([...texts.keys()].flatMap((key) => /^(.*)_(?:one|other)$/.exec(key)?.[1] ?? []));
		expect(stems.size).toBeGreaterThan(10);
		// "many" is for whole millions in Italian: nothing here is counted so far, and `_other` would do
		const forms = new Intl.PluralRules(language)
			.resolvedOptions()
			.pluralCategories.filter((category) => category !== "many");
		for (const stem of stems)
			for (const form of forms) expect(texts.has(`${stem}_${form}`), `${stem}_${form}`).toBe(true);
		for (const stem of stems) expect(texts.get(`${stem}_other`)).not.toBe("");
	});

	test.each([...ENGLISH, ...ITALIAN])("keep to plain, tidy text in %s: %s", (_, text) => {
		expect(text).toBe(text.trim());
		expect(text).not.toMatch(/ {2}|\.\.|[<>&!]|\$t\(|worldwide|in tutto il mondo/);
		expect(text.replaceAll(/\{\{\w+\}\}/g, "")).not.toMatch(/[{}]/);
	});

	test("differ: nothing was left in English", () => {
		const same = [...ENGLISH].filter(
			([key, text]) => ITALIAN.get(key) === text && /[a-z]{3}/.test(text.replaceAll(/\{\{\w+\}\}/g, "")),
		);
		expect(same.map(([, text]) => text)).toEqual(["{{n}} min", "media", "feed", "web"]);
	});
});

describe("words", () => {
	test("take no key that English does not have, and no plural without a count", () => {
		const { t } = wordsIn("en");
		// @ts-expect-error no such key
		expect(t("level.excellent")).toBe("level.excellent");
		// @ts-expect-error a plural needs a count
		t("notice.again", { services: "X" });
		// @ts-expect-error and is asked for by its stem
		t("notice.again_one", { services: "X" });
		expect(t("notice.again", { services: "X", count: 1 })).toBe("X works again");
	});

	test.each([
		["en", 0, "0 minutes"],
		["en", 1, "1 minute"],
		["en", 2, "2 minutes"],
		["it", 0, "0 minuti"],
		["it", 1, "1 minuto"],
		["it", 21, "21 minuti"],
		["it", 1_000_000, "1000000 minuti"],
	] as const)("count in %s: %i", (language, count, said) => {
		expect(wordsIn(language).t("long.minutes", { count })).toBe(said);
	});

	test.each(LANGUAGES)("show what comes from outside as it is, whatever it looks like: %s", (language) => {
		for (const name of ["{{count}}", "{{services}}", "$t(level.unknown)", "$&", "<b>", "a, {{x}} & $1", "%s"]) {
			expect(wordsIn(language).t("notice.again", { services: name, count: 2 })).toContain(name);
			expect(wordsIn(language).t("list.and", { before: name, last: name }).split(name)).toHaveLength(3);
		}
	});

	test.each([
		["it", "it"],
		["it-IT", "it"],
		["it_CH.UTF-8", "it"],
		["IT", "it"],
		["it@euro", "it"],
		["en-GB", "en"],
		["C", "en"],
		["", "en"],
		["ita", "en"],
		["de-IT", "en"],
	])("for the tag '%s' are those of %s", (tag, language) => {
		expect(languageOf(tag)).toBe(language);
	});
});
