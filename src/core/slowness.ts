import { VENDORS_TO_CONCLUDE } from "./connectivity.ts";
import type { CheckId, Time } from "./model.ts";
import { isSlower } from "./pace.ts";
import type { State } from "./state.ts";

/** How long the newest run of a check tells of the line as it is. */
const JUST_NOW_MS = 3 * 60_000;
/** From this share on, of the controls or of the other owners, it is the line that is slow. */
const MANY = { controls: 1 / 4, owners: 1 / 4 };

/**
 * The moment by which everything but the given owner's services had been found as quick as ever: the controls, and hosts of unrelated
 * owners. Nothing where they are slow too, or where not enough of them have told just now.
 */
export function othersQuickAt(state: State, owner: string): Time | undefined {
	const vendors = new Set<string>();
	const controls: Told[] = [];
	for (const check of state.checks.values()) {
		const slower = check.kind === "control" ? slowerNow(state, check.id) : undefined;
		if (check.kind !== "control" || slower === undefined) continue;
		vendors.add(check.vendor);
		controls.push(slower);
	}
	if (vendors.size < VENDORS_TO_CONCLUDE || shareOf(controls) >= MANY.controls) return undefined;
	const others = [...state.probesOfOwner].flatMap(([id, probes]): Told[] => {
		const told = id === owner ? [] : probes.flatMap((check) => slowerNow(state, check.id) ?? []);
		return told.length === 0 ? [] : [{ slower: shareOf(told) >= 0.5, at: Math.max(...told.map(({ at }) => at)) }];
	});
	if (others.length < Math.min(VENDORS_TO_CONCLUDE, state.probesOfOwner.size - 1)) return undefined;
	if (others.length > 0 && shareOf(others) >= MANY.owners) return undefined;
	return Math.max(...[...controls, ...others].map(({ at }) => at));
}

interface Told {
	readonly slower: boolean;
	readonly at: Time;
}

function slowerNow({ runs, now }: State, id: CheckId): Told | undefined {
	const run = runs.get(id);
	const newest = run?.recent[0];
	if (!run?.pace || newest?.outcome.kind !== "ok" || now - newest.at > JUST_NOW_MS) return undefined;
	const slower = isSlower(run.pace);
	return slower === undefined ? undefined : { slower, at: newest.at };
}

function shareOf(told: readonly Told[]): number {
	return told.filter(({ slower }) => slower).length / told.length;
}
