import { parseArgs } from "node:util";
import { fuzz } from "../test/helpers/fuzz.ts";

const { values } = parseArgs({
	options: { count: { type: "string", default: "200000" }, seed: { type: "string", default: "1" } },
});
const [count, seed] = [Number(values.count), Number(values.seed)];
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed)) {
	process.stderr.write("Usage: node scripts/fuzz.ts [--count 200000] [--seed 1]\n");
	process.exit(1);
}

process.stderr.write(`Reading ${count} wrong payloads of all formats …\n`);
const began = performance.now();
const { payloads, refused, read, operational, slowestMs, violations, byFormat } = fuzz(count, seed);
const seconds = ((performance.now() - began) / 1000).toFixed(0);
const lines = [
	`${payloads} payloads of ${byFormat.size} formats in ${seconds} s (seed ${seed})`,
	`refused ${refused}, read ${read}, of those all well ${operational}`,
	`the slowest took ${slowestMs.toFixed(1)} ms of processor time for 100 KB`,
	`violations ${violations.length}`,
	...violations.slice(0, 20).map((violation) => `  ${violation}`),
];
process.stdout.write(`${lines.join("\n")}\n`);
process.exitCode = violations.length > 0 ? 1 : 0;
