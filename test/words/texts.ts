type Texts = { readonly [key: string]: string | Texts };

/** Every text by its place, such as `notice.again_one`. */
export function flat(texts: Texts, before = ""): ReadonlyMap<string, string> {
	return new Map(
		Object.entries(texts).flatMap(([key, value]) =>
			typeof value === "string" ? [[`${before}${key}`, value] as const] : [...flat(value, `${before}${key}.`)],
		),
	);
}

const PLACEHOLDER = /\{\{(\w+)\}\}/g;

/** The names of the values that a text asks for, sorted. */
export function placeholders(text = ""): string[] {
	return [...text.matchAll(PLACEHOLDER)].flatMap(([, name]) => name ?? []).sort();
}

export function withoutPlaceholders(text: string): string {
	return text.replaceAll(PLACEHOLDER, "");
}
