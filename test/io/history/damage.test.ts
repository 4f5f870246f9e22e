import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	statSync,
	truncateSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { MIGRATIONS } from "../../../src/io/history/schema.ts";
import { countedRuns, historyAt, inFreshFolder, MINUTE, MONDAY, probed } from "../../helpers/history.ts";

const PAGE = 4096;

/** A closed history of some 60 pages. */
function filled(file: string): void {
	const { history } = historyAt(file);
	for (let check = 0; check < 20; check++) {
		const checkId = `chat/messaging/https://host-${check}.chat.test/`;
		history.append(Array.from({ length: 200 }, (_, i) => probed(MONDAY + i * MINUTE, { checkId })));
	}
	history.close();
	expect(statSync(file).size).toBeGreaterThan(40 * PAGE);
}

/** Writes over bytes of a file, its length unchanged. */
function overwrite(file: string, change: (bytes: Buffer) => void): void {
	const bytes = readFileSync(file);
	change(bytes);
	writeFileSync(file, bytes);
}

function sql(file: string, text: string): void {
	const db = new DatabaseSync(file);
	db.exec(text);
	db.close();
}

const DAMAGES: readonly [string, (file: string) => void][] = [
	["a header that is none", (file) => overwrite(file, (bytes) => bytes.fill(0xff, 0, 100))],
	["a file cut in half", (file) => truncateSync(file, 20 * PAGE)],
	["a file cut within a page", (file) => truncateSync(file, 20 * PAGE + 123)],
	["flipped bytes in the middle", (file) => overwrite(file, (bytes) => bytes.fill(0x5a, 25 * PAGE, 25 * PAGE + 64))],
	["a page of noise", (file) => overwrite(file, (bytes) => bytes.fill(0xc3, 30 * PAGE, 31 * PAGE))],
	["nothing but zero bytes", (file) => overwrite(file, (bytes) => bytes.fill(0))],
	["a text file", (file) => writeFileSync(file, "Dear history,\n".repeat(1000))],
	["a short text file", (file) => writeFileSync(file, "hello")],
	["a missing table", (file) => sql(file, "DROP TABLE hours")],
	["a table of another shape", (file) => sql(file, "DROP TABLE levels; CREATE TABLE levels (mood TEXT)")],
];

describe("a damaged file", () => {
	it.each(DAMAGES)("is set aside as it is, and a new history begins: %s", (_, damage) =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			filled(file);
			damage(file);
			const damaged = readFileSync(file);

			const { history, troubles } = historyAt(file);
			const kept = `${file}.damaged-20260105T000000Z`;
			expect(troubles).toEqual([{ kind: "set_aside", file: kept, message: expect.any(String) }]);
			expect(troubles[0]?.message).toMatch(
				/^The history history\.db in \/\S+ is damaged \(.+\): it is kept as history\.db\.damaged-20260105T000000Z, and a new one begins\.$/,
			);
			expect(readFileSync(kept).equals(damaged)).toBe(true);
			history.append([probed(MONDAY)]);
			expect(countedRuns(history)).toBe(1);
			history.close();
			expect(historyAt(file).troubles).toEqual([]);
		}),
	);

	it("never takes the place of one that was set aside in the same second", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			for (const text of ["first", "second", "third"]) {
				writeFileSync(file, text);
				historyAt(file).history.close();
			}
			const aside = readdirSync(folder).filter((name) => name.includes("damaged"));
			expect(aside.map((name) => readFileSync(join(folder, name), "utf8")).sort()).toEqual([
				"first",
				"second",
				"third",
			]);
		}));

	it("is set aside together with its log", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			const open = historyAt(join(folder, "other.db"));
			open.history.append([probed(MONDAY)]);
			copyFileSync(join(folder, "other.db-wal"), `${file}-wal`);
			open.history.close();
			writeFileSync(file, "");
			const { history, troubles } = historyAt(file);
			const kept = troubles[0]?.file ?? "";
			expect(statSync(`${kept}-wal`).size).toBeGreaterThan(0);
			expect(troubles[0]?.message).toContain("the file is empty though its log is not");
			history.append([probed(MONDAY)]);
			expect(countedRuns(history)).toBe(1);
			history.close();
		}));

	it("found only while it is in use is set aside, and what was to be written is written to the new one", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			filled(file);
			const { history, troubles } = historyAt(file);
			// A write of another connection makes this one forget the pages it has in memory.
			sql(file, "INSERT INTO levels VALUES ('chat', 'calls', 1, 'degraded'); PRAGMA wal_checkpoint(TRUNCATE)");
			overwrite(file, (bytes) => bytes.fill(0xff, PAGE));
			history.append([probed(MONDAY)]);
			expect(troubles).toMatchObject([{ kind: "set_aside" }]);
			expect(existsSync(troubles[0]?.file ?? "")).toBe(true);
			expect(countedRuns(history)).toBe(1);
			history.close();
		}));

	it("that another process has set aside already is not set aside twice", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			const { history, troubles } = historyAt(file);
			for (const end of ["", "-wal", "-shm"]) renameSync(file + end, `${file}.damaged-before${end}`);
			const other = historyAt(file);
			history.append([probed(MONDAY)]);
			other.history.append([probed(MONDAY)]);
			expect(countedRuns(history)).toBe(2);
			expect([...troubles, ...other.troubles]).toEqual([]);
			history.close();
			other.history.close();
		}));
});

describe("a log with damage at its end", () => {
	it("is read as far as it is whole, since a crash leaves the same behind", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			const first = historyAt(file);
			first.history.append([probed(MONDAY)]);
			first.history.maintain(MONDAY);
			first.history.append([probed(MONDAY + MINUTE)]);
			const logged = statSync(`${file}-wal`).size;
			first.history.append([probed(MONDAY + 2 * MINUTE)]);
			const copy = join(folder, "copy.db");
			for (const end of ["", "-wal"]) copyFileSync(file + end, copy + end);
			first.history.close();

			overwrite(`${copy}-wal`, (bytes) => bytes.fill(0xff, logged + 100));
			const { history, troubles } = historyAt(copy);
			expect(countedRuns(history)).toBe(2);
			expect(troubles).toEqual([]);
			history.close();
		}));
});

describe("a file that is not ours to touch", () => {
	it("is refused when a newer version made it", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			filled(file);
			sql(file, "PRAGMA user_version = 7");
			const before = readFileSync(file);
			expect(() => historyAt(file)).toThrow(
				`history.db in ${folder} is left alone: it was made by a newer Semaforo: version 7, this one knows ${MIGRATIONS.length}.`,
			);
			expect(readFileSync(file).equals(before)).toBe(true);
			expect(readdirSync(folder)).toEqual(["history.db"]);
		}));

	it("is refused when it is another program's database", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			sql(file, "CREATE TABLE recipes (name TEXT)");
			const before = readFileSync(file);
			expect(() => historyAt(file)).toThrow("expected a history of Semaforo, found another program's database");
			expect(readFileSync(file).equals(before)).toBe(true);
		}));

	it("is refused when it is a folder", () =>
		inFreshFolder((folder) => {
			mkdirSync(join(folder, "history.db"));
			expect(() => historyAt(join(folder, "history.db"))).toThrow(
				`No history can be kept as history.db in ${folder}: expected a file, found a folder.`,
			);
		}));

	it("is refused when its folder is a file", () =>
		inFreshFolder((folder) => {
			writeFileSync(join(folder, "state"), "");
			expect(() => historyAt(join(folder, "state", "history.db"))).toThrow(
				/in \/\S+\/state: expected a folder that can be written, found (EEXIST|ENOTDIR)/,
			);
		}));
});

describe("an empty file", () => {
	it("is a history that has just begun", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			writeFileSync(file, "");
			const { history, troubles } = historyAt(file);
			history.append([probed(MONDAY)]);
			expect(countedRuns(history)).toBe(1);
			expect(troubles).toEqual([]);
			history.close();
		}));
});
