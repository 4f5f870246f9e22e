import type { Catalogue } from "../../src/catalogue/catalogue.ts";
import { replay } from "../../src/replay/replay.ts";
import type { Scenario } from "../../src/replay/scenario.ts";
import { POLICIES, playPolicy } from "./policies.ts";
import { countRequests, type Requests } from "./requests.ts";
import { type Score, score, type Told } from "./score.ts";
import { changesIn, vary } from "./variation.ts";

/** How one variation of one scenario went. */
export interface Outcome {
	readonly run: number;
	readonly seed: number;
	readonly headStartMs: number;
	readonly loss: number;
	readonly ours: Measured;
	readonly told: readonly Told[];
	/** Notices about the connection. */
	readonly aboutConnection: number;
	/** Notices about services that the changes of the world would justify. */
	readonly justified: number;
	readonly policies: Readonly<Record<string, Measured>>;
	/** Processor time for a virtual day (others may be using the cores); absent with fewer services, or less than a day. */
	readonly dayMs?: number;
}

export interface Measured extends Score {
	readonly requests: Requests;
}

const DAY = 24 * 3_600_000;
const SERVICES_OF_THE_BUDGET = 12;

/** Plays one variation with the real engine and with each of the simple policies, and scores them all. */
export async function playVariation(original: Scenario, run: number, catalogue: Catalogue): Promise<Outcome> {
	const scenario = vary(original, run);
	const before = process.threadCpuUsage();
	const { notices, asked } = await replay(scenario, catalogue);
	const { user, system } = process.threadCpuUsage(before);
	const told = notices.filter((notice) => "incident" in notice);
	const outages = new Set(scenario.truth.flatMap(({ services, culprit }) => (services.length > 0 ? [culprit] : [])));
	return {
		run,
		seed: scenario.seed,
		headStartMs: original.from - scenario.from,
		loss: scenario.noise.loss,
		ours: { ...score(scenario.truth, told, catalogue), requests: countRequests(scenario, asked) },
		told: told.map(({ at, kind, cause, culprit, features }) => ({ at, kind, cause, culprit, features })),
		aboutConnection: notices.length - told.length,
		justified: outages.size === 0 ? 0 : Math.max(2 * outages.size, changesIn(scenario)),
		policies: Object.fromEntries(Object.keys(POLICIES).map((name) => [name, measurePolicy(name, scenario, catalogue)])),
		...(isDayOfTwelve(scenario) && {
			dayMs: (((user + system) / 1000) * DAY) / (scenario.until - scenario.from),
		}),
	};
}

/** A start and an evening cost more than their share of a day. */
function isDayOfTwelve({ services, from, until }: Scenario): boolean {
	return services.length >= SERVICES_OF_THE_BUDGET && until - from >= DAY;
}

/** A policy that knows services only is right as soon as it names the service. */
function measurePolicy(name: string, scenario: Scenario, catalogue: Catalogue): Measured {
	const policy = POLICIES[name];
	if (!policy) throw new Error(`expected one of the policies, found "${name}"`);
	const { told, asked } = playPolicy(policy, scenario, catalogue);
	const truths = scenario.truth.map((truth) => ({ ...truth, features: ["*"] }));
	return { ...score(truths, told, catalogue), requests: countRequests(scenario, asked) };
}
