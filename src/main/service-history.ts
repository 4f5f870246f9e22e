import type { FeatureName, ServiceId, Time } from "../core/model.ts";
import type { HistoryDb } from "../io/history/history-db.ts";
import type { Resolution, SeriesPoint } from "../io/history/series.ts";
import type { HistoryPoint, ServiceHistory, Span } from "../ipc/answers.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const SPANS_MS: Readonly<Record<Span, Time>> = {
	day: DAY_MS,
	week: 7 * DAY_MS,
	month: 31 * DAY_MS,
	year: 366 * DAY_MS,
};

/** Fine enough for a chart and coarse enough to draw: at most 1500 points a feature. */
const STEPS: Readonly<Record<Span, readonly [Resolution, Time]>> = {
	day: ["minute", MINUTE_MS],
	week: ["hour", HOUR_MS],
	month: ["hour", HOUR_MS],
	year: ["day", DAY_MS],
};

interface Wanted {
	readonly service: ServiceId;
	readonly features: readonly FeatureName[];
	readonly span: Span;
	readonly now: Time;
}

/** What the history has of a service for the time before now; nothing where none is kept. */
export function serviceHistory(
	history: Pick<HistoryDb, "readSeries" | "readLevels" | "readIncidents"> | undefined,
	{ service, features, span, now }: Wanted,
): ServiceHistory {
	const [resolution, stepMs] = STEPS[span];
	const from = now - SPANS_MS[span];
	const base = { service, from, until: now, stepMs };
	if (!history) return { ...base, features: [], incidents: [] };
	return {
		...base,
		features: features.map((feature) => ({
			feature,
			levels: history.readLevels(service, feature, from, now),
			points: history.readSeries({ service, feature }, from, now, resolution).map(pointOf),
		})),
		incidents: history
			.readIncidents({})
			.filter(
				({ closedAt = now, features: held }) => closedAt >= from && held.some((each) => each.service === service),
			),
	};
}

function pointOf({ at, ok, failed, blocked, durationMs }: SeriesPoint): HistoryPoint {
	const answered = ok + blocked;
	return {
		at,
		ok,
		failed,
		blocked,
		...(durationMs && answered > 0 && { averageMs: durationMs.sum / answered }),
	};
}
