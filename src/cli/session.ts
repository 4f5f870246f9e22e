import { join } from "node:path";
import { type Catalogue, namesIn, withServices } from "../catalogue/catalogue.ts";
import { findService } from "../catalogue/find.ts";
import type { ServiceId } from "../core/model.ts";
import { DEFAULT_SETTINGS, type NotificationSettings, type Settings } from "../core/settings.ts";
import { Monitor, type MonitorPorts, type MonitorSetup } from "../engine/monitor.ts";
import { freshSeed, systemClock } from "../io/clock.ts";
import { fetchPage } from "../io/network/fetch-page.ts";
import { createNetwork, type Network, type NetworkOptions } from "../io/network/network.ts";
import { outsideGuard } from "../io/network/outside-guard.ts";
import { networkOptions } from "../io/network-files.ts";
import { createReadReports } from "../io/reports/read-reports.ts";
import { reportsChecks } from "../io/reports/registry.ts";
import { createRunCheck } from "../io/run-check.ts";
import { loadSettings } from "../io/settings-file.ts";
import { createReadSource } from "../io/sources/read-source.ts";
import { createZoneOffset } from "../io/zone.ts";
import { catalogueInForce } from "./catalogue-in-force.ts";
import { choose, idOf } from "./choose.ts";
import { Complaint } from "./complaint.ts";
import { secretsIn } from "./secrets.ts";
import type { LanguageOption } from "./speech.ts";

/** The options that every command takes. */
export interface CommonOptions extends LanguageOption {
	/** A settings file. */
	readonly config?: string;
	/** Another folder of services than the shipped one. */
	readonly catalogue?: string;
}

/** Settings and catalogue, read and checked: what a command begins with. Throws errors written for people. */
export interface Setting {
	readonly settings: Settings;
	readonly catalogue: Catalogue;
	/** What the user should know of them, one sentence each. */
	readonly notes: readonly string[];
}

export function readSetting({ config, catalogue: folder }: CommonOptions): Setting {
	if (config === undefined) {
		const settings = DEFAULT_SETTINGS;
		return { settings, ...catalogueInForce(folder, settings.catalogue) };
	}
	const { settings, own } = loadSettings(config);
	const replaced = new Set<ServiceId>();
	const { catalogue, notes } = catalogueInForce(folder, settings.catalogue, (known) => {
		for (const { id } of own) if (known.files.has(id)) replaced.add(id);
		return within(`${config}: own`, () => withServices(known, own));
	});
	return {
		settings: { ...settings, notifications: withIds(settings.notifications, catalogue, config) },
		catalogue,
		notes: [
			...notes,
			...[...replaced].map((id) => `${config}: own: "${id}" is in the catalogue by now; yours is used.`),
			...renamed(settings, catalogue).map((sentence) => `${config}: services: ${sentence}`),
		],
	};
}

/** A sentence for each chosen service that has another id by now. */
function renamed({ services }: Settings, { files }: Catalogue): string[] {
	return services.flatMap(({ id }) => {
		const found = findService(files, id);
		return found?.formerly ? [`"${found.formerly}" is called "${found.id}" now; the old name still works.`] : [];
	});
}

/** The rules with ids in place of the names that people write. */
function withIds(notifications: NotificationSettings, catalogue: Catalogue, config: string): NotificationSettings {
	const rules = notifications.rules.map(({ services, ...rule }, index) => {
		const place = `${config}: notifications.rules[${index}].services`;
		return services ? { ...rule, services: within(place, () => services.map((name) => idOf(catalogue, name))) } : rule;
	});
	return { ...notifications, rules };
}

function within<T>(place: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		throw new Complaint(`${place}: ${error instanceof Error ? error.message : error}`);
	}
}

/** The way to the network that the settings describe, with the usual deadlines unless there is more hurry. */
export function openNetwork(
	{ settings, catalogue: { edges, roots } }: Setting,
	hurry?: NetworkOptions["deadlines"],
): Network {
	const usual = { ...networkOptions(settings.network), edges, privateRoots: roots };
	return createNetwork({ ...usual, ...(hurry && { deadlines: hurry }) });
}

/** A monitor over the real network, with what it takes to end it. */
export interface Session {
	readonly monitor: Monitor;
	/** Ends every run and closes the network. */
	end(): Promise<void>;
}

export interface SessionParts extends Pick<MonitorPorts, "concurrency" | "history" | "onChange" | "show"> {
	readonly setting: Setting;
	/** Names from the command line; those of the settings where empty. */
	readonly names: readonly string[];
	readonly settingsFile?: string;
	/** What an earlier run left behind. */
	readonly earlier?: Pick<MonitorSetup, "book" | "desk" | "unshown" | "baselines">;
}

export function openSession({ setting, names, settingsFile, earlier, ...ports }: SessionParts): Session {
	const { catalogue, settings } = setting;
	const choice = choose(catalogue, settings, names, settingsFile);
	const network = openNetwork(setting);
	const readSource = createReadSource({
		fetchPage: (url, options) => fetchPage(network, url, { ...options, allowAddress: outsideGuard() }),
		now: systemClock.now,
	});
	const { now } = systemClock;
	const secrets = secretsIn(process.env);
	const readReports = createReadReports({ network, secrets, services: catalogue.services, now });
	const runCheck = createRunCheck({ network, readSource, readReports, now });
	const monitor = new Monitor(
		{ ...ports, clock: systemClock, runCheck },
		{
			...choice,
			checks: [...choice.checks, ...reportsChecks(choice.services, secrets)],
			names: namesIn(catalogue),
			intervalMs: settings.intervalMs,
			seed: freshSeed(),
			notifications: settings.notifications,
			zoneOffsetAt: createZoneOffset(),
			...earlier,
		},
	);
	return {
		monitor,
		async end() {
			await monitor.stop();
			network.close();
		},
	};
}

/** Where the history of a folder is. */
export function historyFile(folder: string): string {
	return join(folder, "history.db");
}
