import type { Catalogue } from "../catalogue/catalogue.ts";
import type { LayerReport } from "../core/diagnosis-layers.ts";
import type { ServiceId, Time } from "../core/model.ts";
import type { NetworkSettings } from "../core/settings.ts";
import { DIAGNOSIS_DEADLINES, diagnose } from "../io/diagnose/diagnose.ts";
import { createNetwork } from "../io/network/network.ts";
import type { ResolveProxy } from "../io/network/ways.ts";
import { networkOptions } from "../io/network-files.ts";
import type { Examination } from "../ipc/answers.ts";

export interface DiagnosingSetup {
	readonly catalogue: Catalogue;
	readonly network: NetworkSettings;
	readonly systemProxy: ResolveProxy;
	/** When the network last changed or the computer last woke. */
	readonly changedAt?: Time;
}

export type Diagnose = (
	services: readonly ServiceId[],
	setup: DiagnosingSetup,
	onProgress: (report: LayerReport) => void,
) => Promise<Examination>;

/** Looks at everything over a network of its own; another look ends the one before. */
export function createDiagnose(): Diagnose {
	let running = new AbortController();
	return async (services, { catalogue, network: settings, systemProxy, changedAt }, onProgress) => {
		running.abort();
		running = new AbortController();
		const { signal } = running;
		const network = createNetwork({
			...networkOptions(settings, systemProxy),
			edges: catalogue.edges,
			privateRoots: catalogue.roots,
			deadlines: DIAGNOSIS_DEADLINES,
		});
		try {
			return await diagnose(
				{ network, catalogue, services, signal, ...(changedAt !== undefined && { changedAt }) },
				onProgress,
			);
		} finally {
			network.close();
		}
	};
}
