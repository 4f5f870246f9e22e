import type { Incident } from "../core/incidents.ts";
import { noticeBody, noticeSentence, noticeTitle } from "../core/notice-words.ts";
import type { Notice } from "../core/notices.ts";
import { duration } from "../core/wording.ts";
import { findScenario, listScenarios } from "../replay/library.ts";
import { replay as play, type Replayed } from "../replay/replay.ts";
import { loadScenario, type Scenario } from "../replay/scenario.ts";
import { EXIT } from "./exit-code.ts";
import { toJson } from "./json.ts";
import { type CommonOptions, readSetting } from "./session.ts";
import type { Terminal } from "./terminal.ts";

export interface ReplayOptions extends CommonOptions {
	readonly json?: boolean;
}

/**
 * Plays a scenario, given as a file or by its name, and prints what a user would have been told; without one lists those that
 * come with Semaforo. Resolves to the exit code.
 */
export async function replay(name: string | undefined, options: ReplayOptions, { stdout }: Terminal): Promise<number> {
	if (name === undefined) {
		stdout.write(
			`${listScenarios()
				.flatMap(({ name, about }) => [name, `  ${about}`])
				.join("\n")}\n`,
		);
		return EXIT.operational;
	}
	const { catalogue } = readSetting(options);
	const scenario = loadScenario(/[./\\]/.test(name) ? name : findScenario(name).file);
	const played = await play(scenario, catalogue);
	stdout.write(options.json ? `${replayJson(scenario, played)}\n` : `${replayLines(scenario, played).join("\n")}\n`);
	return EXIT.operational;
}

function replayLines(scenario: Scenario, { notices, asked, snapshot, wallMs }: Replayed): string[] {
	const hours = (scenario.until - scenario.from) / 3_600_000;
	const busiest = Math.max(0, ...[...asked.values()].map((times) => times.length)) / hours;
	const told = notices.map((notice) => `${time(notice.at)}  ${noticeSentence(notice, snapshot.names)}`);
	return [
		`${scenario.name}: ${duration(scenario.until - scenario.from)} in ${Math.round(wallMs)} ms`,
		...(scenario.about ? [`  ${scenario.about}`] : []),
		"",
		...(told.length > 0 ? told : ["Nothing was worth telling."]),
		"",
		`The busiest host was asked ${busiest.toFixed(1)} times an hour.`,
	];
}

function time(at: number): string {
	return new Date(at).toISOString().replace("T", " ").slice(0, 19);
}

function replayJson(scenario: Scenario, { notices, snapshot, asked, wallMs }: Replayed): string {
	return toJson({
		scenario: scenario.name,
		notices: notices.map((notice) => noticeJson(notice, snapshot.names)),
		incidents: [...snapshot.incidents].sort((a, b) => a.openedAt - b.openedAt).map(incidentJson),
		requests: Object.fromEntries(
			[...asked].map(([host, times]) => [host, { count: times.length, peakPerMinute: peak(times) }]),
		),
		virtualSeconds: Math.round((scenario.until - scenario.from) / 1000),
		wallMs: Math.round(wallMs),
	});
}

function noticeJson(notice: Notice, names: Readonly<Record<string, string>>) {
	const words = { title: noticeTitle(notice, names), body: noticeBody(notice, names) };
	if (!("incident" in notice)) {
		return { at: notice.at, kind: notice.kind, incident: "connection", features: [], cause: notice.cause, ...words };
	}
	const { at, kind, incident, cause, culprit } = notice;
	return { at, kind, incident, features: notice.features.map(plainFeature), cause, culprit, ...words };
}

function incidentJson({ id, openedAt, closedAt, features, cause, culprit }: Incident) {
	return {
		id,
		openedAt,
		...(closedAt !== undefined && { closedAt }),
		features: features.map(plainFeature),
		cause,
		culprit,
	};
}

function plainFeature({ service, feature, level }: Incident["features"][number]) {
	return { service, feature, level };
}

/** The most requests within any minute. */
function peak(times: readonly number[]): number {
	let most = 0;
	let first = 0;
	for (const [last, at] of times.entries()) {
		while ((times[first] ?? at) <= at - 60_000) first += 1;
		most = Math.max(most, last - first + 1);
	}
	return most;
}
