import type { App } from "electron";
import { type Language, languageOf } from "../words/language.ts";

/** The language to speak: the chosen one, or the first of the system's that is spoken here. */
export function languageNow(app: Pick<App, "getPreferredSystemLanguages" | "getLocale">, chosen: string): Language {
	return languageOf(...(chosen === "system" ? [...app.getPreferredSystemLanguages(), app.getLocale()] : [chosen]));
}
