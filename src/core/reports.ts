import type { ReportsProvider } from "./check.ts";
import type { Problem } from "./level.ts";
import type { Feature, FeatureName, Time } from "./model.ts";

/** How far reports are above the usual. */
export type Spike = "none" | "moderate" | "strong";

/** One count, beside what is usual at its hour; both an hour. */
export interface Reading {
	readonly perHour: number;
	readonly usual: number;
	readonly at: Time;
}

/** What fresh reports say of one service, by one provider. */
export interface ReportsWord {
	readonly provider: ReportsProvider;
	/** The newest count; absent where the provider does not count. */
	readonly count?: Pick<Reading, "perHour" | "usual">;
	/** What they are about; absent where the provider does not say. */
	readonly features?: readonly FeatureName[];
	/** Where they come from; empty where the provider does not say. */
	readonly regions: readonly string[];
	/** What the newest reading shows: enough to bear out what something else suspects. */
	readonly seen: Spike;
	/** What has lasted, or is too much to be an accident: enough to stand alone. */
	readonly proven: Spike;
	/** Counted, and as few as ever for long enough. */
	readonly calm: boolean;
	/** Few beside those of another service, while its own hosts answer: people blame whatever they use to reach the broken one. */
	readonly bystander?: true;
	readonly at: Time;
}

/** What reports amount to for one feature. */
export interface Reported {
	/** Trouble that they show by themselves. */
	readonly level?: Problem;
	readonly spike: Spike;
	/** They bear out what own probes suspect. */
	readonly backs: boolean;
	/** Every count is as low as ever, and has been for long enough to call trouble over. */
	readonly calm: boolean;
}

const MODERATE = { times: 5, perHour: 50 };
const STRONG = { times: 20, perHour: 200 };
/** So many times the usual are believed at once. */
const AT_ONCE_TIMES = 50;
/** Anything less must be seen twice, this far apart. */
const LASTING_MS = 10 * 60_000;
/** Readings further apart than this have nothing to do with one another. */
const APART_MS = 90 * 60_000;
/** Of the greatest spike; less is a bystander's. */
const BYSTANDER_SHARE = 0.1;
/** Where next to nothing is usual a handful of reports is no multitude. */
const LEAST_USUAL = 1;

const SPIKES: readonly Spike[] = ["none", "moderate", "strong"];

/** How far one count is above the usual. */
export function spikeOf({ perHour, usual }: Pick<Reading, "perHour" | "usual">): Spike {
	const isAbove = ({ times, perHour: least }: typeof STRONG) =>
		perHour >= least && perHour >= times * Math.max(LEAST_USUAL, usual);
	return isAbove(STRONG) ? "strong" : isAbove(MODERATE) ? "moderate" : "none";
}

/** What readings, the newest first, show for sure: what all of the last ten minutes and more show, or the newest alone where it is enormous. */
export function provenSpike(readings: readonly Reading[]): Spike {
	const [newest] = readings;
	if (!newest) return "none";
	const spike = spikeOf(newest);
	if (spike === "strong" && newest.perHour >= AT_ONCE_TIMES * Math.max(LEAST_USUAL, newest.usual)) return spike;
	const lasting = lastingOf(readings);
	return lasting.length === 0 ? "none" : leastOf(lasting.map(spikeOf));
}

/** Whether readings, the newest first, have been as low as ever for ten minutes and more. */
export function isCalm(readings: readonly Reading[]): boolean {
	const lasting = lastingOf(readings);
	return lasting.length > 0 && lasting.every((reading) => spikeOf(reading) === "none");
}

/** The newest readings back to one that is ten minutes older; none where nothing reaches back so far. */
function lastingOf(readings: readonly Reading[]): readonly Reading[] {
	const [newest] = readings;
	const first = readings.findIndex(({ at }) => newest !== undefined && newest.at - at >= LASTING_MS);
	const oldest = readings[first];
	return newest && oldest && newest.at - oldest.at <= APART_MS ? readings.slice(0, first + 1) : [];
}

/** Whether a service's spike is small beside the greatest one, both in reports above the usual. */
export function isBystander(excess: number, greatest: number): boolean {
	return excess < greatest * BYSTANDER_SHARE;
}

/**
 * What reports amount to for a feature. They stand alone only where they name it, or, naming nothing, where the website is blind: a
 * feature that no probe can see is then partly down, or unreliable, and one that own probes see well is unreliable where the reports are
 * strong. Everything else bears out suspicions and no more. Blind to the order of words.
 */
export function reported(words: readonly ReportsWord[], feature: Feature): Reported {
	const speaking = words.filter((word) => word.bystander === undefined && speaksOf(word, feature));
	const spike = mostOf(speaking.map(({ proven }) => proven));
	const level = levelOf(spike, feature.blind !== undefined);
	const counting = words.filter(({ count }) => count !== undefined);
	return {
		...(level && { level }),
		spike,
		backs: words.some(({ seen }) => seen !== "none"),
		calm: counting.length > 0 && counting.every(({ calm }) => calm),
	};
}

function speaksOf({ features }: ReportsWord, { name, blind }: Feature): boolean {
	return features ? features.includes(name) : name === "web" && blind !== undefined;
}

function levelOf(spike: Spike, blind: boolean): Problem | undefined {
	if (spike === "none") return undefined;
	if (blind) return spike === "strong" ? "partial_outage" : "degraded";
	return spike === "strong" ? "degraded" : undefined;
}

function leastOf(spikes: readonly Spike[]): Spike {
	return SPIKES[Math.min(...spikes.map((spike) => SPIKES.indexOf(spike)))] ?? "none";
}

function mostOf(spikes: readonly Spike[]): Spike {
	return SPIKES[Math.max(0, ...spikes.map((spike) => SPIKES.indexOf(spike)))] ?? "none";
}
