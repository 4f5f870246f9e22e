import { type Catalogue, namesIn } from "../catalogue/catalogue.ts";
import type { LayerReport } from "../core/diagnosis-layers.ts";
import type { ServiceId, Time } from "../core/model.ts";
import type { NetworkSettings } from "../core/settings.ts";
import { utcText } from "../io/clock.ts";
import { DIAGNOSIS_DEADLINES, diagnose } from "../io/diagnose/diagnose.ts";
import { createRedaction, ownNames } from "../io/diagnose/redact.ts";
import { createNetwork } from "../io/network/network.ts";
import type { ResolveProxy } from "../io/network/ways.ts";
import { networkOptions } from "../io/network-files.ts";
import type { Examination } from "../ipc/answers.ts";
import { diagnosisReport, leftOut } from "../words/diagnosis-report.ts";
import type { Names } from "../words/names.ts";
import type { Words } from "../words/words.ts";

export interface DiagnosingSetup {
	readonly catalogue: Catalogue;
	readonly network: NetworkSettings;
	readonly systemProxy: ResolveProxy;
	/** When the network last changed or the computer last woke. */
	readonly changedAt?: Time;
	/** The language of the report. */
	readonly words: Words;
}

export type Diagnose = (
	services: readonly ServiceId[],
	setup: DiagnosingSetup,
	onProgress: (report: LayerReport) => void,
) => Promise<Examination>;

/** Looks at everything over a network of its own; another look ends the one before. */
export function createDiagnose(): Diagnose {
	let running = new AbortController();
	return async (services, { catalogue, network: settings, systemProxy, changedAt, words }, onProgress) => {
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
			const told = await diagnose(
				{ network, catalogue, services, signal, ...(changedAt !== undefined && { changedAt }) },
				// what breaks off because another look has begun is none of that one's layers
				(report) => void (signal.aborted || onProgress(report)),
			);
			return { ...told, report: reportOf(told, words, namesIn(catalogue)) };
		} finally {
			network.close();
		}
	};
}

/** The report that `diagnose --report` writes. */
function reportOf(told: Omit<Examination, "report">, words: Words, names: Names): string {
	const redaction = createRedaction(ownNames(), leftOut(words));
	return diagnosisReport({ ...redaction.examination(told), moment: utcText }, words, redaction.names(names));
}
