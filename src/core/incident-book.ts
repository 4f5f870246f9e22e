import { chronicled } from "./chronicle.ts";
import type { Transition } from "./hysteresis.ts";
import {
	type BlameOf,
	COOL_DOWN_MS,
	endedWhere,
	type Incident,
	type IncidentBook,
	type IncidentFeature,
} from "./incidents.ts";
import { isProblem } from "./level.ts";
import { mergeByBlame } from "./merging.ts";
import type { Cause, FeatureName, ServiceId, Time } from "./model.ts";

const LONGEST_COOL_DOWN_MS = 60 * 60_000;
/** Closed incidents that the state remembers; the rest is history's. */
const REMEMBERED = 20;

/** Writes the transitions of one moment into the book. */
export function recordTransitions(
	book: IncidentBook,
	transitions: readonly Transition[],
	blameOf: BlameOf,
	now: Time,
): IncidentBook {
	const before = new Map(book.incidents.map((incident) => [incident.id, incident]));
	const incidents = new Map(before);
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
	return {
		incidents: forget(
			merged.map((after) => chronicled(before.get(after.id), after, now)),
			now,
		),
		nextNumber,
	};
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
			(incident.closedAt === undefined || transition.at - incident.closedAt <= coolDownOf(incident)),
	);
}

function coolDownOf({ reopened = 0 }: Incident): Time {
	return Math.min(LONGEST_COOL_DOWN_MS, COOL_DOWN_MS * 2 ** reopened);
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
	const { closedAt, ...open } = incident;
	return {
		...open,
		...(closedAt !== undefined && { reopened: (incident.reopened ?? 0) + 1 }),
		features: [...incident.features.filter((each) => !same(each)), { service, feature, level, since }],
	};
}

function closedIfOver(incident: Incident, at: Time): Incident {
	return incident.features.every((held) => held.until !== undefined) ? { ...incident, closedAt: at } : incident;
}

/** What may still re-open, or has only just been closed, is never forgotten. */
function forget(incidents: readonly Incident[], now: Time): readonly Incident[] {
	const closedAt = (incident: Incident) => incident.closedAt ?? now;
	const closed = incidents
		.filter((incident) => now - closedAt(incident) > coolDownOf(incident))
		.sort((a, b) => closedAt(a) - closedAt(b));
	const old = new Set(closed.slice(0, Math.max(0, closed.length - REMEMBERED)));
	return old.size === 0 ? incidents : incidents.filter((incident) => !old.has(incident));
}
