import { isProblem } from "../core/level.ts";
import type { Snapshot } from "../core/snapshot.ts";

/** As monitoring plugins have it, so that any monitoring system can call `semaforo check`. */
export const EXIT = { operational: 0, degraded: 1, outage: 2, unknown: 3 } as const;

/**
 * 2 where anything is partly or wholly down, else 1 where anything is unreliable or under planned work, else 3 where something
 * that can be seen could not be told, or there is no connection, else 0. Features that nobody can see do not count.
 */
export function exitCode(snapshot: Snapshot): number {
	if (snapshot.connection.state !== "online") return EXIT.unknown;
	const features = snapshot.services.flatMap((service) => service.features);
	const levels = new Set(
		features.filter(({ level, blind }) => !(blind && level === "unknown")).map(({ level }) => level),
	);
	if (levels.has("major_outage") || levels.has("partial_outage")) return EXIT.outage;
	if ([...levels].some(isProblem) || levels.has("maintenance")) return EXIT.degraded;
	return levels.has("unknown") || levels.size === 0 ? EXIT.unknown : EXIT.operational;
}
