import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { newDesk } from "../../../src/core/desk.ts";
import { APPLICATION_ID, MIGRATIONS, migrate } from "../../../src/io/history/schema.ts";
import { numberPragma } from "../../../src/io/history/sqlite.ts";
import { countedRuns, historyAt, inFreshFolder, MONDAY, probed } from "../../helpers/history.ts";

describe("a new history", () => {
	it("is marked as ours, of the last version, with a log and a way to shrink", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			historyAt(file).history.close();
			const db = new DatabaseSync(file);
			expect(numberPragma(db, "user_version")).toBe(MIGRATIONS.length);
			expect(numberPragma(db, "application_id")).toBe(APPLICATION_ID);
			expect(numberPragma(db, "auto_vacuum")).toBe(2);
			expect(db.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
			db.close();
		}));

	it("is finished where a crash left it before its first table", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			const db = new DatabaseSync(file);
			db.exec("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL");
			db.close();
			const { history, troubles } = historyAt(file);
			history.append([probed(MONDAY)]);
			expect(countedRuns(history)).toBe(1);
			expect(troubles).toEqual([]);
			history.close();
		}));
});

describe("a migration", () => {
	it("takes a history of version 1 to this one, in which nobody has been told anything yet", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			const db = new DatabaseSync(file);
			migrate(db, MIGRATIONS.slice(0, 1));
			db.exec("INSERT INTO levels VALUES ('chat', 'calls', 5, 'degraded')");
			db.close();
			const { history, troubles } = historyAt(file);
			expect(history.readLevels("chat", "calls", 0, 9)).toMatchObject([{ level: "degraded" }]);
			expect([history.readDesk(), history.readUnshown()]).toEqual([undefined, []]);
			history.saveDesk(newDesk(MONDAY), []);
			expect(history.readDesk()).toEqual(newDesk(MONDAY));
			expect(troubles).toEqual([]);
			history.close();
		}));

	it("takes a history to a later version and keeps what is in it", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			const { history } = historyAt(file);
			history.append([probed(MONDAY)]);
			history.close();
			const db = new DatabaseSync(file);
			const later = [...MIGRATIONS, "ALTER TABLE days ADD COLUMN mood TEXT", "CREATE TABLE moods (name TEXT)"];
			migrate(db, later);
			migrate(db, later);
			expect(numberPragma(db, "user_version")).toBe(MIGRATIONS.length + 2);
			expect(db.prepare("SELECT ok FROM minutes").all()).toEqual([{ ok: 1 }]);
			expect(db.prepare("SELECT count(*) AS moods FROM moods").get()).toEqual({ moods: 0 });
			db.close();
		}));

	it("that fails midway leaves the version before it, whole", () =>
		inFreshFolder((folder) => {
			const db = new DatabaseSync(join(folder, "history.db"));
			const broken = [...MIGRATIONS.slice(0, 1), "CREATE TABLE moods (name TEXT); DROP TABLE nowhere"];
			expect(() => migrate(db, broken)).toThrow("no such table: nowhere");
			expect(numberPragma(db, "user_version")).toBe(1);
			expect(db.prepare("SELECT name FROM sqlite_schema WHERE name = 'moods'").all()).toEqual([]);
			db.close();
		}));
});
