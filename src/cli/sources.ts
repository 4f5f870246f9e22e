import { existsSync } from "node:fs";
import stringWidth from "string-width";
import type { Check, ReportsCheck, SourceCheck } from "../core/check.ts";
import type { Incident } from "../core/incidents.ts";
import type { Service, Time } from "../core/model.ts";
import type { Settings } from "../core/settings.ts";
import { type Lag, lagOf, type SourceHealth } from "../core/source-health.ts";
import { systemClock } from "../io/clock.ts";
import { dataFolder } from "../io/folders.ts";
import { openHistory } from "../io/history/history-db.ts";
import { REPORTS, reportsChecks } from "../io/reports/registry.ts";
import { lagSentence, sourceNotes, sourceState } from "../words/sources.ts";
import type { Words } from "../words/words.ts";
import { choose } from "./choose.ts";
import { EXIT } from "./exit-code.ts";
import { toJson } from "./json.ts";
import { type Paint, painterFor } from "./paint.ts";
import { secretsIn } from "./secrets.ts";
import { type CommonOptions, historyFile, readSetting } from "./session.ts";
import { wordsForPeople } from "./speech.ts";
import type { Terminal } from "./terminal.ts";

export interface SourcesOptions extends CommonOptions {
	readonly json?: boolean;
}

/** One source, how well it can be read, and how late it is. */
interface Row {
	readonly check: SourceCheck | ReportsCheck;
	readonly service: Service;
	readonly health: SourceHealth;
	/** Of official pages that have been read. */
	readonly lag?: Lag;
}

/** Says how well the sources of the named services, or of those of the settings, can be read. Resolves to the exit code. */
export async function sources(names: readonly string[], options: SourcesOptions, terminal: Terminal): Promise<number> {
	const { settings, catalogue } = readSetting(options);
	const { services, checks } = choose(catalogue, settings, names, options.config);
	const asked = [...checks, ...reportsChecks(services, secretsIn(process.env))].filter(isReading);
	const past = readPast(settings, terminal);
	const rows = asked.flatMap((check): Row[] => {
		const service = services.find(({ id }) => id === check.service);
		return service ? [rowOf(check, service, past)] : [];
	});
	const now = systemClock.now();
	const words = await wordsForPeople(options);
	const lines = options.json
		? [toJson({ sources: rows.map(plain) })]
		: render(rows, past.kept, { now, words, paint: painterFor(terminal.stdout) });
	terminal.stdout.write(`${lines.join("\n")}\n`);
	return EXIT.operational;
}

function isReading(check: Check): check is SourceCheck | ReportsCheck {
	return check.kind === "source" || check.kind === "reports";
}

interface Past {
	/** Whether there is a history at all. */
	readonly kept: boolean;
	readonly health: ReadonlyMap<string, SourceHealth>;
	readonly incidents: readonly Incident[];
}

/** What the watcher has written down; nothing is begun where there is nothing. */
function readPast({ history }: Settings, { stderr }: Terminal): Past {
	const file = historyFile(history.folder ?? dataFolder(process.platform, process.env));
	if (!existsSync(file)) return { kept: false, health: new Map(), incidents: [] };
	const onTrouble = ({ message }: { readonly message: string }) => void stderr.write(`${message}\n`);
	const db = openHistory({ file, now: systemClock.now, onTrouble });
	const past = { kept: true, health: db.readHealth(), incidents: db.readIncidents() };
	db.close();
	return past;
}

function rowOf(check: Row["check"], service: Service, { health: all, incidents }: Past): Row {
	const health = all.get(check.id) ?? {};
	const { page, since } = health;
	if (check.kind === "reports" || page === undefined || since === undefined) return { check, service, health };
	return { check, service, health, lag: lagOf(incidents, { service: service.id, page, since }) };
}

function plain({ check, service, health, lag }: Row) {
	const what =
		check.kind === "source"
			? { url: check.source.url, expectedFormat: check.source.format }
			: { reports: check.provider };
	return { service: service.id, ...what, ...health, ...(lag && { lag }) };
}

function render(
	rows: readonly Row[],
	kept: boolean,
	{ now, words, paint }: { readonly now: Time; readonly words: Words; readonly paint: Paint },
): string[] {
	if (rows.length === 0) return [words.t("sources.none")];
	const cells = rows.map(({ check, service, health, lag }, index) => [
		rows[index - 1]?.service === service ? "" : service.name,
		check.kind === "source" ? check.host : REPORTS[check.provider].name,
		sourceState(health, now, words),
		lag ? lagSentence(lag, words) : "",
	]);
	const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => stringWidth(row[column] ?? ""))));
	const lines = rows.flatMap(({ check, health }, index) => {
		const row = (cells[index] ?? []).map((cell, column) => padded(cell, widths[column] ?? 0, column, paint));
		const notes = sourceNotes(health, now, words, check.kind === "reports");
		return [row.join("  ").trimEnd(), ...notes.map((note) => paint("gray", `    ${note}`))];
	});
	const title = paint("bold", words.t("sources.title", { count: rows.length }));
	return [title, "", ...lines, ...(kept ? [] : ["", words.t("sources.noHistory")])];
}

function padded(cell: string, width: number, column: number, paint: Paint): string {
	const blanks = " ".repeat(Math.max(0, width - stringWidth(cell)));
	return `${column === 0 ? paint("bold", cell) : cell}${blanks}`;
}
