import { type Language, regionOf } from "./language.ts";
import type { Words } from "./words.ts";

const FORMATS = new Map<Language, Intl.ListFormat>();

/** `a`, `a and b`, `a, b and c`; in Spanish `a e i`. */
export function list(items: readonly string[], { language }: Words): string {
	// a list of one needs no rules, and who watches in quiet never pays the megabytes that they take
	if (items.length <= 1) return items[0] ?? "";
	const format = FORMATS.get(language) ?? new Intl.ListFormat(regionOf(language));
	FORMATS.set(language, format);
	return format.format(items);
}

/** The first few of a list, and how many more there are. */
export function some(items: readonly string[], most: number, what: "services" | "features", words: Words): string {
	if (items.length <= most) return list(items, words);
	const more = words.t(`list.${what}`, { count: items.length - most + 1 });
	return list([...items.slice(0, most - 1), more], words);
}

/** Each with its full stop, unless it ends in one: names such as "X Corp." do. */
export function sentences(...texts: readonly string[]): string {
	return texts.map((text) => (/[.…]$/.test(text) ? text : `${text}.`)).join(" ");
}

export function unique(items: readonly string[]): string[] {
	return [...new Set(items)];
}
