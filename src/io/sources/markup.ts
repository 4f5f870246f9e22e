import { answerOf, describeText } from "./describe.ts";
import { Unreadable } from "./source.ts";

/** One piece of markup as XML has it: in a tag no "<" anywhere and quotes in pairs, the rest up to its own end. */
const MARKUP =
	/<(?:!--(?!-?>).*?-->|!\[CDATA\[.*?\]\]>|\?.*?\?>|\/?([\w.:-]{1,100})(?:[\s/](?:[^<>"']|"[^<"]*"|'[^<']*')*)?>)/sy;

/** Elements about persons. Nobody is shown, and the parser's patterns for names take time with the square of the length. */
const PERSON_TAG = /(?<=<\/?(?:[\w.-]{1,100}:)?)(?:author|managingeditor|webmaster)(?=[\s/>])/gi;

export interface CheckedMarkup {
	/** The root element's name in lower case. */
	readonly root: string;
	readonly text: string;
}

/**
 * Makes a document safe for the XML parser, in one pass over it, and returns it without its persons. Throws `Unreadable`
 * for what a status feed has no use for: a root that is not one of `roots`, a DOCTYPE with its entities, a "<" that opens
 * no tag (the parser looks for the end of each anew: half a megabyte of them keeps it busy for three minutes).
 */
export function checkedMarkup(text: string, roots: readonly string[], what: string): CheckedMarkup {
	let root: string | undefined;
	for (let at = text.indexOf("<"); at !== -1; at = text.indexOf("<", at)) {
		const [piece, name] = pieceAt(text, at) ?? [];
		if (piece === undefined) throw new Unreadable(`expected ${what}, found ${problemAt(text, at)}`);
		root ??= name?.toLowerCase();
		if (root !== undefined && !roots.includes(root)) break;
		at += piece.length;
	}
	if (root === undefined || !roots.includes(root))
		throw new Unreadable(`expected ${what}, found ${describeText(answerOf(text))}`);
	return { root, text: text.replaceAll(PERSON_TAG, "unread") };
}

function pieceAt(text: string, at: number): RegExpExecArray | null {
	MARKUP.lastIndex = at;
	return MARKUP.exec(text);
}

function problemAt(text: string, at: number): string {
	const doctype = /^<!doctype/i.test(text.slice(at, at + 9));
	return doctype
		? `${describeText(answerOf(text))} with a DOCTYPE`
		: `${describeText(answerOf(text))} whose markup is broken`;
}
