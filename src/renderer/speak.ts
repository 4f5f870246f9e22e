import { languageOf } from "../words/language.ts";
import { textsOf } from "../words/texts.ts";
import { voice } from "../words/voice.ts";
import type { Words } from "../words/words.ts";

/** The words of the language that the main process answers with; the system's language where it does not answer. */
export async function speak(asked: Promise<string>): Promise<Words> {
	const system = languageOf(...navigator.languages);
	// mostly they are the same: fetched while the answer is on its way
	void textsOf(system);
	const language = await asked.then(
		(tag) => languageOf(tag),
		() => system,
	);
	return voice(language, await textsOf(language));
}
