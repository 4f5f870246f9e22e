/**
 * How sure we are that a feature is broken: log-odds, so that independent pieces of evidence add up.
 * One run that fails speaks ln(p1/p0) for an outage and one that passes ln((1-p1)/(1-p0)) against it, with p0 = 2 %
 * (ordinary loss) and p1 = 50 % (Wald's sequential test). Outages are rare: one feature in a thousand at any moment.
 */
const PRIOR = logit(0.001);
/** What an ordinary line loses. */
export const ORDINARY_LOSS = 0.02;
const FAILED_RUN = Math.log(0.5 / ORDINARY_LOSS);
const PASSED_RUN = Math.log(0.5 / 0.98);
const RUNS_THAT_COUNT = 5;

/** Enough for one false alarm of a host in ten thousand: three failures in a row, or four of five. */
export const PROOF = Math.log(0.99 / 1e-4);

/** What a second host must weigh to bear the first one out: two failures with one pass at most among them. */
export const SECOND_WITNESS = 2 * FAILED_RUN + PASSED_RUN;

/** What a host of another feature of the same owner must weigh for it: there are many of those, and one is always unlucky. */
export const KIN_WITNESS = 3 * FAILED_RUN + 2 * PASSED_RUN;

/** Enough to believe that a host is well again: Wald's other bound, wrong once in a hundred times. */
export const RECOVERED = Math.log((1 - 1e-4) / 0.01);

/** The weight of a host's runs, oldest first, for its being down: the sum never falls below zero, so old passes count little. */
export function weightOfFailure(failed: Iterable<boolean>): number {
	let weight = 0;
	for (const each of failed) weight = Math.max(0, weight + (each ? FAILED_RUN : PASSED_RUN));
	return weight;
}

/**
 * The weight of passes since the last failure for a host's being well again, given how many of its runs had failed while it was not:
 * two passes are enough after it failed each time, seven after every other run had passed anyway.
 */
export function weightOfRecovery(passes: number, failed: number, runs: number): number {
	const down = Math.max(0.5, (failed + 0.1) / (runs + 0.2));
	return passes * Math.log((1 - ORDINARY_LOSS) / (1 - down));
}

/**
 * How many times more proof a line needs that loses this share of its runs: a failure says less there. Beyond half of them
 * no failure says anything.
 */
export function proofFactor(loss: number): number {
	return loss >= 0.5 ? Number.POSITIVE_INFINITY : FAILED_RUN / Math.log(0.5 / Math.max(loss, ORDINARY_LOSS));
}

/** Hosts asked through one network are not independent: each further witness counts for half of the one before. */
const NEXT_WITNESS = 0.5;

/** Official pages are slow, so "all well" weighs little; what they do admit is nearly always so. */
const OFFICIAL = { problem: Math.log(100), wholeProblem: Math.log(8), well: Math.log(0.7) };

/** Reports that are far above the usual for long are hardly ever wrong about their service; fewer of them often are. */
const REPORTS = { none: 0, moderate: Math.log(8), strong: Math.log(100) };

export interface Testimony {
	/** Failed runs in a row, one entry per failing host. */
	readonly fails: readonly number[];
	/** Passed runs in a row, one entry per passing host. */
	readonly passes: readonly number[];
	readonly official?: keyof typeof OFFICIAL;
	/** Those that name the feature. */
	readonly reports?: keyof typeof REPORTS;
}

/** The probability, 0 to 1, that the feature is broken. */
export function probabilityOfTrouble(testimony: Testimony): number {
	const odds =
		PRIOR +
		weighed(testimony.fails, FAILED_RUN) +
		weighed(testimony.passes, PASSED_RUN) +
		(testimony.official ? OFFICIAL[testimony.official] : 0) +
		REPORTS[testimony.reports ?? "none"];
	return 1 / (1 + Math.exp(-odds));
}

function weighed(runs: readonly number[], each: number): number {
	return [...runs]
		.sort((a, b) => b - a)
		.reduce((sum, inRow, index) => sum + Math.min(inRow, RUNS_THAT_COUNT) * each * NEXT_WITNESS ** index, 0);
}

function logit(p: number): number {
	return Math.log(p / (1 - p));
}
