import { type Language, languageOf } from "../words/language.ts";
import { textsOf } from "../words/texts.ts";
import { voice } from "../words/voice.ts";
import type { Words } from "../words/words.ts";

export interface LanguageOption {
	readonly language?: Language;
}

/** The words for whoever sits at this terminal: the language asked for, else that of the environment, else English. */
export function wordsForPeople({ language }: LanguageOption, env: NodeJS.ProcessEnv = process.env): Promise<Words> {
	// empty means unset, as the C library has it
	const { LC_ALL, LC_MESSAGES, LANG } = env;
	return wordsIn(language ?? languageOf(LC_ALL || LC_MESSAGES || LANG || "en"));
}

/** The words inside JSON: programs must not depend on where they run, so English unless another language is asked for. */
export function wordsForPrograms({ language = "en" }: LanguageOption): Promise<Words> {
	return wordsIn(language);
}

/** Only the language that is spoken: the texts of all of them would take megabytes that the watcher does not have. */
async function wordsIn(language: Language): Promise<Words> {
	return voice(language, await textsOf(language));
}
