import type { Level } from "../../../core/level.ts";
import { describeText, isHtml } from "../describe.ts";
import { pageOf } from "../parts.ts";
import { bodyText } from "../plain-text.ts";
import { type Source, Unreadable } from "../source.ts";
import { note, type UnknownWords } from "../vocabulary.ts";

/** The page has a sign in an element of this name, and one sentence about Signal. */
const SIGN = /\bid=["']?symbol\b/i;
const SENTENCE = /\bSignal\b[^.!?]{0,200}[.!?]/;
/** It is one line in a page of a few kilobytes. */
const LONGEST_PAGE = 20_000;

const SENTENCES: readonly (readonly [RegExp, Level])[] = [
	[/^Signal is up and running\b/i, "operational"],
	[/^Signal is experiencing technical difficulties\b/i, "partial_outage"],
];

/**
 * Signal's status page: one sentence for people. The sentence for good days is known from public clients; the one for bad days is
 * not confirmed. Any other is unknown, and kept to be read.
 */
export const signal: Source = {
	format: "signal",
	what: "Signal's status page",
	accept: "text/html",
	parse(answer) {
		const sentence = sentenceOf(answer.text);
		if (sentence === undefined) throw new Unreadable(`expected ${signal.what}, found ${describeText(answer)}`);
		const unknown: UnknownWords = new Set();
		const level = SENTENCES.find(([words]) => words.test(sentence))?.[1];
		if (level === undefined) note(sentence, unknown);
		return pageOf({ format: "signal", name: "Signal", level: level ?? "unknown", unknown });
	},
};

function sentenceOf(text: string): string | undefined {
	if (text.length > LONGEST_PAGE || !isHtml(text) || !SIGN.test(text)) return undefined;
	const body = text.slice(Math.max(0, text.search(/<body\b/i))).replaceAll(/<(script|style)\b.*?<\/\1>/gis, " ");
	return SENTENCE.exec(bodyText(body))?.[0];
}
