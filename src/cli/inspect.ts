import type { OfficialPage } from "../core/official.ts";
import { LEVEL_WORDS } from "../core/words.ts";
import { systemClock } from "../io/clock.ts";
import { fetchPage } from "../io/network/fetch-page.ts";
import { createNetwork } from "../io/network/network.ts";
import { type Inspection, inspectPage } from "../io/sources/inspect.ts";
import { inspectJson } from "../io/sources/inspect-json.ts";
import { EXIT } from "./exit-code.ts";
import { type Paint, painterFor, shape } from "./paint.ts";
import { openNetwork, readSetting } from "./session.ts";
import type { Terminal } from "./terminal.ts";

export interface InspectOptions {
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
			terminal.stdout.write(`${renderInspection(inspection, painterFor(terminal.stdout)).join("\n")}\n`);
		} else complain(inspection, terminal);
		return inspection.kind === "page" ? EXIT.operational : EXIT.unknown;
	} finally {
		network.close();
	}
}

function complain({ failure, tried }: Extract<Inspection, { kind: "failed" }>, { stderr }: Terminal): void {
	const further = tried.slice(1).map(({ url, what }) => `  tried ${url}: ${what}`);
	stderr.write(`${[`No status page: ${failure.detail}.`, ...further].join("\n")}\n`);
}

function renderInspection({ page, url, movedFrom }: Extract<Inspection, { kind: "page" }>, paint: Paint): string[] {
	return [
		`${shape(page.level, paint)} ${paint("bold", page.page.name)}: ${LEVEL_WORDS[page.level]}`,
		paint("gray", `  ${page.format} page, read from ${url}`),
		...(movedFrom ? [`  ${movedFrom} has moved there.`] : []),
		...section("Incidents", incidentLines(page, paint)),
		...section("Planned work", maintenanceLines(page)),
		...section("Components", componentLines(page, paint)),
		...section(
			"Words that are not known",
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
		return `  ◆ ${title} (${state}${span ? `, ${span}` : ""})`;
	});
}

function componentLines({ components }: OfficialPage, paint: Paint): string[] {
	return components.map(({ level, group, name }) => {
		return `  ${shape(level, paint)} ${group ? `${group} / ${name}` : name}: ${LEVEL_WORDS[level]}`;
	});
}
