import { chmodSync, closeSync, existsSync, mkdirSync, openSync, renameSync, statSync } from "node:fs";
import { basename, dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Time } from "../../core/model.ts";
import { APPLICATION_ID, MIGRATIONS, migrate } from "./schema.ts";
import { numberPragma } from "./sqlite.ts";
import { DamagedFile, HistoryError } from "./trouble.ts";

/** What SQLite reads and writes at a time, unless told otherwise when a file is made. */
const PAGE_BYTES = 4096;
/** How long a write waits for another process; it waits on the main thread, so not for long. */
const BUSY_TIMEOUT_MS = 250;

/** The two files SQLite keeps beside the main one. */
export const COMPANIONS = ["-wal", "-shm"] as const;

/**
 * Makes the folder (0700) and an empty file (0600) where there is none.
 * Throws `HistoryError` naming the folder, except on a full disk, which may pass.
 */
export function prepareFile(file: string): void {
	try {
		mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
		const isNew = !existsSync(file);
		closeSync(openSync(file, "a", 0o600));
		if (isNew) chmodSync(file, 0o600);
	} catch (error) {
		const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
		if (code === "ENOSPC" || code === "EDQUOT") throw error;
		const expected =
			code === "EISDIR" ? "expected a file, found a folder" : `expected a folder that can be written, found ${code}`;
		throw new HistoryError(`No history can be kept as ${basename(file)} in ${dirname(file)}: ${expected}.`);
	}
}

/** Sets the size beyond which nothing is taken in. */
export function setCeiling(db: DatabaseSync, bytes: number): void {
	db.exec(`PRAGMA max_page_count = ${Math.ceil(bytes / PAGE_BYTES)}`);
}

/**
 * Opens the file, checks it whole and brings it up to date.
 * Throws `HistoryError` for a file that is not ours to touch, `DamagedFile` or SQLite's own error for the rest.
 */
export function openDatabase(file: string, maxBytes: number): DatabaseSync {
	refuseLostMain(file);
	const db = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
	try {
		refuseForeign(db, file);
		quickCheck(db);
		// Must come before the first table.
		if (numberPragma(db, "user_version") === 0) db.exec("PRAGMA auto_vacuum = INCREMENTAL");
		db.exec(`PRAGMA journal_mode = WAL;
			PRAGMA synchronous = NORMAL;
			PRAGMA cache_size = -2000;
			PRAGMA wal_autocheckpoint = 256;
			PRAGMA journal_size_limit = 1048576;
			PRAGMA cell_size_check = ON;
			PRAGMA trusted_schema = OFF`);
		setCeiling(db, maxBytes);
		migrate(db);
		return db;
	} catch (error) {
		db.close();
		throw error;
	}
}

/** SQLite would take an empty main file for a new one, and delete the log that still holds the data. */
function refuseLostMain(file: string): void {
	const log = statSync(`${file}-wal`, { throwIfNoEntry: false });
	if (statSync(file).size === 0 && log !== undefined && log.size > 0) {
		throw new DamagedFile("the file is empty though its log is not");
	}
}

function refuseForeign(db: DatabaseSync, file: string): void {
	const version = numberPragma(db, "user_version");
	const application = numberPragma(db, "application_id");
	const isEmpty = numberPragma(db, "schema_version") === 0;
	if (isEmpty && version === 0) return;
	const place = `${basename(file)} in ${dirname(file)}`;
	if (application !== APPLICATION_ID) {
		throw new HistoryError(`${place} is left alone: expected a history of Semaforo, found another program's database.`);
	}
	if (version > MIGRATIONS.length) {
		throw new HistoryError(
			`${place} is left alone: it was made by a newer Semaforo: version ${version}, this one knows ${MIGRATIONS.length}.`,
		);
	}
}

function quickCheck(db: DatabaseSync): void {
	const { quick_check: found } = db.prepare("PRAGMA quick_check(1)").get() ?? {};
	if (found !== "ok") throw new DamagedFile(String(found));
}

/** Which file a path means now: another file under the same path has another identity. Undefined where there is none. */
export function identityOf(file: string): string | undefined {
	const found = statSync(file, { throwIfNoEntry: false, bigint: true });
	return found && `${found.dev}:${found.ino}`;
}

/** Renames a closed file and its companions to `<name>.damaged-<UTC stamp>`, never over another; returns the new name. */
export function setAside(file: string, now: Time): string {
	const stamp = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, "");
	let name = `${file}.damaged-${stamp}`;
	for (let count = 2; [name, ...COMPANIONS.map((end) => name + end)].some((taken) => existsSync(taken)); count++) {
		name = `${file}.damaged-${stamp}-${count}`;
	}
	// Companions first: an old log beside a new file would be taken for its own.
	for (const end of COMPANIONS) if (existsSync(file + end)) renameSync(file + end, name + end);
	if (existsSync(file)) renameSync(file, name);
	return name;
}
