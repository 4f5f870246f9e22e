import { type Catalogue, namesIn } from "../catalogue/catalogue.ts";
import { findService } from "../catalogue/find.ts";
import { watchedPart } from "../catalogue/watched.ts";
import type { Settings } from "../core/settings.ts";
import { Monitor, type MonitorPorts } from "../engine/monitor.ts";
import { freshSeed } from "../io/clock.ts";
import { earlierRun } from "../io/history/earlier-run.ts";
import type { HistoryDb } from "../io/history/history-db.ts";
import { createZoneOffset } from "../io/zone.ts";
import type { OpenRuns, RunsSetup } from "./real-runs.ts";

export interface WatchSetup extends Pick<RunsSetup, "catalogue" | "systemProxy" | "keys"> {
	readonly settings: Settings;
}

export interface WatchPorts extends Pick<MonitorPorts, "clock" | "onChange" | "show"> {
	readonly history?: HistoryDb;
	readonly openRuns: OpenRuns;
	/** Told of chosen services that the catalogue does not know, by id. */
	onUnknown(ids: readonly string[]): void;
}

/** A monitor with what it takes to end it. */
export interface Watch {
	readonly monitor: Monitor;
	end(): Promise<void>;
}

/** Puts a monitor together, over what an earlier one left in the history. Throws `SettingsError` where the settings cannot be used. */
export function openWatch(setup: WatchSetup, { openRuns, onUnknown, history, ...ports }: WatchPorts): Watch {
	const { catalogue, settings } = setup;
	const { parts, unknown } = chosen(catalogue, settings);
	if (unknown.length > 0) onUnknown(unknown);
	const runs = openRuns({ ...setup, network: settings.network });
	const services = parts.map(({ service }) => service);
	const monitor = new Monitor(
		{ ...ports, runCheck: runs.runCheck, ...(history && { history }) },
		{
			services,
			checks: [...catalogue.controls, ...parts.flatMap(({ checks }) => checks), ...runs.furtherChecks(services)],
			names: namesIn(catalogue),
			intervalMs: settings.intervalMs,
			seed: freshSeed(),
			notifications: settings.notifications,
			zoneOffsetAt: createZoneOffset(),
			...(history && earlierRun(history, ports.clock.now())),
		},
	);
	return {
		monitor,
		async end() {
			await monitor.stop();
			runs.close();
		},
	};
}

/** A service that the catalogue has dropped must not keep the others from being watched. */
function chosen(catalogue: Catalogue, { services }: Settings) {
	const found = services.map((entry) => ({ entry, id: findService(catalogue.files, entry.id)?.id }));
	const byId = new Map(found.flatMap(({ entry, id }) => (id === undefined ? [] : [[id, { ...entry, id }] as const])));
	return {
		parts: [...byId.values()].flatMap((entry) => watchedPart(catalogue, entry) ?? []),
		unknown: found.flatMap(({ entry, id }) => (id === undefined ? [entry.id] : [])),
	};
}
