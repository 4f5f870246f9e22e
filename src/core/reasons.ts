import type { FuseInput } from "./fuse.ts";
import type { Judged } from "./judge.ts";
import { isProblem } from "./level.ts";
import type { ReportsWord } from "./reports.ts";
import type { Witness } from "./streak.ts";
import type { Reason } from "./verdict.ts";

/**
 * What speaks for and against trouble: admissions first, then hosts that fail, other people's reports, hosts that are slow, that pass,
 * and what says little.
 */
export function reasonsFor(
	{ feature, witnesses, official, reports = [] }: FuseInput,
	{ failing, passing }: Judged,
): Reason[] {
	const byWeight = (a: Witness, b: Witness) => b.inRow - a.inRow || (a.host < b.host ? -1 : 1);
	const slowFirst = (a: Witness, b: Witness) => Number("usualMs" in b) - Number("usualMs" in a) || byWeight(a, b);
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
		...reports.flatMap(reportsReason),
		...[...passing]
			.sort(slowFirst)
			.map(
				({ host, tookMs, usualMs, at }): Reason =>
					usualMs === undefined
						? { kind: "host_passes", host, tookMs, at }
						: { kind: "host_slow", host, tookMs, usualMs, at },
			),
		...rest,
		...words.filter((reason) => !admits(reason)),
		...(feature.blind ? [{ kind: "blind", why: feature.blind } as const] : []),
	];
}

/** Reports that are no more than usual are no reason. */
function reportsReason({ provider, count, regions, seen, proven, at }: ReportsWord): Reason[] {
	if (seen === "none" && proven === "none") return [];
	if (!count) return [{ kind: "noted", provider, regions, at }];
	return [{ kind: "reports", perHour: count.perHour, baseline: count.usual, regions, at }];
}
