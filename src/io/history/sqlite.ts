import type { DatabaseSync } from "node:sqlite";

/** SQLite's primary result codes that history tells apart (https://www.sqlite.org/rescode.html). */
export const SQLITE = {
	ERROR: 1,
	BUSY: 5,
	LOCKED: 6,
	READONLY: 8,
	IOERR: 10,
	CORRUPT: 11,
	FULL: 13,
	CANTOPEN: 14,
	NOTADB: 26,
} as const;

/** The primary result code of an error that SQLite raised; undefined for any other error. */
export function sqliteCode(error: unknown): number | undefined {
	if (!(error instanceof Error && "errcode" in error && typeof error.errcode === "number")) return undefined;
	// The low byte is the primary code, the rest details it.
	return error.errcode & 0xff;
}

/** Runs `work` as one write transaction: all of it is kept, or, when anything throws, none of it. */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
	// Asking for the write lock at once makes a second writer wait; a lock asked for midway could only fail.
	db.exec("BEGIN IMMEDIATE");
	try {
		const result = work();
		db.exec("COMMIT");
		return result;
	} catch (error) {
		rollBack(db);
		throw error;
	}
}

function rollBack(db: DatabaseSync): void {
	// A full disk or an I/O error may have ended the transaction already.
	if (!db.isTransaction) return;
	try {
		db.exec("ROLLBACK");
	} catch {
		// The error that led here is the one worth telling.
	}
}

/** The value of a pragma that is one number. */
export function numberPragma(db: DatabaseSync, name: string): number {
	return Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
}
