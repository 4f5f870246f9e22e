import { ORDINARY_LOSS } from "./confidence.ts";
import type { ControlEvidence } from "./evidence.ts";
import type { Time } from "./model.ts";

/** What the line of this network has lost of late, learnt from the controls, vendor by vendor. Counts fade with time. */
export type Line = ReadonlyMap<string, Counts>;

interface Counts {
	/** When the counts were last brought up to date. */
	readonly at: Time;
	/** What is happening now. */
	readonly recent: Tally;
	/** What this line is known for. */
	readonly lasting: Tally;
}

interface Tally {
	readonly runs: number;
	readonly lost: number;
}

const MINUTE = 60_000;
const RECENT_HALF_LIFE_MS = 5 * MINUTE;
const LASTING_HALF_LIFE_MS = 6 * 60 * MINUTE;
/** Runs of an ordinary line that a new one starts with, so that one lost run of three is not yet a bad line. */
const FAITH = 5;
const NOTHING: Tally = { runs: 0, lost: 0 };

/** A network that nothing is known of. */
export const UNKNOWN_LINE: Line = new Map();

/** The line after one more run of a control. */
export function heard(line: Line, { vendor, outcome, at }: ControlEvidence): Line {
	const before = line.get(vendor) ?? { at, recent: NOTHING, lasting: NOTHING };
	const age = Math.max(0, at - before.at);
	const lost = outcome.kind === "ok" ? 0 : 1;
	const counts: Counts = {
		at: Math.max(at, before.at),
		recent: counted(faded(before.recent, age, RECENT_HALF_LIFE_MS), lost),
		lasting: counted(faded(before.lasting, age, LASTING_HALF_LIFE_MS), lost),
	};
	return new Map(line).set(vendor, counts);
}

/**
 * The share of runs that the line loses, 0 to 1: what it does now, or what it is known for where that is worse. The vendor whose
 * controls fail most is left out: it may be in trouble, or blocked where the user lives.
 */
export function lossOf(line: Line, now: Time): number {
	const vendors = [...line.values()];
	return Math.max(
		shareLost(vendors.map(({ recent, at }) => faded(recent, now - at, RECENT_HALF_LIFE_MS))),
		shareLost(vendors.map(({ lasting, at }) => faded(lasting, now - at, LASTING_HALF_LIFE_MS))),
	);
}

function shareLost(vendors: readonly Tally[]): number {
	const [, ...others] = [...vendors].sort((a, b) => b.lost - a.lost || a.runs - b.runs);
	const runs = others.reduce((sum, vendor) => sum + vendor.runs, FAITH);
	const lost = others.reduce((sum, vendor) => sum + vendor.lost, FAITH * ORDINARY_LOSS);
	return lost / runs;
}

function faded({ runs, lost }: Tally, age: Time, halfLife: Time): Tally {
	const left = 0.5 ** (Math.max(0, age) / halfLife);
	return { runs: runs * left, lost: lost * left };
}

function counted({ runs, lost }: Tally, one: number): Tally {
	return { runs: runs + 1, lost: lost + one };
}
