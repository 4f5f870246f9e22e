import { basename, join } from "node:path";
import type { Plugin } from "vite";
import { type CliOptions, createVitest, type TestCase, type TestSpecification, type Vitest } from "vitest/node";
import type { Tried } from "./in-each-test.ts";
import type { Mutant } from "./instrumented.ts";

const ROOT = join(import.meta.dirname, "../..");
const TESTS = "test/core";
/** It reads the sources, and runs none of them. */
const NO_TEST = "purity.test.ts";
/** A simulation that ends by itself, only not soon. */
const LONGEST_MS = 60_000;

/** What the tests made of all mutants, by id. */
export interface Trial {
	/** Those with which some test fails. */
	readonly found: ReadonlySet<string>;
	/** Those whose code no test runs. */
	readonly unreached: ReadonlySet<string>;
}

/**
 * Tries every mutant with the tests that reach it, in one process: each test runs once as it is and once more for every mutant in its
 * way. Mutants of what runs only once, while modules are loaded, are tried one by one in processes of their own.
 */
export async function tried(mutants: readonly Mutant[], plugin: Plugin): Promise<Trial> {
	const found = new Set<string>();
	const reachedBy = new Map<string, Set<string>>();
	const loaded = new Set<string>();
	const note = ({ reached, found: news, loaded: early }: Tried, file: string) => {
		for (const id of reached) reachedBy.set(id, (reachedBy.get(id) ?? new Set()).add(file));
		for (const id of news) found.add(id);
		for (const id of early) loaded.add(id);
	};
	const files = await cheapestFirst();
	await inTests(files, mutants, plugin, note);
	const late = mutants.filter(({ id }) => loaded.has(id) && !found.has(id));
	const near = (mutant: Mutant) => {
		const siblings = mutants.filter(({ fileName }) => fileName === mutant.fileName);
		const readers = new Set(siblings.flatMap(({ id }) => [...(reachedBy.get(id) ?? [])]));
		return readers.size === 0 ? files : files.filter((file) => readers.has(file));
	};
	for (const id of await whileLoading(late, near, plugin)) found.add(id);
	const isReached = ({ id }: Mutant) => reachedBy.has(id) || loaded.has(id);
	return { found, unreached: new Set(mutants.filter((mutant) => !isReached(mutant)).map(({ id }) => id)) };
}

/** The test files by how long they take. They must all be green as things are. */
async function cheapestFirst(): Promise<string[]> {
	const vitest = await opened({ isolate: false });
	const { testModules } = await vitest.runTestSpecifications(
		(await vitest.globTestSpecifications([TESTS])).filter(({ moduleId }) => basename(moduleId) !== NO_TEST),
	);
	await vitest.close();
	const red = testModules.filter((each) => !each.ok()).map(({ moduleId }) => basename(moduleId));
	if (red.length > 0) throw new Error(`These fail as things are: ${red.join(", ")}.`);
	return [...testModules]
		.sort((a, b) => a.diagnostic().duration - b.diagnostic().duration)
		.map(({ moduleId }) => moduleId);
}

async function inTests(
	files: readonly string[],
	mutants: readonly Mutant[],
	plugin: Plugin,
	note: (tried: Tried, file: string) => void,
): Promise<void> {
	const fileOf = Object.fromEntries(mutants.map(({ id, fileName }) => [id, basename(fileName, ".ts")]));
	const onTestCaseResult = (test: TestCase) => {
		const { tried } = test.meta();
		if (!tried) throw new Error(`${test.fullName} cannot be tried: ${test.result().errors?.[0]?.message}`);
		note(tried, test.module.moduleId);
	};
	const vitest = await opened(
		{ isolate: false, testTimeout: 0, hookTimeout: 0, provide: { mutants: fileOf } },
		plugin,
		[{ onTestCaseResult }],
	);
	await vitest.runTestSpecifications(specified(vitest, files));
	await vitest.close();
}

async function whileLoading(
	mutants: readonly Mutant[],
	filesFor: (mutant: Mutant) => readonly string[],
	plugin: Plugin,
): Promise<string[]> {
	const found: string[] = [];
	const vitest = await opened({ isolate: true, bail: 1, testTimeout: LONGEST_MS }, plugin);
	for (const mutant of mutants) {
		process.env["MUTANT"] = mutant.id;
		const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specified(vitest, filesFor(mutant)));
		if (unhandledErrors.length > 0 || testModules.some((each) => each.state() === "failed")) found.push(mutant.id);
	}
	await vitest.close();
	return found;
}

function specified(vitest: Vitest, files: readonly string[]): TestSpecification[] {
	return files.map((file) => vitest.getRootProject().createSpecification(file));
}

/** Vitest with one process at a time, files in the order given, and without its cache: that knows nothing of mutants. */
async function opened(options: CliOptions, plugin?: Plugin, reporters: object[] = [{}]): Promise<Vitest> {
	const setupFiles = plugin ? [import.meta.resolve("./in-each-test.ts")] : [];
	return createVitest(
		{
			root: ROOT,
			watch: false,
			maxWorkers: 1,
			fsModuleCache: false,
			setupFiles: ["test/properties.ts", ...setupFiles],
			sequence: { sequencer: InOrder },
			reporters,
			...options,
		},
		plugin ? { plugins: [plugin] } : {},
	);
}

class InOrder {
	readonly sort = async (files: TestSpecification[]): Promise<TestSpecification[]> => files;
	readonly shard = this.sort;
}
