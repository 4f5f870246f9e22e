import de from "./de.json" with { type: "json" };
import en from "./en.json" with { type: "json" };
import es from "./es.json" with { type: "json" };
import fr from "./fr.json" with { type: "json" };
import it from "./it.json" with { type: "json" };
import type { Language } from "./language.ts";
import pt from "./pt.json" with { type: "json" };
import { voice } from "./voice.ts";

/** Anew, so that its type is written out for the other folders: they see declarations only, and not the file beside them. */
const english = { ...en };

/** The places of all texts: `level.unknown`, `notice.again_one` … */
type Place<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Place<T[K]>}` }[keyof T & string];
type Plural<P extends string> = P extends `${infer Key}_other` ? Key : never;
type Singular<P extends string> = P extends `${string}_${"one" | "other"}` ? never : P;

/** All texts of a language: a file that lacks one of them does not compile. */
export type Texts = typeof english;

type PluralKey = Plural<Place<Texts>>;
type Key = Singular<Place<Texts>> | PluralKey;

type Values = Readonly<Record<string, string | number>>;
/** A text that has a singular and a plural needs to be told how many. */
type ValuesFor<K extends Key> = [Extract<K, PluralKey>] extends [never]
	? [values?: Values]
	: [values: Values & { readonly count: number }];

/** The words of one language. */
export interface Words {
	readonly language: Language;
	/** The text of that key with its values filled in, names as they are and numbers as the language writes them: plain text, never markup. */
	t<K extends Key>(key: K, ...values: ValuesFor<K>): string;
}

const TEXTS: Readonly<Record<Language, Texts>> = { en, it, de, fr, es, pt };

/** The words of a language, ready at once: all languages are part of a program that says this. Pages fetch the one they need. */
export function wordsIn(language: Language): Words {
	return voice(language, TEXTS[language]);
}
