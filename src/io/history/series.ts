import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { Phases } from "../../core/evidence.ts";
import { FAILURE_KINDS, type FailureKind, PHASES } from "../../core/failure.ts";
import type { CheckId, FeatureName, ServiceId, Time } from "../../core/model.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, PORTAL } from "./run.ts";
import { AGGREGATED, BUCKET_COLUMNS, type BucketTable } from "./schema.ts";
import { slotsSql } from "./slots.ts";

/** What happened in one minute, hour or day, UTC. */
export interface SeriesPoint {
	/** The start of the bucket. */
	readonly at: Time;
	readonly ok: number;
	readonly failed: number;
	/** Runs that were answered with a refusal. */
	readonly blocked: number;
	readonly skipped: number;
	/** Over the answered runs, `ok + blocked`: divide `sum` by their number for the average. Absent where there was none. */
	readonly durationMs?: { readonly sum: number; readonly min: number; readonly max: number };
	/** Sums over the answered runs, in ms; a step that took no time at all is absent. Their averages stack up. */
	readonly phases: Phases;
	/** The newest failure in the bucket. `portal` is a login page in a control's place. */
	readonly lastFailure?: { readonly at: Time; readonly kind: FailureKind | typeof PORTAL };
}

export type Resolution = "minute" | "hour" | "day";

/** One check, or all probes of one feature together. */
export type SeriesOf = CheckId | { readonly service: ServiceId; readonly feature: FeatureName };

export type ReadSeries = (of: SeriesOf, from: Time, until: Time, resolution: Resolution) => SeriesPoint[];

const WIDTH_MS: Readonly<Record<Resolution, number>> = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS };

/** For each resolution the tables it is made of, with how many of their slots make one of its own. */
const PARTS: Readonly<Record<Resolution, readonly (readonly [BucketTable, number])[]>> = {
	minute: [["minutes", 1]],
	hour: [
		["minutes", 60],
		["hours", 1],
	],
	day: [
		["minutes", 1440],
		["hours", 24],
		["days", 1],
	],
};

/**
 * Prepares the reader. It gives the buckets that touch [from, until), oldest first, empty ones left out.
 * Minutes and hours that were rolled up into something coarser are found only in the coarser resolutions.
 */
export function prepareSeries(db: DatabaseSync): ReadSeries {
	const statements = {
		minute: db.prepare(seriesSql("minute")),
		hour: db.prepare(seriesSql("hour")),
		day: db.prepare(seriesSql("day")),
	};
	return (of, from, until, resolution) => {
		const whose = typeof of === "string" ? { name: of, service: null, feature: null } : { name: null, ...of };
		const width = WIDTH_MS[resolution];
		const slots = { from: Math.floor(from / width), until: Math.ceil(until / width) };
		return statements[resolution].all({ ...slots, ...whose }).map((row) => pointOf(row, width));
	};
}

function seriesSql(resolution: Resolution): string {
	const slots = PARTS[resolution].map(([table, width]) => slotsSql(table, `:from * ${width}`, `:until * ${width}`));
	const parts = PARTS[resolution].map(
		([table, width]) => `SELECT run.slot / ${width} AS slot, ${BUCKET_COLUMNS.join(", ")}
			FROM ${table}_slots AS slots CROSS JOIN whose CROSS JOIN ${table} AS run
			WHERE run.slot = slots.slot AND run.check_id = whose.id`,
	);
	return `WITH RECURSIVE ${slots.join(", ")}, whose AS MATERIALIZED (
			SELECT id FROM checks WHERE name = :name OR (service = :service AND feature = :feature)
		)
		SELECT slot, ${AGGREGATED} FROM (${parts.join(" UNION ALL ")}) GROUP BY slot ORDER BY slot`;
}

function pointOf(row: Record<string, SQLOutputValue>, width: number): SeriesPoint {
	const number = (column: string) => Number(row[column] ?? 0);
	const phases = PHASES.map((phase) => [phase, number(`${phase}_us`) / 1000] as const).filter(([, ms]) => ms > 0);
	const { min_ms: min, last_failure: failure } = row;
	const lastFailure = lastFailureOf(String(failure));
	return {
		at: number("slot") * width,
		ok: number("ok"),
		failed: number("failed"),
		blocked: number("blocked"),
		skipped: number("skipped"),
		...(min !== null && { durationMs: { sum: number("sum_ms"), min: Number(min), max: number("max_ms") } }),
		phases: Object.fromEntries(phases),
		...(lastFailure && { lastFailure }),
	};
}

function lastFailureOf(text: string): SeriesPoint["lastFailure"] {
	const [at, word] = text.split(" ");
	const kind = [...FAILURE_KINDS, PORTAL].find((known) => known === word);
	return kind === undefined ? undefined : { at: Number(at), kind };
}
