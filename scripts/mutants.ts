import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { instrumented, type Mutant } from "./mutants/instrumented.ts";
import { offsetOf, refused } from "./mutants/refused.ts";
import { tried } from "./mutants/trials.ts";

const CORE = join(import.meta.dirname, "../src/core");

const wanted = process.argv.slice(2);
const known = globSync("*.ts", { cwd: CORE }).map((file) => basename(file, ".ts"));
const unknown = wanted.find((name) => !known.includes(name));
if (unknown !== undefined) {
	process.stderr.write(`There is no src/core/${unknown}.ts. Usage: node scripts/mutants.ts [NAME …]\n`);
	process.exit(1);
}

const names = wanted.length > 0 ? wanted : known.sort();
const { mutants, plugin } = await instrumented(names.map((name) => join(CORE, `${name}.ts`)));
process.stderr.write(`Trying ${mutants.length} mutants of ${names.length} files …\n`);
const { found, unreached } = await tried(mutants, plugin);
const left = mutants.filter(({ id }) => !found.has(id));
const impossible = refused(left);
const byFile = Map.groupBy(mutants, ({ fileName }) => fileName);
const rows = [...byFile].map(([file, own]) => rowOf(basename(file, ".ts"), own));
const head = ["| file | mutants | refused by the compiler | found | left | score |", "|---|--:|--:|--:|--:|--:|"];
const survivors = left.filter(({ id }) => !impossible.has(id)).map(lineOf);
process.stdout.write(`${[...head, ...rows, rowOf("all", mutants), "", ...survivors].join("\n")}\n`);

function rowOf(name: string, own: readonly Mutant[]): string {
	const refusals = own.filter(({ id }) => impossible.has(id)).length;
	const finds = own.filter(({ id }) => found.has(id)).length;
	const possible = own.length - refusals;
	const score = possible === 0 ? "" : `${((100 * finds) / possible).toFixed(1)} %`;
	return `| ${[name, own.length, refusals, finds, possible - finds, score].join(" | ")} |`;
}

function lineOf({ id, fileName, location: { start, end }, replacement }: Mutant): string {
	const source = readFileSync(fileName, "utf8");
	const code = source.slice(offsetOf(source, start), offsetOf(source, end));
	const [from, to] = [code, replacement].map((text) => text.replaceAll(/\s+/g, " ").slice(0, 100));
	return `${basename(fileName)}:${start.line + 1}${unreached.has(id) ? " (no test comes here)" : ""}: ${from} → ${to}`;
}
