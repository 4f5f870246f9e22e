import type { Incident } from "../core/incidents.ts";
import type { Notice } from "../core/notice.ts";
import { replay as play, type Replayed } from "../replay/replay.ts";
import type { Scenario } from "../replay/scenario.ts";
import { shortDuration } from "../words/durations.ts";
import type { Names } from "../words/names.ts";
import { noticeSentence, noticeText } from "../words/notices.ts";
import type { Words } from "../words/words.ts";
import { EXIT } from "./exit-code.ts";
import { toJson } from "./json.ts";
import { scenarioLines, scenarioNamed, scenarioTime } from "./scenarios.ts";
import { type CommonOptions, readSetting } from "./session.ts";
import { wordsForPeople, wordsForPrograms } from "./speech.ts";
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
		stdout.write(`${scenarioLines().join("\n")}\n`);
		return EXIT.operational;
	}
	const { catalogue } = readSetting(options);
	const scenario = scenarioNamed(name);
	const played = await play(scenario, catalogue);
	const lines = options.json
		? [replayJson(scenario, played, await wordsForPrograms(options))]
		: replayLines(scenario, played, await wordsForPeople(options));
	stdout.write(`${lines.join("\n")}\n`);
	return EXIT.operational;
}

function replayLines(scenario: Scenario, { notices, asked, snapshot, wallMs }: Replayed, words: Words): string[] {
	const hours = (scenario.until - scenario.from) / 3_600_000;
	const busiest = Math.max(0, ...[...asked.values()].map((times) => times.length)) / hours;
	const told = notices.map((notice) => `${scenarioTime(notice.at)}  ${noticeSentence(notice, words, snapshot.names)}`);
	return [
		`${scenario.name}: ${shortDuration(scenario.until - scenario.from, words)} in ${Math.round(wallMs)} ms`,
		...(scenario.about ? [`  ${scenario.about}`] : []),
		"",
		...(told.length > 0 ? told : [words.t("terminal.nothingTold")]),
		"",
		words.t("terminal.busiest", { times: busiest.toFixed(1) }),
	];
}

function replayJson(scenario: Scenario, { notices, snapshot, asked, wallMs }: Replayed, words: Words): string {
	return toJson({
		scenario: scenario.name,
		notices: notices.map((notice) => noticeJson(notice, snapshot.names, words)),
		incidents: [...snapshot.incidents].sort((a, b) => a.openedAt - b.openedAt).map(incidentJson),
		requests: Object.fromEntries(
			[...asked].map(([host, times]) => [host, { count: times.length, peakPerMinute: peak(times) }]),
		),
		virtualSeconds: Math.round((scenario.until - scenario.from) / 1000),
		wallMs: Math.round(wallMs),
	});
}

function noticeJson(notice: Notice, names: Names, words: Words) {
	const text = noticeText(notice, words, names);
	switch (notice.kind) {
		case "connection_lost":
		case "connection_back":
			return { at: notice.at, kind: notice.kind, incident: "connection", features: [], cause: notice.cause, ...text };
		case "back":
		case "digest":
			return { ...notice, ...text };
		default: {
			const { at, kind, incident, cause, culprit } = notice;
			return { at, kind, incident, features: notice.features.map(plainFeature), cause, culprit, ...text };
		}
	}
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
