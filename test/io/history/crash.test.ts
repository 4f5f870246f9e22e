import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import {
	countedRuns,
	HOUR,
	historyAt,
	inFreshFolder,
	MINUTE,
	MONDAY,
	probed,
	skipSaying,
} from "../../helpers/history.ts";

const CHILDREN = join(import.meta.dirname, "children");

function start(script: string, ...args: string[]): ChildProcess {
	return spawn(process.execPath, [join(CHILDREN, script), ...args], { stdio: ["ignore", "pipe", "inherit"] });
}

/** The last whole number that a child printed. */
function lastNumber(text: string): number {
	return Number(text.slice(0, text.lastIndexOf("\n")).split("\n").at(-1));
}

describe("a process killed in the middle of writing", () => {
	it("loses nothing it had been told was written, and leaves a sound file", { timeout: 30_000 }, () =>
		inFreshFolder(async (folder) => {
			const file = join(folder, "history.db");
			let before = 0;
			for (let round = 0; round < 5; round++) {
				const child = start("append.ts", file, "chat/web/tcp://chat.test:443", "forever");
				let printed = "";
				const killAfter = Math.floor(Math.random() * 600);
				child.stdout?.on("data", (text) => {
					printed += text;
					if (lastNumber(printed) >= killAfter) child.kill("SIGKILL");
				});
				await once(child, "close");
				expect(child.signalCode).toBe("SIGKILL");

				const { history, troubles } = historyAt(file);
				const found = countedRuns(history, "chat/web/tcp://chat.test:443");
				history.close();
				expect(found - before).toBeGreaterThanOrEqual(lastNumber(printed));
				// Both runs of one call or none, and at most the one call that was not yet acknowledged.
				expect(found - before).toBeLessThanOrEqual(lastNumber(printed) + 2);
				expect(found % 2).toBe(0);
				expect(troubles).toEqual([]);
				const db = new DatabaseSync(file);
				expect(db.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
				db.close();
				before = found;
			}
		}),
	);
});

describe("several processes at once", () => {
	it("begin one history together and lose no write", { timeout: 30_000 }, () =>
		inFreshFolder(async (folder) => {
			const file = join(folder, "history.db");
			const names = ["a", "b", "c"];
			const children = names.map((name) => start("append.ts", file, name, "300"));
			const codes = await Promise.all(children.map(async (child) => (await once(child, "exit"))[0]));
			expect(codes).toEqual([0, 0, 0]);
			const { history, troubles } = historyAt(file);
			expect(names.map((name) => countedRuns(history, name))).toEqual([300, 300, 300]);
			expect(troubles).toEqual([]);
			history.close();
		}),
	);

	it("wait in memory while another one writes, and say so only after a minute", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			const { history, troubles, clock } = historyAt(file);
			const other = new DatabaseSync(file);
			other.exec("BEGIN IMMEDIATE");
			history.saveLevels([{ service: "chat", feature: "calls", at: 1, level: "degraded" }]);
			expect(troubles).toEqual([]);
			clock.now += 61_000;
			history.saveLevels([{ service: "chat", feature: "calls", at: 2, level: "operational" }]);
			expect(troubles).toMatchObject([{ kind: "write_failed", message: expect.stringContaining("locked") }]);
			other.exec("ROLLBACK");
			other.close();
			history.saveLevels([]);
			expect(history.readLevels("chat", "calls", 1, 9)).toHaveLength(2);
			history.close();
		}));

	it("keep no more than the newest 10,000 runs in memory meanwhile", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			const { history } = historyAt(file);
			const other = new DatabaseSync(file);
			other.exec("BEGIN IMMEDIATE");
			history.append(Array.from({ length: 10_050 }, (_, i) => probed(MONDAY + i * MINUTE)));
			other.close();
			history.append([probed(MONDAY)]);
			expect(countedRuns(history)).toBe(10_001);
			const [first] = history.readSeries("chat/messaging/https://chat.test/", 1, MONDAY + HOUR, "minute");
			expect(first?.at).toBe(MONDAY);
			expect(
				history.readSeries("chat/messaging/https://chat.test/", MONDAY + MINUTE, MONDAY + HOUR, "minute")[0]?.at,
			).toBe(MONDAY + 50 * MINUTE);
			history.close();
		}));

	it("can start while another one keeps the whole file to itself, and write later", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			historyAt(file).history.close();
			const other = new DatabaseSync(file);
			other.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
			const { history, troubles } = historyAt(file);
			history.append([probed(MONDAY)]);
			expect(countedRuns(history)).toBe(0);
			other.close();
			history.append([probed(MONDAY)]);
			expect(countedRuns(history)).toBe(2);
			history.close();
			expect(troubles.map(({ kind }) => kind)).not.toContain("set_aside");
		}));
});

interface FullDisk {
	committed: number;
	whenFull: number;
	readableWhenFull: number;
	recovered: number;
	appended: number;
	messages: string[];
}

function expectNothingLost(seen: FullDisk): void {
	expect(seen.committed).toBe(100);
	expect(seen.readableWhenFull).toBe(seen.whenFull);
	expect(seen.recovered).toBe(seen.appended);
	expect(seen.messages).toHaveLength(1);
	expect(seen.messages[0]).toMatch(/^The history history\.db in \/.* cannot be written: .* \(SQLite \d+: .*\)\. /);
}

function sh(script: string, ...args: string[]) {
	return spawnSync("sh", ["-c", script, ...args], { encoding: "utf8" });
}

describe("a full disk", () => {
	it("is told once; what was written stays, and what waited is written when there is room again", (context) =>
		inFreshFolder((folder) => {
			const unshare = process.getuid?.() === 0 ? "unshare -m" : "unshare -rm";
			const onSmallDisk = (command: string, ...args: string[]) =>
				sh(`${unshare} sh -c 'mount -t tmpfs -o size=2m tmpfs "$0" && exec "$@"' "$0" "$@"`, folder, command, ...args);
			const trial = onSmallDisk("true");
			if (trial.status !== 0) skipSaying(context, `no small disk can be mounted here: ${trial.stderr}`);
			const script = join(CHILDREN, "full-disk.ts");
			const { stdout, stderr } = onSmallDisk(process.execPath, script, join(folder, "history.db"), "ballast");
			expect(stderr).toBe("");
			const seen = JSON.parse(stdout) as FullDisk;
			expectNothingLost(seen);
			expect(seen.messages[0]).toContain("the disk is full");
		}));

	it("is no different from a limit on the file's size", (context) =>
		inFreshFolder((folder) => {
			if (sh("prlimit --version").status !== 0) skipSaying(context, "there is no prlimit here to lift the limit again");
			const script = join(CHILDREN, "full-disk.ts");
			// In blocks of 512 bytes: less than the log grows to.
			const limited = 'ulimit -S -f 1800 && exec "$0" "$@"';
			const { stdout, stderr } = sh(limited, process.execPath, script, join(folder, "history.db"), "limit");
			expect(stderr).toBe("");
			const seen = JSON.parse(stdout) as FullDisk;
			expectNothingLost(seen);
			expect(seen.messages[0]).toContain("the disk reported an error");
		}));
});

describe("a folder that may not be written", () => {
	it("is refused with its name and the reason", (context) =>
		inFreshFolder((folder) => {
			if (process.platform === "win32") skipSaying(context, "Windows has no such modes");
			const isRoot = process.getuid?.() === 0;
			chmodSync(folder, 0o555);
			// Root may write anywhere, so that the child must be somebody else.
			const { stdout, stderr } = spawnSync(process.execPath, [join(CHILDREN, "open.ts"), join(folder, "history.db")], {
				encoding: "utf8",
				...(isRoot && { uid: 65534, gid: 65534 }),
			});
			chmodSync(folder, 0o755);
			expect(stderr).toBe("");
			expect(stdout).toBe(
				`HistoryError: No history can be kept as history.db in ${folder}: expected a folder that can be written, found EACCES.`,
			);
		}));
});
