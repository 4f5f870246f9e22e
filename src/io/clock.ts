import { randomInt } from "node:crypto";

/** The longest wait that a timer can be told, ms: more would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The computer's clock: the only place that reads it. */
export const systemClock = {
	now: (): number => Date.now(),
	/** Calls back once the clock shows `at`; returns what cancels it. */
	wakeAt(at: number, callback: () => void): () => void {
		const timer = setTimeout(callback, Math.min(Math.max(0, at - Date.now()), LONGEST_TIMER_MS));
		return () => clearTimeout(timer);
	},
};

/** A moment in UTC, as in `2026-03-01 12:00:00`. */
export function utcText(at: number): string {
	return new Date(at).toISOString().slice(0, 19).replace("T", " ");
}

/** A seed for everything random, new at each start, so that installs do not ask in step. */
export function freshSeed(): number {
	return randomInt(2 ** 32);
}
