import { closeSync, openSync, writeFileSync } from "node:fs";
import { namesIn } from "../catalogue/catalogue.ts";
import { LAYERS, type LayerReport } from "../core/diagnosis-layers.ts";
import type { ServiceId } from "../core/model.ts";
import { utcText } from "../io/clock.ts";
import { DIAGNOSIS_DEADLINES, type Examination, diagnose as examine } from "../io/diagnose/diagnose.ts";
import { createRedaction, ownNames } from "../io/diagnose/redact.ts";
import { diagnosisReport, leftOut } from "../words/diagnosis-report.ts";
import type { Names } from "../words/names.ts";
import type { Words } from "../words/words.ts";
import { idOf } from "./choose.ts";
import { Complaint } from "./complaint.ts";
import { diagnosisExitCode } from "./diagnose-exit-code.ts";
import { diagnosisJson } from "./diagnose-json.ts";
import { layerLine, verdictLines } from "./diagnose-table.ts";
import { EXIT } from "./exit-code.ts";
import { painterFor } from "./paint.ts";
import { type CommonOptions, openNetwork, readSetting } from "./session.ts";
import { wordsForPeople, wordsForPrograms } from "./speech.ts";
import type { Terminal } from "./terminal.ts";

export interface DiagnoseOptions extends CommonOptions {
	readonly json?: boolean;
	/** A file for a report to hand on. */
	readonly report?: string;
}

/** Is it just me? Looks at every layer once, prints each as it ends, and what it comes to. Resolves to the exit code. */
export async function diagnose(
	names: readonly string[],
	options: DiagnoseOptions,
	terminal: Terminal,
): Promise<number> {
	hurryResolver(process.env);
	const setting = readSetting(options);
	const { catalogue } = setting;
	const services = [...new Set(names.map((name) => idOf(catalogue, name)))];
	if (options.report !== undefined) tryToWrite(options.report, () => closeSync(openSync(options.report ?? "", "a")));
	const words = await (options.json ? wordsForPrograms(options) : wordsForPeople(options));
	const known = namesIn(catalogue);
	const stop = new AbortController();
	void terminal.interrupted.then(() => stop.abort());
	const network = openNetwork(setting, DIAGNOSIS_DEADLINES);
	try {
		const asked = { network, catalogue, services, signal: stop.signal };
		const told = await examine(asked, options.json ? undefined : teller(services, terminal, words, known));
		if (stop.signal.aborted) return EXIT.unknown;
		if (options.report !== undefined) writeReport(options.report, told, await wordsForPeople(options), known);
		print(told, options, terminal, words, known);
		return diagnosisExitCode(told.diagnosis);
	} finally {
		network.close();
	}
}

/**
 * glibc's resolver (`resolv.conf(5)`) by default waits ten seconds for one that is dead, and a process cannot end before it has given up.
 * It is read before the first question; systems with another resolver do not know it.
 */
function hurryResolver(env: NodeJS.ProcessEnv): void {
	env["RES_OPTIONS"] ??= "timeout:1 attempts:2";
}

/** Prints layers in their order, each as soon as it and all before it have ended. */
function teller(services: readonly ServiceId[], terminal: Terminal, words: Words, names: Names) {
	const order = [...LAYERS.filter((layer) => layer !== "service"), ...services];
	const waiting = new Map<string, LayerReport>();
	const paint = painterFor(terminal.stdout);
	return (report: LayerReport) => {
		waiting.set(report.service ?? report.layer, report);
		for (let [next] = order; next !== undefined; [next] = order) {
			const due = waiting.get(next);
			if (!due) return;
			order.shift();
			terminal.stdout.write(`${layerLine(due, { width: terminal.width(), paint, words, names, services })}\n`);
		}
	};
}

function print(
	told: Examination,
	{ json, report }: DiagnoseOptions,
	terminal: Terminal,
	words: Words,
	names: Names,
): void {
	const { stdout } = terminal;
	if (json) {
		stdout.write(`${diagnosisJson(told, words, names)}\n`);
		return;
	}
	const lines = verdictLines(told.diagnosis, { width: terminal.width(), paint: painterFor(stdout), words, names });
	const written = report === undefined ? [] : ["", words.t("diagnosis.report.written", { file: report })];
	stdout.write(`${["", ...lines, ...written].join("\n")}\n`);
}

function writeReport(file: string, told: Examination, words: Words, names: Names): void {
	const redaction = createRedaction(ownNames(), leftOut(words));
	const shown = { ...redaction.examination(told), moment: utcText };
	const report = diagnosisReport(shown, words, redaction.names(names));
	tryToWrite(file, () => writeFileSync(file, report));
}

const FOUND: Readonly<Record<string, string>> = {
	EISDIR: "a folder",
	ENOENT: "no such folder",
	EACCES: "one that may not be",
};

function tryToWrite(file: string, work: () => void): void {
	try {
		work();
	} catch (error) {
		const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
		throw new Complaint(`--report: ${file}: expected a file that can be written, found ${FOUND[code] ?? code}`);
	}
}
