import { describe, expect, test } from "vitest";
import { FAILURE_KINDS, failure } from "../../src/core/failure.ts";
import { isProblem, LEVELS } from "../../src/core/level.ts";
import { CAUSES, FEATURES } from "../../src/core/model.ts";
import { shortDuration } from "../../src/words/durations.ts";
import { headline } from "../../src/words/headline.ts";
import { LANGUAGES } from "../../src/words/language.ts";
import { list, some } from "../../src/words/lists.ts";
import { certainty, failureWords } from "../../src/words/reasons.ts";
import { SHAPES } from "../../src/words/shapes.ts";
import { clauses, localTrouble } from "../../src/words/trouble.ts";
import { wordsIn } from "../../src/words/words.ts";
import { HOUR, MINUTE, SECOND } from "../helpers/evidence.ts";
import {
	BLAME,
	CONNECTION,
	HEADLINES,
	REASONS,
	type Sentence,
	SMALL_WORDS,
	snapshot,
	TROUBLE,
	WHERE,
} from "./sentences.ts";
import { NAMES, on } from "./situations.ts";

const en = wordsIn("en");
const it = wordsIn("it");

/** What every sentence keeps to, whatever it says. */
function expectTidy(text: string): void {
	expect(text).toBe(text.trim());
	expect(text).not.toMatch(/\{\{|\}\}|undefined|\bnull\b|NaN|\[object|_|\.\.| {2}| [.,:;]|\$t/);
	expect(text).not.toMatch(/\b(?:[a-z]+\.){1,2}[a-z]+_|^(?:reason|notice|local|trouble|blame|headline)\./);
}

describe.each(LANGUAGES)("in %s", (language) => {
	const words = wordsIn(language);
	const ALL: readonly (readonly [string, readonly Sentence[]])[] = [
		["headline", HEADLINES],
		["connection", CONNECTION],
		["reason", REASONS],
		["where", WHERE],
		["trouble", TROUBLE],
		["blame", BLAME],
		["word", SMALL_WORDS],
	];
	test.each(ALL.flatMap(([kind, sentences]) => sentences.map((sentence) => [kind, sentence.name, sentence] as const)))(
		"the %s for %s is tidy",
		(_, __, { say }) => {
			expectTidy(say(words));
		},
	);

	test.each(["headline", "connection", "where"])("a %s is made of whole sentences", (kind) => {
		const sentences = ALL.find(([each]) => each === kind)?.[1] ?? [];
		expect(sentences.length).toBeGreaterThan(0);
		for (const { say } of sentences) expect(say(words)).toMatch(/^\p{Lu}.*[^.]\.$/u);
	});

	test("every failure, level, feature, control and cause has words of its own", () => {
		const kinds = Map.groupBy(SMALL_WORDS, ({ name }) => name.slice(0, name.indexOf(":")));
		expect([...kinds.keys()]).toEqual(["level", "feature", "cause", "control", "failure", "certainty", "duration"]);
		for (const own of kinds.values()) expect(new Set(own.map(({ say }) => say(words))).size).toBe(own.length);
		expect(kinds.get("feature")).toHaveLength(FEATURES.length);
		expect(kinds.get("cause")).toHaveLength(CAUSES.length);
	});

	test("every feature and level of trouble has a sentence of its own, that begins with a capital and has no full stop", () => {
		const said = FEATURES.flatMap((feature) =>
			LEVELS.filter(isProblem).map((level) => clauses(on(["ig"], [feature], level), words, NAMES).join("|")),
		);
		expect(new Set(said).size).toBe(FEATURES.length * 3);
		for (const sentence of said) expect(sentence).toMatch(/^\p{Lu}/u);
		for (const sentence of said) expect(sentence).toContain("Instagram");
		for (const sentence of said) expect(sentence).not.toMatch(/[.|]/);
	});

	test("what is degraded is never called slow: nobody measured that", () => {
		for (const feature of FEATURES)
			expect(clauses(on(["ig"], [feature], "degraded"), words, NAMES).join()).not.toMatch(/slow|\blent|langsam/i);
	});

	test("the word for a feature is short and begins as a word inside a sentence does, so that it can stand in a list", () => {
		const [german, others] = [/^\p{Lu}\p{Ll}+(?: \(DNS\))?$/u, /^\p{Ll}[\p{Ll} ]*(?: \(DNS\))?$/u];
		for (const feature of FEATURES.filter((each) => each !== "api"))
			expect(words.t(`feature.${feature}`)).toMatch(language === "de" ? german : others);
		expect(Math.max(...FEATURES.map((feature) => words.t(`feature.${feature}`).length))).toBeLessThanOrEqual(14);
	});

	test("a local cause has words of its own; one that lies elsewhere is told as no connection", () => {
		const local = CAUSES.filter((cause) => cause !== "service" && cause !== "upstream");
		expect(new Set(local.map((cause) => localTrouble(cause, words))).size).toBe(local.length);
		const elsewhere = [undefined, "service", "upstream"] as const;
		for (const cause of elsewhere) expect(localTrouble(cause, words)).toBe(words.t("local.unknown"));
	});

	test("nobody's own view is taken for the world's", () => {
		const own = words.t("where.here");
		expect(WHERE.map(({ say }) => say(words) === own)).toEqual([true, true, true, false, false, false, false]);
	});

	test("what is not known is never called well", () => {
		const well = words.t("headline.all").slice(0, -1);
		for (const level of LEVELS) {
			const said = headline(
				snapshot([
					["wa", "messaging", "operational"],
					["wa", "media", level],
				]),
				words,
			);
			expect(said.startsWith(well), said).toBe(level === "operational");
		}
	});
});

test("what is unknown looks neither well nor bad, and no trouble looks well", () => {
	const { unknown, ...others } = SHAPES;
	expect(Object.values(others)).not.toContain(unknown);
	expect(LEVELS.filter((level) => SHAPES[level] === SHAPES.operational)).toEqual(["operational"]);
});

test("a failure with a status names it", () => {
	expect(
		FAILURE_KINDS.map((kind) => failureWords(failure(kind, "-", { status: 503 }), it)).filter((text) =>
			text.includes("503"),
		),
	).toEqual(["errore 503"]);
});

test("an English ground from the catalogue is not mixed into another language", () => {
	const blind = REASONS.find(({ name }) => name === "blind");
	expect(LANGUAGES.map((language) => blind?.say(wordsIn(language)))).toEqual([
		"Only those who sign in can tell.",
		"Da qui non si può vedere",
		"Von hier aus ist es nicht zu sehen",
		"D’ici, cela ne se voit pas",
		"Desde aquí no se puede ver",
		"Daqui não dá para ver",
	]);
});

describe("small words", () => {
	test.each([
		[-5, "0 s", "0 s"],
		[0, "0 s", "0 s"],
		[40 * SECOND, "40 s", "40 s"],
		[59_499, "59 s", "59 s"],
		[59_500, "1 min", "1 min"],
		[3 * MINUTE + 59 * SECOND, "3 min", "3 min"],
		[HOUR, "1 h", "1 h"],
		[2 * HOUR + 5 * MINUTE, "2 h 5 min", "2 h 5 min"],
		[47 * HOUR + 59 * MINUTE, "47 h 59 min", "47 h 59 min"],
		[48 * HOUR, "2 d", "2 g"],
		[100 * HOUR, "4 d", "4 g"],
	])("%i ms are %s and %s", (ms, english, italian) => {
		expect([shortDuration(ms, en), shortDuration(ms, it)]).toEqual([english, italian]);
	});

	test.each([
		[[], "", ""],
		[["a"], "a", "a"],
		[["a", "b"], "a and b", "a e b"],
		[["a", "b", "c"], "a, b and c", "a, b e c"],
	])("%j is told as '%s' and '%s'", (items, english, italian) => {
		expect([list(items, en), list(items, it)]).toEqual([english, italian]);
	});

	test.each([
		["de", "a, b und c"],
		["fr", "a, b et c"],
		["es", "a, b y c"],
		["pt", "a, b e c"],
	] as const)("a list of three in %s is '%s'", (language, said) => {
		expect(list(["a", "b", "c"], wordsIn(language))).toBe(said);
	});

	test("Spanish says its 'and' otherwise before the same sound", () => {
		const es = wordsIn("es");
		expect([list(["Facebook", "Instagram"], es), list(["Instagram", "Facebook"], es)]).toEqual([
			"Facebook e Instagram",
			"Instagram y Facebook",
		]);
	});

	test.each([
		["en", "2,400 ms"],
		["it", "2400 ms"],
		["de", "2.400 ms"],
		["fr", "2\u202f400 ms"],
		["es", "2400 ms"],
		["pt", "2.400 ms"],
	] as const)("a large number in %s is written as there: %s", (language, said) => {
		expect(REASONS.find(({ name }) => name === "host_slow")?.say(wordsIn(language))).toContain(said);
	});

	test("of a long list the first are named and the others counted, in Italian by their gender", () => {
		const five = ["a", "b", "c", "d", "e"];
		expect(some(five, 5, "services", en)).toBe("a, b, c, d and e");
		expect(some(five, 3, "services", en)).toBe("a, b and 3 more");
		expect(some(five, 3, "services", it)).toBe("a, b e altri 3");
		expect(some(five, 3, "features", it)).toBe("a, b e altre 3");
	});

	test.each([
		[1, "almost certain"],
		[0.95, "almost certain"],
		[0.94, "probably"],
		[0.7, "probably"],
		[0.69, "unclear"],
		[0, "unclear"],
	])("%d is %s", (confidence, said) => {
		expect(certainty(confidence, en)).toBe(said);
	});
});
