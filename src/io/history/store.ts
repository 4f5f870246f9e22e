import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { Desk } from "../../core/desk.ts";
import type { DecidedNotice, LevelChange, Showing } from "../../core/history.ts";
import type { Incident } from "../../core/incidents.ts";
import { LEVELS } from "../../core/level.ts";
import type { FeatureName, ServiceId, Time } from "../../core/model.ts";
import { prepareAsked, type ReadAsked } from "./asked.ts";
import { type NoticeLog, prepareNoticeLog, prepareWriteNotices } from "./notice-log.ts";
import { type Limits, prepareUpkeep, type Upkeep } from "./rollup.ts";
import { type RunRow, wholeTime } from "./run.ts";
import { addInto, BUCKET_COLUMNS } from "./schema.ts";
import { prepareSeries, type ReadSeries } from "./series.ts";
import { prepareSourceLog, prepareWriteSources, type SourceLog } from "./source-log.ts";
import { inTransaction } from "./sqlite.ts";

/** What is to be written in one go. */
export interface Batch {
	readonly runs: readonly RunRow[];
	readonly levels: readonly LevelChange[];
	readonly incidents: Iterable<Incident>;
	readonly desk: Desk | undefined;
	readonly notices: readonly DecidedNotice[];
	readonly showings: readonly Showing[];
}

export interface IncidentFilter {
	/** Only incidents that were still open at this time, or later. */
	readonly since?: Time;
	readonly openOnly?: boolean;
}

/** The statements of one open history, each prepared once. Every call may throw what SQLite throws. */
export interface Store extends Upkeep, NoticeLog, SourceLog {
	/** One transaction: all or nothing. */
	write(batch: Batch): void;
	readonly readSeries: ReadSeries;
	readonly readAsked: ReadAsked;
	/** Oldest first, beginning with the change in force at `from`, where one is known; `until` is left out. */
	readLevels(service: ServiceId, feature: FeatureName, from: Time, until: Time): LevelChange[];
	/** Oldest first. */
	readIncidents(filter: IncidentFilter): Incident[];
}

export function prepareStore(db: DatabaseSync, limits: Limits): Store {
	return {
		write: prepareWrite(db),
		readSeries: prepareSeries(db),
		readAsked: prepareAsked(db),
		readLevels: prepareLevels(db),
		readIncidents: prepareIncidents(db),
		...prepareNoticeLog(db),
		...prepareSourceLog(db),
		...prepareUpkeep(db, limits),
	};
}

function prepareWrite(db: DatabaseSync): Store["write"] {
	const check = db.prepare(
		`INSERT INTO checks (name, kind, service, feature, last_day) VALUES (:name, :kind, :service, :feature, :day)
		ON CONFLICT (name) DO UPDATE SET last_day = excluded.last_day WHERE excluded.last_day > last_day`,
	);
	const values = BUCKET_COLUMNS.map((column) => `:${column}`).join(", ");
	const run = db.prepare(addInto("minutes", `VALUES (:slot, (SELECT id FROM checks WHERE name = :name), ${values})`));
	const level = db.prepare("INSERT OR REPLACE INTO levels (service, feature, at, level) VALUES (?, ?, ?, ?)");
	const incident = db.prepare("INSERT OR REPLACE INTO incidents (id, opened_at, closed_at, body) VALUES (?, ?, ?, ?)");
	const writeNotices = prepareWriteNotices(db);
	const writeSources = prepareWriteSources(db);
	return (batch) =>
		inTransaction(db, () => {
			const { runs, levels, incidents } = batch;
			for (const row of runs) {
				check.run(row.check);
				run.run(row.bucket);
			}
			writeSources(runs);
			for (const change of levels) level.run(change.service, change.feature, wholeTime(change.at), change.level);
			for (const each of incidents) {
				const closedAt = each.closedAt === undefined ? null : wholeTime(each.closedAt);
				incident.run(each.id, wholeTime(each.openedAt), closedAt, JSON.stringify(each));
			}
			writeNotices(batch);
		});
}

function prepareLevels(db: DatabaseSync): Store["readLevels"] {
	const read = db.prepare(
		`SELECT at, level FROM levels
		WHERE service = :service AND feature = :feature AND at < :until AND at >= coalesce(
			(SELECT max(at) FROM levels WHERE service = :service AND feature = :feature AND at <= :from), :from
		) ORDER BY at`,
	);
	return (service, feature, from, until) =>
		read.all({ service, feature, from, until }).map(({ at, level }) => ({
			service,
			feature,
			at: Number(at),
			level: LEVELS.find((known) => known === level) ?? "unknown",
		}));
}

function prepareIncidents(db: DatabaseSync): Store["readIncidents"] {
	const read = db.prepare(
		`SELECT body FROM incidents
		WHERE closed_at IS NULL OR (NOT :openOnly AND closed_at >= :since) ORDER BY opened_at, id`,
	);
	return ({ since = 0, openOnly = false }) =>
		read.all({ since, openOnly: openOnly ? 1 : 0 }).flatMap(({ body }) => incidentOf(body) ?? []);
}

function incidentOf(body: SQLOutputValue | undefined): Incident | undefined {
	try {
		const value: unknown = JSON.parse(String(body));
		return isIncident(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/** Only the frame is checked: the rest is what this very program wrote. */
function isIncident(value: unknown): value is Incident {
	if (typeof value !== "object" || value === null) return false;
	return "id" in value && typeof value.id === "string" && "openedAt" in value && typeof value.openedAt === "number";
}
