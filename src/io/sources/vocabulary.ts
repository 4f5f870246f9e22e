import type { Level } from "../../core/level.ts";
import { wordOf } from "./plain-text.ts";

/** Collects the vendor's words that a table does not know. */
export type UnknownWords = Set<string>;

/** How many of them a page keeps. */
const UNKNOWN_WORDS_LIMIT = 20;

/** Our level for a vendor's word; a word that is not in the table is noted and becomes `unknown`. */
export function levelFor(table: Readonly<Record<string, Level>>, word: string, unknown: UnknownWords): Level {
	const level = Object.hasOwn(table, word) ? table[word] : undefined;
	if (level === undefined) note(word, unknown);
	return level ?? "unknown";
}

/** What a vendor's word for a state means here; absent, and noted, where the table does not know it. */
export function stateFor(
	table: Readonly<Record<string, boolean>>,
	word: string,
	unknown: UnknownWords,
): boolean | undefined {
	const known = Object.hasOwn(table, word) ? table[word] : undefined;
	if (known === undefined) note(word, unknown);
	return known;
}

/** Keeps a word once, and no more than a handful of words. */
export function note(word: string, unknown: UnknownWords): void {
	if (unknown.size < UNKNOWN_WORDS_LIMIT) unknown.add(wordOf(word) || "(empty)");
}
