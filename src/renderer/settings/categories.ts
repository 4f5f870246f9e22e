import type { CatalogueEntry } from "../../ipc/answers.ts";

/** Where people look for a service, in the order of the list. */
const CATEGORIES = [
	"messaging",
	"social",
	"video",
	"music",
	"meetings",
	"mail",
	"files",
	"ai",
	"games",
	"shopping",
	"money",
	"news",
	"telecom",
	"public",
	"developer",
	"cloud",
	"other",
	"providers",
] as const;

export type CategoryName = (typeof CATEGORIES)[number];

/** The services by what they are, without the empty ones; those that carry others apart, and last. */
export function byCategory(
	entries: readonly CatalogueEntry[],
): readonly { readonly name: CategoryName; readonly entries: readonly CatalogueEntry[] }[] {
	const groups = Map.groupBy(entries, categoryOf);
	return CATEGORIES.flatMap((name) => {
		const held = groups.get(name);
		return held ? [{ name, entries: held }] : [];
	});
}

function categoryOf({ kind, category }: CatalogueEntry): CategoryName {
	if (kind === "provider") return "providers";
	return CATEGORIES.find((name) => name === category) ?? "other";
}
