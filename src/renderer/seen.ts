import type { Time } from "../core/model.ts";
import type { ServiceView, Snapshot } from "../core/snapshot.ts";

/** When something of a service was last seen, by whatever its features rest on; `undefined` where nothing was. */
function seenAt({ features }: ServiceView): Time | undefined {
	const times = features.flatMap(({ reasons }) => reasons.flatMap((reason) => ("at" in reason ? [reason.at] : [])));
	return times.length === 0 ? undefined : Math.max(...times);
}

/** When anything was last checked. */
export function lastSeen({ services }: Snapshot): Time | undefined {
	const times = services.flatMap((service) => seenAt(service) ?? []);
	return times.length === 0 ? undefined : Math.max(...times);
}

export interface Progress {
	readonly done: number;
	readonly total: number;
}

/** How far the round is that is not over: the first one, or one that somebody asked for; `undefined` where there is none. */
export function progressOf({ round }: Snapshot): Progress | undefined {
	return round.done < round.total ? round : undefined;
}
