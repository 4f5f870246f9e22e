import type { Language } from "./language.ts";
import type { Texts } from "./words.ts";

/** Fetches the texts of one language: each is a file of its own, so that a page loads only the one it speaks. */
export async function textsOf(language: Language): Promise<Texts> {
	return (await FILES[language]()).default;
}

const FILES: Readonly<Record<Language, () => Promise<{ readonly default: Texts }>>> = {
	en: () => import("./en.json", { with: { type: "json" } }),
	it: () => import("./it.json", { with: { type: "json" } }),
	de: () => import("./de.json", { with: { type: "json" } }),
	fr: () => import("./fr.json", { with: { type: "json" } }),
	es: () => import("./es.json", { with: { type: "json" } }),
	pt: () => import("./pt.json", { with: { type: "json" } }),
};
