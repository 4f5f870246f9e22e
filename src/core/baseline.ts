import type { Time } from "./model.ts";

/** What was counted in one hour: the sum of all readings, and how many there were. */
interface HourCount {
	/** Hours since 1970, UTC. */
	readonly hour: number;
	readonly sum: number;
	readonly readings: number;
}

/** What is remembered of a count, hour by hour, for as many weeks as matter: the usual of an hour is that of the same hour of earlier weeks. */
export interface Baseline {
	/** The middle of each past hour, by hours since 1970. */
	readonly past: ReadonlyMap<number, number>;
	/** The hour that is going on, as far as anything was counted in it. */
	readonly current?: HourCount;
}

export const NOTHING_COUNTED: Baseline = { past: new Map() };

const HOUR_MS = 3_600_000;
const WEEK_HOURS = 7 * 24;
/** Weeks that are looked back on: an outage spoils the same hour of one of them. */
export const BASELINE_WEEKS = 8;
/** With fewer the middle is no more than somebody's guess. */
const WEEKS_TO_KNOW = 4;

/** The hour that a moment belongs to, since 1970, UTC: where clocks are put forward, a count is compared with its neighbour's hour for a while. */
export function hourOf(at: Time): number {
	return Math.floor(at / HOUR_MS);
}

/** The baseline after one more reading. Readings come in their order; what is older than the weeks that matter is dropped. */
export function counted(baseline: Baseline, at: Time, perHour: number): Baseline {
	const hour = hourOf(at);
	const { past, current } = baseline;
	if (current?.hour === hour) {
		return { past, current: { hour, sum: current.sum + perHour, readings: current.readings + 1 } };
	}
	const next = { hour, sum: perHour, readings: 1 };
	if (!current) return { past, current: next };
	const oldest = hour - BASELINE_WEEKS * WEEK_HOURS;
	const kept = [...past].filter(([each]) => each >= oldest);
	return { past: new Map([...kept, [current.hour, current.sum / current.readings]]), current: next };
}

/** The robust middle of the same weekday and hour of earlier weeks; `undefined` until four of them are known. */
export function usualAt({ past }: Baseline, at: Time): number | undefined {
	const hour = hourOf(at);
	const same = Array.from({ length: BASELINE_WEEKS }, (_, week) => past.get(hour - (week + 1) * WEEK_HOURS));
	const known = same.filter((value) => value !== undefined).sort((a, b) => a - b);
	if (known.length < WEEKS_TO_KNOW) return undefined;
	const half = known.length / 2;
	const [low = 0, high = 0] = [known[Math.ceil(half) - 1], known[Math.floor(half)]];
	return (low + high) / 2;
}
