import type { Examination } from "../io/diagnose/diagnose.ts";
import { nextStep, noteSentence, serviceSentence, verdictSentence } from "../words/diagnosis.ts";
import { layerResult } from "../words/diagnosis-layers.ts";
import type { Names } from "../words/names.ts";
import type { Words } from "../words/words.ts";
import { diagnosisExitCode } from "./diagnose-exit-code.ts";

/** What `diagnose --json` prints: the sentences, the exit code, and all findings, of which none holds an address. */
export function diagnosisJson({ startedAt, at, layers, diagnosis }: Examination, words: Words, names: Names): string {
	const { seen: _, services, notes, ...rest } = diagnosis;
	const json = {
		verdict: verdictSentence(diagnosis, words, names),
		next: nextStep(diagnosis, words, names),
		exitCode: diagnosisExitCode(diagnosis),
		startedAt: new Date(startedAt).toISOString(),
		at: new Date(at).toISOString(),
		...rest,
		notes: notes.map((note) => ({ sentence: noteSentence(note, words), ...note })),
		services: services.map(({ seen: __, ...own }) => ({
			sentence: serviceSentence({ seen: __, ...own }, words, names),
			...own,
		})),
		layers: layers.map((report) => ({ result: layerResult(report, words), ...report })),
	};
	return JSON.stringify(json, null, 2);
}
