import type { CatalogueEntry } from "../ipc/answers.ts";

/** Capitals and accents make no difference to whoever searches. */
export function plain(text: string): string {
	return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase().trim();
}

/** The first services that are called so, or so among others: names that begin with it before those that hold it. */
export function matching(entries: readonly CatalogueEntry[], sought: string, most: number): readonly CatalogueEntry[] {
	const wanted = plain(sought);
	if (wanted === "") return [];
	const begins = entries.filter(({ name }) => plain(name).startsWith(wanted));
	const holds = entries.filter(({ name, aliases }) => [name, ...aliases].some((each) => plain(each).includes(wanted)));
	return [...new Set([...begins, ...holds])].slice(0, most);
}
