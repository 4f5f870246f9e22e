import { describe, expect, test } from "vitest";
import de from "../../src/words/de.json" with { type: "json" };
import en from "../../src/words/en.json" with { type: "json" };
import es from "../../src/words/es.json" with { type: "json" };
import fr from "../../src/words/fr.json" with { type: "json" };
import it from "../../src/words/it.json" with { type: "json" };
import { LANGUAGES, type Language, languageOf } from "../../src/words/language.ts";
import { list } from "../../src/words/lists.ts";
import pt from "../../src/words/pt.json" with { type: "json" };
import { textsOf } from "../../src/words/texts.ts";
import { wordsIn } from "../../src/words/words.ts";
import { flat, placeholders, withoutPlaceholders } from "./texts.ts";

const ENGLISH = flat(en);
const TEXTS: Readonly<Record<Language, ReadonlyMap<string, string>>> = {
	...{ en: ENGLISH, it: flat(it), de: flat(de), fr: flat(fr), es: flat(es), pt: flat(pt) },
};
const OTHERS = LANGUAGES.filter((language) => language !== "en");

describe.each(OTHERS)("the texts in %s", (language) => {
	const texts = TEXTS[language];

	test("have exactly the keys of the English ones, in the same order", () => {
		expect([...texts.keys()]).toEqual([...ENGLISH.keys()]);
		expect(ENGLISH.size).toBeGreaterThan(400);
	});

	test("fill in the same values", () => {
		const differing = [...ENGLISH].flatMap(([key, text]) => {
			// "un altro" says one without a figure
			const needed = (name: string) => !(key.endsWith("_one") && name === "count");
			const [asked, given] = [text, texts.get(key)].map((each) => placeholders(each).filter(needed).join());
			return asked === given ? [] : [`${key}: ${given}, not ${asked}`];
		});
		expect(differing).toEqual([]);
	});

	test("hold no English: no text that stayed the same, and none of its commonest words", () => {
		const words = (text: string) => withoutPlaceholders(text).match(/\p{L}{3,}/gu) ?? [];
		const same = [...ENGLISH].flatMap(([key, text]) =>
			texts.get(key) === text && words(text).some((word) => !INTERNATIONAL.has(word.toLowerCase())) ? [text] : [],
		);
		expect([...new Set(same)]).toEqual([]);
		const mixed = [...texts.values()].filter((text) => ENGLISH_WORDS.test(withoutPlaceholders(text)));
		expect(mixed).toEqual([]);
	});
});

/** What several languages write alike. */
const INTERNATIONAL = new Set(
	(
		"api cloud dns electron error feed format general licences media messages min minute minutes name normal notification notifications " +
		"pem port proxy router semaforo server service services stories system version video web website"
	).split(" "),
);
const ENGLISH_WORDS =
	/(?<!\p{L})(?:the|is|not|are|and|of|your|you|with|cannot|which|this|that|from|while|until|trouble|outage|again|nothing)(?!\p{L})/iu;

describe.each(LANGUAGES)("the texts in %s", (language) => {
	const texts = TEXTS[language];

	test("have every plural that the language needs", () => {
		const stems = new Set([...texts.keys()].flatMap((key) => /^(.*)_(?:one|other)$/.exec(key)?.[1] ?? []));
		expect(stems.size).toBeGreaterThan(10);
		// "many" is for whole millions: nothing here is counted so far, and `_other` stands in for it
		const forms = new Intl.PluralRules(language)
			.resolvedOptions()
			.pluralCategories.filter((category) => category !== "many");
		expect(forms).toEqual(["one", "other"]);
		const missing = [...stems].flatMap((stem) =>
			forms.map((form) => `${stem}_${form}`).filter((key) => (texts.get(key) ?? "") === ""),
		);
		expect(missing).toEqual([]);
		expect(wordsIn(language).t("long.minutes", { count: 1_000_000 })).toContain(
			texts.get("long.minutes_other")?.replace("{{count}}", ""),
		);
	});

	test("are plain and tidy", () => {
		for (const [key, text] of texts) {
			expect(text, key).toBe(text.trim());
			expect(text, key).not.toMatch(/ {2}|\.\.|[<&!]|\$t\(|worldwide|weltweit|in tutto il mondo|dans le monde/);
			expect(withoutPlaceholders(text), key).not.toMatch(/[{}]/);
		}
	});

	test("keep to the language's own marks", () => {
		for (const [key, text] of texts) expect(text, key).not.toMatch(FOREIGN_MARKS[language]);
	});

	test("are what a page fetches too", async () => {
		expect(flat(await textsOf(language))).toEqual(texts);
	});
});

/** Marks that a careful writer of the language would not use; a short dash between words is none in any of them. */
const FOREIGN_MARKS: Readonly<Record<Language, RegExp>> = {
	en: /[„«»¿¡\u00a0\u202f]| [:;?]/,
	it: /[„¿¡\u202f]| [:;?]/,
	// German quotes open below; an apostrophe is rare enough to be a slip
	de: /[«»¿¡"'”\u202f]| [:;?]/,
	// a narrow space that no line breaks at stands before high marks and inside the quotes
	fr: /["'“”„¿¡]|(?<!\u202f)[;?»]|(?<![\u202f\d]):(?= |$)|«(?!\u202f)/,
	es: /["'„\u202f]| [:;?]|^[^¿]*\?/,
	pt: /["'«»„¿¡\u202f]| [:;?]/,
};

test("names of services and companies follow no French word that would lose its vowel before some of them", () => {
	const elided = [...TEXTS.fr.values()].filter((text) =>
		/\b(?:de|que|le|la|se|ne|si|jusque|lorsque|puisque) \{\{(?:services?|culprit|page|name|provider|owner|by|who|host|vendor|issuer)\}\}/.test(
			text,
		),
	);
	expect(elided).toEqual([]);
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
		["it", 1_000_000, "1.000.000 minuti"],
		["de", 1, "1 Minute"],
		["de", 2, "2 Minuten"],
		["fr", 0, "0 minute"],
		["fr", 2, "2 minutes"],
		["fr", 1_000_000, "1\u202f000\u202f000 minutes"],
		["es", 1_000_000, "1.000.000 minutos"],
		["pt", 0, "0 minuto"],
		["pt", 1_000_000, "1.000.000 minutos"],
	] as const)("count in %s: %i", (language, count, said) => {
		expect(wordsIn(language).t("long.minutes", { count })).toBe(said);
	});

	test.each(LANGUAGES)("show what comes from outside as it is, whatever it looks like: %s", (language) => {
		for (const name of ["{{count}}", "{{services}}", "$t(level.unknown)", "$&", "<b>", "a, {{x}} & $1", "%s"]) {
			expect(wordsIn(language).t("notice.again", { services: name, count: 2 })).toContain(name);
			expect(wordsIn(language).t("list.then", { before: name, after: name }).split(name)).toHaveLength(3);
			expect(list([name, name, name], wordsIn(language)).split(name)).toHaveLength(4);
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
		["de-CH", "de"],
		["fr_CA.UTF-8", "fr"],
		["es-419", "es"],
		["pt-PT", "pt"],
		["nl-BE", "en"],
	])("for the tag '%s' are those of %s", (tag, language) => {
		expect(languageOf(tag)).toBe(language);
	});

	test.each([
		[["ca-ES", "es-ES", "en-GB"], "es"],
		[["lb", "fr-LU", "de"], "fr"],
		[["en-US", "it"], "en"],
		[["sv", "nb"], "en"],
		[[], "en"],
	] as const)("for the tags %j are those of the first that is spoken: %s", (tags, language) => {
		expect(languageOf(...tags)).toBe(language);
	});
});
