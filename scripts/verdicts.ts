import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { listScenarios, type ScenarioEntry } from "../src/replay/library.ts";
import { loadScenario, type Scenario } from "../src/replay/scenario.ts";
import { table } from "./bench/line.ts";
import { budgetLines } from "./verdicts/budgets.ts";
import { findings, story } from "./verdicts/findings.ts";
import { playAll } from "./verdicts/players.ts";
import { type Played, policyTable, scenarioTable } from "./verdicts/tables.ts";
import { runsOf } from "./verdicts/variation.ts";

/** Scenarios of others, kept beside the repository, are played too where they are there. */
const BESIDE = fileURLToPath(new URL("../../shared/scenarios/", import.meta.url));

const { values } = parseArgs({
	options: {
		runs: { type: "string", default: "10" },
		only: { type: "string", default: "" },
		show: { type: "string" },
	},
});

const entries = [...listScenarios(), ...(existsSync(BESIDE) ? listScenarios(BESIDE) : [])].filter(({ name }) =>
	name.startsWith(values.only),
);
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1 || entries.length === 0) {
	process.stderr.write("Usage: node scripts/verdicts.ts [--runs 10] [--only BEGINNING-OF-A-NAME] [--show RUN]\n");
	process.exit(1);
}

const shown = values.show === undefined ? undefined : Number(values.show);
// the longest first, so that no core has one left to play while the others rest
const jobs = entries
	.map(({ file }) => ({ file, scenario: loadScenario(file) }))
	.sort((a, b) => b.scenario.until - b.scenario.from - (a.scenario.until - a.scenario.from))
	.flatMap(({ file, scenario }) => runsFor(scenario).map((run) => ({ file, run })));
process.stderr.write(`Playing ${jobs.length} variations of ${entries.length} scenarios …\n`);
const outcomes = await playAll(jobs);
const all = entries.map(playedOf);
if (shown === undefined) {
	const lines = budgetLines(all);
	const parts = [scenarioTable(all), policyTable(all), findings(all).join("\n"), table(lines)];
	process.stdout.write(`\n${parts.join("\n\n")}\n`);
	process.exitCode = lines.some(({ budget }) => budget?.holds === false) ? 1 : 0;
} else {
	process.stdout.write(`${all.map((played) => story(played, shown).join("\n")).join("\n\n")}\n`);
}

function runsFor(scenario: Scenario): number[] {
	if (shown !== undefined) return [shown];
	return Array.from({ length: runsOf(scenario, runs) }, (_, run) => run);
}

function playedOf({ name, file }: ScenarioEntry): Played {
	const quiet = loadScenario(file).truth.every(({ services }) => services.length === 0);
	return { name, quiet, outcomes: outcomes.get(file) ?? [] };
}
