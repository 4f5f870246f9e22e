import type { Evidence, Phases } from "../../core/evidence.ts";
import { PHASES } from "../../core/failure.ts";
import type { Time } from "../../core/model.ts";
import { readingOf, type SourceReading } from "../../core/source-health.ts";
import type { BucketColumn } from "./schema.ts";

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** One run as history counts it: whose it was, and what it adds to its minute. Small, whatever the evidence held. */
export interface RunRow {
	readonly check: {
		readonly name: string;
		readonly kind: Evidence["kind"];
		readonly service: string | null;
		readonly feature: string | null;
		readonly day: number;
	};
	readonly bucket: Readonly<Record<BucketColumn, number | string | null>> & {
		readonly name: string;
		readonly slot: number;
	};
	/** What a page, or somebody's reports, told of themselves. */
	readonly reading?: SourceReading;
	/** What was counted, of reports. */
	readonly perHour?: number;
}

type Count = "ok" | "failed" | "blocked" | "skipped";

/** What a control's login page is filed under, beside the kinds of failure. */
export const PORTAL = "portal" as const;

/** Counts one piece of evidence. It belongs to the minute in which the run ended. */
export function runOf(evidence: Evidence): RunRow {
	const { count, failure } = outcomeOf(evidence);
	const answered = count === "ok" || count === "blocked";
	const at = wholeTime(evidence.at);
	const tookMs = answered ? whole(evidence.at - evidence.startedAt, DAY_MS) : 0;
	const phases = answered && "phases" in evidence ? evidence.phases : {};
	return {
		check: {
			name: evidence.checkId,
			kind: evidence.kind,
			service: evidence.kind === "control" ? null : evidence.service,
			feature: evidence.kind === "probe" ? evidence.feature : null,
			day: Math.floor(at / DAY_MS),
		},
		bucket: {
			name: evidence.checkId,
			slot: Math.floor(at / MINUTE_MS),
			ok: 0,
			failed: 0,
			blocked: 0,
			skipped: 0,
			[count]: 1,
			sum_ms: tookMs,
			max_ms: tookMs,
			min_ms: answered ? tookMs : null,
			...microseconds(phases),
			last_failure: failure === undefined ? "" : `${String(at).padStart(16, "0")} ${failure}`,
		},
		...readIn(evidence, at),
	};
}

function readIn(evidence: Evidence, at: Time): Pick<RunRow, "reading" | "perHour"> {
	if (evidence.kind !== "source" && evidence.kind !== "reports") return {};
	const { outcome } = evidence;
	return {
		reading: { ...readingOf(evidence), at },
		...(outcome.kind === "counted" && { perHour: whole(outcome.perHour, 1e9) }),
	};
}

function outcomeOf(evidence: Evidence): { count: Count; failure?: string } {
	const { outcome } = evidence;
	switch (outcome.kind) {
		case "ok":
		case "read":
		case "counted":
		case "noted":
			return { count: "ok" };
		case "failed":
			return { count: "failed", failure: outcome.failure.kind };
		case "portal":
			return { count: "failed", failure: PORTAL };
		case "blocked":
		case "skipped":
			return { count: outcome.kind };
	}
}

type PhaseColumns = Record<Extract<BucketColumn, `${string}_us`>, number>;

function microseconds(phases: Phases): PhaseColumns {
	return Object.fromEntries(
		PHASES.map((phase) => [`${phase}_us`, whole((phases[phase] ?? 0) * 1000, DAY_MS * 1000)]),
	) as PhaseColumns;
}

/** A time as the file keeps it: whole milliseconds since 1970, no later than a date can be. */
export function wholeTime(at: Time): number {
	return whole(at, 8.64e15);
}

/** A clock that was set back in mid-run, or a number that is none, must not spoil a sum. */
function whole(value: number, limit: number): number {
	return Number.isFinite(value) ? Math.min(Math.max(0, Math.round(value)), limit) : 0;
}
