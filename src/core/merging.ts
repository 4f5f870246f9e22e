import { type BlameOf, endedWhere, type Incident, type IncidentFeature } from "./incidents.ts";
import type { Cause, Time } from "./model.ts";

/**
 * Open incidents whose features are now blamed on the same culprit become one; the oldest keeps its id. So a service that
 * seemed broken alone moves into its CDN's incident once a second, unrelated one fails behind the same CDN.
 */
export function mergeByBlame(
	incidents: ReadonlyMap<string, Incident>,
	blameOf: BlameOf,
	now: Time,
): Map<string, Incident> {
	const result = new Map<string, Incident>();
	const openByCulprit = new Map<string, string>();
	for (const incident of incidents.values()) {
		const current = incident.closedAt === undefined ? reblamed(incident, blameOf) : incident;
		const oldest = current.closedAt === undefined ? openByCulprit.get(current.culprit) : undefined;
		const into = oldest === undefined ? undefined : result.get(oldest);
		if (into) {
			const moved = endedWhere(current.features, ({ until }) => until === undefined, now);
			result.set(into.id, { ...into, features: joined(into.features, current.features) });
			result.set(current.id, { ...current, features: moved, closedAt: now, mergedInto: into.id });
		} else {
			result.set(current.id, current);
			if (current.closedAt === undefined) openByCulprit.set(current.culprit, current.id);
		}
	}
	return result;
}

/** Of a feature that both held, the trouble that goes on or ended last. */
function joined(a: readonly IncidentFeature[], b: readonly IncidentFeature[]): IncidentFeature[] {
	const end = ({ until }: IncidentFeature) => until ?? Number.POSITIVE_INFINITY;
	const byFeature = Map.groupBy([...a, ...b], ({ service, feature }) => `${service}/${feature}`);
	return [...byFeature.values()].map((same) => same.reduce((x, y) => (end(y) > end(x) ? y : x)));
}

/** The incident with the blame that most of its features carry now; of equals the one it has. */
function reblamed(incident: Incident, blameOf: BlameOf): Incident {
	const votes = new Map<string, { cause: Cause; count: number }>();
	for (const { service, feature, until } of incident.features) {
		const blame = until === undefined ? blameOf(service, feature) : undefined;
		if (!blame) continue;
		const { cause, count } = votes.get(blame.culprit) ?? { cause: blame.cause, count: 0 };
		votes.set(blame.culprit, { cause, count: count + 1 });
	}
	// a provider that has been found at fault is let go only when nothing is left that it explains
	if (incident.cause === "upstream" && votes.has(incident.culprit)) return incident;
	const ownFirst = (culprit: string) => (culprit === incident.culprit ? "" : culprit);
	const [winner] = [...votes].sort(([a, x], [b, y]) => y.count - x.count || (ownFirst(a) < ownFirst(b) ? -1 : 1));
	if (!winner || (winner[0] === incident.culprit && winner[1].cause === incident.cause)) return incident;
	return { ...incident, culprit: winner[0], cause: winner[1].cause };
}
