import type { Time } from "../../core/model.ts";
import type { OfficialPage } from "../../core/official.ts";

/** One format of official pages: the vendor's shape, one table of its words, one pure `parse`. */
export interface Source {
	/** As printed by `inspect` and written in the catalogue. */
	readonly format: string;
	/** The format in a sentence, with its article: "a Statuspage summary". */
	readonly what: string;
	/** The `Accept` header to ask with. */
	readonly accept: string;
	/**
	 * Reads one answer. Pure: the same text and `now` give the same page.
	 * Throws `Unreadable`, and nothing else, when the text lacks the structure that makes it this format.
	 */
	parse(text: string, now: Time): OfficialPage;
	/** What an answer read before says now; only for formats whose reading depends on the time. */
	again?(page: OfficialPage, now: Time): OfficialPage;
	/** How long the answer asks to be left alone (`<ttl>`), in ms; absent where it does not say. */
	askAgainAfterMs?(text: string): number | undefined;
}

/** The answer is not a page of the expected format; the message says what was expected and what came. */
export class Unreadable extends Error {
	override readonly name = "Unreadable";
}

/** The most components, and the most incidents, that are read of one page; the largest known page has 470 components. */
export const ENTRIES_LIMIT = 2000;
