import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildLikeProgram } from "./built-program.ts";
import { startChild } from "./child.ts";
import type { Memory, PlayOn } from "./children/simulated-watcher.ts";
import { figure, megabytes } from "./figures.ts";
import { atMost, type Line } from "./line.ts";
import { type Resident, resident } from "./process-cost.ts";

/**
 * What grows in a month of work done in half a minute must be ours: the optimising compilers would fill workspaces of their
 * own, and glibc's allocator would keep a store for each thread.
 */
const NO_COMPILERS = ["--no-opt", "--no-maglev"];
const ONE_STORE = { MALLOC_ARENA_MAX: "1" };

/** Whether the watcher grows: its memory at the start, after a day and after a month that need no waiting. */
export async function measureSimulatedMemory(): Promise<Line[]> {
	const folder = mkdtempSync(join(tmpdir(), "semaforo-bench-"));
	try {
		const built = await buildLikeProgram("scripts/bench/children/simulated-watcher.ts", join(folder, "built"));
		const child = await startChild<PlayOn, Memory>(built, ["--expose-gc", ...NO_COMPILERS], ONE_STORE);
		const file = join(folder, "history.db");
		const reading = async (days: number): Promise<Reading> => {
			const { heap } = await child.ask({ days, file });
			return { heap, ...resident(child.pid) };
		};
		try {
			return memoryLines(await reading(0), await reading(1), await reading(30));
		} finally {
			await child.end();
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

type Reading = Memory & Resident;

function memoryLines(start: Reading, day: Reading, month: Reading): Line[] {
	const inTurn = (of: (reading: Reading) => number) =>
		[start, day, month].map((reading) => figure(megabytes(of(reading)))).join(", ");
	const growth = 100 * (month.now / day.now - 1);
	const own = inTurn((reading) => reading.own);
	return [
		{
			what: "Memory at the start, after a day and after a month, simulated",
			measured: `${inTurn(({ now }) => now)} MB; without pages of files ${own} MB`,
		},
		{ what: "Growth from that day to that month", measured: `${figure(growth)} %`, budget: atMost(growth, 5, "%") },
		{
			what: "JavaScript heap at the start, after the day and the month",
			measured: `${inTurn(({ heap }) => heap)} MB`,
		},
	];
}
