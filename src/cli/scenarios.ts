import { findScenario, listScenarios } from "../replay/library.ts";
import { loadScenario, type Scenario } from "../replay/scenario.ts";

/** The scenarios that come with Semaforo, as lines: each by its name, and what happens in it. */
export function scenarioLines(): string[] {
	return listScenarios().flatMap(({ name, about }) => [name, `  ${about}`]);
}

/** The scenario with this name, or in this file. Throws `ScenarioError`. */
export function scenarioNamed(name: string): Scenario {
	return loadScenario(/[./\\]/.test(name) ? name : findScenario(name).file);
}

/** A moment of a scenario, in UTC as scenarios are written: `2024-12-11 17:41:12`. */
export function scenarioTime(at: number): string {
	return new Date(at).toISOString().replace("T", " ").slice(0, 19);
}
