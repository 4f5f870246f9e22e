import type { Transition } from "./hysteresis.ts";
import { isProblem, type Problem } from "./level.ts";
import type { Cause, FeatureName, ServiceId, Time } from "./model.ts";

/** One outage as people would tell it: all features that fail for the same reason, from first to last. */
export interface Incident {
	/** `i1`, `i2`, …; kept when the incident re-opens within its cool-down. */
	readonly id: string;
	readonly cause: Cause;
	/** The owner or provider at fault. */
	readonly culprit: string;
	readonly openedAt: Time;
	/** Absent while it is open. */
	readonly closedAt?: Time;
	/** The incident that took this one in, where both turned out to be one outage. */
	readonly mergedInto?: string;
	/** Every feature that it has held, with the level it has now, or had last. */
	readonly features: readonly IncidentFeature[];
}

export interface IncidentFeature {
	readonly service: ServiceId;
	readonly feature: FeatureName;
	readonly level: Problem;
	readonly since: Time;
	/** When the trouble was over, or moved to another incident; absent while the feature is in trouble here. */
	readonly until?: Time;
}

export interface IncidentBook {
	readonly incidents: readonly Incident[];
	/** The number that the next new incident gets. */
	readonly nextNumber: number;
}

/** Trouble with the same culprit within this time of the last is the same trouble. */
export const COOL_DOWN_MS = 10 * 60_000;
/** Closed incidents that the state remembers; the rest is history's. */
const REMEMBERED = 20;

/** The blame that a feature's verdict carries now, after attribution. */
export type BlameOf = (service: ServiceId, feature: FeatureName) => { cause: Cause; culprit: string } | undefined;

/** Writes the transitions of one moment into the book. */
export function recordTransitions(
	book: IncidentBook,
	transitions: readonly Transition[],
	blameOf: BlameOf,
	now: Time,
): IncidentBook {
	const incidents = new Map(book.incidents.map((incident) => [incident.id, incident]));
	let { nextNumber } = book;
	for (const transition of transitions) {
		const holder = holderOf(transition, incidents.values());
		if (!holder && !isProblem(transition.level)) continue;
		const incident =
			holder ??
			blamedBy(transition, incidents.values(), blameOf) ??
			newIncident(`i${nextNumber++}`, transition, blameOf);
		incidents.set(incident.id, withTransition(incident, transition));
	}
	const merged = [...mergeByBlame(incidents, blameOf, now).values()];
	return { incidents: forget(merged, now), nextNumber };
}

/** The book of an earlier run, with the trouble of what is no longer watched ended: nothing would ever tell that it is over. */
export function takenUp(
	book: IncidentBook,
	isWatched: (service: ServiceId, feature: FeatureName) => boolean,
	now: Time,
): IncidentBook {
	const incidents = book.incidents.map((incident) => {
		const lost = (held: IncidentFeature) => held.until === undefined && !isWatched(held.service, held.feature);
		if (incident.closedAt !== undefined || !incident.features.some(lost)) return incident;
		return closedIfOver({ ...incident, features: endedWhere(incident.features, lost, now) }, now);
	});
	return { ...book, incidents };
}

/** The open incident that already holds the feature. */
function holderOf({ service, feature }: Transition, incidents: Iterable<Incident>): Incident | undefined {
	return [...incidents].find(
		(incident) =>
			incident.closedAt === undefined &&
			incident.features.some(
				(held) => held.service === service && held.feature === feature && held.until === undefined,
			),
	);
}

/** The incident with the same culprit that is open, or was a moment ago. */
function blamedBy(transition: Transition, incidents: Iterable<Incident>, blameOf: BlameOf): Incident | undefined {
	const { culprit } = blameFor(transition, blameOf);
	return [...incidents].findLast(
		(incident) =>
			incident.culprit === culprit &&
			incident.mergedInto === undefined &&
			(incident.closedAt === undefined || transition.at - incident.closedAt <= COOL_DOWN_MS),
	);
}

function blameFor({ service, feature }: Transition, blameOf: BlameOf): { cause: Cause; culprit: string } {
	return blameOf(service, feature) ?? { cause: "service", culprit: service };
}

function newIncident(id: string, transition: Transition, blameOf: BlameOf): Incident {
	return { id, ...blameFor(transition, blameOf), openedAt: transition.at, features: [] };
}

function withTransition(incident: Incident, { service, feature, level, at, kind }: Transition): Incident {
	const same = (held: IncidentFeature) => held.service === service && held.feature === feature;
	const held = incident.features.find((each) => same(each) && each.until === undefined);
	if (!isProblem(level))
		return closedIfOver({ ...incident, features: endedWhere(incident.features, (each) => each === held, at) }, at);
	const since = kind === "opened" || !held ? at : held.since;
	const { closedAt: _, ...open } = incident;
	return {
		...open,
		features: [...incident.features.filter((each) => !same(each)), { service, feature, level, since }],
	};
}

function endedWhere(
	features: readonly IncidentFeature[],
	test: (held: IncidentFeature) => boolean,
	until: Time,
): IncidentFeature[] {
	return features.map((held) => (test(held) ? { ...held, until } : held));
}

function closedIfOver(incident: Incident, at: Time): Incident {
	return incident.features.every((held) => held.until !== undefined) ? { ...incident, closedAt: at } : incident;
}

/**
 * Open incidents whose features are now blamed on the same culprit become one; the oldest keeps its id. So a service that
 * seemed broken alone moves into its CDN's incident once a second, unrelated one fails behind the same CDN.
 */
function mergeByBlame(incidents: ReadonlyMap<string, Incident>, blameOf: BlameOf, now: Time): Map<string, Incident> {
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
	const ownFirst = (culprit: string) => (culprit === incident.culprit ? "" : culprit);
	const [winner] = [...votes].sort(([a, x], [b, y]) => y.count - x.count || (ownFirst(a) < ownFirst(b) ? -1 : 1));
	if (!winner || (winner[0] === incident.culprit && winner[1].cause === incident.cause)) return incident;
	return { ...incident, culprit: winner[0], cause: winner[1].cause };
}

/** The features of an incident that are in trouble now. */
export function openFeatures(incident: Incident): readonly IncidentFeature[] {
	return incident.features.filter((held) => held.until === undefined);
}

/** What may still re-open, or has only just been closed, is never forgotten. */
function forget(incidents: readonly Incident[], now: Time): readonly Incident[] {
	const closedAt = (incident: Incident) => incident.closedAt ?? now;
	const closed = incidents
		.filter((incident) => now - closedAt(incident) > COOL_DOWN_MS)
		.sort((a, b) => closedAt(a) - closedAt(b));
	const old = new Set(closed.slice(0, Math.max(0, closed.length - REMEMBERED)));
	return old.size === 0 ? incidents : incidents.filter((incident) => !old.has(incident));
}
