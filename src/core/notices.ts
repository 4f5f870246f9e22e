import { hearing, type Wanted } from "./hearing.ts";
import { COOL_DOWN_MS, type Incident, openFeatures } from "./incidents.ts";
import { compareLevels, worst } from "./level.ts";
import type { Time } from "./model.ts";
import type { IncidentNotice } from "./notice.ts";
import { wantsEnd } from "./notice-rules.ts";
import {
	newsOf,
	type Telling,
	type Tellings,
	toldNow,
	toldOver,
	toTell,
	wellServices,
	withoutService,
} from "./tellings.ts";

const MINUTE = 60_000;
/** News of an incident that has just been told gathers for this long: siblings fail one after another. */
const GATHER_MS = 60_000;
/** News that comes later gathers only briefly. */
const GATHER_LATER_MS = 20_000;
/** The pause after a notice before another service is named; for anything less it doubles with each notice, up to the longest. */
const PAUSE_MS = 2 * MINUTE;
const LONGEST_PAUSE_MS = 30 * MINUTE;
/** Within this time of its beginning an outage is still found out: news of it need not wait once nothing more is being proved. */
const YOUNG_MS = 10 * MINUTE;
/** But so long after the first notice, and twice as long after each further one. */
const SETTLED_PAUSE_MS = 45_000;
/** A service must be wholly well for this long before people hear that it is, while others are not. */
const WELL_FOR_MS = 10 * MINUTE;

/** What may be said now, and what people want to hear. */
export interface Limits extends Wanted {
	/** How many notices at most. */
	readonly room: number;
	/** Whether nothing that may belong to the incident is being proved just now; not known where absent. */
	readonly isSettled?: (incident: Incident) => boolean;
	/** Whether such a notice may be said at all. */
	readonly allows?: (notice: IncidentNotice) => boolean;
}

/**
 * What to tell of the incidents as they stand: that one began, at once; that it reaches further than people know, or that a whole
 * service is out of it, seldom and gathered; that it is over, at once, unless it has come back before. What may not be said now stays
 * untold, and is told as it stands when it may. Pure; gives the same tellings where nothing changes.
 */
export function decide(
	incidents: readonly Incident[],
	told: Tellings,
	now: Time,
	limits: Limits,
): { notices: readonly IncidentNotice[]; told: Tellings } {
	if (incidents.length === 0 && told.size === 0) return { notices: [], told };
	const steps = toTell(incidents, told).map(
		(incident) => [incident.id, tell(incident, told.get(incident.id), now, limits)] as const,
	);
	const said = firstOf(
		steps.flatMap(([, { notice }]) => (notice && limits.allows?.(notice) !== false ? [notice] : [])),
		limits.room,
	);
	const next = new Map<string, Telling>();
	for (const [id, { notice, telling, after }] of steps) {
		const result = notice && said.has(notice) ? after : telling;
		if (result) next.set(id, result);
	}
	const same = next.size === told.size && [...next].every(([id, telling]) => told.get(id) === telling);
	return { notices: [...said], told: same ? told : next };
}

/** As many as there is room for, in their order: the gravest openings come before what is worse, over or better. */
function firstOf(notices: readonly IncidentNotice[], room: number): ReadonlySet<IncidentNotice> {
	if (notices.length <= room) return new Set(notices);
	const chosen = new Set([...notices].sort((a, b) => urgency(b) - urgency(a)).slice(0, room));
	return new Set(notices.filter((notice) => chosen.has(notice)));
}

function urgency({ kind, features }: IncidentNotice): number {
	const level = worst(features.map((each) => each.level));
	return ["eased", "closed", "worsened", "opened"].indexOf(kind) * 10 + compareLevels(level, "unknown");
}

interface TellingStep {
	/** What could be told, and the telling after that. */
	readonly notice?: IncidentNotice;
	readonly after?: Telling;
	/** The telling where it is not told. */
	readonly telling?: Telling | undefined;
}

function tell(incident: Incident, before: Telling | undefined, now: Time, wanted: Limits): TellingStep {
	if (incident.mergedInto !== undefined) return {};
	const known = before?.closedAt === undefined ? before : undefined;
	if (incident.closedAt !== undefined && !known) return { telling: before };
	const { incident: heard, telling = before, silent = false } = hearing(incident, before, wanted);
	if (!heard) return { telling };
	if (!telling || telling.closedAt !== undefined) {
		if (heard.closedAt !== undefined) return { telling };
		return { notice: notice("opened", heard, now), after: toldNow(telling, heard, now), telling };
	}
	return heard.closedAt === undefined
		? goesOn(heard, telling, now, { silent, wanted })
		: over(heard, telling, now, wanted);
}

/** An end that nobody wants to hear of is known all the same: what comes after it is a beginning. */
function over(incident: Incident, before: Telling, now: Time, { rules }: Wanted): TellingStep {
	if (!incident.features.some(({ service }) => wantsEnd(rules, service)))
		return { telling: toldOver(before, incident, now) };
	const { since } = before.over ?? { since: now };
	const telling = before.over ? before : { ...before, over: { since, incident } };
	if (before.cameBack && now - since < COOL_DOWN_MS) return { telling };
	return { notice: notice("closed", incident, now), after: toldOver(before, incident, now), telling };
}

interface Heard {
	readonly silent: boolean;
	readonly wanted: Limits;
}

function goesOn(incident: Incident, before: Telling, now: Time, { silent, wanted }: Heard): TellingStep {
	const news = silent ? undefined : newsOf(before, incident);
	const telling = remembered(incident, before, now, news !== undefined);
	const sinceTold = now - telling.at;
	const quick = now - incident.openedAt < YOUNG_MS && wanted.isSettled?.(incident) === true;
	const doubled = (quick ? SETTLED_PAUSE_MS : PAUSE_MS) * 2 ** (telling.count - 1);
	const pause = news === "reach" && !quick ? PAUSE_MS : Math.min(LONGEST_PAUSE_MS, doubled);
	if (sinceTold < pause) return { telling };
	const gather = quick || sinceTold > 5 * MINUTE ? GATHER_LATER_MS : GATHER_MS;
	if (telling.newsSince !== undefined && now - telling.newsSince >= gather) {
		return { notice: notice("worsened", incident, now), after: toldNow(telling, incident, now), telling };
	}
	const isWell = Object.entries(telling.wellSince).some(
		([service, since]) => now - since >= WELL_FOR_MS && wantsEnd(wanted.rules, service),
	);
	if (news !== undefined || !isWell) return { telling };
	const left = Object.keys(telling.wellSince).reduce(withoutService, telling);
	return { notice: notice("eased", incident, now), after: toldNow(left, incident, now), telling };
}

/** The telling with its clocks: since when there is news, and since when services are well. */
function remembered(incident: Incident, before: Telling, now: Time, isNews: boolean): Telling {
	const { newsSince, over: _, ...rest } = before;
	const well = wellServices(before, incident);
	const sameWell =
		well.length === Object.keys(before.wellSince).length && well.every((service) => service in before.wellSince);
	if (sameWell && before.over === undefined && isNews === (newsSince !== undefined)) return before;
	const wellSince = Object.fromEntries(well.map((service) => [service, before.wellSince[service] ?? now]));
	return { ...rest, wellSince, ...(isNews && { newsSince: newsSince ?? now }) };
}

function notice(kind: IncidentNotice["kind"], incident: Incident, at: Time): IncidentNotice {
	const { id, cause, culprit, openedAt, closedAt, unstable, features } = incident;
	return {
		kind,
		at,
		incident: id,
		cause,
		culprit,
		openedAt,
		...(closedAt !== undefined && { closedAt }),
		...(unstable && { unstable }),
		features: kind === "closed" ? features : openFeatures(incident),
	};
}
