import type { BrokenUpstream } from "./attribution.ts";
import type { Baseline } from "./baseline.ts";
import { STEADY_MS } from "./cadence.ts";
import type { Check, ProbeCheck } from "./check.ts";
import { type Connectivity, connectivity } from "./connectivity.ts";
import { type Desk, deskBy, newDesk } from "./desk.ts";
import type { Evidence } from "./evidence.ts";
import { freshFor } from "./freshness.ts";
import type { Track } from "./hysteresis.ts";
import { takenUp } from "./incident-book.ts";
import { type IncidentBook, openFeatures } from "./incidents.ts";
import type { Level } from "./level.ts";
import { type Line, UNKNOWN_LINE } from "./line.ts";
import type { ZoneOffsetAt } from "./local-time.ts";
import { type HostState, STRANGER } from "./manners.ts";
import type { CheckId, FeatureName, Service, ServiceId, Time } from "./model.ts";
import type { OfficialWords } from "./official-levels.ts";
import type { Pace } from "./pace.ts";
import { AT_WORK, type Power, stretch } from "./power.ts";
import { NOT_ASKED, type QuietSpell } from "./quiet-hours.ts";
import { randomFrom } from "./random.ts";
import { DEFAULT_NOTIFICATIONS, type NotificationSettings } from "./settings.ts";
import { type Sharers, sharersIn } from "./sharing.ts";
import { type Slot, spread } from "./spread.ts";
import { Table } from "./table.ts";
import { forgetting } from "./tellings.ts";
import type { Verdict } from "./verdict.ts";

/** Everything Semaforo knows at one moment. Only `reduce` makes the next one. */
export interface State {
	readonly now: Time;
	readonly startedAt: Time;
	/** Of the random numbers to come. */
	readonly seed: number;
	readonly services: ReadonlyMap<ServiceId, Service>;
	readonly names: Readonly<Record<string, string>>;
	readonly checks: ReadonlyMap<CheckId, Check>;
	readonly slots: ReadonlyMap<CheckId, Slot>;
	/** The probes of each feature. */
	readonly probesOf: ReadonlyMap<FeatureKey, readonly CheckId[]>;
	/** The probes of all services of each owner. */
	readonly probesOfOwner: ReadonlyMap<string, readonly ProbeCheck[]>;
	/** The official sources of each service. */
	readonly sourcesOf: ReadonlyMap<ServiceId, readonly CheckId[]>;
	/** Where other people's reports of each service are read. */
	readonly reportsOf: ReadonlyMap<ServiceId, readonly CheckId[]>;
	/** Of the checks that read the same page as others do, those others. */
	readonly sharers: Sharers;
	readonly runs: Table<CheckId, CheckState>;
	readonly hosts: Table<string, HostState>;
	readonly connection: Connection;
	/** What this network loses, learnt from the controls. */
	readonly line: Line;
	/** Runs that began earlier do not count: this computer slept, moved or had no connection. */
	readonly trustedSince: Time;
	/** No check starts before: a network that has just come up is not to be judged. */
	readonly holdUntil: Time;
	/** What somebody last wanted to know at once, and since when. */
	readonly asked?: Asked;
	readonly tracks: Table<FeatureKey, Track>;
	readonly blame: readonly BrokenUpstream[];
	readonly book: IncidentBook;
	/** What people have been told, and have asked for. */
	readonly desk: Desk;
	readonly notifications: NotificationSettings;
	readonly zoneOffsetAt: ZoneOffsetAt;
	readonly quiet: QuietSpell;
	/** Nobody is there. */
	readonly locked: boolean;
	readonly power: Power;
	/** When the incidents were last looked at with a connection. */
	readonly lookedAt: Time;
	/** When every feature was last looked at, whether or not evidence came. */
	readonly reviewedAt: Time;
}

export interface CheckState {
	readonly dueAt: Time;
	/** Runs that the present suspicion has taken, of failures alone where it is a page: 0 is no suspicion. */
	readonly attempt: number;
	readonly running: boolean;
	/** The newest first. */
	readonly recent: readonly Evidence[];
	/** How long it takes, of a probe or a control that has passed. */
	readonly pace?: Pace;
	/** What an official page said, in terms of features, when it was last read. */
	readonly words?: OfficialWords;
	/** What is usual, of reports that have been counted. */
	readonly baseline?: Baseline;
}

export interface Asked {
	readonly at: Time;
	/** All of them where absent. */
	readonly services?: readonly ServiceId[];
}

export interface Connection extends Connectivity {
	readonly since: Time;
}

export type FeatureKey = `${ServiceId}/${FeatureName}`;

export function featureKey(service: ServiceId, feature: FeatureName): FeatureKey {
	return `${service}/${feature}`;
}

/** How often a check is asked in quiet times, as things are. */
export function slotOf({ slots, checks, power }: State, id: CheckId): Slot {
	const { intervalMs, phase } = slots.get(id) ?? { intervalMs: STEADY_MS, phase: 0 };
	return { intervalMs: intervalMs * stretch(power, checks.get(id)?.kind), phase };
}

/** How long a run of this check speaks for the present: it goes by the check's own pace. */
export function freshMs(state: State, id: CheckId): number {
	return freshFor(slotOf(state, id).intervalMs);
}

/** What to watch, and the two things that core must be given: the time and a seed. */
export interface Setup {
	readonly services: readonly Service[];
	/** Of those services, and the controls. */
	readonly checks: readonly Check[];
	readonly now: Time;
	/** Any whole number; the same seed gives the same schedule. */
	readonly seed: number;
	/** The quiet pace, ms; five minutes unless told. */
	readonly intervalMs?: number;
	/** Names by id of every owner and service that may be named, watched or not. */
	readonly names?: Readonly<Record<string, string>>;
	/** Open and recent incidents of an earlier run. */
	readonly book?: IncidentBook;
	/** What an earlier run had told people, and been asked for; nothing where absent. */
	readonly desk?: Desk;
	/** What earlier runs counted of reports. */
	readonly baselines?: ReadonlyMap<CheckId, Baseline>;
	/** Those of people who have chosen nothing, unless told. */
	readonly notifications?: NotificationSettings;
	/** UTC unless told. */
	readonly zoneOffsetAt?: ZoneOffsetAt;
}

const NOTHING_SEEN: Verdict = {
	level: "unknown",
	cause: "unknown",
	confidence: 0,
	standing: "none",
	reasons: [],
	suspects: [],
};

/** The state at the start: everything unknown, every check due at once. */
export function createState(setup: Setup): State {
	const { now } = setup;
	const random = randomFrom(setup.seed);
	const services = new Map(setup.services.map((service) => [service.id, service]));
	const isWatched = (service: ServiceId, feature: FeatureName) =>
		services.get(service)?.features.some(({ name }) => name === feature) ?? false;
	const book = takenUp(setup.book ?? { incidents: [], nextNumber: 1 }, isWatched, now);
	const tracks = Table.from([...setup.services.flatMap((service) => newTracks(service, now)), ...tracksIn(book)]);
	return {
		now,
		startedAt: now,
		services,
		names: setup.names ?? {},
		checks: new Map(setup.checks.map((check) => [check.id, check])),
		slots: spread(setup.checks, services, setup.intervalMs ?? STEADY_MS, random),
		probesOf: idsBy(setup.checks, (check) => check.kind === "probe" && featureKey(check.service, check.feature)),
		probesOfOwner: Map.groupBy(
			setup.checks.filter(isProbe),
			(check) => services.get(check.service)?.owner.id ?? check.service,
		),
		sourcesOf: idsBy(setup.checks, (check) => check.kind === "source" && check.service),
		reportsOf: idsBy(setup.checks, (check) => check.kind === "reports" && check.service),
		sharers: sharersIn(setup.checks),
		runs: Table.from(setup.checks.map(({ id }) => [id, newRun(setup, id)])),
		hosts: Table.from(setup.checks.map((check) => [check.host, STRANGER])),
		connection: { ...connectivity([], now), since: now },
		line: UNKNOWN_LINE,
		trustedSince: now,
		holdUntil: now,
		tracks,
		blame: [],
		book,
		desk: setup.desk ? takenUpDesk(setup.desk, tracks, now) : newDesk(now),
		notifications: setup.notifications ?? DEFAULT_NOTIFICATIONS,
		zoneOffsetAt: setup.zoneOffsetAt ?? (() => 0),
		quiet: NOT_ASKED,
		locked: false,
		power: AT_WORK,
		lookedAt: now,
		reviewedAt: now,
		seed: random.seed,
	};
}

function newRun({ now, baselines }: Setup, id: CheckId): CheckState {
	const baseline = baselines?.get(id);
	return { dueAt: now, attempt: 0, running: false, recent: [], ...(baseline && { baseline }) };
}

function isProbe(check: Check): check is ProbeCheck {
	return check.kind === "probe";
}

/** What is no longer watched is forgotten: nobody can tell any more that it is well. */
function takenUpDesk(desk: Desk, tracks: State["tracks"], now: Time): Desk {
	const services = new Set([...tracks.values()].map(({ service }) => service));
	const isWatched = ({ service }: { readonly service?: ServiceId }) => service === undefined || services.has(service);
	const { told, ...rest } = deskBy(desk, now, now);
	const isGone = (key: FeatureKey) => tracks.get(key) === undefined;
	return {
		...rest,
		told: new Map([...told].map(([id, telling]) => [id, forgetting(telling, isGone, now)])),
		mutes: desk.mutes.filter(isWatched),
		awaited: desk.awaited.filter(isWatched),
	};
}

function newTracks(service: Service, now: Time): [FeatureKey, Track][] {
	return service.features.map(({ name }) => [featureKey(service.id, name), newTrack(service.id, name, "unknown", now)]);
}

/** Features that were in trouble when the last run ended are taken up where they were left. */
function tracksIn(book: IncidentBook): [FeatureKey, Track][] {
	return book.incidents
		.filter((incident) => incident.closedAt === undefined)
		.flatMap(openFeatures)
		.map(({ service, feature, level, since }) => [
			featureKey(service, feature),
			newTrack(service, feature, level, since),
		]);
}

function newTrack(service: ServiceId, feature: FeatureName, level: Level, since: Time): Track {
	return { service, feature, level, since, verdict: NOTHING_SEEN };
}

function idsBy<K extends string>(checks: readonly Check[], key: (check: Check) => K | false): Map<K, CheckId[]> {
	const ids = new Map<K, CheckId[]>();
	for (const check of checks) {
		const owner = key(check);
		if (owner === false) continue;
		const list = ids.get(owner);
		if (list) list.push(check.id);
		else ids.set(owner, [check.id]);
	}
	return ids;
}
