import type { Catalogue } from "../catalogue/catalogue.ts";
import type { CatalogueEntry } from "../ipc/answers.ts";

/** The catalogue as a list to choose from: the user's own first, then the popular ones, then by name. */
export function catalogueList({ services, files }: Catalogue, own: ReadonlySet<string>): readonly CatalogueEntry[] {
	const rank = (id: string) => (own.has(id) ? 0 : (files.get(id)?.popular ?? Number.POSITIVE_INFINITY));
	return [...services.values()]
		.sort((a, b) => compare(rank(a.id), rank(b.id)) || (a.name < b.name ? -1 : 1))
		.map(({ id, name, owner, kind, features }) => {
			const file = files.get(id);
			return {
				id,
				name,
				owner: owner.name,
				kind,
				aliases: file?.aliases ?? [],
				features: features.map((feature) => feature.name),
				...(file?.category && { category: file.category }),
				regions: file?.regions ?? [],
				own: own.has(id),
			};
		});
}

/** Two infinities differ by no number. */
function compare(a: number, b: number): number {
	return a === b ? 0 : a - b;
}
