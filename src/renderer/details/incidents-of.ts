import type { Incident } from "../../core/incidents.ts";
import type { ServiceId } from "../../core/model.ts";
import type { Snapshot } from "../../core/snapshot.ts";
import type { ServiceHistory } from "../../ipc/answers.ts";

/** The outages that touched a service, the newest first; of one that the snapshot has too, the snapshot's is the newer word. */
export function incidentsOf(
	service: ServiceId,
	history: ServiceHistory | undefined,
	{ incidents }: Snapshot,
): readonly Incident[] {
	const since = history?.from ?? 0;
	const recent = incidents.filter(
		({ features, closedAt }) =>
			features.some((held) => held.service === service) && (closedAt === undefined || closedAt >= since),
	);
	const known = new Set(recent.map(({ id }) => id));
	return [...recent, ...(history?.incidents ?? []).filter(({ id }) => !known.has(id))].sort(
		(a, b) => b.openedAt - a.openedAt,
	);
}
