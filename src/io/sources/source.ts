import type { Time } from "../../core/model.ts";
import type { OfficialPage } from "../../core/official.ts";

/** One answer of a page: its text, and the value it is where it is JSON. Parsed once, however many formats look at it. */
export interface Answer {
	readonly text: string;
	/** `undefined` where the text is not JSON. */
	readonly value: unknown;
}

/** One format of official pages: the vendor's shape, one table of its words, one pure `parse`. */
export interface Source {
	/** As printed by `inspect` and written in the catalogue. */
	readonly format: string;
	/** The format in a sentence, with its article: "a Statuspage summary". */
	readonly what: string;
	/** The `Accept` header to ask with. */
	readonly accept: string;
	/** True where an answer that has not changed says something else as time goes by: it is read again. */
	readonly timely?: true;
	/**
	 * True where JSON with nothing in it is how the format says that all is well. Many documents look like that, so such an answer
	 * is only believed where this format was expected.
	 */
	readonly silent?: true;
	/**
	 * Reads one answer. Pure: the same answer and `now` give the same page.
	 * Throws `Unreadable`, and nothing else, when the answer lacks the structure that makes it this format.
	 */
	parse(answer: Answer, now: Time): OfficialPage;
	/** How long the answer asks to be left alone (`<ttl>`), in ms; absent where it does not say. */
	askAgainAfterMs?(text: string): number | undefined;
}

/** The answer is not a page of the expected format; the message says what was expected and what came. */
export class Unreadable extends Error {
	override readonly name = "Unreadable";
}

/** The most components, and the most incidents, that are read of one page; the largest known page has 470 components. */
export const ENTRIES_LIMIT = 2000;
