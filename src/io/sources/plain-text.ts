import { plainLine } from "../../core/failure.ts";

const TITLE_LIMIT = 200;
const ID_LIMIT = 200;
const WORD_LIMIT = 40;
const URL_LIMIT = 500;
/** Bodies are only searched for words; the newest update comes first in them. */
const BODY_LIMIT = 4000;

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** A title or name of the outside world: HTML out, one plain line of at most 200 characters. */
export function titleOf(text: string): string {
	return plainLine(withoutHtml(text.slice(0, BODY_LIMIT)), TITLE_LIMIT);
}

/** An id as one plain line of at most 200 characters, otherwise untouched. */
export function idOf(text: string): string {
	return plainLine(text, ID_LIMIT);
}

/** One word of a vendor's vocabulary, or what stands in its place, at most 40 characters. */
export function wordOf(text: string): string {
	return plainLine(text, WORD_LIMIT);
}

/** The beginning of an HTML body as text, one plain line. */
export function bodyText(html: string): string {
	return plainLine(withoutHtml(html.slice(0, BODY_LIMIT)), BODY_LIMIT);
}

/** A web address as it was written, without spaces; absent where the text is none or carries a password. */
export function webUrl(text: string | null | undefined): string | undefined {
	const written = (text ?? "").trim();
	const url = written.length > URL_LIMIT || /[\s\p{Cc}\p{Cf}]/u.test(written) ? null : URL.parse(written);
	return url && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "" ? written : undefined;
}

/** Tags become spaces, then entities become characters; in this order, so that an escaped tag stays text. */
function withoutHtml(html: string): string {
	return html
		.replaceAll(/<!--.*?-->|<\/?[a-z!][^<>]*>/gis, " ")
		.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi, (entity, decimal, hex, name) => {
			if (name) return NAMED[name.toLowerCase()] ?? entity;
			const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
			return code <= 0x10_ff_ff ? String.fromCodePoint(code) : entity;
		});
}
