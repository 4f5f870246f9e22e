import type { OfficialPage } from "../core/official.ts";
import { systemClock } from "../io/clock.ts";
import { fetchPage } from "../io/network/fetch-page.ts";
import { createNetwork } from "../io/network/network.ts";
import { type Inspection, inspectPage } from "../io/sources/inspect.ts";
import { inspectJson } from "../io/sources/inspect-json.ts";
import { SHAPES } from "../words/shapes.ts";
import { inspectAdvice } from "../words/sources.ts";
import type { Words } from "../words/words.ts";
import { EXIT } from "./exit-code.ts";
import { type Paint, painterFor, shape } from "./paint.ts";
import { openNetwork, readSetting } from "./session.ts";
import { type LanguageOption, wordsForPeople } from "./speech.ts";
import type { Terminal } from "./terminal.ts";

export interface InspectOptions extends LanguageOption {
	readonly config?: string;
	readonly json?: boolean;
	readonly allowPrivate?: boolean;
}

/** Says what kind of status page an address leads to and what it says, in our words. Resolves to the exit code. */
export async function inspect(address: string, options: InspectOptions, terminal: Terminal): Promise<number> {
	const network = options.config ? openNetwork(readSetting({ config: options.config })) : createNetwork();
	const controller = new AbortController();
	void terminal.interrupted.then(() => controller.abort());
	try {
		const inspection = await inspectPage(address, {
			fetchPage: (url, how) => fetchPage(network, url, how),
			signal: controller.signal,
			now: systemClock.now,
			allowPrivate: options.allowPrivate ?? false,
		});
		if (options.json) terminal.stdout.write(`${JSON.stringify(inspectJson(inspection), null, 2)}\n`);
		else if (inspection.kind === "page") {
			terminal.stdout.write(
				`${renderInspection(inspection, painterFor(terminal.stdout), await wordsForPeople(options)).join("\n")}\n`,
			);
		} else complain(inspection, terminal, await wordsForPeople(options));
		return inspection.kind === "page" ? EXIT.operational : EXIT.unknown;
	} finally {
		network.close();
	}
}

function complain(
	{ failure, tried }: Extract<Inspection, { kind: "failed" }>,
	{ stderr }: Terminal,
	words: Words,
): void {
	const further = tried.slice(1).map(({ url, what }) => `  tried ${url}: ${what}`);
	// what was not even asked for says itself what is wrong with it
	const advice = tried.length > 0 ? [inspectAdvice(failure, words)] : [];
	stderr.write(`${[`No status page: ${failure.detail}.`, ...further, ...advice].join("\n")}\n`);
}

function renderInspection(
	{ page, url, movedFrom }: Extract<Inspection, { kind: "page" }>,
	paint: Paint,
	words: Words,
): string[] {
	return [
		`${shape(page.level, paint)} ${paint("bold", page.page.name)}: ${words.t(`level.${page.level}`)}`,
		paint("gray", `  ${page.format} page, read from ${url}`),
		...(movedFrom ? [`  ${movedFrom} has moved there.`] : []),
		...section(words.t("terminal.incidents"), incidentLines(page, paint)),
		...section(words.t("terminal.planned"), maintenanceLines(page)),
		...section(words.t("terminal.components"), componentLines(page, paint, words)),
		...section(
			words.t("terminal.unknownWords"),
			page.unknownWords.map((word) => `  ${word}`),
		),
	];
}

function section(title: string, lines: readonly string[]): string[] {
	return lines.length === 0 ? [] : ["", title, ...lines];
}

function incidentLines({ incidents }: OfficialPage, paint: Paint): string[] {
	return incidents.map(({ level, title, state, open, updatedAt }) => {
		const word = open ? state || "open" : state ? `over: ${state}` : "over";
		const when = updatedAt === undefined ? "" : `, updated ${new Date(updatedAt).toISOString()}`;
		return `  ${shape(open ? level : "operational", paint)} ${title} (${word}${when})`;
	});
}

function maintenanceLines({ maintenances }: OfficialPage): string[] {
	return maintenances.map(({ title, state, from, until }) => {
		const span = [from, until].flatMap((at) => (at === undefined ? [] : [new Date(at).toISOString()])).join(" to ");
		return `  ${SHAPES.maintenance} ${title} (${state}${span ? `, ${span}` : ""})`;
	});
}

function componentLines({ components }: OfficialPage, paint: Paint, words: Words): string[] {
	return components.map(({ level, group, name }) => {
		return `  ${shape(level, paint)} ${group ? `${group} / ${name}` : name}: ${words.t(`level.${level}`)}`;
	});
}
