/**
 * How long a check usually takes on this network, learnt from its own runs, and how far it is from that now. Durations are judged by
 * their logarithms against a robust middle and spread, and added up as in a one-sided CUSUM with k = 1 and h = 4 (sixty endpoints asked
 * once a minute would raise eight alarms a day by chance, and each of those would still need a second host).
 */
export interface Pace {
	/** Of the first runs, until there are enough to learn from: ln of ms. */
	readonly first: readonly number[];
	/** What was learnt, in ln of ms; absent until then. */
	readonly usual?: { readonly middle: number; readonly spread: number };
	/** The sum of what was too slow of late: beyond `ALARM` it is no accident. */
	readonly excess: number;
	/** Whether the newest run was slow in itself. */
	readonly slow: boolean;
	/** Of the newest run, ms. */
	readonly tookMs: number;
}

const NEW: Pace = { first: [], excess: 0, slow: false, tookMs: 0 };

/** Runs to learn from: probes are asked twelve times an hour, controls three times. */
export const RUNS_TO_LEARN = { probe: 50, control: 12 };
const SLACK = 1;
const ALARM = 4;
/** What people would notice: twice as long as usual, and half a second more. */
const SLOW_FACTOR = 2;
const SLOW_MORE_MS = 500;
/** Of controls, which are quick: enough to say that the line itself is not what it was. */
const LINE_SLOW_FACTOR = 1.5;
/** However slow one run is, it adds no more than this: only what is slow again and again is slow. */
const MOST = 1;
/** What a calm run takes back: a host that is slow every other time is not slow. */
const CALM = 3;
/** How fast the middle and the spread follow what is usual: in spreads a run. */
const FOLLOW = 0.02;
const LEAST_SPREAD = 0.1;
/** From the median of absolute deviations to the standard deviation of a normal distribution. */
const SIGMA_PER_MAD = 1.4826;

/** The pace after one more run that passed. */
export function paced(pace: Pace = NEW, tookMs: number, runsToLearn: number): Pace {
	const x = Math.log(Math.max(1, tookMs));
	if (!pace.usual) {
		const first = [...pace.first, x];
		return first.length < runsToLearn ? { ...NEW, first, tookMs } : { ...NEW, usual: learn(first), tookMs };
	}
	const { middle, spread } = pace.usual;
	const z = (x - middle) / spread;
	const slow = tookMs >= SLOW_FACTOR * Math.exp(middle) && tookMs >= Math.exp(middle) + SLOW_MORE_MS;
	const excess = slow
		? Math.max(0, Math.min(ALARM + MOST, pace.excess + Math.min(MOST, z - SLACK)))
		: Math.max(0, pace.excess - CALM);
	return { first: [], usual: slow ? pace.usual : follow(pace.usual, z), excess, slow, tookMs };
}

/** Slow again and again: of the newest run and of those before it. */
export function isSlow({ slow, excess }: Pace): boolean {
	return slow && excess > ALARM;
}

/** Whether the newest run took markedly longer than usual, or those before it did; `undefined` while nothing is usual yet. */
export function isSlower({ usual, tookMs, excess }: Pace): boolean | undefined {
	return usual && (excess > 0 || tookMs >= LINE_SLOW_FACTOR * Math.exp(usual.middle + usual.spread));
}

/** The middle of what it took before, ms; 0 while nothing is usual yet. */
export function usualMs({ usual }: Pace): number {
	return usual ? Math.round(Math.exp(usual.middle)) : 0;
}

function learn(first: readonly number[]): { middle: number; spread: number } {
	const middle = median(first);
	const spread = SIGMA_PER_MAD * median(first.map((x) => Math.abs(x - middle)));
	return { middle, spread: Math.max(LEAST_SPREAD, spread) };
}

/** What is not slow shows what is usual by now; one run moves it by a little, whatever it was. */
function follow({ middle, spread }: { middle: number; spread: number }, z: number): { middle: number; spread: number } {
	const wider = Math.abs(z) > 1 / SIGMA_PER_MAD ? 1 + FOLLOW : 1 - FOLLOW;
	return { middle: middle + Math.sign(z) * FOLLOW * spread, spread: Math.max(LEAST_SPREAD, spread * wider) };
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const half = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}
