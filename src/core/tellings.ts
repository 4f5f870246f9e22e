import { type Incident, openFeatures } from "./incidents.ts";
import { compareLevels, isProblem, type Problem } from "./level.ts";
import type { ServiceId, Time } from "./model.ts";

/** What people have been told of one incident: news is what differs from it. */
export interface Telling {
	/** When they were last told something, and how often they have been. */
	readonly at: Time;
	readonly count: number;
	/** Who was blamed, the latest last. */
	readonly culprits: readonly string[];
	/** Features by key, at the worst level that was told. */
	readonly features: Readonly<Record<string, Problem>>;
	/** Since when there has been news that they do not know. */
	readonly newsSince?: Time;
	/** Since when all told features of a service have been well, while others of the incident are not. */
	readonly wellSince: Readonly<Record<ServiceId, Time>>;
	/** When they were told that it is over. */
	readonly closedAt?: Time;
	/** Whether it came back after that. */
	readonly cameBack: boolean;
}

/** By incident. */
export type Tellings = ReadonlyMap<string, Telling>;

/** Open incidents of an earlier run have been told by it. */
export function alreadyTold(incidents: readonly Incident[], now: Time): Tellings {
	return new Map(
		incidents
			.filter(({ closedAt }) => closedAt === undefined)
			.map((incident) => [incident.id, toldNow(undefined, incident, now)]),
	);
}

/** The telling after people have been told how the incident stands now. */
export function toldNow(before: Telling | undefined, incident: Incident, now: Time): Telling {
	return {
		at: now,
		count: (before?.count ?? 0) + 1,
		culprits: [...(before?.culprits ?? []).filter((each) => each !== incident.culprit), incident.culprit],
		features: { ...before?.features, ...worstOf(levelsOf(incident), before?.features) },
		wellSince: {},
		cameBack: before?.cameBack === true || before?.closedAt !== undefined,
	};
}

/** The telling after people have been told that it is over, and what it had reached, whether or not they had heard of it all. */
export function toldOver(before: Telling, incident: Incident, now: Time): Telling {
	const reached = Object.fromEntries(
		incident.features.map(({ service, feature, level }) => [`${service}/${feature}`, level]),
	);
	return { ...before, features: { ...before.features, ...worstOf(reached, before.features) }, closedAt: now };
}

/** The tellings under a clock that was set back to `now`: what lies in its new future was told now, or is noticed anew. */
export function toldBy(told: Tellings, now: Time): Tellings {
	return new Map(
		[...told].map(([id, { newsSince: _, ...telling }]) => [
			id,
			{ ...telling, at: Math.min(telling.at, now), wellSince: {} },
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
	const services = new Set(servicesIn(telling));
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
	return servicesIn(telling).filter((service) => !troubled.has(service));
}

function servicesIn({ features }: Telling): ServiceId[] {
	return [...new Set(Object.keys(features).map((key) => key.slice(0, key.indexOf("/"))))];
}
