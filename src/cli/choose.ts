import type { Catalogue } from "../catalogue/catalogue.ts";
import { findService } from "../catalogue/find.ts";
import { type Watched, watchedPart } from "../catalogue/watched.ts";
import type { Check } from "../core/check.ts";
import type { Service, ServiceId } from "../core/model.ts";
import type { Settings, WatchedService } from "../core/settings.ts";
import { nearest } from "../io/nearest.ts";
import { Complaint } from "./complaint.ts";

/** What is watched: services with the features that matter, and all checks for them, controls included. */
export interface Choice {
	readonly services: readonly Service[];
	readonly checks: readonly Check[];
}

/**
 * Picks services by the names given on the command line, or else those of the settings, with the features chosen there.
 * Throws a complaint that names what is unknown and what might have been meant.
 */
export function choose(
	catalogue: Catalogue,
	settings: Settings,
	names: readonly string[],
	settingsFile?: string,
): Choice {
	const watched: WatchedService[] =
		names.length > 0
			? names.map((name) => ({
					...settings.services.find(({ id }) => id === idOf(catalogue, name)),
					id: idOf(catalogue, name),
				}))
			: settings.services.map((entry) => ({ ...entry, id: idOf(catalogue, entry.id, settingsFile) }));
	const unique = [...new Map(watched.map((entry) => [entry.id, entry])).values()];
	const picked = unique.map((entry) => pick(catalogue, entry, settingsFile));
	return {
		services: picked.map(({ service }) => service),
		checks: [...catalogue.controls, ...picked.flatMap(({ checks }) => checks)],
	};
}

function pick(catalogue: Catalogue, entry: WatchedService, settingsFile?: string): Watched {
	const { name, features } = catalogue.services.get(entry.id) as Service;
	const known = new Set(features.map((feature) => feature.name));
	const unknown = entry.features?.find((feature) => !known.has(feature));
	if (unknown) {
		const place = settingsFile ? `${settingsFile}: ` : "";
		throw new Complaint(`${place}${name} has no feature "${unknown}"; it has ${[...known].join(", ")}.`);
	}
	return watchedPart(catalogue, entry) as Watched;
}

/** The id behind a name as people write it: an id, an alias, an old id or the service's own name, in any case. */
export function idOf(catalogue: Catalogue, name: string, settingsFile?: string): ServiceId {
	const found = findService(catalogue.files, name);
	if (found) return found.id;
	const known = [...catalogue.files.values()].flatMap(({ id, aliases, oldIds }) => [id, ...aliases, ...oldIds]);
	const near = nearest(name.toLowerCase(), known);
	const place = settingsFile ? `${settingsFile}: services: ` : "";
	const hint = near ? `Did you mean "${near}"?` : 'Run "semaforo services" to see them all.';
	throw new Complaint(`${place}expected the name of a service, found "${name.slice(0, 60)}". ${hint}`);
}
