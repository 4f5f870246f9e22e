import stringWidth from "string-width";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { ServiceFile } from "../catalogue/schema.ts";
import { targetOf } from "../catalogue/target.ts";
import type { ProbeCheck, SourceCheck } from "../core/check.ts";
import type { Service } from "../core/model.ts";
import { SHAPES } from "../words/shapes.ts";
import type { Words } from "../words/words.ts";
import { idOf } from "./choose.ts";
import { EXIT } from "./exit-code.ts";
import { type Paint, painterFor } from "./paint.ts";
import { type CommonOptions, readSetting } from "./session.ts";
import { wordsForPeople } from "./speech.ts";
import { cut } from "./table.ts";
import type { Terminal } from "./terminal.ts";

export interface ServicesOptions extends CommonOptions {
	readonly json?: boolean;
	/** Only those of this kind, as the catalogue names it. */
	readonly category?: string;
	/** Only those of this country. */
	readonly region?: string;
}

/** What the catalogue knows: a line for each service, or all there is about the named ones. Resolves to the exit code. */
export async function services(
	names: readonly string[],
	options: ServicesOptions,
	terminal: Terminal,
): Promise<number> {
	const { catalogue, notes } = readSetting(options);
	for (const note of notes) terminal.stderr.write(`${note}\n`);
	const paint = painterFor(terminal.stdout);
	const words = await wordsForPeople(options);
	const ids = names.length > 0 ? names.map((name) => idOf(catalogue, name)) : listed(catalogue, options);
	const lines = options.json
		? [
				JSON.stringify(
					ids.map((id) => catalogue.files.get(id)),
					null,
					2,
				),
			]
		: names.length > 0
			? ids.flatMap((id) => details(catalogue, id, paint, words))
			: overview(
					ids.flatMap((id) => catalogue.services.get(id) ?? []),
					terminal.width(),
					paint,
					words,
				);
	terminal.stdout.write(`${lines.join("\n")}\n`);
	return EXIT.operational;
}

function listed({ files }: Catalogue, { category, region }: ServicesOptions): string[] {
	const chosen = [...files.values()].filter(
		(file) =>
			(category === undefined || file.category === category) &&
			(region === undefined || file.regions.includes(region.toLowerCase())),
	);
	return chosen.map(({ id }) => id);
}

function overview(all: readonly Service[], width: number, paint: Paint, words: Words): string[] {
	const widest = Math.max(0, ...all.map(({ id }) => id.length));
	const widestName = Math.max(0, ...all.map(({ name }) => stringWidth(name)));
	const line = ({ id, name, features }: Service) => {
		const watched = features.map(
			({ name: feature, blind }) => `${blind ? SHAPES.unknown : SHAPES.operational} ${words.t(`feature.${feature}`)}`,
		);
		const left = `  ${id.padEnd(widest)}  ${name}${" ".repeat(widestName - stringWidth(name))}  `;
		return `${left}${cut(watched.join("  "), Math.max(20, width - stringWidth(left)))}`;
	};
	const section = (kind: Service["kind"], title: string) => {
		const lines = all.filter((service) => service.kind === kind).map(line);
		return lines.length > 0 ? [paint("bold", title), ...lines, ""] : [];
	};
	return [
		...section("service", words.t("terminal.services")),
		...section("provider", words.t("terminal.providers")),
		paint(
			"gray",
			`${SHAPES.operational} is probed, ${SHAPES.unknown} cannot be seen from here. "semaforo services NAME" shows one with its checks and where each fact comes from.`,
		),
	];
}

function details(catalogue: Catalogue, id: string, paint: Paint, words: Words): string[] {
	const service = catalogue.services.get(id) as Service;
	const file = catalogue.files.get(id) as ServiceFile;
	const checks = catalogue.checks.get(id) ?? [];
	return [
		`${paint("bold", service.name)} (${service.id}), of ${service.owner.name}`,
		...alsoCalled(file),
		...(service.upstreams.length > 0 ? [`  carried by ${service.upstreams.join(", ")}`] : []),
		...(service.runsOn ? [`  runs in ${service.runsOn.join(", ")}`] : []),
		...pageLines(file, paint),
		"",
		`  ${words.t("terminal.probes")}`,
		...checks.flatMap((check) => (check.kind === "probe" ? [probeLine(check, words)] : [])),
		...service.features.flatMap(({ name, blind }) =>
			blind ? [`    ${SHAPES.unknown} ${words.t(`feature.${name}`)}: ${blind}`] : [],
		),
		"",
		`  ${words.t("terminal.sources")}`,
		...sourceLines(checks.filter((check) => check.kind === "source")),
		"",
	];
}

function alsoCalled({ aliases, oldIds }: ServiceFile): string[] {
	const names = [...aliases, ...oldIds.map((id) => `${id} (before)`)];
	return names.length > 0 ? [`  also called ${names.join(", ")}`] : [];
}

function pageLines({ page, announcements }: ServiceFile, paint: Paint): string[] {
	const facts = ({ source, date }: { source: string; date: string }) => paint("gray", `(${source}, ${date})`);
	return [
		"url" in page
			? `  status page ${page.url} ${facts(page.provenance)}`
			: `  no status page: ${page.none} ${facts(page.provenance)}`,
		...announcements.map(({ name, url, provenance }) => `  announces on ${name}, ${url} ${facts(provenance)}`),
	];
}

function probeLine({ feature, probe, upstream }: ProbeCheck, words: Words): string {
	return `    ${SHAPES.operational} ${words.t(`feature.${feature}`)}: ${targetOf(probe)}${upstream ? `, behind ${upstream}` : ""}`;
}

function sourceLines(sources: readonly SourceCheck[]): string[] {
	if (sources.length === 0) return ["    none that a program can read"];
	return sources.map(
		({ source }) => `    ${source.url} (${source.format}${source.speaksForWhole ? "" : ", of a neighbouring product"})`,
	);
}
