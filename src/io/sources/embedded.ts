import { isHtml } from "./describe.ts";

/** Pages of Next.js in their newer form write their data as pieces of text, one after another, each a JSON string. */
const FLIGHT_PIECE = /self\.__next_f\.push\(\[1,("[^"\\]*(?:\\.[^"\\]*)*")\]\)/g;
/** Their older form, and other vendors, have one script with nothing but JSON in it. */
const DATA_SCRIPT = /<script\b[^<>]{0,300}\b(?:id="(?:__NEXT_DATA__|data)"|type="application\/json")[^<>]{0,300}>/gi;

/** How many places of a page are tried; the data stands in the first few. */
const PLACES = 8;

/**
 * The data that a web page carries for its own scripts, as one text of JSON pieces; empty where there is none or the text is no
 * web page. Look into it with `valuesAfter`.
 */
export function embeddedData(html: string): string {
	if (!isHtml(html)) return "";
	const flight = html.includes("self.__next_f")
		? [...html.matchAll(FLIGHT_PIECE)].map(([, piece]) => pieceText(piece))
		: [];
	const scripts: string[] = [];
	for (const { 0: tag, index } of html.matchAll(DATA_SCRIPT)) {
		if (scripts.length === PLACES) break;
		const start = index + tag.length;
		const end = html.indexOf("</script", start);
		scripts.push(end === -1 ? "" : html.slice(start, end));
	}
	return [flight.join(""), ...scripts].join("\n");
}

/** The JSON values that directly follow a marker such as `"summary":`, in the order of the text; broken ones are left out. */
export function* valuesAfter(text: string, marker: string): Generator<unknown> {
	let at = text.indexOf(marker);
	for (let place = 0; at !== -1 && place < PLACES; place++) {
		const start = at + marker.length;
		const value = valueAt(text, start);
		if (value !== undefined) yield value;
		at = text.indexOf(marker, start);
	}
}

function pieceText(piece = '""'): string {
	try {
		return String(JSON.parse(piece));
	} catch {
		return "";
	}
}

function valueAt(text: string, from: number): unknown {
	const start = from + (/^\s{0,20}/.exec(text.slice(from, from + 20))?.[0].length ?? 0);
	const end = endOfValue(text, start);
	try {
		return end === undefined ? undefined : JSON.parse(text.slice(start, end), withoutReferences);
	} catch {
		return undefined;
	}
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[[{]|[\]}]/gs;
/** A page of half a megabyte has some sixty thousand texts and brackets, nested a dozen deep. */
const MOST_TOKENS = 300_000;
const DEEPEST = 200;

/** Where the list or object that begins at `start` ends; strings are stepped over whole. */
function endOfValue(text: string, start: number): number | undefined {
	if (text[start] !== "{" && text[start] !== "[") return undefined;
	let depth = 0;
	TOKEN.lastIndex = start;
	for (let count = 0; count < MOST_TOKENS && depth <= DEEPEST; count++) {
		const token = TOKEN.exec(text);
		if (!token) return undefined;
		if (token[0] === "{" || token[0] === "[") depth++;
		else if (token[0] === "}" || token[0] === "]") depth--;
		if (depth === 0) return TOKEN.lastIndex;
	}
	return undefined;
}

/** Next.js writes `"$undefined"` for what is missing, `"$D…"` for dates, and a second `$` before texts that begin with one. */
function withoutReferences(_key: string, value: unknown): unknown {
	if (typeof value !== "string" || !value.startsWith("$")) return value;
	if (value === "$undefined") return undefined;
	return value.startsWith("$D") || value.startsWith("$$") ? value.slice(value.startsWith("$D") ? 2 : 1) : value;
}
