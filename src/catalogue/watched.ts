import type { Check } from "../core/check.ts";
import type { Service } from "../core/model.ts";
import { chosenFeatures, type WatchedService } from "../core/settings.ts";
import type { Catalogue } from "./catalogue.ts";

/** A service with the features that matter to whoever watches it, and the checks for them. */
export interface Watched {
	readonly service: Service;
	readonly checks: readonly Check[];
}

/** Absent where the catalogue has no such id. An official page is read whole, whatever features matter. */
export function watchedPart(catalogue: Catalogue, entry: WatchedService): Watched | undefined {
	const service = catalogue.services.get(entry.id);
	if (!service) return undefined;
	const wanted = chosenFeatures(entry);
	return {
		service: { ...service, features: service.features.filter(({ name }) => wanted.has(name)) },
		checks: (catalogue.checks.get(entry.id) ?? []).filter(
			(check) => check.kind === "source" || wanted.has(check.feature),
		),
	};
}
