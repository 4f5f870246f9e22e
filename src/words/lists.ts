import type { Words } from "./words.ts";

/** `a`, `a and b`, `a, b and c`. */
export function list(items: readonly string[], words: Words): string {
	const last = items.at(-1) ?? "";
	return items.length <= 1 ? last : words.t("list.and", { before: items.slice(0, -1).join(", "), last });
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
