import { type Incident, openFeatures } from "./incidents.ts";
import { compareLevels, isProblem, type Problem } from "./level.ts";
import type { ServiceId, Time } from "./model.ts";
import type { FeatureKey } from "./state.ts";

/** What people have been told of one incident: news is what differs from it. */
export interface Telling {
	/** When they were last told something, and how often they have been. */
	readonly at: Time;
	readonly count: number;
	/** Who was blamed, the latest last. */
	readonly culprits: readonly string[];
	/** Features by key that they have heard of, at the worst level that was told. */
	readonly features: Readonly<Record<string, Problem>>;
	/** The services that they believe to be in trouble now. */
	readonly believed: readonly ServiceId[];
	/** Since when there has been news that they do not know. */
	readonly newsSince?: Time;
	/** Since when all told features of a service have been seen to be well, while others of the incident are not. */
	readonly wellSince: Readonly<Record<ServiceId, Time>>;
	/** Since when the whole of it has been seen to be over, and what it was, until they are told. */
	readonly over?: { readonly since: Time; readonly incident: Incident };
	/** When they were told that it is over. */
	readonly closedAt?: Time;
	/** Whether it came back after that. */
	readonly cameBack: boolean;
}

/** By incident. */
export type Tellings = ReadonlyMap<string, Telling>;

/** The incidents of the book, and those that it has forgotten before people heard of their end. */
export function toTell(incidents: readonly Incident[], told: Tellings): readonly Incident[] {
	const ended = [...told.values()].flatMap(({ over }) => (over ? [over.incident] : []));
	const forgotten = ended.filter(({ id }) => !incidents.some((known) => known.id === id));
	return forgotten.length === 0 ? incidents : [...incidents, ...forgotten];
}

/** The telling after people have been told how the incident stands now. */
export function toldNow(before: Telling | undefined, incident: Incident, now: Time): Telling {
	const believed = before?.closedAt === undefined ? (before?.believed ?? []) : [];
	return {
		at: now,
		count: (before?.count ?? 0) + 1,
		culprits: [...(before?.culprits ?? []).filter((each) => each !== incident.culprit), incident.culprit],
		features: { ...before?.features, ...worstOf(levelsOf(incident), before?.features) },
		believed: [...new Set([...believed, ...openFeatures(incident).map(({ service }) => service)])],
		wellSince: {},
		cameBack: before?.cameBack === true || before?.closedAt !== undefined,
	};
}

/** The telling after people have been told that it is over, and what it had reached, whether or not they had heard of it all. */
export function toldOver(before: Telling, incident: Incident, now: Time): Telling {
	const { over: _, newsSince: __, ...rest } = before;
	const reached = Object.fromEntries(
		incident.features.map(({ service, feature, level }) => [`${service}/${feature}`, level]),
	);
	const features = { ...before.features, ...worstOf(reached, before.features) };
	return { ...rest, features, believed: [], wellSince: {}, closedAt: now };
}

/**
 * The telling without what people have heard of one service, in another way or not at all: where the service is in trouble still, that is
 * news to them.
 */
export function withoutService(telling: Telling, service: ServiceId): Telling {
	const others = Object.entries(telling.features).filter(([key]) => serviceOf(key) !== service);
	if (others.length === Object.keys(telling.features).length) return telling;
	const { [service]: _, ...wellSince } = telling.wellSince;
	const believed = telling.believed.filter((each) => each !== service);
	return { ...telling, features: Object.fromEntries(others), believed, wellSince };
}

/** The telling without some of its features, without a word: over at `at` where nothing else was told. */
export function forgetting(telling: Telling, test: (key: FeatureKey) => boolean, at: Time): Telling {
	if (telling.closedAt !== undefined) return telling;
	const known = Object.entries(telling.features);
	const left = known.filter(([key]) => !test(key as FeatureKey));
	if (left.length === known.length) return telling;
	const features = Object.fromEntries(left);
	const services = new Set(Object.keys(features).map(serviceOf));
	const believed = telling.believed.filter((service) => services.has(service));
	const { over: _, newsSince: __, ...rest } = { ...telling, features, believed, wellSince: {} };
	return believed.length === 0 ? { ...rest, closedAt: at } : rest;
}

/**
 * The tellings after `unseenMs` in which nothing was looked at, or under a clock that was set back to `now`: what must be seen for a
 * while has not been seen then, and nothing lies in the future.
 */
export function afterUnseen(told: Tellings, unseenMs: Time, now: Time): Tellings {
	const later = (since: Time) => Math.min(now, since + unseenMs);
	return new Map(
		[...told].map(([id, telling]) => [
			id,
			{
				...telling,
				at: Math.min(telling.at, now),
				...(telling.newsSince !== undefined && { newsSince: Math.min(telling.newsSince, now) }),
				wellSince: Object.fromEntries(
					Object.entries(telling.wellSince).map(([service, since]) => [service, later(since)]),
				),
				...(telling.over && { over: { ...telling.over, since: later(telling.over.since) } }),
			},
		]),
	);
}

function worstOf(now: Telling["features"], before: Telling["features"] = {}): Telling["features"] {
	const worse = (key: string, level: Problem) => {
		const known = before[key];
		return known !== undefined && compareLevels(known, level) > 0 ? known : level;
	};
	return Object.fromEntries(Object.entries(now).map(([key, level]) => [key, worse(key, level)]));
}

/** Features in trouble now, by key. */
function levelsOf(incident: Incident): Record<string, Problem> {
	return Object.fromEntries(
		openFeatures(incident).map(({ service, feature, level }) => [`${service}/${feature}`, level]),
	);
}

/**
 * What the incident holds that people do not know: `reach` is another service or another culprit, `depth` another feature of a
 * service they know of, a fall from unreliable to down, or a culprit they have heard of before.
 */
export function newsOf(telling: Telling, incident: Incident): "reach" | "depth" | undefined {
	const services = new Set(Object.keys(telling.features).map(serviceOf));
	const joined = openFeatures(incident).some(({ service }) => !services.has(service));
	if (joined || !telling.culprits.includes(incident.culprit)) return "reach";
	if (incident.culprit !== telling.culprits.at(-1)) return "depth";
	const deeper = Object.entries(levelsOf(incident)).some(([key, level]) => {
		const known = telling.features[key];
		return known === undefined || (isDown(level) && !isDown(known));
	});
	return deeper ? "depth" : undefined;
}

function isDown(level: Problem): boolean {
	return isProblem(level) && level !== "degraded";
}

/** The services that people believe to be in trouble and that are wholly well. */
export function wellServices(telling: Telling, incident: Incident): ServiceId[] {
	const troubled = new Set(openFeatures(incident).map(({ service }) => service));
	return telling.believed.filter((service) => !troubled.has(service));
}

export function serviceOf(key: string): ServiceId {
	return key.slice(0, key.indexOf("/"));
}
