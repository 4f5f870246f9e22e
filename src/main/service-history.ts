import { freshFor } from "../core/freshness.ts";
import type { Incident } from "../core/incidents.ts";
import type { FeatureName, ServiceId, Time } from "../core/model.ts";
import type { ServiceView } from "../core/snapshot.ts";
import { joined, type Stretch } from "../io/history/asked.ts";
import type { HistoryDb } from "../io/history/history-db.ts";
import type { Resolution } from "../io/history/series.ts";
import type { ServiceBars, ServiceHistory, Span } from "../ipc/answers.ts";
import { bandsOf, seenLevels, uptimeOf, worstBands } from "./bands.ts";
import { pointsOf } from "./points.ts";
import { edgesOf } from "./steps.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LAST_DAY_STEPS = 24;

/** What the history keeps for so long, and the width of a point: fine enough for a chart and coarse enough to draw. */
const POINTS: Readonly<Record<Span, readonly [Resolution, Time]>> = {
	day: ["minute", 15 * MINUTE_MS],
	week: ["hour", HOUR_MS],
	month: ["hour", 6 * HOUR_MS],
	quarter: ["hour", 12 * HOUR_MS],
};

/** What the bars are drawn from. */
export interface Past {
	readonly history: Pick<HistoryDb, "readSeries" | "readLevels" | "readIncidents" | "readAsked"> | undefined;
	/** The quiet pace: what has been seen speaks for longer where services are asked less often. */
	readonly intervalMs: Time;
	readonly now: Time;
}

/** What a service has, as far as the past goes. */
type Of = Pick<ServiceView, "id"> & { readonly features: readonly { readonly feature: FeatureName }[] };

/** What the history has of a service for the time before now; nothing where none is kept. */
export function serviceHistory(past: Past, { id: service, features }: Of, span: Span): ServiceHistory {
	const { history, now } = past;
	const [resolution, stepMs] = POINTS[span];
	const edges = edgesOf(span, now);
	const [from = now] = edges;
	const base = { service, from, until: now, edges, stepMs };
	if (!history) return { ...base, features: [], incidents: [] };
	const looked = lookedAt(past, from, service);
	return {
		...base,
		features: features.map(({ feature }) => {
			const levels = history.readLevels(service, feature, from, now);
			const seen = seenLevels(levels, looked);
			const uptime = uptimeOf(seen, from);
			return {
				feature,
				levels,
				bands: bandsOf(seen, edges),
				...(uptime !== undefined && { uptime }),
				points: pointsOf(history.readSeries({ service, feature }, from, now, resolution), stepMs),
			};
		}),
		incidents: touching(history.readIncidents({ since: from }), service),
	};
}

/** What was seen of these services: in the last 24 hours, hour by hour, or in a span; none where no history is kept. */
export function serviceBars(past: Past, services: readonly Of[], span?: Span): readonly ServiceBars[] {
	const { history, now } = past;
	if (!history) return [];
	const edges = span ? edgesOf(span, now) : lastDay(now);
	const [from = now] = edges;
	const looked = lookedAt(past, from);
	return services.map(({ id: service, features }) => ({
		service,
		bands: worstBands(
			features.map(({ feature }) =>
				bandsOf(seenLevels(history.readLevels(service, feature, from, now), looked), edges),
			),
		),
	}));
}

function lastDay(now: Time): readonly Time[] {
	return Array.from({ length: LAST_DAY_STEPS + 1 }, (_, index) => now - (LAST_DAY_STEPS - index) * HOUR_MS);
}

/** When the service, or any at all, was watched: what answers speaks for some time. */
function lookedAt({ history, intervalMs, now }: Past, from: Time, service?: ServiceId): readonly Stretch[] {
	const freshMs = freshFor(intervalMs);
	const asked = history?.readAsked(from - freshMs, now, service) ?? [];
	return joined(asked.map((each) => ({ from: each.from, until: Math.min(now, each.until + freshMs) }))).filter(
		({ until }) => until > from,
	);
}

function touching(incidents: readonly Incident[], service: ServiceId): readonly Incident[] {
	return incidents.filter(
		({ mergedInto, features }) => mergedInto === undefined && features.some((held) => held.service === service),
	);
}
