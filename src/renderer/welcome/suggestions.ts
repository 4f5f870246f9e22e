import type { CatalogueEntry } from "../../ipc/answers.ts";

/** So many in all, and so many of them that are used where people are. */
const IN_ALL = 20;
const NEARBY = 4;

/** The country of the system's language, as two small letters: `it` for `it-IT`, and for `it` alone. */
export function regionOf(tag: string): string {
	try {
		return (new Intl.Locale(tag).maximize().region ?? "").toLowerCase();
	} catch {
		return "";
	}
}

/** What to offer before anybody searches: what is chosen already, then the popular ones, everywhere and in that region. */
export function suggested(
	entries: readonly CatalogueEntry[],
	region: string,
	chosen: ReadonlySet<string>,
): readonly CatalogueEntry[] {
	const free = entries.filter(({ id, kind }) => kind === "service" && !chosen.has(id));
	const already = entries.filter(({ id }) => chosen.has(id));
	const nearby = free.filter(({ regions }) => regions.includes(region)).slice(0, NEARBY);
	const everywhere = free.filter(({ regions }) => regions.length === 0);
	return [...already, ...nearby, ...everywhere.slice(0, Math.max(0, IN_ALL - already.length - nearby.length))];
}
