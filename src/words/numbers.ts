import { type Language, regionOf } from "./language.ts";

const FORMATS = new Map<Language, Intl.NumberFormat>();

/** A number as the language writes it: `2,400`, `2.400`, `2 400`. */
export function number(value: number, language: Language): string {
	// all of them write small whole numbers alike
	if (Number.isInteger(value) && Math.abs(value) < 1000) return String(value);
	const format = FORMATS.get(language) ?? new Intl.NumberFormat(regionOf(language));
	FORMATS.set(language, format);
	return format.format(value);
}
