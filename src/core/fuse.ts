import { edgeInQuestion } from "./attribution.ts";
import { probabilityOfTrouble, SECOND_WITNESS } from "./confidence.ts";
import { judge } from "./judge.ts";
import { compareLevels, isProblem, type Level, worst } from "./level.ts";
import type { Feature, ServiceId, Time } from "./model.ts";
import { reasonsFor } from "./reasons.ts";
import { type Reported, type ReportsWord, reported } from "./reports.ts";
import type { Witness } from "./streak.ts";
import type { Standing, Verdict } from "./verdict.ts";

const AFTERMATH_MS = 60 * 60_000;
/** A host that is slow again and again speaks for trouble as two failed runs do. */
const SLOW_COUNTS_AS = 2;

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
	/** What other people report of the service. */
	readonly reports?: readonly ReportsWord[];
	/** When own probes last showed trouble beyond doubt. */
	readonly provedAt?: Time;
	/** The feature is known to be in trouble: a host that is proved down needs nobody to bear it out. */
	readonly known?: boolean;
	/** Hosts of the owner's other features that fail: they bear out what one host alone would not prove. */
	readonly kin?: readonly Witness[];
	/** Enough controls passed in runs that began at or after this moment; absent when they did not. */
	readonly vouchedAt?: Time;
	/** By this moment controls and unrelated hosts had been found as quick as ever; absent where they had not. */
	readonly othersQuickAt?: Time;
	/** The share of runs that this line loses of late, 0 to 1; that of an ordinary line where absent. */
	readonly loss?: number;
	readonly now: Time;
}

/** Weighs everything known of one feature. Pure, and blind to the order of witnesses and words. */
export function fuse(input: FuseInput): Verdict {
	const seen = judge(input);
	const own = input.official.filter((word) => !word.whole);
	const said = worst(own.map((word) => word.level));
	const others = reportedNow(input);
	const level = said === "maintenance" ? "maintenance" : worse(worse(seen.level, said), others.level ?? "unknown");
	const slow = seen.passing.filter(({ usualMs }) => usualMs !== undefined);
	const trouble = probabilityOfTrouble({
		fails: [...seen.failing.map(({ inRow }) => inRow), ...slow.map(() => SLOW_COUNTS_AS)],
		passes: seen.passing.flatMap(({ usualMs, inRow }) => (usualMs === undefined ? [inRow] : [])),
		...officialTestimony(input.official),
		...(others.level && { reports: others.spike }),
	});
	const problem = isProblem(level);
	return {
		level,
		cause: problem ? "service" : "unknown",
		...(problem && { culprit: input.owner }),
		confidence: level === "unknown" ? 0 : level === "maintenance" ? 1 : problem ? trouble : 1 - trouble,
		standing: standingOf(seen.standing, said, others),
		reasons: reasonsFor(input, seen),
		suspects: suspectsOf(seen.failing),
	};
}

/** Where nothing can be probed, a page that says all is well ends trouble, and so do reports that are as few as ever. */
function standingOf(seen: Standing, said: Level, { level, calm }: Reported): Standing {
	if (isProblem(said) || said === "maintenance" || level) return "proven";
	return seen === "none" && (said === "operational" || calm) ? "settled" : seen;
}

/** People go on reporting for a while what own probes have seen begin, and see end. */
function reportedNow({ reports = [], feature, provedAt, now }: FuseInput): Reported {
	const { level, ...others } = reported(reports, feature);
	const isAftermath = !feature.blind && provedAt !== undefined && now - provedAt < AFTERMATH_MS;
	return { ...others, ...(level && !isAftermath && { level }) };
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

/**
 * The providers that all failing hosts share, so that one CDN can be told from one bad host behind it. A host that has failed once
 * only has no say where others have failed again and again.
 */
function suspectsOf(failing: readonly Witness[]): ServiceId[] {
	const sure = failing.filter(({ weight }) => weight >= SECOND_WITNESS);
	const heard = sure.length > 0 ? sure : failing;
	const upstreams = new Set(heard.map(edgeInQuestion));
	const [only] = upstreams;
	return upstreams.size === 1 && only !== undefined ? [only] : [];
}
