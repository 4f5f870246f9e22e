import type { App } from "electron";
import { type Language, languageOf } from "../words/language.ts";

/** The language to speak: the chosen one, or the system's. */
export function languageNow(app: Pick<App, "getPreferredSystemLanguages" | "getLocale">, chosen: string): Language {
	return languageOf(chosen === "system" ? (app.getPreferredSystemLanguages()[0] ?? app.getLocale()) : chosen);
}
