import { type Catalogue, namesIn } from "../catalogue/catalogue.ts";
import type { Check, ReportsCheck, SourceSpec } from "../core/check.ts";
import type { FeatureName, Service, ServiceId } from "../core/model.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { Monitor, type MonitorPorts } from "../engine/monitor.ts";
import { type Scenario, ScenarioError } from "./scenario.ts";
import type { VirtualClock } from "./virtual-clock.ts";
import { scriptedComponent } from "./world.ts";

/** What a scenario has watched: its services as the catalogue knows them, and all checks for them, controls included. */
export interface Cast {
	readonly services: readonly Service[];
	readonly checks: readonly Check[];
	/** Names by id of all that may be named. */
	readonly names: Readonly<Record<string, string>>;
}

/** Who plays: the clock, whoever answers the checks, and who listens. */
export interface Players extends Pick<MonitorPorts, "runCheck" | "show"> {
	readonly clock: VirtualClock;
	/** Something changed; `snapshot` gives the new picture. */
	readonly onChange?: (snapshot: () => Snapshot) => void;
	/** The computer falls asleep and wakes at `until`. */
	readonly onSleep?: (from: number, until: number) => void;
}

/** Throws `ScenarioError` where a scenario names a service that the catalogue does not know. */
export function castOf(scenario: Scenario, catalogue: Catalogue): Cast {
	return {
		services: scenario.services.map((id) => serviceOf(catalogue, id)),
		checks: [...catalogue.controls, ...scenario.services.flatMap((id) => checksOf(catalogue, id, scenario))],
		names: namesIn(catalogue),
	};
}

/** Plays a scenario from beginning to end, or until the clock's pace ends it, with the real schedule, verdicts and notices. */
export async function perform(scenario: Scenario, cast: Cast, players: Players): Promise<Snapshot> {
	const { clock, runCheck, show, onChange } = players;
	const monitor: Monitor = new Monitor(
		{
			clock,
			runCheck,
			...(show && { show }),
			...(onChange && { onChange: () => onChange(() => monitor.snapshot()) }),
		},
		{ ...cast, seed: scenario.seed },
	);
	monitor.start();
	for (const moment of deviceMoments(scenario)) {
		await clock.runUntil(moment.at);
		if (clock.now() < moment.at) break;
		if (moment.kind === "moved") monitor.networkChanged();
		else {
			players.onSleep?.(moment.at, moment.until);
			clock.sleepUntil(moment.until);
		}
	}
	await clock.runUntil(scenario.until);
	const snapshot = monitor.snapshot();
	await monitor.stop();
	return snapshot;
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

/**
 * The catalogue's checks, with official sources that can speak of every feature that the scenario's pages name, and with reports exactly
 * where the scenario has any. Pages are read for each service apart: the script speaks of each by itself.
 */
function checksOf(catalogue: Catalogue, id: ServiceId, { world }: Scenario): Check[] {
	const named = world.flatMap((rule) =>
		"official" in rule && "features" in rule.answer ? (Object.keys(rule.answer.features ?? {}) as FeatureName[]) : [],
	);
	const spoken = Object.fromEntries(named.map((feature) => [scriptedComponent(feature), feature]));
	const checks = (catalogue.checks.get(id) ?? []).map((check) =>
		check.kind === "source" ? { ...check, source: ownPage(check.source, spoken, id) } : check,
	);
	const reported = world.some((rule) => "reports" in rule && (rule.reports.service?.includes(id) ?? true));
	return reported ? [...checks, scriptedReports(id)] : checks;
}

function ownPage(source: SourceSpec, spoken: SourceSpec["components"], id: ServiceId): SourceSpec {
	return { ...source, url: `${source.url}#${id}`, components: { ...source.components, ...spoken } };
}

function scriptedReports(service: ServiceId): ReportsCheck {
	return { kind: "reports", id: `${service}/reports`, host: "downdetectorapi.com", service, provider: "downdetector" };
}
