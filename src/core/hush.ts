import { hearing, type Wanted } from "./hearing.ts";
import { type Incident, openFeatures } from "./incidents.ts";
import type { FeatureName, ServiceId, Time } from "./model.ts";
import type { DigestIncident, DigestNotice } from "./notice.ts";
import { wantsEnd } from "./notice-rules.ts";
import { newsOf, type Telling, type Tellings, toldNow, toldOver, toTell } from "./tellings.ts";

/** A time in which nothing is shown, because people said so or are not there. */
export interface Hush {
	readonly why: DigestNotice["why"];
	readonly since: Time;
}

/** The hush while there is a reason for one: it began with the first reason, and the latest names it. */
export function hushed(before: Hush | undefined, why: Hush["why"], now: Time): Hush {
	if (!before) return { why, since: now };
	return before.why === why ? before : { ...before, why };
}

/** What there is to say when a hush is over. */
export interface Summary {
	/** Absent where nothing happened, or where one outage that goes on can speak for itself. */
	readonly notice?: DigestNotice;
	/** The tellings once the notice is shown. */
	readonly told: Tellings;
}

interface Item {
	readonly incident: Incident;
	readonly telling: Telling | undefined;
	/** People do not know of it. */
	readonly isNew: boolean;
}

/** What there is to look at when a hush is over. */
interface Scene extends Wanted {
	readonly now: Time;
	readonly incidents: readonly Incident[];
	/** Whether the trouble of a feature is seen now: what is only remembered is not said to go on. */
	readonly isSeen: (service: ServiceId, feature: FeatureName) => boolean;
}

/** Sums up a hush: what goes on, and what was over before people could hear of it or of its end. */
export function sumUp(hush: Hush, told: Tellings, scene: Scene): Summary {
	const { now, isSeen } = scene;
	const items = toTell(scene.incidents, told)
		.flatMap((incident): Item[] => itemOf(incident, told.get(incident.id), hush, scene))
		.filter(({ incident }) => {
			const open = openFeatures(incident);
			return open.length === 0 || open.some(({ service, feature }) => isSeen(service, feature));
		});
	const fresh = items.filter(({ isNew }) => isNew);
	const [only] = fresh;
	if (!only || (fresh.length === 1 && only.incident.closedAt === undefined)) return { told };
	const next = new Map(told);
	for (const { incident, telling } of fresh) {
		if (incident.closedAt === undefined) next.set(incident.id, toldNow(telling, incident, now));
		else if (telling && telling.closedAt === undefined) next.set(incident.id, toldOver(telling, incident, now));
	}
	const listed = items.map(({ incident }) => listing(incident)).sort(goingOnFirst);
	return { notice: { kind: "digest", at: now, ...hush, incidents: listed }, told: next };
}

function itemOf(incident: Incident, before: Telling | undefined, { since }: Hush, wanted: Wanted): Item[] {
	if (incident.mergedInto !== undefined) return [];
	const { incident: heard, telling = before, silent } = hearing(incident, before, wanted);
	if (!heard || silent) return [];
	const isKnown = telling !== undefined && telling.closedAt === undefined;
	if (heard.closedAt === undefined) {
		return [{ incident: heard, telling, isNew: !isKnown || newsOf(telling, heard) !== undefined }];
	}
	const isAwaited = isKnown && heard.features.some(({ service }) => wantsEnd(wanted.rules, service));
	const isNew = isAwaited || (!isKnown && heard.closedAt >= since && heard.closedAt > (telling?.closedAt ?? 0));
	return isNew ? [{ incident: heard, telling, isNew }] : [];
}

function listing(incident: Incident): DigestIncident {
	const { id, cause, culprit, openedAt, closedAt, features } = incident;
	const base = { incident: id, cause, culprit, openedAt };
	return closedAt === undefined ? { ...base, features: openFeatures(incident) } : { ...base, closedAt, features };
}

function goingOnFirst(a: DigestIncident, b: DigestIncident): number {
	const ended = (each: DigestIncident) => each.closedAt ?? Number.POSITIVE_INFINITY;
	if (a.closedAt === undefined && b.closedAt === undefined) return b.openedAt - a.openedAt;
	return ended(b) === ended(a) ? 0 : ended(b) > ended(a) ? 1 : -1;
}
