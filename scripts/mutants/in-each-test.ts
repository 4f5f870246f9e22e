import { basename } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, inject, type RunnerTestCase, TestRunner } from "vitest";

declare module "vitest" {
	interface ProvidedContext {
		/** The files of all mutants, by id, without folder and ending. */
		mutants: Readonly<Record<string, string>>;
	}
	interface TaskMeta {
		tried?: Tried;
	}
}

/** What one test made of the mutants, by id. */
export interface Tried {
	/** Those whose code it runs. */
	readonly reached: readonly string[];
	/** Those with which it fails, of those that no test before it had found. */
	readonly found: readonly string[];
	/** Those whose code runs while modules are loaded: no test can switch them on. */
	readonly loaded: readonly string[];
}

/** What the instrumented code looks at. */
interface Switches {
	readonly activeMutant: string | undefined;
	currentTestId?: string;
	readonly mutantCoverage: { static: Record<string, number>; perTest: Record<string, Record<string, number>> };
}

/** A test that takes longer is tried only with mutants of the file that it is named after. */
const LONG_MS = 100;
/** With a mutant a test may take so many times its steps, and some: what takes more would never end. */
const STEPS = { times: 4, more: 20_000 };
const STEPS_WHILE_LOADED = 100_000_000;

/** One for all test files of a process, as the modules under test are. */
interface Trial {
	active: string | undefined;
	steps: number;
	mostSteps: number;
	readonly found: Set<string>;
	readonly switches: Switches;
}

const shared = globalThis as { trial?: Trial; __stryker__?: Switches };
const loadedWith = process.env["MUTANT"];
shared.trial ??= newTrial();
const { trial } = shared;
const { switches, found } = trial;
shared.__stryker__ = switches;
// one counterexample is enough
fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });
if (loadedWith === undefined) tryInEachTest();

function newTrial(): Trial {
	const made: Trial = {
		active: loadedWith,
		steps: 0,
		mostSteps: loadedWith === undefined ? Number.POSITIVE_INFINITY : STEPS_WHILE_LOADED,
		found: new Set(),
		switches: {
			mutantCoverage: { static: {}, perTest: {} },
			get activeMutant() {
				if (++made.steps > made.mostSteps) throw new Error("too many steps");
				return made.active;
			},
		},
	};
	return made;
}

/** Runs each test again with every mutant that it reaches. */
function tryInEachTest(): void {
	const fileOf = inject("mutants");
	let began = 0;
	beforeEach(() => {
		switches.mutantCoverage.perTest = {};
		switches.currentTestId = "this";
		trial.steps = 0;
		began = performance.now();
	});
	afterEach(async ({ task }) => {
		const isLong = performance.now() - began > LONG_MS;
		const testFile = basename(task.file.filepath);
		const usualSteps = trial.steps;
		delete switches.currentTestId;
		const reached = Object.keys(switches.mutantCoverage.perTest["this"] ?? {});
		const loaded = switches.mutantCoverage.static;
		switches.mutantCoverage.static = {};
		if (await failsWith(undefined, task, usualSteps)) throw new Error("This test cannot be run twice.");
		const open = reached.filter((id) => !found.has(id) && (!isLong || testFile.startsWith(fileOf[id] ?? "")));
		const news: string[] = [];
		for (const id of open) if (await failsWith(id, task, usualSteps)) news.push(id);
		for (const id of news) found.add(id);
		switches.mutantCoverage.static = {};
		task.meta.tried = { reached, found: news, loaded: Object.keys(loaded) };
	});
}

async function failsWith(mutant: string | undefined, task: Readonly<RunnerTestCase>, steps: number): Promise<boolean> {
	trial.active = mutant;
	trial.steps = 0;
	trial.mostSteps = STEPS.times * steps + STEPS.more;
	try {
		await TestRunner.getTestFn(task)();
		return false;
	} catch {
		return true;
	} finally {
		trial.active = undefined;
		trial.mostSteps = Number.POSITIVE_INFINITY;
	}
}
