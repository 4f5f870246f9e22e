import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

/** One small change to one place of the code. */
export interface Mutant {
	readonly id: string;
	/** The whole path of the file it changes. */
	readonly fileName: string;
	readonly location: { readonly start: Place; readonly end: Place };
	/** What stands there instead. */
	readonly replacement: string;
}

/** Both count from 0. */
export interface Place {
	readonly line: number;
	readonly column: number;
}

/** As much of StrykerJS' instrumenter as is used here. */
interface Instrumenter {
	instrument(
		files: readonly { readonly name: string; readonly content: string; readonly mutate: true }[],
		options: { readonly plugins: null; readonly excludedMutations: readonly []; readonly ignorers: readonly [] },
	): Promise<{
		readonly files: readonly { readonly name: string; readonly content: string }[];
		readonly mutants: readonly Mutant[];
	}>;
}

/** Not among this repository's packages: `docs/mutation.md` says how to put it beside them. */
const INSTRUMENTER: string = "@stryker-mutator/instrumenter";

/** All mutants of the given files, and a plugin that loads the files with every mutant in them behind a switch. */
export async function instrumented(paths: readonly string[]): Promise<{ mutants: readonly Mutant[]; plugin: Plugin }> {
	const { Instrumenter } = (await import(INSTRUMENTER)) as { Instrumenter: new (logger: object) => Instrumenter };
	const silence = { debug() {}, info() {}, isDebugEnabled: () => false };
	const sources = paths.map((name) => ({ name, content: readFileSync(name, "utf8"), mutate: true as const }));
	const options = { plugins: null, excludedMutations: [], ignorers: [] } as const;
	const { files, mutants } = await new Instrumenter(silence).instrument(sources, options);
	const code = new Map(files.map(({ name, content }) => [name, content]));
	return { mutants, plugin: { name: "mutants", enforce: "pre", load: (id) => code.get(id) } };
}
