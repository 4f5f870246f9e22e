import { type ComponentChildren, render } from "preact";
import type { Bridge } from "../ipc/contract.ts";
import type { SettingsView } from "../ipc/settings.ts";
import type { Words } from "../words/words.ts";
import { bridgeOfPage } from "./bridge.ts";
import { localeOf } from "./clock.ts";
import { speak } from "./speak.ts";
import { AT_ONCE_MS, firstSight, type Sight } from "./use-snapshot.ts";

/** What every window begins with. */
export interface Opening {
	readonly bridge: Bridge;
	readonly words: Words;
	/** The region whose way of writing moments is used. */
	readonly locale: string;
	/** What there is to see at once. */
	readonly first: Sight;
}

/**
 * Shows a page's window in the user's language, with what there is to see already in it. When people choose another language, or how
 * close rows are, it takes that on and stays where it is.
 */
export async function open(show: (opening: Opening) => ComponentChildren): Promise<void> {
	const bridge = bridgeOfPage();
	const [spoken, first] = await Promise.all([speak(bridge.language()), firstSight(bridge), densityNow(bridge)]);
	const speakIn = (words: Words) => {
		document.documentElement.lang = words.language;
		const locale = localeOf(words.language, navigator.languages);
		render(show({ bridge, words, locale, first }), document.body);
	};
	let { language } = spoken;
	speakIn(spoken);
	bridge.on("settings", (view) => {
		setDensity(view);
		void speak(bridge.language()).then((wanted) => {
			if (wanted.language === language) return;
			language = wanted.language;
			speakIn(wanted);
		});
	});
}

/** Known before the first paint, or else soon after it. */
function densityNow(bridge: Bridge): Promise<void> {
	const known = bridge.settings().then(setDensity, () => {});
	const late = new Promise<void>((resolve) => setTimeout(resolve, AT_ONCE_MS));
	return Promise.race([known, late]);
}

function setDensity(view: SettingsView | undefined): void {
	const density = view?.settings.density;
	if (density) document.documentElement.dataset["density"] = density;
}
