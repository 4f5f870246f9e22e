import type { DatabaseSync } from "node:sqlite";
import { inTransaction, numberPragma } from "./sqlite.ts";

/** Marks the file as a history of Semaforo, for `file` and for us: "Sema" in ASCII. */
export const APPLICATION_ID = 0x53656d61;

/**
 * One row per check and slot. `slot` counts minutes, hours or days since 1970 UTC, by the table.
 * Times are those of answered runs (ok or blocked); `min_ms` is NULL where there was none.
 * `last_failure` is the padded time and kind of the newest failure, so that the greater text is the later one; '' is none.
 */
const BUCKETS_1 = `(
	slot INTEGER NOT NULL,
	check_id INTEGER NOT NULL REFERENCES checks (id),
	ok INTEGER NOT NULL,
	failed INTEGER NOT NULL,
	blocked INTEGER NOT NULL,
	skipped INTEGER NOT NULL,
	sum_ms INTEGER NOT NULL,
	max_ms INTEGER NOT NULL,
	min_ms INTEGER,
	dns_us INTEGER NOT NULL,
	connect_us INTEGER NOT NULL,
	proxy_us INTEGER NOT NULL,
	tls_us INTEGER NOT NULL,
	first_byte_us INTEGER NOT NULL,
	transfer_us INTEGER NOT NULL,
	last_failure TEXT NOT NULL,
	PRIMARY KEY (slot, check_id)
) STRICT, WITHOUT ROWID`;

/** From version n to n + 1, by position. Steps that were once released are never edited. */
export const MIGRATIONS: readonly string[] = [
	`PRAGMA application_id = ${APPLICATION_ID};
	CREATE TABLE checks (
		id INTEGER PRIMARY KEY,
		name TEXT NOT NULL UNIQUE,
		kind TEXT NOT NULL,
		service TEXT,
		feature TEXT,
		last_day INTEGER NOT NULL
	) STRICT;
	CREATE TABLE minutes ${BUCKETS_1};
	CREATE TABLE hours ${BUCKETS_1};
	CREATE TABLE days ${BUCKETS_1};
	CREATE TABLE levels (
		service TEXT NOT NULL,
		feature TEXT NOT NULL,
		at INTEGER NOT NULL,
		level TEXT NOT NULL,
		PRIMARY KEY (service, feature, at)
	) STRICT, WITHOUT ROWID;
	CREATE TABLE incidents (
		id TEXT NOT NULL PRIMARY KEY,
		opened_at INTEGER NOT NULL,
		closed_at INTEGER,
		body TEXT NOT NULL
	) STRICT, WITHOUT ROWID;`,
	// What people have been told and asked for is one row; a notice is shown, failed to be, or neither is known.
	`CREATE TABLE desk (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL) STRICT;
	CREATE TABLE notices (
		number INTEGER PRIMARY KEY,
		at INTEGER NOT NULL,
		body TEXT NOT NULL,
		shown_at INTEGER,
		failure TEXT
	) STRICT;`,
	// How well each source can be read is one row; reports are counted by the hour, for what is usual at an hour of the week.
	`CREATE TABLE sources (check_id INTEGER PRIMARY KEY REFERENCES checks (id), body TEXT NOT NULL) STRICT;
	CREATE TABLE reports (
		check_id INTEGER NOT NULL REFERENCES checks (id),
		hour INTEGER NOT NULL,
		total REAL NOT NULL,
		readings INTEGER NOT NULL,
		PRIMARY KEY (check_id, hour)
	) STRICT, WITHOUT ROWID;`,
];

/** Brings the tables up to the last version; each step is one transaction, so a crash leaves a whole version behind. */
export function migrate(db: DatabaseSync, migrations: readonly string[] = MIGRATIONS): void {
	for (const [version, sql] of migrations.entries()) {
		if (numberPragma(db, "user_version") > version) continue;
		inTransaction(db, () => {
			// Another process may have taken this very step while this one waited for the lock.
			if (numberPragma(db, "user_version") === version) db.exec(`${sql}; PRAGMA user_version = ${version + 1}`);
		});
	}
}

/** How each number of two rows of one bucket becomes one. */
const MERGE = {
	ok: "sum",
	failed: "sum",
	blocked: "sum",
	skipped: "sum",
	sum_ms: "sum",
	max_ms: "max",
	min_ms: "min",
	dns_us: "sum",
	connect_us: "sum",
	proxy_us: "sum",
	tls_us: "sum",
	first_byte_us: "sum",
	transfer_us: "sum",
	last_failure: "max",
} as const;

export type BucketColumn = keyof typeof MERGE;

export type BucketTable = "minutes" | "hours" | "days";

/** The columns of a bucket besides its slot and check. */
export const BUCKET_COLUMNS = Object.keys(MERGE) as readonly BucketColumn[];

/** SQL that makes one row of many: `sum(ok) AS ok, …`. */
export const AGGREGATED = BUCKET_COLUMNS.map((column) => `${MERGE[column]}(${column}) AS ${column}`).join(", ");

/** SQL that puts the rows of `select` (slot, check_id and all columns, in order) into a table, added to what is there. */
export function addInto(table: BucketTable, select: string): string {
	const sets = BUCKET_COLUMNS.map((column) => `${column} = ${merged(column)}`);
	return `INSERT INTO ${table} (slot, check_id, ${BUCKET_COLUMNS.join(", ")}) ${select}
		ON CONFLICT (slot, check_id) DO UPDATE SET ${sets.join(", ")}`;
}

function merged(column: BucketColumn): string {
	const [old, added] = [column, `excluded.${column}`];
	if (MERGE[column] === "sum") return `${old} + ${added}`;
	// SQLite's min and max of two values are NULL when either is.
	return `coalesce(${MERGE[column]}(${old}, ${added}), ${old}, ${added})`;
}
