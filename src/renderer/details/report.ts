import type { Incident } from "../../core/incidents.ts";
import { shortDuration } from "../../words/durations.ts";
import { nameOf } from "../../words/names.ts";
import { reasonSentence } from "../../words/reasons.ts";
import { admissionSentences, faultOf, lastedMs, outageTitle, storyOf } from "../../words/timeline.ts";
import { capital, serviceLine, shownLine } from "../../words/window.ts";
import type { Words } from "../../words/words.ts";
import type { ShownIncident, ShownService } from "./files.ts";
import { shareWritten, written } from "./times.ts";

/** A service as a page that somebody reads who has never seen this window, in Markdown. */
export function serviceReport(shown: ShownService, words: Words): string {
	const { service, history, incidents, span, names, now, locale } = shown;
	const features = service.features.map(({ feature, level, reasons: [reason] }) => {
		const uptime = history?.features.find((each) => each.feature === feature)?.uptime;
		return [
			capital(words.t(`feature.${feature}`)),
			words.t(`level.${level}`) + (reason ? `: ${shownLine(reasonSentence(reason, words, names))}` : ""),
			uptime === undefined ? "" : shareWritten(uptime, locale),
		];
	});
	return document([
		`# ${text(service.name)}`,
		`${text(serviceLine(service, words))}.`,
		table(
			[
				words.t("details.report.feature"),
				words.t("details.report.now"),
				`${words.t("details.report.worked")} (${words.t(`details.last.${span}`)})`,
			],
			features,
		),
		`## ${words.t("details.report.outages")}`,
		...(incidents.length === 0
			? [words.t("details.happened.none", { span: words.t(`details.within.${span}`) })]
			: incidents.flatMap((incident) => outage(incident, shown, words, "###"))),
		made(now, locale, words),
	]);
}

/** An outage as a page that somebody reads who has never seen this window, in Markdown. */
export function incidentReport(shown: ShownIncident, words: Words): string {
	const { incident, names, now, locale } = shown;
	const services = incident.features.map(({ service, feature, level, since, until }) => [
		nameOf(service, names),
		capital(words.t(`feature.${feature}`)),
		words.t(`level.${level}`),
		written(since, "moment", locale),
		until === undefined ? words.t("details.report.goesOn") : written(until, "moment", locale),
	]);
	return document([
		...outage(incident, shown, words, "#"),
		`## ${words.t("details.touched")}`,
		table(
			(["service", "feature", "worst", "began", "ended"] as const).map((column) => words.t(`details.report.${column}`)),
			services,
		),
		made(now, locale, words),
	]);
}

function outage(
	incident: Incident,
	{ names, now, locale }: Pick<ShownIncident, "names" | "now" | "locale">,
	words: Words,
	heading: string,
): string[] {
	const { culprit, openedAt, closedAt } = incident;
	const facts = [
		[words.t("details.report.began"), written(openedAt, "whole", locale)],
		[
			words.t("details.report.ended"),
			closedAt === undefined ? words.t("details.report.goesOn") : written(closedAt, "whole", locale),
		],
		[words.t("details.report.lasted"), shortDuration(lastedMs(incident, now), words)],
		[words.t("details.report.culprit"), nameOf(culprit, names)],
	];
	const moments = storyOf(incident, words, names).map(({ at, text: told }) => [
		written(at, "moment", locale),
		shownLine(told),
	]);
	return [
		`${heading} ${text(outageTitle(incident, words, names))}`,
		`${text(faultOf(incident, words, names))}.`,
		facts.map(([name = "", value = ""]) => `- ${text(name)}: **${text(value)}**`).join("\n"),
		...admissionSentences(incident, words).map(text),
		...(moments.length > 0 ? [table([words.t("details.report.time"), words.t("details.report.event")], moments)] : []),
	];
}

function made(now: number, locale: string, words: Words): string {
	return words.t("details.report.made", { time: written(now, "whole", locale) });
}

function document(parts: readonly string[]): string {
	return `${parts.join("\n\n")}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]) => `| ${cells.map(text).join(" | ")} |`;
	return [line(head), `|${" --- |".repeat(head.length)}`, ...rows.map(line)].join("\n");
}

/** Text that stays text in Markdown, whatever it says. */
function text(outside: string): string {
	return outside.replaceAll(/[\\`*_[\]<>|#~&]/g, (sign) => `\\${sign}`);
}
