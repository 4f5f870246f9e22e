import type { Time } from "./model.ts";

const MINUTE = 60_000;

/** How long one run of a probe speaks for the present: two of its intervals and the time a slow run takes. */
export const PROBE_FRESH_MS = 12 * MINUTE;

/** How long a reading of an official page does; after that the source is stale and says nothing. */
export const SOURCE_FRESH_MS = 15 * MINUTE;

/** How long a control does: it is asked every ten minutes, and at once when anything fails. */
export const CONTROL_FRESH_MS = 12 * MINUTE;

/** Whether something that ended at `at` still counts; what seems to come from the future does not. */
export function isFresh(at: Time, now: Time, maxAgeMs: number): boolean {
	return at <= now && now - at <= maxAgeMs;
}
