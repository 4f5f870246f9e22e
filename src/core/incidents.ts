import type { Happening } from "./chronicle.ts";
import type { Problem } from "./level.ts";
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
	/** How often it has come back within its cool-down: absent for never. */
	readonly reopened?: number;
	/** When and where an official page first admitted it; absent while none has. */
	readonly admitted?: Admission;
	/** Every official page that has admitted it, the first first; absent while none has. */
	readonly admissions?: readonly Admission[];
	/** When own probes first saw something of it; absent where only others speak of it. */
	readonly seenAt?: Time;
	/** So many people report it that nothing else need bear it out; absent where they do not. */
	readonly reported?: true;
	/** It comes and goes; absent where it does not. */
	readonly unstable?: true;
	/** What was seen when, the oldest first. */
	readonly timeline?: readonly Happening[];
	/** The incident that took this one in, where both turned out to be one outage. */
	readonly mergedInto?: string;
	/** Every feature that it has held, with the level it has now, or had last. */
	readonly features: readonly IncidentFeature[];
}

interface Admission {
	readonly at: Time;
	readonly page: string;
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

/** Trouble with the same culprit within this time of the last is the same trouble; what comes back often is given longer. */
export const COOL_DOWN_MS = 10 * 60_000;

/** The blame that a feature's verdict carries now, after attribution. */
export type BlameOf = (service: ServiceId, feature: FeatureName) => { cause: Cause; culprit: string } | undefined;

/** The features with those ended that pass the test. */
export function endedWhere(
	features: readonly IncidentFeature[],
	test: (held: IncidentFeature) => boolean,
	until: Time,
): IncidentFeature[] {
	return features.map((held) => (test(held) ? { ...held, until } : held));
}

/** The features of an incident that are in trouble now. */
export function openFeatures(incident: Incident): readonly IncidentFeature[] {
	return incident.features.filter((held) => held.until === undefined);
}
