import { measureColdStart } from "./bench/cold-start.ts";
import { measureFirstVerdict } from "./bench/first-verdict.ts";
import { measureLeaks } from "./bench/leaks.ts";
import { type Line, table, Unavailable } from "./bench/line.ts";
import { measureProbeCost } from "./bench/probe-cost.ts";
import { measureReplay } from "./bench/replay.ts";
import { measureSimulatedMemory } from "./bench/simulated-memory.ts";
import { measureTraffic } from "./bench/traffic.ts";
import { measureTrayIdle } from "./bench/tray-idle.ts";
import { measureWatcher } from "./bench/watcher.ts";
import { measureYear } from "./bench/year.ts";

/** The measurements in their order, by the names that `npm run bench -- NAME …` takes. */
const MEASUREMENTS: Readonly<Record<string, () => Promise<Line[]>>> = {
	probes: measureProbeCost,
	start: measureColdStart,
	verdict: measureFirstVerdict,
	replay: measureReplay,
	memory: measureSimulatedMemory,
	leaks: measureLeaks,
	watch: measureWatcher,
	traffic: measureTraffic,
	tray: measureTrayIdle,
	year: measureYear,
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(MEASUREMENTS, name));
if (unknown !== undefined) {
	process.stderr.write(`There is no measurement "${unknown}". There are: ${Object.keys(MEASUREMENTS).join(", ")}.\n`);
	process.exit(1);
}

const lines: Line[] = [];
const remarks: string[] = [];
let failed = false;
for (const [name, measure] of Object.entries(MEASUREMENTS)) {
	if (wanted.length > 0 && !wanted.includes(name)) continue;
	process.stderr.write(`Measuring ${name} …\n`);
	try {
		lines.push(...(await measure()));
	} catch (error) {
		failed ||= !(error instanceof Unavailable);
		remarks.push(
			error instanceof Unavailable ? `${name} skipped: ${error.message}` : `${name} failed: ${wordsOf(error)}`,
		);
	}
}
const broken = lines.some(({ budget }) => budget?.holds === false);
process.stdout.write(`\n${[...(lines.length > 0 ? [table(lines)] : []), ...remarks].join("\n")}\n`);
process.exitCode = broken || failed ? 1 : 0;

function wordsOf(error: unknown): string {
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
