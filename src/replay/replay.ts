import { type Catalogue, namesIn } from "../catalogue/catalogue.ts";
import type { Check } from "../core/check.ts";
import type { FeatureName, ServiceId } from "../core/model.ts";
import type { Notice } from "../core/notices.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { Monitor } from "../engine/monitor.ts";
import type { RunCheck } from "../engine/ports.ts";
import { type Scenario, ScenarioError } from "./scenario.ts";
import { VirtualClock } from "./virtual-clock.ts";
import { ScriptedWorld, scriptedComponent } from "./world.ts";

/** What a user would have been told, and what it cost those who were asked. */
export interface Replayed {
	readonly notices: readonly Notice[];
	readonly snapshot: Snapshot;
	/** Moments of requests by host. */
	readonly asked: ReadonlyMap<string, readonly number[]>;
	readonly wallMs: number;
}

const CONCURRENCY = 8;

/**
 * Plays a scenario with the real schedule, verdicts and notices under a virtual clock. Nothing is sent anywhere.
 * Throws `ScenarioError` where it names a service that the catalogue does not know.
 */
export async function replay(scenario: Scenario, catalogue: Catalogue): Promise<Replayed> {
	const before = performance.now();
	const clock = new VirtualClock(scenario.from);
	const { runCheck, asked } = scriptedChecks(scenario, clock);
	const notices: Notice[] = [];
	const monitor = new Monitor(
		{ clock, runCheck, concurrency: CONCURRENCY, onNotices: (list) => notices.push(...list) },
		{
			services: scenario.services.map((id) => serviceOf(catalogue, id)),
			checks: [...catalogue.controls, ...scenario.services.flatMap((id) => checksOf(catalogue, id, scenario))],
			names: namesIn(catalogue),
			seed: scenario.seed,
		},
	);
	monitor.start();
	for (const moment of deviceMoments(scenario)) {
		await clock.runUntil(moment.at);
		if (moment.kind === "asleep") clock.sleepUntil(moment.until);
		else monitor.networkChanged();
	}
	await clock.runUntil(scenario.until);
	const snapshot = monitor.snapshot();
	await monitor.stop();
	return { notices, snapshot, asked, wallMs: performance.now() - before };
}

type DeviceMoment = { readonly at: number } & (
	| { readonly kind: "asleep"; readonly until: number }
	| { readonly kind: "moved" }
);

function deviceMoments({ world, until: end }: Scenario): DeviceMoment[] {
	return world
		.flatMap((rule): DeviceMoment[] => {
			if (!("device" in rule)) return [];
			if (rule.device === "asleep") return [{ at: rule.from, kind: "asleep", until: Math.min(rule.until, end) }];
			return [{ at: rule.from, kind: "moved" }];
		})
		.filter(({ at }) => at < end)
		.sort((a, b) => a.at - b.at);
}

function serviceOf(catalogue: Catalogue, id: ServiceId) {
	const service = catalogue.services.get(id);
	if (!service) throw new ScenarioError(`services: expected a service of the catalogue, found "${id}"`);
	return service;
}

/** The catalogue's checks, with official sources that can speak of every feature that the scenario's pages name. */
function checksOf(catalogue: Catalogue, id: ServiceId, { world }: Scenario): Check[] {
	const named = world.flatMap((rule) =>
		"official" in rule && "features" in rule.answer ? (Object.keys(rule.answer.features ?? {}) as FeatureName[]) : [],
	);
	const spoken = Object.fromEntries(named.map((feature) => [scriptedComponent(feature), feature]));
	return (catalogue.checks.get(id) ?? []).map((check) =>
		check.kind === "source"
			? { ...check, source: { ...check.source, components: { ...check.source.components, ...spoken } } }
			: check,
	);
}

function scriptedChecks(scenario: Scenario, clock: VirtualClock) {
	const world = new ScriptedWorld(scenario);
	const asked = new Map<string, number[]>();
	const runCheck: RunCheck = (check) => {
		const now = clock.now();
		const times = asked.get(check.host);
		if (times) times.push(now);
		else asked.set(check.host, [now]);
		const { evidence, tookMs } = world.answer(check, now);
		const { promise, resolve } = Promise.withResolvers<typeof evidence>();
		const cancelTimer = clock.wakeAt(now + tookMs, () => resolve({ ...evidence, at: clock.now() }));
		return {
			evidence: promise,
			cancel() {
				cancelTimer();
				resolve(evidence);
			},
		};
	};
	return { runCheck, asked };
}
