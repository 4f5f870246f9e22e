import type { Check } from "./check.ts";

/** What this computer has to spare, and whether anybody looks. */
export interface Power {
	readonly onBattery: boolean;
	/** Nobody has touched it for a while: `IDLE_AFTER_MS`. */
	readonly idle: boolean;
}

/** Somebody works at a desk. */
export const AT_WORK: Power = { onBattery: false, idle: false };

export const IDLE_AFTER_MS = 10 * 60_000;
const BATTERY_STRETCH = 2;
/** What others have written can wait until somebody is there to read it; what we see ourselves cannot. */
const IDLE_STRETCH = 4;

/** How many times longer than usual a check waits between two runs. */
export function stretch({ onBattery, idle }: Power, kind: Check["kind"] | undefined): number {
	const reads = kind === "source" || kind === "reports";
	return Math.max(onBattery ? BATTERY_STRETCH : 1, idle && reads ? IDLE_STRETCH : 1);
}
