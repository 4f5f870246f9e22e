import type { CheckId, Time } from "./model.ts";

const MINUTE = 60_000;

/** How long a run of the given check speaks for the present, ms. */
export type FreshMs = (id: CheckId) => number;

/** How long one run of a probe does at the usual pace. */
export const PROBE_FRESH_MS = freshFor(5 * MINUTE);

/** How long a reading of an official page does at least; after that the source is stale and says nothing. */
export const SOURCE_FRESH_MS = 15 * MINUTE;

/** How long a control does where its pace is not known; anything that fails has all of them asked at once. */
export const CONTROL_FRESH_MS = 12 * MINUTE;

/** How long a run of a check does that is asked every `intervalMs`: two of its intervals and the time a slow run takes. */
export function freshFor(intervalMs: number): number {
	return 2 * intervalMs + 2 * MINUTE;
}

/** Whether something that ended at `at` still counts; what seems to come from the future does not. */
export function isFresh(at: Time, now: Time, maxAgeMs: number): boolean {
	return at <= now && now - at <= maxAgeMs;
}
