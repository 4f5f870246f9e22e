import type { Outcome } from "./play.ts";
import type { Told } from "./score.ts";
import { type Played, time } from "./tables.ts";

const DELAYS_SHOWN = 6;

/** The slowest and the false, each with what it takes to see it again: scenario and run. */
export function findings(all: readonly Played[]): string[] {
	const delays = all
		.flatMap(({ name, outcomes }) =>
			outcomes.flatMap((outcome) =>
				outcome.ours.truths
					.filter(({ seenBy }) => seenBy === "probe")
					.map(({ what, delayMs = Number.POSITIVE_INFINITY }) => ({ delayMs, where: where(name, outcome), what })),
			),
		)
		.sort((a, b) => b.delayMs - a.delayMs)
		.slice(0, DELAYS_SHOWN)
		.map(({ delayMs, where, what }) => `${Number.isFinite(delayMs) ? time(delayMs) : "never"}   ${where}   ${what}`);
	const alarms = all.flatMap(({ name, outcomes }) => {
		const found = outcomes.flatMap((outcome) =>
			outcome.ours.falseAlarms.map((told) => `${where(name, outcome)}   ${toldLine(told)}`),
		);
		return found.length === 0 ? [] : [`${found.length} such as ${found[0]}`];
	});
	return [
		...(delays.length > 0 ? ["The longest delays:", ...delays, ""] : []),
		alarms.length === 0 ? "No false alarm." : "False alarms:",
		...alarms,
	];
}

/** What people were told in one run, notice by notice. */
export function story({ name, outcomes }: Played, run: number): string[] {
	const outcome = outcomes.find((each) => each.run === run);
	if (!outcome) return [`${name} has no run ${run} here.`];
	const truths = outcome.ours.truths.map(({ what, delayMs, causeDelayMs, closedAfterMs }) => {
		const [delay, cause, closed] = [delayMs, causeDelayMs, closedAfterMs].map((ms) =>
			ms === undefined ? "never" : time(ms),
		);
		return `${what}   named after ${delay}, right cause after ${cause}, closed after ${closed}`;
	});
	return [where(name, outcome), ...truths, ...outcome.told.map(toldLine)];
}

function where(name: string, { run, seed, headStartMs, loss }: Outcome): string {
	return `${name} run ${run} (seed ${seed}, ${time(headStartMs)} earlier, loss ${(100 * loss).toFixed(1)} %)`;
}

function toldLine({ at, kind, culprit, features }: Told): string {
	const named = features.map(({ service, feature }) => `${service}/${feature}`).join(" ");
	return `${new Date(at).toISOString().slice(0, 19)} ${kind} ${culprit}: ${named}`;
}
