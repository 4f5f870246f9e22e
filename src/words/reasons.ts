import type { Failure } from "../core/failure.ts";
import type { Reason } from "../core/verdict.ts";
import { shortDuration } from "./durations.ts";
import { list } from "./lists.ts";
import { type Names, nameOf } from "./names.ts";
import { REPORT_PROVIDERS } from "./report-providers.ts";
import { localTrouble } from "./trouble.ts";
import type { Words } from "./words.ts";

type Of<Kind extends Reason["kind"]> = Extract<Reason, { kind: Kind }>;

/** One ground for a verdict, as a line people can read aloud, without a full stop. */
export function reasonSentence(reason: Reason, words: Words, names: Names): string {
	switch (reason.kind) {
		case "host_fails":
		case "host_passes":
		case "host_slow":
		case "host_refuses_us":
		case "not_tried":
			return hostSentence(reason, words);
		case "official":
			return officialSentence(reason, words);
		case "source_failed":
			return words.t("reason.source_failed", { page: reason.page, failure: failureWords(reason.failure, words) });
		case "reports":
			return reportsSentence(reason, words);
		case "noted":
			return notedSentence(reason, words);
		case "unstable":
			return words.t("reason.unstable", { count: reason.changes, duration: shortDuration(reason.withinMs, words) });
		case "also_fails": {
			const services = reason.services.map((id) => nameOf(id, names));
			const provider = nameOf(reason.provider, names);
			return words.t("reason.also_fails", { services: list(services, words), provider, count: services.length });
		}
		case "blind":
			return inEnglish(reason.why, words) ?? words.t("reason.blind");
		case "no_connection":
			return localTrouble(reason.cause, words);
	}
}

type HostReason = Of<"host_fails" | "host_passes" | "host_slow" | "host_refuses_us" | "not_tried">;

function hostSentence(reason: HostReason, words: Words): string {
	const { host } = reason;
	switch (reason.kind) {
		case "host_fails": {
			const count = Math.max(1, reason.inRow);
			return words.t("reason.host_fails", { host, failure: failureWords(reason.failure, words), count });
		}
		case "host_passes":
			return words.t("reason.host_passes", { host, ms: Math.round(reason.tookMs) });
		case "host_slow":
			return words.t("reason.host_slow", {
				host,
				ms: Math.round(reason.tookMs),
				usual: Math.round(reason.usualMs),
			});
		case "host_refuses_us":
			return words.t("reason.host_refuses_us", { host, failure: failureWords(reason.failure, words) });
		case "not_tried": {
			const untried = words.t("reason.not_tried", { host });
			const why = inEnglish(reason.why, words);
			return why ? `${untried}: ${why}` : untried;
		}
	}
}

/** Grounds that the catalogue and the probes write in English only: elsewhere they would be a foreign body. */
function inEnglish(text: string, { language }: Words): string | undefined {
	return language === "en" && text !== "" ? text : undefined;
}

function officialSentence({ page, level, title }: Of<"official">, words: Words): string {
	if (title) return words.t("reason.official", { page, says: title });
	if (level === "unknown") return words.t("reason.official_silent", { page });
	return words.t("reason.official", { page, says: words.t(`level.${level}`) });
}

/** Where the usual is next to nothing, a multiple of it would only sound like much. */
const BASELINE_TO_COMPARE = 1;

function reportsSentence({ perHour, baseline, regions }: Of<"reports">, words: Words): string {
	const times = baseline >= BASELINE_TO_COMPARE ? Math.round(perHour / baseline) : 0;
	const many = times >= 2 ? words.t("reports.times", { times }) : words.t("reports.hourly", { n: Math.round(perHour) });
	return regions.length > 0
		? words.t("reason.reported_in", { regions: list(regions, words), many })
		: words.t("reason.reports", { many });
}

function notedSentence({ provider, regions }: Of<"noted">, words: Words): string {
	const who = REPORT_PROVIDERS[provider];
	return regions.length > 0
		? words.t("reason.noted_in", { who, regions: list(regions, words) })
		: words.t("reason.noted", { who });
}

/** A failure in a few words, such as `error 503`. */
export function failureWords({ kind, status }: Failure, words: Words): string {
	return kind === "http" && status !== undefined ? words.t("error", { status }) : words.t(`failure.${kind}`);
}

/** How sure a verdict of trouble is. */
export function certainty(confidence: number, words: Words): string {
	return words.t(`certainty.${confidence >= 0.95 ? "high" : confidence >= 0.7 ? "fair" : "low"}`);
}
