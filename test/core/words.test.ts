import { expect, test } from "vitest";
import { FAILURE_KINDS, failure } from "../../src/core/failure.ts";
import { isProblem, LEVELS } from "../../src/core/level.ts";
import { CAUSES, FEATURES } from "../../src/core/model.ts";
import { localTrouble } from "../../src/core/wording.ts";
import { CONTROL_WORDS, FEATURE_WORDS, failureWords, LEVEL_WORDS, SHAPES, TROUBLE } from "../../src/core/words.ts";

test("every failure has words of its own", () => {
	const words = FAILURE_KINDS.map((kind) => failureWords(failure(kind, "-")));
	expect(new Set(words).size).toBe(FAILURE_KINDS.length);
	expect(failureWords(failure("http", "-", { status: 503 }))).toBe("error 503");
	expect(failureWords(failure("http", "-"))).toBe("an error");
});

test("every level has a word of its own; what is unknown looks neither well nor bad", () => {
	expect(new Set(LEVELS.map((level) => LEVEL_WORDS[level])).size).toBe(LEVELS.length);
	const { unknown, ...others } = SHAPES;
	expect(Object.values(others)).not.toContain(unknown);
	expect(LEVELS.filter((level) => SHAPES[level] === SHAPES.operational)).toEqual(["operational"]);
});

test("every feature and level of trouble has a sentence of its own, that begins with a capital and has no full stop", () => {
	const sentences = FEATURES.flatMap((feature) => LEVELS.filter(isProblem).map((level) => TROUBLE[feature][level]));
	expect(new Set(sentences).size).toBe(FEATURES.length * 3);
	for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*[a-z]$/);
});

test("what is degraded is called unreliable: nobody measured that it is slow", () => {
	for (const feature of FEATURES) expect(TROUBLE[feature].degraded).toMatch(/ (is|are) unreliable$/);
	expect(LEVEL_WORDS.degraded).toBe("unreliable");
});

test("the word for a feature is short and begins small, so that it can stand in a list", () => {
	for (const feature of FEATURES) expect(FEATURE_WORDS[feature]).toMatch(/^(?:API|[a-z][a-z ]*(?: \(DNS\))?)$/);
	expect(Math.max(...FEATURES.map((feature) => FEATURE_WORDS[feature].length))).toBeLessThanOrEqual(14);
	expect([FEATURE_WORDS.media, FEATURE_WORDS.login]).toEqual(["pictures", "signing in"]);
});

test("every feature, control and local cause has words of its own", () => {
	expect(new Set(FEATURES.map((feature) => FEATURE_WORDS[feature])).size).toBe(FEATURES.length);
	expect(new Set(Object.values(CONTROL_WORDS)).size).toBe(4);
	const local = CAUSES.filter((cause) => cause !== "service" && cause !== "upstream");
	expect(new Set(local.map((cause) => localTrouble(cause))).size).toBe(local.length);
});
