import { render } from "preact";
import { languageOf } from "../../words/language.ts";
import { wordsIn } from "../../words/words.ts";
import { bridgeOfPage } from "../bridge.ts";
import { localeOf } from "../clock.ts";
import { App } from "./app.tsx";
import { firstSight } from "./use-snapshot.ts";

const bridge = bridgeOfPage();

async function start(): Promise<void> {
	const [tag, first] = await Promise.all([bridge.language().catch(() => navigator.language), firstSight(bridge)]);
	const language = languageOf(tag);
	document.documentElement.lang = language;
	const locale = localeOf(language, navigator.languages);
	render(<App bridge={bridge} words={wordsIn(language)} locale={locale} first={first} />, document.body);
}

void start();
