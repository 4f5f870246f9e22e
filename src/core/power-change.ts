import type { CheckId } from "./model.ts";
import { type Power, stretch } from "./power.ts";
import type { Random } from "./random.ts";
import { bringForward } from "./runs.ts";
import type { State } from "./state.ts";

/** What has waited too long is asked within this time, not all at once. */
const CATCH_UP_WITHIN_MS = 30_000;

/** What waits longer now does so from its next run on. What need not wait any more is asked as soon as it would have been anyway. */
export function withPower(state: State, power: Power, random: Random): State {
	let next: State = { ...state, power };
	for (const { id, kind } of state.checks.values()) {
		if (stretch(power, kind) >= stretch(state.power, kind)) continue;
		const soon = state.now + random.next() * CATCH_UP_WITHIN_MS;
		next = bringForward(next, [id], Math.max(soon, usuallyDueAt(next, id)));
	}
	return next;
}

function usuallyDueAt({ runs, slots, power, checks }: State, id: CheckId): number {
	const newest = runs.get(id)?.recent[0];
	if (!newest) return 0;
	return newest.startedAt + (slots.get(id)?.intervalMs ?? 0) * stretch(power, checks.get(id)?.kind);
}
