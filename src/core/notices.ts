import { COOL_DOWN_MS, type Incident, type IncidentFeature, openFeatures } from "./incidents.ts";
import type { Cause, Time } from "./model.ts";
import type { Connection } from "./state.ts";
import { newsOf, type Telling, type Tellings, toldNow, toldOver, wellServices } from "./tellings.ts";

/** Something worth telling people, once. */
export type Notice = IncidentNotice | ConnectionNotice;

export interface IncidentNotice {
	readonly kind: "opened" | "worsened" | "eased" | "closed";
	readonly at: Time;
	/** The same from opening to closing. */
	readonly incident: string;
	readonly cause: Cause;
	readonly culprit: string;
	readonly openedAt: Time;
	/** Every feature the incident holds now; when it closes, those it held. */
	readonly features: readonly IncidentFeature[];
}

export interface ConnectionNotice {
	readonly kind: "connection_lost" | "connection_back";
	readonly at: Time;
	readonly cause: Cause;
	readonly since: Time;
}

const MINUTE = 60_000;
/** A connection lost for less than this is nobody's business. */
export const CONNECTION_GRACE_MS = 45_000;
/** News of an incident that has just been told gathers for this long: siblings fail one after another. */
const GATHER_MS = 60_000;
/** News that comes later gathers only briefly. */
const GATHER_LATER_MS = 20_000;
/** The pause after a notice before another service is named; for anything less it doubles with each notice, up to the longest. */
const PAUSE_MS = 2 * MINUTE;
const LONGEST_PAUSE_MS = 30 * MINUTE;
/** A service must be wholly well for this long before people hear that it is, while others are not. */
const WELL_FOR_MS = 10 * MINUTE;

/**
 * What to tell of the incidents as they stand: that one began, at once; that it reaches further than people know, or that a whole
 * service is out of it, seldom and gathered; that it is over, at once, unless it has come back before. Pure.
 */
export function decide(
	incidents: readonly Incident[],
	told: Tellings,
	now: Time,
): { notices: readonly IncidentNotice[]; told: Tellings } {
	const notices: IncidentNotice[] = [];
	const next = new Map<string, Telling>();
	for (const incident of incidents) {
		const step = tell(incident, told.get(incident.id), now);
		if (step.kind) notices.push(notice(step.kind, incident, now));
		if (step.telling) next.set(incident.id, step.telling);
	}
	return { notices, told: next.size === 0 && told.size === 0 ? told : next };
}

interface TellingStep {
	readonly kind?: IncidentNotice["kind"];
	readonly telling?: Telling;
}

function tell(incident: Incident, before: Telling | undefined, now: Time): TellingStep {
	if (incident.mergedInto !== undefined) return {};
	if (incident.closedAt !== undefined) return before ? over(incident, before, now) : {};
	if (!before || before.closedAt !== undefined) return { kind: "opened", telling: toldNow(before, incident, now) };
	return goesOn(incident, before, now);
}

function over(incident: Incident, before: Telling, now: Time): TellingStep {
	const { closedAt = now } = incident;
	const quietFor = before.cameBack ? COOL_DOWN_MS : 0;
	if (before.closedAt !== undefined || now - closedAt < quietFor) return { telling: before };
	return { kind: "closed", telling: toldOver(before, incident, now) };
}

function goesOn(incident: Incident, before: Telling, now: Time): TellingStep {
	const telling = remembered(incident, before, now);
	const sinceTold = now - telling.at;
	const news = newsOf(telling, incident);
	const pause = news === "reach" ? PAUSE_MS : Math.min(LONGEST_PAUSE_MS, PAUSE_MS * 2 ** (telling.count - 1));
	if (sinceTold < pause) return { telling };
	const gather = sinceTold > 5 * MINUTE ? GATHER_LATER_MS : GATHER_MS;
	if (telling.newsSince !== undefined && now - telling.newsSince >= gather) {
		return { kind: "worsened", telling: toldNow(telling, incident, now) };
	}
	const isWell = Object.values(telling.wellSince).some((since) => now - since >= WELL_FOR_MS);
	if (news !== undefined || !isWell) return { telling };
	const gone = new Set(Object.keys(telling.wellSince));
	const features = Object.entries(telling.features).filter(([key]) => !gone.has(key.slice(0, key.indexOf("/"))));
	return { kind: "eased", telling: toldNow({ ...telling, features: Object.fromEntries(features) }, incident, now) };
}

/** The telling with its clocks: since when there is news, and since when services are well. */
function remembered(incident: Incident, before: Telling, now: Time): Telling {
	const { newsSince, ...rest } = before;
	const wellSince = Object.fromEntries(
		wellServices(before, incident).map((service) => [service, before.wellSince[service] ?? now]),
	);
	return { ...rest, wellSince, ...(newsOf(before, incident) && { newsSince: newsSince ?? now }) };
}

function notice(kind: IncidentNotice["kind"], incident: Incident, at: Time): IncidentNotice {
	const { id, cause, culprit, openedAt, features } = incident;
	return {
		kind,
		at,
		incident: id,
		cause,
		culprit,
		openedAt,
		features: kind === "closed" ? features : openFeatures(incident),
	};
}

/** Says that the connection is lost once it has been for a while, and that it is back only where people were told. */
export function connectionNotice(connection: Connection, now: Time): ConnectionNotice | undefined {
	const { state, since, announced, cause = "unknown" } = connection;
	if (state === "trouble" && !announced && now - since >= CONNECTION_GRACE_MS) {
		return { kind: "connection_lost", at: now, cause, since };
	}
	return state === "online" && announced ? { kind: "connection_back", at: now, ...announced } : undefined;
}
