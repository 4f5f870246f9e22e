import { join } from "node:path";
import { expect, test } from "vitest";
import { LANGUAGES } from "../../src/words/language.ts";
import { PAGES, wordsPage } from "./page.ts";

const DOCS = join(import.meta.dirname, "../../docs");

test.each(Object.entries(PAGES))("docs/%s shows every sentence as it is said today", async (page, languages) => {
	await expect(wordsPage(languages)).toMatchFileSnapshot(join(DOCS, page));
});

test("every language has its page", () => {
	expect(new Set(Object.values(PAGES).flat())).toEqual(new Set(LANGUAGES));
});
