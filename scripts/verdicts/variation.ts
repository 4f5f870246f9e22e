import { randomFrom } from "../../src/core/random.ts";
import type { Rule, Scenario } from "../../src/replay/scenario.ts";

const DAY = 24 * 3_600_000;
const LONGEST_HEAD_START_MS = 10 * 60_000;
const HIGHEST_LOSS = 0.03;

/**
 * One variation of a scenario: another seed, Semaforo started up to ten minutes earlier (so that everything happens at another point of
 * its rounds), and a line that loses up to 3 % of all runs. Run 0 is the scenario as it is written.
 */
export function vary(scenario: Scenario, run: number): Scenario {
	if (run === 0) return scenario;
	const random = randomFrom(scenario.seed * 1009 + run);
	return {
		...scenario,
		seed: Math.floor(random.next() * 2 ** 31),
		from: scenario.from - Math.round(random.next() * LONGEST_HEAD_START_MS),
		noise: { loss: Math.round(random.next() * HIGHEST_LOSS * 1000) / 1000 },
	};
}

/** How often to play a scenario: one of a month is not worth thirty of a day. */
export function runsOf({ from, until }: Scenario, runs: number): number {
	return Math.max(1, Math.round(runs * Math.min(1, DAY / (until - from))));
}

/** How many times the world changes in a way that people might be told: moments less than five minutes apart are one. */
export function changesIn({ world, from, until }: Scenario): number {
	const isNews = (rule: Rule) =>
		("probe" in rule && !("slow" in rule.answer)) || "official" in rule || "reports" in rule;
	const moments = world
		.filter(isNews)
		.flatMap((rule) => [rule.from ?? from, "until" in rule ? (rule.until ?? until) : until])
		.sort((a, b) => a - b);
	return moments.filter((at, index) => at - (moments[index - 1] ?? Number.NEGATIVE_INFINITY) >= 5 * 60_000).length;
}
