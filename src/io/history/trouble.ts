import { plainLine } from "../../core/failure.ts";
import { SQLITE, sqliteCode } from "./sqlite.ts";

/**
 * Something about the history that people should know; watching goes on all the same.
 * - `set_aside` a damaged file was renamed and a new one started · `write_failed`, `read_failed` the file is out of reach
 * - `pruned` the history outgrew its limit and lost detail or age
 */
export interface HistoryTrouble {
	readonly kind: "set_aside" | "write_failed" | "read_failed" | "pruned";
	/** One plain sentence or two, in English, naming the file. */
	readonly message: string;
	/** The file that is spoken of: the renamed one for `set_aside`, else the history. */
	readonly file?: string;
}

/** There can be no history here. The message names the place, what was expected and what was found. */
export class HistoryError extends Error {
	override readonly name = "HistoryError";
}

/** The file is not, or no longer, the history it should be. The message says what is wrong with it. */
export class DamagedFile extends Error {
	override readonly name = "DamagedFile";
}

/** True where the file's content is to blame, and only a new file helps. */
export function isDamage(error: unknown): boolean {
	const code = sqliteCode(error);
	return error instanceof DamagedFile || code === SQLITE.CORRUPT || code === SQLITE.NOTADB;
}

/** True where another process holds the file, which passes by itself. */
export function isBusy(error: unknown): boolean {
	const code = sqliteCode(error);
	return code === SQLITE.BUSY || code === SQLITE.LOCKED;
}

/** True where what was to be written is to blame: trying again cannot help. */
export function isRefused(error: unknown): boolean {
	const code = sqliteCode(error);
	if (code !== undefined) return REFUSALS.includes(code);
	return error instanceof TypeError || error instanceof RangeError;
}

/** SQLITE_TOOBIG, SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_RANGE. */
const REFUSALS: readonly number[] = [18, 19, 20, 25];

const REASONS: Readonly<Record<number, string>> = {
	[SQLITE.BUSY]: "another program keeps it locked",
	[SQLITE.LOCKED]: "another program keeps it locked",
	[SQLITE.READONLY]: "it may not be written",
	[SQLITE.IOERR]: "the disk reported an error",
	[SQLITE.CORRUPT]: "its content is damaged",
	[SQLITE.FULL]: "the disk is full, or the history has reached its size limit",
	[SQLITE.CANTOPEN]: "it cannot be opened",
	[SQLITE.NOTADB]: "it is not a database",
};

/** Why it failed, in plain words, with the system's own words after them. */
export function reasonOf(error: unknown): string {
	const words = plainLine(error instanceof Error ? error.message : String(error), 200).replace(/\.$/, "");
	const code = sqliteCode(error);
	return code === undefined ? words : `${REASONS[code] ?? "SQLite refused"} (SQLite ${code}: ${words})`;
}
