import { KIN_WITNESS, ORDINARY_LOSS, PROOF, proofFactor, RECOVERED, SECOND_WITNESS } from "./confidence.ts";
import type { FuseInput } from "./fuse.ts";
import { isProblem, type Level } from "./level.ts";
import type { Time } from "./model.ts";
import { reported } from "./reports.ts";
import type { Witness } from "./streak.ts";
import type { Standing } from "./verdict.ts";

/** A feature with a single host has no second witness: it must fail longer. */
const FAILURES_TO_PROVE_ALONE = 5;
/** Hosts that must be failing at once. */
const QUORUM = 2;
/** A host that fails less than this share of its runs is on and off, not down. */
const DOWN_SHARE = 0.75;
/** Of the hosts that answer, the share that must be slow. */
const SLOW_SHARE = 1 / 3;
/** Time without any failure before trouble is over. */
export const QUIET_TO_SETTLE_MS = 2 * 60_000;

/** What the hosts of a feature say together. */
export interface Judged {
	readonly level: Level;
	readonly standing: Standing;
	readonly failing: readonly Witness[];
	readonly passing: readonly Witness[];
}

/** Weighs a feature's hosts against one another, and against what is known of the line they were asked through. */
export function judge(input: FuseInput): Judged {
	const failing = input.witnesses.filter((witness) => witness.says === "fails");
	const passing = input.witnesses.filter((witness) => witness.says === "passes");
	const [level, standing] = failing.length > 0 ? judgeFailing(failing, passing, input) : judgePassing(passing, input);
	return { level, standing, failing, passing };
}

function judgeFailing(failing: readonly Witness[], passing: readonly Witness[], input: FuseInput): [Level, Standing] {
	if (!isProven(failing, input)) return [passing.length === 0 ? "unknown" : "operational", "suspected"];
	const down =
		passing.length === 0 && failing.every(({ share, weight }) => share >= DOWN_SHARE && weight >= SECOND_WITNESS);
	return [down ? "major_outage" : "partial_outage", "proven"];
}

function judgePassing(passing: readonly Witness[], input: FuseInput): [Level, Standing] {
	if (passing.length === 0) return ["unknown", "none"];
	const slow = passing.filter(({ usualMs }) => usualMs !== undefined);
	if (slow.length >= QUORUM && slow.length >= passing.length * SLOW_SHARE) {
		return isSlownessProven(slow, input) ? ["degraded", "proven"] : ["operational", "suspected"];
	}
	return ["operational", passing.every((witness) => isCalm(witness, input.now)) ? "settled" : "recovering"];
}

/**
 * One host proven down while a second bears it out, of the same feature or, more heavily, of another of the same owner, and controls that passed at
 * or after a failure of the proven one. Two failures of the second make five within half a minute over two hosts, which chance
 * alone brings about once in decades, where three and one would every other month. A line that loses more asks for more of both. Trouble
 * that is known needs no witness anew: a lost connection holds every verdict anyway.
 */
function isProven(failing: readonly Witness[], input: FuseInput): boolean {
	const { feature, known, witnesses, official, reports = [], kin = [], vouchedAt, loss = ORDINARY_LOSS } = input;
	const factor = proofFactor(loss);
	const backed = official.some((word) => isProblem(word.level)) || reported(reports, feature).backs;
	const bears = (host: string, least: number) => (other: Witness) =>
		other.host !== host && other.weight >= least * factor;
	const alone = witnesses.length < QUORUM;
	return failing.some(({ host, weight, inRow, startedAt }) => {
		if (weight < PROOF * factor) return false;
		if (known) return true;
		if (vouchedAt === undefined || vouchedAt < startedAt) return false;
		if (backed || witnesses.some(bears(host, SECOND_WITNESS)) || kin.some(bears(host, KIN_WITNESS))) return true;
		return alone && inRow >= FAILURES_TO_PROVE_ALONE * factor;
	});
}

/** The line may be the reason, and may have come back this very moment: it is slow still, after others were seen to be quick. */
function isSlownessProven(slow: readonly Witness[], { othersQuickAt }: FuseInput): boolean {
	return othersQuickAt !== undefined && slow.some(({ startedAt }) => startedAt >= othersQuickAt);
}

function isCalm({ lastFailureAt, recovery }: Witness, now: Time): boolean {
	return lastFailureAt === undefined || (recovery >= RECOVERED && now - lastFailureAt >= QUIET_TO_SETTLE_MS);
}
