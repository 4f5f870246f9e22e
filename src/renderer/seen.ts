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

/** What politeness has not let through by then is not waited for. */
const PATIENCE_MS = 20_000;

/** How far the round is that people wait for: the first one, or the one they asked for at `askedAt`; `undefined` when there is none. */
export function progressOf(
	{ round, services, connection }: Snapshot,
	askedAt: Time | undefined,
	now: Time,
): Progress | undefined {
	if (round.done < round.total) return round;
	if (askedAt === undefined || now - askedAt > PATIENCE_MS || connection.state === "trouble") return undefined;
	const seen = services.flatMap((service) => seenAt(service) ?? []);
	const done = seen.filter((at) => at >= askedAt).length;
	return done < seen.length ? { done, total: seen.length } : undefined;
}
