import type { Diagnosis } from "../core/diagnosis.ts";
import type { Conclusion, ServiceConclusion } from "../core/diagnosis-conclusion.ts";
import type { Note } from "../core/diagnosis-notes.ts";
import type { ServiceId, Time } from "../core/model.ts";
import { duration } from "./durations.ts";
import { list } from "./lists.ts";
import { type Names, nameOf } from "./names.ts";
import type { Words } from "./words.ts";

/** The answer to "is it just me?" in one sentence. */
export function verdictSentence(diagnosis: Diagnosis, words: Words, names: Names): string {
	const { services, kind } = diagnosis;
	if (kind !== "fine" || services.length === 0) return conclusionSentence(diagnosis, words, names);
	const all = services.map(({ service }) => nameOf(service, names));
	return words.t("diagnosis.verdict.fine", { service: list(all, words), count: all.length });
}

/** The same of one service. */
export function serviceSentence(conclusion: ServiceConclusion, words: Words, names: Names): string {
	return conclusionSentence(conclusion, words, names);
}

type Told = Conclusion & { readonly service?: ServiceId } & Pick<Diagnosis, "unsettled">;

function conclusionSentence(told: Told, words: Words, names: Names): string {
	const { kind, sureness, seen } = told;
	const service = told.service === undefined ? "" : nameOf(told.service, names);
	const culprit = culpritOf(told, names);
	const notYou = words.t(`diagnosis.notYou.${sureness}`);
	switch (kind) {
		case "hold":
			return words.t(told.unsettled === "stopped" ? "diagnosis.verdict.stopped" : "diagnosis.verdict.hold");
		case "clock_wrong":
			return clock("diagnosis.verdict", aheadIn(seen), words);
		case "dns_lying":
			return words.t(service === "" ? "diagnosis.verdict.dns_lying" : "diagnosis.verdict.dns_lying_service", {
				service,
			});
		case "interception":
			return culprit === undefined
				? words.t("diagnosis.verdict.interception_nameless")
				: words.t("diagnosis.verdict.interception", { culprit });
		case "unclear":
			return words.t(service === "" ? "diagnosis.verdict.untried" : "diagnosis.verdict.unclear", { service });
		case "unseen": {
			const official = seen.some((finding) => finding.kind === "word" && finding.from === "official");
			return words.t(`diagnosis.verdict.unseen_${official ? "official" : "others"}`, { notYou, service });
		}
		case "fine":
			return service === ""
				? words.t("diagnosis.verdict.connected")
				: words.t("diagnosis.verdict.fine", { service, count: 1 });
		default:
			return words.t(`diagnosis.verdict.${kind}`, { notYou, service, culprit: culprit ?? service });
	}
}

/** What to do about it, in a sentence or two. */
export function nextStep(diagnosis: Diagnosis, words: Words, names: Names): string {
	const { kind, cause, service } = diagnosis;
	const culprit = culpritOf(diagnosis, names) ?? (service === undefined ? "" : nameOf(service, names));
	switch (kind) {
		case "hold":
			return words.t(diagnosis.unsettled === "stopped" ? "diagnosis.next.stopped" : "diagnosis.next.hold");
		case "interception":
			return words.t(`diagnosis.next.interception_${cause === "device" ? "device" : "network"}`, { culprit });
		case "unclear":
			return words.t(service === undefined ? "diagnosis.next.untried" : "diagnosis.next.unclear");
		case "fine":
			return words.t(service === undefined ? "diagnosis.next.connected" : "diagnosis.next.fine");
		default:
			return words.t(`diagnosis.next.${kind}`, { culprit });
	}
}

/** Something unusual on this side, in a sentence. */
export function noteSentence(note: Note, words: Words): string {
	switch (note.kind) {
		case "clock_wrong":
			return clock("diagnosis.note", note.aheadMs, words);
		case "interception":
			return note.by === undefined
				? words.t("diagnosis.note.interception_nameless")
				: words.t("diagnosis.note.interception", { by: note.by });
		case "one_portal":
			return words.t("diagnosis.note.one_portal", { vendor: vendorName(note.vendor) });
		default:
			return words.t(`diagnosis.note.${note.kind}`);
	}
}

/** A vendor of controls by the id that the catalogue has for it. */
export function vendorName(vendor: string): string {
	return `${vendor.charAt(0).toUpperCase()}${vendor.slice(1)}`;
}

function culpritOf({ culprit }: Conclusion, names: Names): string | undefined {
	return culprit === undefined ? undefined : nameOf(culprit, names);
}

function clock(where: "diagnosis.verdict" | "diagnosis.note", aheadMs: Time, words: Words): string {
	return words.t(`${where}.clock_${aheadMs > 0 ? "ahead" : "behind"}`, {
		duration: duration(Math.abs(aheadMs), words),
	});
}

/** How far off the clock is, by the middle one of the vendors' clocks. */
function aheadIn(seen: Conclusion["seen"]): Time {
	const all = seen.flatMap((finding) => (finding.kind === "control" ? (finding.aheadMs ?? []) : []));
	return all.sort((a, b) => a - b)[Math.floor((all.length - 1) / 2)] ?? 0;
}
