import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildLikeProgram } from "./built-program.ts";
import { startChild } from "./child.ts";
import type { Memory, PlayOn } from "./children/simulated-watcher.ts";
import { figure, megabytes } from "./figures.ts";
import { atMost, type Line } from "./line.ts";

/** Whether the watcher grows: its memory at the start, after a day and after a month that need no waiting. */
export async function measureSimulatedMemory(): Promise<Line[]> {
	const folder = mkdtempSync(join(tmpdir(), "semaforo-bench-"));
	try {
		const built = await buildLikeProgram("scripts/bench/children/simulated-watcher.ts", join(folder, "built"));
		const child = await startChild<PlayOn, Memory>(built, ["--expose-gc"]);
		const file = join(folder, "history.db");
		try {
			const start = await child.ask({ days: 0, file });
			const day = await child.ask({ days: 1, file });
			const month = await child.ask({ days: 30, file });
			return memoryLines(start, day, month);
		} finally {
			await child.end();
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function memoryLines(start: Memory, day: Memory, month: Memory): Line[] {
	const inTurn = (of: (memory: Memory) => number) =>
		[start, day, month].map((memory) => figure(megabytes(of(memory)))).join(", ");
	const growth = 100 * (month.resident / day.resident - 1);
	return [
		{
			what: "Memory at the start, after a day and after a month, simulated",
			measured: `${inTurn(({ resident }) => resident)} MB`,
			budget: atMost(megabytes(month.resident), 90, "MB"),
		},
		{ what: "Growth from that day to that month", measured: `${figure(growth)} %`, budget: atMost(growth, 5, "%") },
		{
			what: "JavaScript heap at the start, after the day and the month",
			measured: `${inTurn(({ heap }) => heap)} MB`,
		},
	];
}
