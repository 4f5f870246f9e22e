import { createInstance } from "i18next";
import type { Language } from "./language.ts";
import { number } from "./numbers.ts";
import type { Texts, Words } from "./words.ts";

/** The words of one language, out of its texts and no others. */
export function voice(language: Language, texts: Texts): Words {
	const instance = createInstance({
		lng: language,
		resources: { [language]: { translation: texts } },
		initAsync: false,
		interpolation: { escapeValue: false },
	});
	void instance.init();
	const written = (value: string | number) => (typeof value === "number" ? number(value, language) : value);
	const text = (key: string, values: Readonly<Record<string, string | number>> = {}) => {
		const replace = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, written(value)]));
		// the count chooses the plural, which a written number could not
		return instance.t(key, { ...("count" in values && { count: Number(values["count"]) }), replace });
	};
	return { language, t: (key, ...[values]) => text(key, values) };
}
