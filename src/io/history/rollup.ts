import type { DatabaseSync } from "node:sqlite";
import { BASELINE_WEEKS, hourOf } from "../../core/baseline.ts";
import type { Time } from "../../core/model.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "./run.ts";
import { AGGREGATED, addInto, type BucketTable } from "./schema.ts";
import { inTransaction, numberPragma } from "./sqlite.ts";

/** How long detail is kept before it is summed up: minutes become hours, hours become days. */
interface Keep {
	readonly minutesMs: number;
	readonly hoursMs: number;
}

const KEEP: Keep = { minutesMs: 48 * HOUR_MS, hoursMs: 90 * DAY_MS };

export interface Limits {
	readonly maxBytes: number;
	readonly maxAgeMs: number;
}

export interface Upkeep {
	/**
	 * Sums up what is older than `keep`, in whole hours and days. What is added is deleted in the same transaction,
	 * so nothing is counted twice or lost, however often and in whatever order this and late evidence come.
	 */
	rollUp(now: Time, keep?: Keep): void;
	/**
	 * Forgets what is older than the age limit. A file over its size limit first loses detail, then age, until what it
	 * holds fits; freed space goes back to the disk. Returns whether the size limit cost anything.
	 */
	prune(now: Time): boolean;
}

/** Prepares the upkeep of one open history. */
export function prepareUpkeep(db: DatabaseSync, limits: Limits): Upkeep {
	const rollUp = prepareRollUp(db);
	const forget = prepareForget(db);
	return {
		rollUp,
		prune(now) {
			forget(now - limits.maxAgeMs);
			const fits = () => usedBytes(db) <= limits.maxBytes;
			const fitted = fits();
			for (let share = 1 / 2; share >= 1 / 64 && !fits(); share /= 2) {
				rollUp(now, { minutesMs: KEEP.minutesMs * share, hoursMs: KEEP.hoursMs * share });
			}
			for (let ageMs = limits.maxAgeMs / 2; ageMs >= HOUR_MS && !fits(); ageMs /= 2) forget(now - ageMs);
			db.exec("PRAGMA incremental_vacuum");
			return !fitted;
		},
	};
}

function prepareRollUp(db: DatabaseSync): Upkeep["rollUp"] {
	const hourly = prepareStep(db, "minutes", "hours", 60);
	const daily = prepareStep(db, "hours", "days", 24);
	return (now, keep = KEEP) => {
		hourly(Math.floor((now - keep.minutesMs) / HOUR_MS));
		daily(Math.floor((now - keep.hoursMs) / DAY_MS));
	};
}

/** Moves every fine slot that lies before a coarse one. */
function prepareStep(db: DatabaseSync, fine: BucketTable, coarse: BucketTable, slots: number) {
	const any = db.prepare(`SELECT 1 FROM ${fine} WHERE slot < ? LIMIT 1`);
	const add = db.prepare(
		addInto(
			coarse,
			`SELECT slot / ${slots}, check_id, ${AGGREGATED} FROM ${fine} WHERE slot < ? GROUP BY slot / ${slots}, check_id`,
		),
	);
	const remove = db.prepare(`DELETE FROM ${fine} WHERE slot < ?`);
	return (beforeCoarse: number) => {
		const before = beforeCoarse * slots;
		if (any.get(before) === undefined) return;
		inTransaction(db, () => {
			add.run(before);
			remove.run(before);
		});
	};
}

/** Forgets what ended before a moment. */
export function prepareForget(db: DatabaseSync): (before: Time) => void {
	const buckets = (["minutes", "hours", "days"] as const).map(
		(table, index) =>
			[db.prepare(`DELETE FROM ${table} WHERE slot < ?`), [MINUTE_MS, HOUR_MS, DAY_MS][index] ?? DAY_MS] as const,
	);
	const reports = db.prepare("DELETE FROM reports WHERE hour < max(?, (SELECT max(hour) FROM reports) - ?)");
	const sources = db.prepare("DELETE FROM sources WHERE check_id IN (SELECT id FROM checks WHERE last_day < ?)");
	const checks = db.prepare("DELETE FROM checks WHERE last_day < ?");
	const incidents = db.prepare("DELETE FROM incidents WHERE closed_at < ?");
	const notices = db.prepare("DELETE FROM notices WHERE at < ?");
	// The last change before the limit stays: it is the level in force from there on.
	const levels = db.prepare(`DELETE FROM levels WHERE at < (
		SELECT max(later.at) FROM levels AS later
		WHERE later.service = levels.service AND later.feature = levels.feature AND later.at <= ?
	)`);
	return (before) =>
		inTransaction(db, () => {
			for (const [remove, widthMs] of buckets) remove.run(Math.floor(before / widthMs));
			reports.run(hourOf(before), BASELINE_WEEKS * 7 * 24);
			sources.run(Math.floor(before / DAY_MS));
			checks.run(Math.floor(before / DAY_MS));
			incidents.run(before);
			notices.run(before);
			levels.run(before);
		});
}

/** What the file would hold without its free pages. */
function usedBytes(db: DatabaseSync): number {
	const pages = numberPragma(db, "page_count") - numberPragma(db, "freelist_count");
	return pages * numberPragma(db, "page_size");
}
