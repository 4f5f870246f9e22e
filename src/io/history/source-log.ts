import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { BASELINE_WEEKS, type Baseline, hourOf } from "../../core/baseline.ts";
import { FAILURE_KINDS, PHASES } from "../../core/failure.ts";
import type { CheckId, Time } from "../../core/model.ts";
import { healthAfter, type SourceHealth } from "../../core/source-health.ts";
import type { RunRow } from "./run.ts";

/** What the file keeps of sources apart from their runs. Calls may throw what SQLite throws. */
export interface SourceLog {
	/** Of every source that was ever asked, by its check. */
	readHealth(): Map<CheckId, SourceHealth>;
	/** What was counted of reports, hour by hour, by check; the present hour apart. */
	readBaselines(now: Time): Map<CheckId, Baseline>;
}

const time = z.number();
const text = z.string();
const health = z.object({
	since: time.exactOptional(),
	readAt: time.exactOptional(),
	page: text.exactOptional(),
	format: text.exactOptional(),
	failing: z.object({ since: time, times: z.number() }).exactOptional(),
	lastFailure: z
		.object({
			at: time,
			failure: z.object({
				kind: z.enum(FAILURE_KINDS),
				phase: z.enum(PHASES).exactOptional(),
				status: z.number().exactOptional(),
				detail: text,
				retryAfterMs: z.number().exactOptional(),
			}),
		})
		.exactOptional(),
	changed: z.object({ from: text, to: text, at: time }).exactOptional(),
	moved: z.object({ to: text, at: time }).exactOptional(),
	limited: z.object({ times: z.number(), at: time }).exactOptional(),
}) satisfies z.ZodType<SourceHealth>;

/** Writes what runs tell of their sources; to be called within the batch's transaction, after their checks are known. */
export function prepareWriteSources(db: DatabaseSync): (runs: readonly RunRow[]) => void {
	const known = db.prepare("SELECT body FROM sources WHERE check_id = (SELECT id FROM checks WHERE name = ?)");
	const keep = db.prepare(
		"INSERT OR REPLACE INTO sources (check_id, body) VALUES ((SELECT id FROM checks WHERE name = ?), ?)",
	);
	const count = db.prepare(
		`INSERT INTO reports (check_id, hour, total, readings) VALUES ((SELECT id FROM checks WHERE name = ?), ?, ?, 1)
		ON CONFLICT (check_id, hour) DO UPDATE SET total = total + excluded.total, readings = readings + 1`,
	);
	return (runs) => {
		for (const { check, reading, perHour } of runs) {
			if (!reading) continue;
			const before = healthIn(known.get(check.name)?.["body"]);
			keep.run(check.name, JSON.stringify(healthAfter(before, reading)));
			if (perHour !== undefined) count.run(check.name, hourOf(reading.at), perHour);
		}
	};
}

export function prepareSourceLog(db: DatabaseSync): SourceLog {
	const sources = db.prepare("SELECT name, body FROM sources JOIN checks ON checks.id = check_id ORDER BY name");
	const hours = db.prepare(
		"SELECT name, hour, total / readings AS middle FROM reports JOIN checks ON checks.id = check_id WHERE hour < ? AND hour >= ?",
	);
	return {
		readHealth: () => new Map(sources.all().map(({ name, body }) => [String(name), healthIn(body)])),
		readBaselines(now) {
			const hour = hourOf(now);
			const rows = hours.all(hour, hour - BASELINE_WEEKS * 7 * 24);
			const byName = Map.groupBy(rows, ({ name }) => String(name));
			const past = (own: typeof rows) => new Map(own.map((row) => [Number(row["hour"]), Number(row["middle"])]));
			return new Map([...byName].map(([name, own]) => [name, { past: past(own) }]));
		},
	};
}

function healthIn(body: unknown): SourceHealth {
	try {
		return health.parse(JSON.parse(String(body)));
	} catch {
		return {};
	}
}
