import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Catalogue, namesIn, withServices } from "../catalogue/catalogue.ts";
import { DEFAULT_SETTINGS, type NetworkSettings, type Settings } from "../core/settings.ts";
import { Monitor, type MonitorPorts } from "../engine/monitor.ts";
import { loadCatalogue } from "../io/catalogue-files.ts";
import { freshSeed, systemClock } from "../io/clock.ts";
import { fetchPage } from "../io/network/fetch-page.ts";
import { createNetwork, type Network, type NetworkOptions } from "../io/network/network.ts";
import { createRunCheck } from "../io/run-check.ts";
import { loadSettings } from "../io/settings-file.ts";
import { createReadSource } from "../io/sources/read-source.ts";
import { choose } from "./choose.ts";
import { Complaint } from "./complaint.ts";

/** The options that every command takes. */
export interface CommonOptions {
	/** A settings file. */
	readonly config?: string;
	/** Another folder of services than the shipped one. */
	readonly catalogue?: string;
}

/** Settings and catalogue, read and checked: what a command begins with. Throws errors written for people. */
export interface Setting {
	readonly settings: Settings;
	readonly catalogue: Catalogue;
}

export function readSetting({ config, catalogue: folder }: CommonOptions): Setting {
	const shipped = loadCatalogue(folder);
	if (config === undefined) return { settings: DEFAULT_SETTINGS, catalogue: shipped };
	const { settings, own } = loadSettings(config);
	try {
		return { settings, catalogue: withServices(shipped, own) };
	} catch (error) {
		throw new Complaint(`${config}: own: ${error instanceof Error ? error.message : error}`);
	}
}

/** The way to the network that the settings describe. */
export function openNetwork({ settings: { network }, catalogue }: Setting): Network {
	const { proxy, dnsServers } = network;
	const options: NetworkOptions = {
		edges: catalogue.edges,
		privateRoots: catalogue.roots,
		extraRoots: network.certificates.map((file) => readCertificate(file)),
		...(proxy && { proxy }),
		...(dnsServers.length > 0 && { dnsServers }),
	};
	return createNetwork(options);
}

function readCertificate(file: NetworkSettings["certificates"][number]): string {
	try {
		const text = readFileSync(file, "utf8");
		if (text.includes("-----BEGIN CERTIFICATE-----")) return text;
	} catch (error) {
		throw new Complaint(`certificates: expected a PEM file, found ${error instanceof Error ? error.message : error}`);
	}
	throw new Complaint(`certificates: ${file}: expected a certificate in PEM form, found none`);
}

/** A monitor over the real network, with what it takes to end it. */
export interface Session {
	readonly monitor: Monitor;
	/** Ends every run and closes the network. */
	end(): Promise<void>;
}

export interface SessionParts extends Pick<MonitorPorts, "concurrency" | "history" | "onChange" | "onNotices"> {
	readonly setting: Setting;
	/** Names from the command line; those of the settings where empty. */
	readonly names: readonly string[];
	readonly settingsFile?: string;
	readonly book?: ConstructorParameters<typeof Monitor>[1]["book"];
}

export function openSession({ setting, names, settingsFile, book, ...ports }: SessionParts): Session {
	const { catalogue, settings } = setting;
	const choice = choose(catalogue, settings, names, settingsFile);
	const network = openNetwork(setting);
	const readSource = createReadSource({
		fetchPage: (url, options) => fetchPage(network, url, options),
		now: systemClock.now,
	});
	const runCheck = createRunCheck({ network, readSource, now: systemClock.now });
	const monitor = new Monitor(
		{ ...ports, clock: systemClock, runCheck },
		{
			...choice,
			names: namesIn(catalogue),
			intervalMs: settings.intervalMs,
			seed: freshSeed(),
			...(book && { book }),
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
