import { execFileSync } from "node:child_process";
import { builtProgram } from "./built-program.ts";
import { figure, median } from "./figures.ts";
import type { Line } from "./line.ts";
import { openSmallWorld } from "./small-world.ts";

const RUNS = 5;

/** From the start of `check` to its end, in a world where all is well and every host is near. */
export async function measureFirstVerdict(): Promise<Line[]> {
	const program = await builtProgram();
	const world = await openSmallWorld();
	try {
		const took = Array.from({ length: RUNS }, () => {
			const before = performance.now();
			const json = execFileSync(process.execPath, [program, "check", "--json", ...world.options], { encoding: "utf8" });
			const { level } = JSON.parse(json) as { level?: unknown };
			if (level !== "operational") throw new Error(`expected everything to be operational, found ${level}`);
			return performance.now() - before;
		});
		return [
			{ what: "First verdict on 12 services, 54 hosts on this computer", measured: `${figure(median(took))} ms` },
		];
	} finally {
		await world.end();
	}
}
