import type { BrokenUpstream } from "./attribution.ts";
import { STEADY_MS } from "./cadence.ts";
import type { Check } from "./check.ts";
import { type Connectivity, connectivity } from "./connectivity.ts";
import type { Evidence } from "./evidence.ts";
import { freshFor } from "./freshness.ts";
import type { Track } from "./hysteresis.ts";
import { type IncidentBook, openFeatures, takenUp } from "./incidents.ts";
import type { Level } from "./level.ts";
import { type HostState, STRANGER } from "./manners.ts";
import type { Cause, CheckId, FeatureName, Service, ServiceId, Time } from "./model.ts";
import type { OfficialWords } from "./official-levels.ts";
import { randomFrom } from "./random.ts";
import { type Slot, spread } from "./spread.ts";
import { Table } from "./table.ts";
import { alreadyTold, type Tellings } from "./tellings.ts";
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
	/** The official sources of each service. */
	readonly sourcesOf: ReadonlyMap<ServiceId, readonly CheckId[]>;
	readonly runs: Table<CheckId, CheckState>;
	readonly hosts: Table<string, HostState>;
	readonly connection: Connection;
	/** Runs that began earlier do not count: this computer slept, moved or had no connection. */
	readonly trustedSince: Time;
	/** No check starts before: a network that has just come up is not to be judged. */
	readonly holdUntil: Time;
	readonly tracks: Table<FeatureKey, Track>;
	readonly blame: readonly BrokenUpstream[];
	readonly book: IncidentBook;
	/** What people have been told of each incident. */
	readonly told: Tellings;
	/** When every feature was last looked at, whether or not evidence came. */
	readonly reviewedAt: Time;
}

export interface CheckState {
	readonly dueAt: Time;
	/** Runs in a row that failed, as far as they were counted: 0 is no suspicion. */
	readonly attempt: number;
	readonly running: boolean;
	/** The newest first. */
	readonly recent: readonly Evidence[];
	/** What an official page said, in terms of features, when it was last read. */
	readonly words?: OfficialWords;
}

export interface Connection extends Connectivity {
	readonly since: Time;
	/** What people have been told, while they believe that it is lost. */
	readonly announced?: { readonly cause: Cause; readonly since: Time };
}

export type FeatureKey = `${ServiceId}/${FeatureName}`;

export function featureKey(service: ServiceId, feature: FeatureName): FeatureKey {
	return `${service}/${feature}`;
}

/** How long a run of this check speaks for the present: it goes by the check's own pace. */
export function freshMs({ slots }: State, id: CheckId): number {
	return freshFor(slots.get(id)?.intervalMs ?? STEADY_MS);
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
	return {
		now,
		startedAt: now,
		services,
		names: setup.names ?? {},
		checks: new Map(setup.checks.map((check) => [check.id, check])),
		slots: spread(setup.checks, services, setup.intervalMs ?? STEADY_MS, random),
		probesOf: idsBy(setup.checks, (check) => check.kind === "probe" && featureKey(check.service, check.feature)),
		sourcesOf: idsBy(setup.checks, (check) => check.kind === "source" && check.service),
		runs: Table.from(setup.checks.map((check) => [check.id, { dueAt: now, attempt: 0, running: false, recent: [] }])),
		hosts: Table.from(setup.checks.map((check) => [check.host, STRANGER])),
		connection: { ...connectivity([], now), since: now },
		trustedSince: now,
		holdUntil: now,
		tracks: Table.from([...setup.services.flatMap((service) => newTracks(service, now)), ...tracksIn(book)]),
		blame: [],
		book,
		told: alreadyTold(book.incidents, now),
		reviewedAt: now,
		seed: random.seed,
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
