import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { builtProgram } from "./built-program.ts";
import { figure, megabytes } from "./figures.ts";
import { atMost, type Line } from "./line.ts";
import { resident } from "./process-cost.ts";
import { openSmallWorld } from "./small-world.ts";

const WATCHED_MS = 20_000;

/** The real program, built, watching twelve services over real sockets with its history on disk. */
export async function measureWatcher(): Promise<Line[]> {
	const program = await builtProgram();
	const world = await openSmallWorld();
	const child = spawn(process.execPath, [program, "watch", ...world.options], { stdio: ["ignore", "pipe", "inherit"] });
	const ended = once(child, "exit");
	try {
		let printed = "";
		child.stdout.setEncoding("utf8").on("data", (text: string) => {
			printed += text;
		});
		await wait(WATCHED_MS);
		if (!printed.includes("Everything works")) throw new Error(`expected that everything works, found "${printed}"`);
		const { now, peak, own } = resident(child.pid ?? 0);
		const shared = `${figure(megabytes(now - own))} MB of it pages of files such as Node itself`;
		return [
			{
				what: `Memory of the built program after ${WATCHED_MS / 1000} s of watch`,
				measured: `${figure(megabytes(now))} MB, ${shared}; at most ${figure(megabytes(peak))} MB`,
				budget: atMost(megabytes(now), 90, "MB"),
			},
		];
	} finally {
		child.kill();
		await ended;
		await world.end();
	}
}
