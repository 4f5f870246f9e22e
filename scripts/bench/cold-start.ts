import { spawnSync } from "node:child_process";
import { builtProgram } from "./built-program.ts";
import { figure, median, megabytes } from "./figures.ts";
import type { Line } from "./line.ts";

const RUNS = 15;

/** Tells the most memory this process ever had, in KiB, on its fourth stream when it ends. */
const TELL_PEAK = `import { readFileSync, writeSync } from "node:fs";
process.on("exit", () => writeSync(3, /VmHWM:\\s+(\\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]));`;

/** How long it takes until help is printed, beside a Node that does nothing. */
export async function measureColdStart(): Promise<Line[]> {
	const help = [await builtProgram(), "check", "--help"];
	const wall = { help: [] as number[], bare: [] as number[] };
	for (let run = 0; run < RUNS; run++) {
		wall.bare.push(wallMs(["--eval", "0"]));
		wall.help.push(wallMs(help));
	}
	const [helpMs, bareMs] = [median(wall.help), median(wall.bare)];
	const peaks = process.platform === "linux" ? Array.from({ length: 3 }, () => peakBytes(help)) : [];
	return [
		{
			what: "Cold start until the help of check is printed",
			measured: `${figure(helpMs)} ms, ${figure(helpMs / bareMs)} times a bare Node (${figure(bareMs)} ms)`,
		},
		...(peaks.length > 0
			? [{ what: "Most memory it had by then", measured: `${figure(megabytes(median(peaks)))} MB` }]
			: []),
	];
}

function wallMs(args: readonly string[]): number {
	const before = performance.now();
	run(args);
	return performance.now() - before;
}

function peakBytes(args: readonly string[]): number {
	const told = run([`--import=data:text/javascript,${encodeURIComponent(TELL_PEAK)}`, ...args]);
	return Number(told) * 1024;
}

/** Runs Node to its end; returns what came on the fourth stream. */
function run(args: readonly string[]): string {
	const { status, stderr, output } = spawnSync(process.execPath, args, {
		stdio: ["ignore", "ignore", "pipe", "pipe"],
		encoding: "utf8",
	});
	if (status !== 0) throw new Error(`expected exit code 0 of ${args.join(" ")}, found ${status}: ${stderr}`);
	return output[3] ?? "";
}
