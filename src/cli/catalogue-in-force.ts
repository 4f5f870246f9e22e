import { type Catalogue, catalogueOf } from "../catalogue/catalogue.ts";
import type { CatalogueSettings } from "../core/settings.ts";
import { loadCatalogue, shippedParts } from "../io/catalogue-files.ts";
import { systemClock } from "../io/clock.ts";
import { currentCatalogue, type Standing } from "../io/current-catalogue.ts";
import { dataFolder } from "../io/folders.ts";
import { VERSION } from "./version.ts";

/** What decides which catalogue is in force for the user of this computer. */
export function standingOf({ keys }: CatalogueSettings): Standing {
	return {
		folder: dataFolder(process.platform, process.env),
		keys,
		shipped: shippedParts(),
		app: VERSION,
		now: systemClock.now(),
	};
}

export interface InForce {
	readonly catalogue: Catalogue;
	/** What the user should know of it, one sentence each. */
	readonly notes: readonly string[];
}

/**
 * The catalogue of a folder, or the one in force where none is given, after `join` has added the user's own services to it. An
 * update that is not believed, or that contradicts what is added, is left out and told.
 */
export function catalogueInForce(
	folder: string | undefined,
	settings: CatalogueSettings,
	join: (catalogue: Catalogue) => Catalogue = (catalogue) => catalogue,
): InForce {
	if (folder !== undefined) return { catalogue: join(loadCatalogue(folder)), notes: [] };
	const standing = standingOf(settings);
	const { parts, update, refused = [] } = currentCatalogue(standing);
	const shipped = () => join(catalogueOf(standing.shipped));
	if (!update) return { catalogue: shipped(), notes: refused.map((problem) => `${problem}; it is not used`) };
	try {
		return { catalogue: join(catalogueOf(parts)), notes: [] };
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		return { catalogue: shipped(), notes: [`the kept catalogue update does not go with the settings: ${why}`] };
	}
}
