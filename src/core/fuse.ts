import { ORDINARY_LOSS, PROOF, probabilityOfTrouble, proofFactor, SECOND_WITNESS } from "./confidence.ts";
import { compareLevels, isProblem, type Level, worst } from "./level.ts";
import type { Feature, ServiceId, Time } from "./model.ts";
import type { Witness } from "./streak.ts";
import type { Reason, Standing, Verdict } from "./verdict.ts";

/** A feature with a single host has no second witness: it must fail longer. */
const FAILURES_TO_PROVE_ALONE = 5;
/** Hosts that must be failing at once. */
const QUORUM = 2;
/** Runs in a row that must pass on every host, and the time without any failure, before trouble is over. */
const PASSES_TO_SETTLE = 2;
export const QUIET_TO_SETTLE_MS = 2 * 60_000;

/** What a fresh official page says that matters to one feature. */
export interface OfficialWord {
	readonly page: string;
	readonly level: Level;
	readonly title?: string;
	/** True where it speaks of the service, not of this feature. */
	readonly whole: boolean;
	readonly at: Time;
}

export interface FuseInput {
	readonly feature: Feature;
	/** Who is at fault when nothing points elsewhere. */
	readonly owner: string;
	readonly witnesses: readonly Witness[];
	readonly official: readonly OfficialWord[];
	/** Enough controls passed in runs that began at or after this moment; absent when they did not. */
	readonly vouchedAt?: Time;
	/** The share of runs that this line loses of late, 0 to 1; that of an ordinary line where absent. */
	readonly loss?: number;
	readonly now: Time;
}

/** Weighs everything known of one feature. Pure, and blind to the order of witnesses and words. */
export function fuse(input: FuseInput): Verdict {
	const seen = judgeWitnesses(input);
	const own = input.official.filter((word) => !word.whole);
	const said = worst(own.map((word) => word.level));
	const level = said === "maintenance" ? "maintenance" : worse(seen.level, said);
	const told = isProblem(said) || said === "maintenance";
	const standing: Standing = told
		? "proven"
		: said === "operational" && seen.standing === "none"
			? "settled"
			: seen.standing;
	const trouble = probabilityOfTrouble({
		fails: seen.failing.map((witness) => witness.inRow),
		passes: seen.passing.map((witness) => witness.inRow),
		...officialTestimony(input.official),
	});
	const problem = isProblem(level);
	return {
		level,
		cause: problem ? "service" : "unknown",
		...(problem && { culprit: input.owner }),
		confidence: level === "unknown" ? 0 : level === "maintenance" ? 1 : problem ? trouble : 1 - trouble,
		standing,
		reasons: reasonsFor(input, seen),
		suspects: suspectsOf(seen.failing),
	};
}

interface Judged {
	readonly level: Level;
	readonly standing: Standing;
	readonly failing: readonly Witness[];
	readonly passing: readonly Witness[];
}

function judgeWitnesses(input: FuseInput): Judged {
	const { witnesses, now } = input;
	const failing = witnesses.filter((witness) => witness.says === "fails");
	const passing = witnesses.filter((witness) => witness.says === "passes");
	const heard = { failing, passing };
	if (failing.length === 0 && passing.length === 0) return { ...heard, level: "unknown", standing: "none" };
	if (failing.length === 0) {
		const calm = passing.every((witness) => isCalm(witness, now));
		return { ...heard, level: "operational", standing: calm ? "settled" : "recovering" };
	}
	if (isProven(failing, input)) {
		return { ...heard, level: passing.length === 0 ? "major_outage" : "partial_outage", standing: "proven" };
	}
	return { ...heard, level: passing.length === 0 ? "unknown" : "operational", standing: "suspected" };
}

/**
 * One host proven down while a second bears it out, and controls that passed at or after a failure of the proven one. Two
 * failures of the second make five within half a minute over two hosts, which chance alone brings about once in decades,
 * where three and one would every other month. A line that loses more asks for more of both.
 */
function isProven(failing: readonly Witness[], input: FuseInput): boolean {
	const { witnesses, official, vouchedAt, loss = ORDINARY_LOSS } = input;
	const backed = official.some((word) => isProblem(word.level));
	const alone = witnesses.length < QUORUM;
	const factor = proofFactor(loss);
	const certain = failing.filter(
		({ weight, inRow }) => weight >= PROOF * factor && (!alone || backed || inRow >= FAILURES_TO_PROVE_ALONE * factor),
	);
	if (vouchedAt === undefined || !certain.some((witness) => vouchedAt >= witness.startedAt)) return false;
	return alone || backed || witnesses.filter(({ weight }) => weight >= SECOND_WITNESS * factor).length >= QUORUM;
}

function isCalm(witness: Witness, now: Time): boolean {
	if (witness.lastFailureAt === undefined) return true;
	return witness.inRow >= PASSES_TO_SETTLE && now - witness.lastFailureAt >= QUIET_TO_SETTLE_MS;
}

function worse(a: Level, b: Level): Level {
	return compareLevels(a, b) >= 0 ? a : b;
}

function officialTestimony(official: readonly OfficialWord[]) {
	const own = official.filter((word) => !word.whole);
	if (own.some((word) => isProblem(word.level))) return { official: "problem" as const };
	if (official.some((word) => isProblem(word.level))) return { official: "wholeProblem" as const };
	return official.some((word) => word.level === "operational") ? { official: "well" as const } : {};
}

/** The providers that all failing hosts share, so that one CDN can be told from one bad host behind it. */
function suspectsOf(failing: readonly Witness[]): ServiceId[] {
	const upstreams = new Set(failing.map((witness) => (isOriginsFault(witness) ? undefined : witness.upstream)));
	const [only] = upstreams;
	return upstreams.size === 1 && only !== undefined ? [only] : [];
}

/** Statuses 520 to 526 are Cloudflare's words for an origin that fails behind a healthy edge. */
function isOriginsFault(witness: Witness): boolean {
	const status = witness.failure?.status ?? 0;
	return status >= 520 && status <= 526;
}

function reasonsFor({ feature, witnesses, official }: FuseInput, { failing, passing }: Judged): Reason[] {
	const byWeight = (a: Witness, b: Witness) => b.inRow - a.inRow || (a.host < b.host ? -1 : 1);
	const words = official.map((word): Reason => ({ kind: "official", ...word }));
	const admits = (reason: Reason) => reason.kind === "official" && isProblem(reason.level);
	const rest = witnesses.flatMap(({ host, says, failure, why, at }): Reason[] => {
		if (says === "blocked" && failure) return [{ kind: "host_refuses_us", host, failure, at }];
		return says === "skipped" ? [{ kind: "not_tried", host, why: why ?? "", at }] : [];
	});
	return [
		...words.filter(admits),
		...[...failing]
			.sort(byWeight)
			.flatMap(({ host, failure, inRow, at, upstream }): Reason[] =>
				failure ? [{ kind: "host_fails", host, failure, inRow, at, ...(upstream && { upstream }) }] : [],
			),
		...[...passing].sort(byWeight).map(({ host, tookMs, at }): Reason => ({ kind: "host_passes", host, tookMs, at })),
		...rest,
		...words.filter((reason) => !admits(reason)),
		...(feature.blind ? [{ kind: "blind", why: feature.blind } as const] : []),
	];
}
