import { type Level, worst } from "../../core/level.ts";
import type { Time } from "../../core/model.ts";
import type { OfficialComponent, OfficialIncident } from "../../core/official.ts";
import { isForgotten } from "../../core/official-levels.ts";
import { componentOf } from "./parts.ts";

/** An incident and the products, services or regions that it says it is about. */
interface About {
	readonly incident: OfficialIncident;
	readonly about: readonly { readonly id: string; readonly name: string; readonly group?: string | undefined }[];
}

/**
 * The components of a page that lists none but names them in its incidents, those that are over too: each is as bad as the
 * worst current incident about it, otherwise operational.
 */
export function componentsNamedIn(entries: readonly About[], now: Time): OfficialComponent[] {
	const names = new Map(entries.flatMap(({ about }) => about.map((named) => [named.id, named])));
	const levels = Map.groupBy(
		entries.flatMap(({ incident, about }) => {
			const current = incident.open && !isForgotten(incident, now);
			return current ? about.map(({ id }) => ({ id, level: incident.level })) : [];
		}),
		({ id }) => id,
	);
	return [...names.values()].map(({ id, name, group }) => componentOf(id, name, levelIn(levels.get(id)), group));
}

/** An incident of unknown weight leaves what it is about in doubt. */
function levelIn(current: readonly { readonly level: Level }[] | undefined): Level {
	return current ? worst(current.map(({ level }) => level)) : "operational";
}
