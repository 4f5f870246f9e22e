import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Mutant, Place } from "./instrumented.ts";

const ROOT = join(import.meta.dirname, "../..");
/** Something is no longer used: a rule of style, which no mutant is to be refused for. */
const UNUSED = new Set(["6133", "6192", "6196"]);

/** Ids of the mutants that the compiler does not let pass. It looks at one of each file at a time, in a copy. */
export function refused(mutants: readonly Mutant[]): ReadonlySet<string> {
	const folder = mkdtempSync(join(tmpdir(), "semaforo-mutants-"));
	cpSync(join(ROOT, "tsconfig.json"), join(folder, "tsconfig.json"));
	cpSync(join(ROOT, "src/core"), join(folder, "src/core"), { recursive: true });
	const found = new Set<string>();
	const byFile = Map.groupBy(mutants, ({ fileName }) => fileName);
	const rounds = Math.max(0, ...[...byFile.values()].map(({ length }) => length));
	for (let round = 0; round < rounds; round++) {
		for (const [file, [...own]] of byFile) {
			const source = readFileSync(file, "utf8");
			writeFileSync(join(folder, "src/core", basename(file)), withMutant(source, own[round]));
		}
		const wrong = filesWithErrors(folder);
		for (const own of byFile.values()) {
			const mutant = own[round];
			if (mutant && wrong.has(basename(mutant.fileName))) found.add(mutant.id);
		}
	}
	rmSync(folder, { recursive: true });
	return found;
}

function withMutant(source: string, mutant: Mutant | undefined): string {
	if (!mutant) return source;
	const { start, end } = mutant.location;
	return source.slice(0, offsetOf(source, start)) + mutant.replacement + source.slice(offsetOf(source, end));
}

/** How many characters stand before a place. */
export function offsetOf(source: string, { line, column }: Place): number {
	const before = source.split("\n").slice(0, line);
	return before.reduce((sum, { length }) => sum + length + 1, column);
}

function filesWithErrors(folder: string): Set<string> {
	const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
	const args = [tsc, "-p", join(folder, "src/core"), "--noEmit", "--pretty", "false"];
	const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
	const errors = [...stdout.matchAll(/([\w-]+\.ts)\(\d+,\d+\): error TS(\d+)/g)];
	return new Set(errors.flatMap(([, file = "", code = ""]) => (UNUSED.has(code) ? [] : [file])));
}
