import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";
import type { Diagnosis } from "../core/diagnosis.ts";
import { LAYERS, type LayerReport } from "../core/diagnosis-layers.ts";
import { levelOf } from "../core/diagnosis-level.ts";
import type { ServiceId } from "../core/model.ts";
import { nextStep, noteSentence, serviceSentence, verdictSentence } from "../words/diagnosis.ts";
import { LEVEL_OF_LAYER, layerName, layerResult } from "../words/diagnosis-layers.ts";
import { type Names, nameOf } from "../words/names.ts";
import type { Words } from "../words/words.ts";
import { type Paint, shape } from "./paint.ts";
import { cut } from "./table.ts";

export interface Page {
	/** Columns that fit. */
	readonly width: number;
	readonly paint: Paint;
	readonly words: Words;
	readonly names: Names;
}

/** One layer as a line. All lines of the services that were asked about line up. */
export function layerLine(report: LayerReport, page: Page & { readonly services: readonly ServiceId[] }): string {
	const { width, paint, words, names, services } = page;
	const labels = [
		...LAYERS.flatMap((layer) => (layer === "service" ? [] : [words.t(`diagnosis.layer.${layer}`)])),
		...services.map((id) => nameOf(id, names)),
	];
	const widest = Math.max(...labels.map((label) => stringWidth(label)));
	const label = layerName(report, words, names);
	const left = `${shape(LEVEL_OF_LAYER[report.state], paint)} ${label}${" ".repeat(widest - stringWidth(label))}  `;
	return `${left}${paint("gray", cut(layerResult(report, words), Math.max(20, width - widest - 4)))}`;
}

/** The verdict, what to do, a line for each other service, and what else is unusual. */
export function verdictLines(diagnosis: Diagnosis, { width, paint, words, names }: Page): string[] {
	const indented = (text: string) =>
		wrapAnsi(text, Math.max(20, width - 2))
			.split("\n")
			.map((line) => `  ${line}`);
	const verdict = indented(verdictSentence(diagnosis, words, names)).map(
		(line) => `  ${paint("bold", line.trimStart())}`,
	);
	const lead = `${shape(levelOf(diagnosis), paint)} ${verdict[0]?.trimStart() ?? ""}`;
	const others =
		diagnosis.kind === "fine" ? [] : diagnosis.services.filter(({ service }) => service !== diagnosis.service);
	return [
		lead,
		...verdict.slice(1),
		...indented(nextStep(diagnosis, words, names)),
		...others.flatMap((other) => indented(serviceSentence(other, words, names))),
		...diagnosis.notes.flatMap((note) => indented(paint("gray", noteSentence(note, words)))),
	];
}
