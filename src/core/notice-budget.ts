import type { Time } from "./model.ts";

/** How many notices may still be shown: a bucket that fills with time. */
export interface Budget {
	/** Saved up at `at`; each notice costs `NOTICE_COSTS_MS`. */
	readonly savedMs: Time;
	readonly at: Time;
}

/** So many may follow one another at once: the connection and a handful of outages. */
export const BURST = 5;
/** One more may be shown each time this has passed. */
export const NOTICE_COSTS_MS = 3 * 60_000;

export function fullBudget(now: Time): Budget {
	return { savedMs: BURST * NOTICE_COSTS_MS, at: now };
}

/** How many notices may be shown now. */
export function room(budget: Budget, now: Time): number {
	return Math.floor(savedBy(budget, now) / NOTICE_COSTS_MS);
}

export function spent(budget: Budget, notices: number, now: Time): Budget {
	return notices === 0 ? budget : { savedMs: savedBy(budget, now) - notices * NOTICE_COSTS_MS, at: now };
}

/** The budget under a clock that was set back to `now`. */
export function budgetBy(budget: Budget, now: Time): Budget {
	return budget.at > now ? { ...budget, at: now } : budget;
}

function savedBy({ savedMs, at }: Budget, now: Time): Time {
	return Math.min(BURST * NOTICE_COSTS_MS, savedMs + Math.max(0, now - at));
}
