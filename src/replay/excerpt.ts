import type { Check } from "../core/check.ts";
import type { Time } from "../core/model.ts";
import type { Rule, Scenario } from "./scenario.ts";

const MINUTE_MS = 60_000;
/** Long enough for a quiet round before anything happens. */
const BEFORE_MS = 10 * MINUTE_MS;
/** Long enough to see that it is over, and to be told. */
const AFTER_MS = 15 * MINUTE_MS;

/** The part of a scenario in which something happens to one of the given checks, with a little quiet on either side. */
export function excerptOf(scenario: Scenario, checks: readonly Check[]): Scenario {
	const events = scenario.world.filter((rule) => concerns(rule, checks));
	const begins = events.flatMap(({ from }) => from ?? []);
	const ends = events.map((rule) => endOf(rule) ?? scenario.until);
	if (begins.length === 0) return scenario;
	return {
		...scenario,
		from: Math.max(scenario.from, Math.min(...begins) - BEFORE_MS),
		until: Math.min(scenario.until, Math.max(...ends) + AFTER_MS),
	};
}

function endOf(rule: Rule): Time | undefined {
	return "device" in rule && rule.device === "interface-changed" ? rule.from : rule.until;
}

/** Pages that nobody reads and reports that nobody hears do not show. */
function concerns(rule: Rule, checks: readonly Check[]): boolean {
	if (!("official" in rule || "reports" in rule)) return true;
	const [kind, { service }] =
		"official" in rule ? (["source", rule.official] as const) : (["reports", rule.reports] as const);
	return checks.some((check) => check.kind === kind && (service?.includes(check.service) ?? true));
}
