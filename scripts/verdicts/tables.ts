import { styleText } from "node:util";
import { median } from "../bench/figures.ts";
import type { Measured, Outcome } from "./play.ts";
import { POLICIES } from "./policies.ts";
import type { TruthScore } from "./score.ts";

/** All runs of one scenario. */
export interface Played {
	readonly name: string;
	/** Whether any service is ever at fault in it. */
	readonly quiet: boolean;
	readonly outcomes: readonly Outcome[];
}

/** One row for each scenario: how its outages were told, in the middle and at worst. */
export function scenarioTable(all: readonly Played[]): string {
	const head = [
		...["scenario", "runs", "delay", "worst", "missed", "false alarms", "named", "wrongly named", "cause right"],
		...["notices", "of the connection"],
	];
	return aligned([head, ...all.map(scenarioRow)]);
}

function scenarioRow({ name, quiet, outcomes }: Played): string[] {
	const truths = visibleTruths(
		outcomes.map(({ ours }) => ours),
		["probe", "official", "reports"],
	);
	const wrong = sum(outcomes.map(({ ours }) => ours.wronglyNamed.length));
	return [
		name,
		String(outcomes.length),
		...delays(truths, quiet ? "no outage" : "unseen"),
		missed(truths),
		String(falseAlarms(outcomes.map(({ ours }) => ours))),
		truths.length === 0 ? "" : share(sum(truths.map(({ named }) => named)), sum(truths.map((truth) => truth.of))),
		String(wrong),
		truths.length === 0
			? ""
			: share(truths.filter(({ causeDelayMs }) => causeDelayMs !== undefined).length, truths.length),
		`${median(outcomes.map(({ ours }) => ours.notices))} of ${median(outcomes.map(({ justified }) => justified))}`,
		String(median(outcomes.map(({ aboutConnection }) => aboutConnection))),
	];
}

/** One row for Semaforo and for each of the simple ways to watch, over the same runs. */
export function policyTable(all: readonly Played[]): string {
	const outcomes = all.flatMap((played) => played.outcomes);
	const head = ["who watches", "delay", "worst", "missed", "false alarms", "notices a run", "requests an hour"];
	const rows = Object.keys(POLICIES).map((name) =>
		policyRow(
			name,
			outcomes.flatMap(({ policies }) => policies[name] ?? []),
		),
	);
	const ours = outcomes.map((outcome) => outcome.ours);
	return aligned([head, policyRow("Semaforo", ours), ...rows]);
}

function policyRow(name: string, runs: readonly Measured[]): string[] {
	const truths = visibleTruths(runs, ["probe", "official"]);
	const notices = sum(runs.map((run) => run.notices)) / runs.length;
	return [
		name,
		...delays(truths, "none"),
		missed(truths),
		String(falseAlarms(runs)),
		notices.toFixed(1),
		Math.max(...runs.map(({ requests }) => requests.mean.requests)).toFixed(1),
	];
}

/** The outages that evidence of these kinds shows. The simple ways are not held to what only reports of other people show. */
function visibleTruths(runs: readonly Measured[], kinds: readonly TruthScore["seenBy"][]): TruthScore[] {
	return runs.flatMap(({ truths }) => truths.filter(({ seenBy }) => kinds.includes(seenBy)));
}

function delays(truths: readonly TruthScore[], none: string): [string, string] {
	const found = truths.flatMap(({ delayMs }) => delayMs ?? []);
	return found.length === 0
		? [truths.length === 0 ? none : "never", ""]
		: [time(median(found)), time(Math.max(...found))];
}

function missed(truths: readonly TruthScore[]): string {
	return truths.length === 0
		? ""
		: `${truths.filter(({ delayMs }) => delayMs === undefined).length} of ${truths.length}`;
}

function falseAlarms(runs: readonly Measured[]): number {
	return sum(runs.map((run) => run.falseAlarms.length));
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, each) => total + each, 0);
}

function share(part: number, whole: number): string {
	return `${Math.round((100 * part) / whole)} %`;
}

/** Seconds up to ten minutes, then minutes, then hours. */
export function time(ms: number): string {
	const seconds = Math.round(ms / 1000);
	if (Math.abs(seconds) < 600) return `${seconds} s`;
	return seconds < 2 * 3600 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** Columns as wide as their widest cell; the head in bold. */
function aligned(rows: readonly (readonly string[])[]): string {
	const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
	return rows
		.map((row) =>
			row
				.map((cell, column) => cell.padEnd(widths[column] ?? 0))
				.join("   ")
				.trimEnd(),
		)
		.map((row, index) => (index === 0 ? styleText("bold", row) : row))
		.join("\n");
}
