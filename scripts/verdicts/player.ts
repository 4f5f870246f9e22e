import { parentPort } from "node:worker_threads";
import { loadCatalogue } from "../../src/io/catalogue-files.ts";
import { loadScenario } from "../../src/replay/scenario.ts";
import { type Outcome, playVariation } from "./play.ts";

/** One run that a player is asked for. */
export interface Job {
	readonly file: string;
	readonly run: number;
}

/** What it answers. */
export interface Done {
	readonly file: string;
	readonly outcome: Outcome;
}

const catalogue = loadCatalogue();

parentPort?.on("message", async ({ file, run }: Job) => {
	const done: Done = { file, outcome: await playVariation(loadScenario(file), run, catalogue) };
	parentPort?.postMessage(done);
});
