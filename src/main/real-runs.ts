import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Check } from "../core/check.ts";
import type { Service } from "../core/model.ts";
import type { NetworkSettings } from "../core/settings.ts";
import type { RunCheck } from "../engine/ports.ts";
import { systemClock } from "../io/clock.ts";
import { fetchPage } from "../io/network/fetch-page.ts";
import { createNetwork } from "../io/network/network.ts";
import { outsideGuard } from "../io/network/outside-guard.ts";
import type { ResolveProxy } from "../io/network/ways.ts";
import { networkOptions } from "../io/network-files.ts";
import { createReadReports } from "../io/reports/read-reports.ts";
import { reportsChecks, type Secrets } from "../io/reports/registry.ts";
import { createRunCheck } from "../io/run-check.ts";
import { createReadSource } from "../io/sources/read-source.ts";

export interface RunsSetup {
	readonly catalogue: Catalogue;
	readonly network: NetworkSettings;
	readonly systemProxy: ResolveProxy;
	readonly keys: Secrets;
}

/** A way to run checks, with what it takes to end it. */
interface Runs {
	readonly runCheck: RunCheck;
	/** Checks that come from elsewhere than the catalogue: other people's reports, where there is a key for them. */
	furtherChecks(services: readonly Service[]): readonly Check[];
	close(): void;
}

export type OpenRuns = (setup: RunsSetup) => Runs;

/** Over the real network. Throws `SettingsError` where the settings name files that cannot be used. */
export const openRealRuns: OpenRuns = ({ catalogue, network: settings, systemProxy, keys }) => {
	const { edges, roots, services } = catalogue;
	const network = createNetwork({ ...networkOptions(settings, systemProxy), edges, privateRoots: roots });
	const { now } = systemClock;
	const readSource = createReadSource({
		fetchPage: (url, options) => fetchPage(network, url, { ...options, allowAddress: outsideGuard() }),
		now,
	});
	const readReports = createReadReports({ network, secrets: keys, services, now });
	return {
		runCheck: createRunCheck({ network, readSource, readReports, now }),
		furtherChecks: (watched) => reportsChecks(watched, keys),
		close: () => network.close(),
	};
};
