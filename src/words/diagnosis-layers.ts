import type { Fault, Finding, Outcome } from "../core/diagnosis-findings.ts";
import { LAYERS, type Layer, type LayerReport, type LayerState } from "../core/diagnosis-layers.ts";
import { leadsOut } from "../core/diagnosis-local.ts";
import { lookAt } from "../core/diagnosis-look.ts";
import { isProblem, type Level } from "../core/level.ts";
import type { ServiceId } from "../core/model.ts";
import { shortDuration } from "./durations.ts";
import { list, unique } from "./lists.ts";
import { type Names, nameOf } from "./names.ts";
import { failureWords } from "./reasons.ts";
import type { Words } from "./words.ts";

/** Where something is looked at; of the layer `service`, which. */
export type Place = Pick<LayerReport, "layer" | "service">;

/** All places that a diagnosis looks at, from this computer outwards; without a service, the connection alone. */
export function placesFor(service?: ServiceId): readonly Place[] {
	return LAYERS.flatMap((layer): Place[] => {
		if (layer !== "service") return [{ layer }];
		return service === undefined ? [] : [{ layer, service }];
	});
}

/** A layer looks like a feature of that level. What a network does without, it does not lack. */
export const LEVEL_OF_LAYER: Readonly<Record<LayerState, Level>> = {
	well: "operational",
	absent: "operational",
	partly: "degraded",
	trouble: "major_outage",
	not_tried: "unknown",
};

/** What a layer is called; a service goes by its own name. */
export function layerName({ layer, service = "" }: Place, words: Words, names: Names): string {
	return layer === "service" ? nameOf(service, names) : words.t(`diagnosis.layer.${layer}`);
}

/** What was found in a layer, in a few words. */
export function layerResult({ layer, state, findings }: LayerReport, words: Words): string {
	return RESULTS[layer](findings, words, state);
}

type Say = (findings: readonly Finding[], words: Words, state: LayerState) => string;

const RESULTS: Readonly<Record<Layer, Say>> = {
	link: linkWords,
	gateway: (_, words, state) => words.t(`diagnosis.found.${GATEWAY[state]}`),
	names: testedWords,
	doh: testedWords,
	addresses: testedWords,
	portal(findings, words, state) {
		const seen = findings.some((finding) => finding.kind === "control" && finding.outcome.kind === "portal");
		if (seen) return words.t("diagnosis.found.portal");
		return state === "well" ? words.t("diagnosis.found.noPortal") : testedWords(findings, words, state);
	},
	families: familyWords,
	proxy: testedWords,
	tls: certificateWords,
	clock: clockWords,
	service: serviceWords,
};

const GATEWAY = {
	well: "answers",
	partly: "answers",
	trouble: "silent",
	absent: "none",
	not_tried: "notTried",
} as const satisfies Record<LayerState, string>;

function linkWords(findings: readonly Finding[], words: Words): string {
	const links = findings.flatMap((finding) => (finding.kind === "link" ? finding.links : []));
	const real = links.filter(({ medium }) => medium !== "virtual");
	if (real.length === 0) return words.t("diagnosis.found.unlinked");
	const used = real.filter(leadsOut);
	if (used.length === 0) return words.t("diagnosis.found.unaddressed");
	return unique(
		used.flatMap(({ medium }) => (medium === "virtual" ? [] : [words.t(`diagnosis.found.${medium}`)])),
	).join(", ");
}

/** "3 of 4 answer: no answer in time" */
function testedWords(findings: readonly Finding[], words: Words, state: LayerState): string {
	if (state === "absent") return words.t("diagnosis.found.none");
	const outcomes = findings.flatMap((finding): Outcome[] => {
		if (finding.kind === "host") return finding.role === "asked" ? [finding.outcome] : [];
		return finding.kind === "control" || finding.kind === "certificate" ? [finding.outcome] : [];
	});
	const tried = outcomes.filter(({ kind }) => kind !== "not_tried");
	if (tried.length === 0) return words.t("diagnosis.found.notTried");
	const passed = tried.filter(({ kind }) => kind === "ok").length;
	const failures = unique(tried.flatMap((outcome) => outcomeWords(outcome, words) ?? []));
	const counts = { passed, all: tried.length };
	if (failures.length === 0) return words.t("diagnosis.found.passed", counts);
	return words.t("diagnosis.found.because", { ...counts, failure: list(failures, words) });
}

/** Why something is not well, in a few words; absent where it is, or was not tried. */
export function outcomeWords(outcome: Outcome, words: Words): string | undefined {
	switch (outcome.kind) {
		case "ok":
		case "not_tried":
			return undefined;
		case "portal":
			return words.t("diagnosis.layer.portal");
		case "blocked":
			return words.t("diagnosis.found.refuses");
		case "failed":
			return faultWords(outcome.fault, words);
	}
}

function faultWords(fault: Fault, words: Words): string {
	return failureWords({ ...fault, detail: "" }, words);
}

function familyWords(findings: readonly Finding[], words: Words, state: LayerState): string {
	const knows = (family: 4 | 6) =>
		findings.some((finding) => finding.kind === "route" && finding.family === family && finding.known);
	if (knows(6) && state === "trouble") return words.t("diagnosis.found.broken6");
	if (knows(4)) return words.t(knows(6) ? "diagnosis.found.both" : "diagnosis.found.only4");
	return words.t(knows(6) ? "diagnosis.found.only6" : "diagnosis.found.neither");
}

function certificateWords(findings: readonly Finding[], words: Words, state: LayerState): string {
	const shown = findings.flatMap((finding) =>
		finding.kind === "certificate" && finding.issuer !== undefined ? [{ ...finding, issuer: finding.issuer }] : [],
	);
	const distrusted = shown.find(({ outcome }) => outcome.kind !== "ok");
	if (distrusted) return words.t("diagnosis.found.distrusted", { issuer: distrusted.issuer });
	const signedAnew = shown.find(({ publicRoot }) => publicRoot === false);
	if (signedAnew) return words.t("diagnosis.found.signedAnew", { issuer: signedAnew.issuer });
	return state === "well" ? words.t("diagnosis.found.genuine") : testedWords(findings, words, state);
}

function clockWords(findings: readonly Finding[], words: Words, state: LayerState): string {
	if (state === "not_tried") return words.t("diagnosis.found.notTried");
	const { clock } = lookAt(findings);
	if (!clock) return words.t("diagnosis.found.right");
	const duration = shortDuration(Math.abs(clock.aheadMs), words);
	return words.t(clock.aheadMs > 0 ? "diagnosis.found.ahead" : "diagnosis.found.behind", { duration });
}

/** Its own hosts, and what others say where that is not that all is well. */
function serviceWords(findings: readonly Finding[], words: Words, state: LayerState): string {
	const told = findings.flatMap((finding) => {
		if (finding.kind !== "word" || !(isProblem(finding.level) || finding.level === "maintenance")) return [];
		const says = finding.title ?? words.t(`level.${finding.level}`);
		return [words.t(`diagnosis.found.${finding.from}`, { says })];
	});
	const tested = testedWords(findings, words, state);
	return unique(told).reduce((before, after) => words.t("list.then", { before, after }), tested);
}
