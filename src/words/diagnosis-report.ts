import type { Diagnosis } from "../core/diagnosis.ts";
import type { AddressKind, Finding } from "../core/diagnosis-findings.ts";
import type { LayerReport } from "../core/diagnosis-layers.ts";
import { PHASES } from "../core/failure.ts";
import type { Time } from "../core/model.ts";
import { nextStep, noteSentence, serviceSentence, vendorName, verdictSentence } from "./diagnosis.ts";
import { layerName, layerResult, outcomeWords } from "./diagnosis-layers.ts";
import { type Names, nameOf } from "./names.ts";
import type { Words } from "./words.ts";

/** A diagnosis and how it came about. */
interface Told {
	readonly startedAt: Time;
	readonly at: Time;
	readonly layers: readonly LayerReport[];
	readonly diagnosis: Diagnosis;
	/** A moment in UTC, as in `2026-03-01 12:00:00`. */
	readonly moment: (at: Time) => string;
}

/** A report in Markdown to hand on: what it came to, what was looked at and when. It tells all it is given: redact that first. */
export function diagnosisReport(told: Told, words: Words, names: Names): string {
	const { diagnosis, layers } = told;
	const t = (key: "title" | "layers" | "tests" | "redacted") => words.t(`diagnosis.report.${key}`);
	const others = diagnosis.services.filter(({ service }) => service !== diagnosis.service);
	const parts = [
		`# ${t("title")}`,
		`**${escaped(verdictSentence(diagnosis, words, names))}**`,
		escaped(nextStep(diagnosis, words, names)),
		bullets([
			...others.map((other) => serviceSentence(other, words, names)),
			...diagnosis.notes.map((note) => noteSentence(note, words)),
		]),
		bullets(facts(told, words)),
		`## ${t("layers")}`,
		layerTable(layers, words, names),
		`## ${t("tests")}`,
		testTable(layers, words, names),
		t("redacted"),
	];
	return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** What stands in a report for what is left out of it. */
export function leftOut(words: Words): { readonly someone: string; readonly address: Record<AddressKind, string> } {
	const address = (kind: AddressKind) => words.t(`diagnosis.address.${kind}`);
	return {
		someone: words.t("diagnosis.report.someone"),
		address: { public: address("public"), private: address("private"), link_local: address("link_local") },
	};
}

/** Nothing in it is taken for Markdown or HTML. */
function escaped(text: string): string {
	return text.replaceAll(/[\\`*_{}[\]<>#|~&]/g, "\\$&");
}

function bullets(lines: readonly string[]): string {
	return lines.map((line) => `- ${escaped(line)}`).join("\n");
}

function facts({ startedAt, at, diagnosis, moment }: Told, words: Words): string[] {
	const fact = (key: "when" | "whose" | "sure", value: string) => `${words.t(`diagnosis.report.${key}`)}: ${value}`;
	return [
		fact("when", `${moment(startedAt)} UTC – ${moment(at)} UTC`),
		fact("whose", words.t(`cause.${diagnosis.cause}`)),
		fact("sure", words.t(`certainty.${diagnosis.sureness}`)),
	];
}

function layerTable(layers: readonly LayerReport[], words: Words, names: Names): string {
	const t = (key: "layer" | "result" | "took") => words.t(`diagnosis.report.${key}`);
	const rows = layers.map((report) => [
		layerName(report, words, names),
		layerResult(report, words),
		milliseconds(report.tookMs),
	]);
	return table([t("layer"), t("result"), t("took")], rows);
}

function testTable(layers: readonly LayerReport[], words: Words, names: Names): string {
	const t = (key: "layer" | "test" | "result" | "steps") => words.t(`diagnosis.report.${key}`);
	// these two are read off the tests of other layers
	const own = layers.filter(({ layer }) => layer !== "proxy" && layer !== "clock");
	const rows = own.flatMap((report) =>
		report.findings.flatMap((finding) => {
			const row = testRow(finding, words, names);
			return row ? [[layerName(report, words, names), ...row]] : [];
		}),
	);
	return table([t("layer"), t("test"), t("result"), t("steps")], rows);
}

/** What was tested, what came of it and how long its steps took; absent for what its layer says already. */
export function testRow(finding: Finding, words: Words, names: Names): readonly [string, string, string] | undefined {
	const t = (key: "known" | "unknown" | "works" | "notPublic" | "unfound" | "detour" | "again" | "page" | "reports") =>
		words.t(`diagnosis.report.${key}`);
	switch (finding.kind) {
		case "link":
		case "gateway":
			return undefined;
		case "route":
			return [
				words.t("diagnosis.report.route", { family: finding.family }),
				t(finding.known ? "known" : "unknown"),
				"",
			];
		case "control":
			return [vendorName(finding.vendor), outcome(finding, words), steps(finding, words)];
		case "certificate": {
			const anew = finding.publicRoot === false ? `; ${t("notPublic")}` : "";
			return [finding.host, `${outcome(finding, words)}${anew}`, steps(finding, words)];
		}
		case "host": {
			const who =
				finding.role === "asked"
					? ""
					: ` (${nameOf(finding.service, names)}, ${words.t(`diagnosis.report.${finding.role}`)})`;
			const again = finding.tries > 1 ? `; ${t("again")}` : "";
			return [`${finding.host}${who}`, `${outcome(finding, words)}${again}`, steps(finding, words)];
		}
		case "detour": {
			const result = finding.lookup === "found" ? outcome(finding, words) : t("unfound");
			return [`${finding.host}, ${t("detour")}`, result, steps(finding, words)];
		}
		case "word": {
			const who = `${finding.page}, ${t(finding.from === "official" ? "page" : "reports")}`;
			return [who, finding.title ?? words.t(`level.${finding.level}`), ""];
		}
	}
}

type Tested = Extract<Finding, { readonly outcome: unknown }>;

function outcome({ outcome: what }: Tested, words: Words): string {
	if (what.kind === "ok") return words.t("diagnosis.report.works");
	return outcomeWords(what, words) ?? words.t("diagnosis.found.notTried");
}

/** "name 3 ms, connection 12 ms" */
function steps({ phases }: Tested, words: Words): string {
	return PHASES.flatMap((phase) => {
		const took = phases[phase];
		return took === undefined ? [] : [`${words.t(`diagnosis.step.${phase}`)} ${milliseconds(took)}`];
	}).join(", ");
}

function milliseconds(ms: number): string {
	return `${Math.round(ms)} ms`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(" | ")} |`;
	return [line(head), `|${" --- |".repeat(head.length)}`, ...rows.map(line)].join("\n");
}
