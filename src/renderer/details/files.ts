import type { Incident } from "../../core/incidents.ts";
import type { Time } from "../../core/model.ts";
import type { ServiceView } from "../../core/snapshot.ts";
import type { HistoryPoint, ServiceChecks, ServiceHistory, Span } from "../../ipc/answers.ts";
import { type Names, nameOf } from "../../words/names.ts";
import type { Words } from "../../words/words.ts";
import { csvOf } from "./csv.ts";
import type { Offer } from "./export.tsx";
import { incidentReport, serviceReport } from "./report.ts";

interface Shown {
	readonly names: Names;
	readonly now: Time;
	readonly locale: string;
}

/** What a service's page shows. */
export interface ShownService extends Shown {
	readonly service: ServiceView;
	readonly history: ServiceHistory | undefined;
	readonly checks: ServiceChecks | undefined;
	readonly incidents: readonly Incident[];
	readonly span: Span;
}

/** What an outage's page shows. */
export interface ShownIncident extends Shown {
	readonly incident: Incident;
}

/** What can be kept of a service's page. */
export function serviceFiles(shown: ShownService, words: Words): readonly Offer[] {
	const { service, history, checks, incidents } = shown;
	return [
		{ type: "csv", content: () => csvOf(COLUMNS, [...historyRows(shown), ...incidentRows(incidents, shown)]) },
		{ type: "json", content: () => jsonOf({ service, history, checks, incidents }) },
		{ type: "md", content: () => serviceReport(shown, words) },
	];
}

/** What can be kept of an outage's page. */
export function incidentFiles(shown: ShownIncident, words: Words): readonly Offer[] {
	const { incident } = shown;
	return [
		{ type: "csv", content: () => csvOf(COLUMNS, incidentRows([incident], shown)) },
		{ type: "json", content: () => jsonOf(incident) },
		{ type: "md", content: () => incidentReport(shown, words) },
	];
}

function jsonOf(value: unknown): string {
	return `${JSON.stringify(value, undefined, "\t")}\n`;
}

/** One table for levels, points and outages alike: which of them a row is, its first column says. Times are UTC. */
const COLUMNS = [
	"kind",
	"service",
	"feature",
	"from",
	"until",
	"level",
	"culprit",
	"incident",
	"passed",
	"failed",
	"refused",
	"average_ms",
	"worst_ms",
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], string | number>>;

function historyRows({ service: { name: service }, history }: ShownService): Row[] {
	if (!history) return [];
	const { features, until, stepMs } = history;
	return features.flatMap(({ feature, levels, points }) => [
		...levels.map(({ at, level }, index) => ({
			kind: "level",
			service,
			feature,
			from: iso(at),
			until: iso(levels[index + 1]?.at ?? until),
			level,
		})),
		...points.map((point) => ({ kind: "point", service, feature, ...pointRow(point, stepMs) })),
	]);
}

function pointRow({ at, ok, failed, blocked, averageMs, worstMs }: HistoryPoint, stepMs: Time): Row {
	return {
		from: iso(at),
		until: iso(at + stepMs),
		passed: ok,
		failed,
		refused: blocked,
		...(averageMs !== undefined && { average_ms: Math.round(averageMs) }),
		...(worstMs !== undefined && { worst_ms: Math.round(worstMs) }),
	};
}

function incidentRows(incidents: readonly Incident[], { names }: Shown): Row[] {
	return incidents.flatMap(({ id, culprit, features }) =>
		features.map(({ service, feature, level, since, until }) => ({
			kind: "outage",
			service: nameOf(service, names),
			feature,
			from: iso(since),
			...(until !== undefined && { until: iso(until) }),
			level,
			culprit: nameOf(culprit, names),
			incident: id,
		})),
	);
}

function iso(at: Time): string {
	return new Date(at).toISOString();
}
