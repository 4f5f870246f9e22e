import { plainLine } from "../../core/failure.ts";
import type { Answer } from "./source.ts";

const QUOTED = 80;
const KEYS = 6;

/** What an answer looks like, for the sentence "expected …, found …"; at most about 150 characters. */
export function describeText({ text, value }: Answer): string {
	const start = beginning(text);
	if (text.trim() === "") return "an empty body";
	if (isHtml(text)) {
		const title = plainLine(/<title\b[^<>]*>([^<]{0,300})/i.exec(text)?.[1] ?? "", QUOTED);
		return title === "" ? "an HTML page" : `an HTML page titled “${title}”`;
	}
	if (start.startsWith("{") || start.startsWith("[")) return describeJson(value);
	const root = /^(?:<![^<>]*>\s*)?<([\w:.-]{1,40})/.exec(start)?.[1];
	return root ? `an XML document <${root}>` : `text that begins “${plainLine(start, QUOTED)}”`;
}

/** Whether an answer is a web page, whatever its content type says. */
export function isHtml(text: string): boolean {
	return /^<(?:!doctype\s+html|html|head|body)\b/i.test(beginning(text));
}

/** The first characters of a document, without what may stand before its first word or element. */
function beginning(text: string): string {
	return text
		.slice(0, 2000)
		.replaceAll(/<!--.*?-->|<\?.*?\?>/gs, "")
		.trimStart();
}

function describeJson(value: unknown): string {
	if (value === undefined) return "JSON that breaks off or does not parse";
	if (Array.isArray(value)) return `a JSON list of ${value.length}`;
	const keys = Object.keys(value as object);
	if (keys.length === 0) return "an empty JSON object";
	const more = keys.length > KEYS ? ", …" : "";
	return plainLine(`JSON with ${keys.slice(0, KEYS).join(", ")}${more}`, QUOTED);
}

/** An answer out of its text. */
export function answerOf(text: string): Answer {
	let parsed: { readonly value: unknown } | undefined;
	return {
		text,
		get value() {
			parsed ??= { value: jsonOf(text) };
			return parsed.value;
		},
	};
}

/** The value, or `undefined` where the text is not JSON. */
function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
