import { usualAt } from "./baseline.ts";
import type { ReportsEvidence } from "./evidence.ts";
import { isFresh } from "./freshness.ts";
import type { ServiceId } from "./model.ts";
import { isBystander, isCalm, provenSpike, type Reading, type ReportsWord, spikeOf } from "./reports.ts";
import { type CheckState, featureKey, freshMs, type State } from "./state.ts";

/** A provider that has not answered for so long has nothing to say of trouble that it once reported. */
const FORGOTTEN_MS = 2 * 60 * 60_000;
/** A reading that was good for a while is taken again a little after it. */
const LATE_MS = 2 * 60_000;

/** What fresh reports say of a service, beside those of all other watched services. */
export function reportWords(state: State, service: ServiceId): ReportsWord[] {
	const words = wordsOf(state, service);
	if (words.every(({ seen, proven }) => seen === "none" && proven === "none")) return words;
	const greatest = Math.max(...[...state.reportsOf.keys()].map((id) => excessOf(wordsOf(state, id))));
	if (!isBystander(excessOf(words), greatest) || isSuspected(state, service)) return words;
	return words.map((word) => ({ ...word, bystander: true }));
}

/** Reports above the usual, an hour, of the provider that counts most. */
function excessOf(words: readonly ReportsWord[]): number {
	return Math.max(0, ...words.map(({ count }) => (count ? count.perHour - count.usual : 0)));
}

/** Whether any host of the service failed when it was last asked. */
function isSuspected({ services, probesOf, runs }: State, service: ServiceId): boolean {
	const probes = services.get(service)?.features.flatMap(({ name }) => probesOf.get(featureKey(service, name)) ?? []);
	return probes?.some((id) => runs.get(id)?.recent[0]?.outcome.kind === "failed") ?? false;
}

function wordsOf(state: State, service: ServiceId): ReportsWord[] {
	return (state.reportsOf.get(service) ?? []).flatMap((id): ReportsWord[] => {
		const run = state.runs.get(id);
		const readings = run?.recent.filter((evidence) => evidence.kind === "reports") ?? [];
		const newest = readings.find(({ outcome }) => outcome.kind !== "failed");
		if (!run || !newest) return [];
		const lasting = Math.max(freshMs(state, id), (newest.askAgainAfterMs ?? 0) + LATE_MS);
		if (isFresh(newest.at, state.now, lasting)) return wordOf(newest, countsIn(readings, run));
		return state.now - newest.at > FORGOTTEN_MS ? silence(newest) : [];
	});
}

function wordOf({ provider, outcome, at }: ReportsEvidence, counts: readonly Reading[]): ReportsWord[] {
	const [count] = counts;
	if (outcome.kind === "noted") {
		const seen = outcome.trouble ? "moderate" : "none";
		return [{ provider, regions: outcome.regions, seen, proven: "none", calm: false, at }];
	}
	if (outcome.kind === "failed" || !count) return [];
	return [
		{
			provider,
			count: { perHour: count.perHour, usual: count.usual },
			...(outcome.features && { features: outcome.features }),
			regions: outcome.regions,
			seen: spikeOf(count),
			proven: provenSpike(counts),
			calm: isCalm(counts),
			at,
		},
	];
}

/** Nobody has counted for so long that what was counted last holds nothing up any more. */
function silence({ provider, outcome, at }: ReportsEvidence): ReportsWord[] {
	if (outcome.kind !== "counted") return [];
	return [{ provider, count: { perHour: 0, usual: 0 }, regions: [], seen: "none", proven: "none", calm: true, at }];
}

function countsIn(readings: readonly ReportsEvidence[], { baseline }: CheckState): Reading[] {
	return readings.flatMap(({ outcome, at }) =>
		outcome.kind === "counted"
			? [{ perHour: outcome.perHour, usual: (baseline && usualAt(baseline, at)) ?? outcome.baseline, at }]
			: [],
	);
}
