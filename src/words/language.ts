/** The languages Semaforo speaks, all equally well. */
export const LANGUAGES = ["en", "it", "de", "fr", "es", "pt"] as const;

export type Language = (typeof LANGUAGES)[number];

/** The first of these languages that is spoken here, by tags such as `it`, `it-IT` or `it_IT.UTF-8`; English where none is. */
export function languageOf(...tags: readonly string[]): Language {
	const asked = tags.map((tag) => tag.toLowerCase().split(/[-_.@]/, 1)[0]);
	return asked.flatMap((code) => LANGUAGES.find((language) => language === code) ?? [])[0] ?? "en";
}

/** Whose way of writing lists and numbers a language's sentences keep to: the English here is British. */
export function regionOf(language: Language): string {
	return language === "en" ? "en-GB" : language;
}
