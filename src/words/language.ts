/** The languages Semaforo speaks, all equally well. */
export const LANGUAGES = ["en", "it"] as const;

export type Language = (typeof LANGUAGES)[number];

/** The language for a tag such as `it`, `it-IT` or `it_IT.UTF-8`; English for one that is not spoken here. */
export function languageOf(tag: string): Language {
	const asked = tag.toLowerCase().split(/[-_.@]/, 1)[0];
	return LANGUAGES.find((language) => language === asked) ?? "en";
}
