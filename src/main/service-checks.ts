import type { CheckViews, SourceCheckView } from "../core/check-views.ts";
import type { CheckId, ServiceId } from "../core/model.ts";
import { lagOf, type SourceHealth } from "../core/source-health.ts";
import type { HistoryDb } from "../io/history/history-db.ts";
import type { ServiceChecks } from "../ipc/answers.ts";

/** The checks of a service with what the history knows of its official pages: how they can be read, and how late they are. */
export function serviceChecks(
	history: Pick<HistoryDb, "readHealth" | "readIncidents"> | undefined,
	service: ServiceId,
	views: CheckViews,
): ServiceChecks {
	const kept = history?.readHealth() ?? new Map<CheckId, SourceHealth>();
	const incidents = history?.readIncidents({}) ?? [];
	const health = views.sources.map((source) => [source.id, kept.get(source.id) ?? healthNow(source)] as const);
	const lags = health.flatMap(([id, { page, since }]) =>
		page === undefined || since === undefined ? [] : [[id, lagOf(incidents, { service, page, since })] as const],
	);
	return { ...views, lags: Object.fromEntries(lags), health: Object.fromEntries(health) };
}

/** What the last answer alone tells, where nothing is written down. */
function healthNow({ readAt, page, format, failed }: SourceCheckView): SourceHealth {
	return {
		...(readAt !== undefined && { readAt, format }),
		...(page !== undefined && { page }),
		...(failed && { failing: { since: failed.at, times: 1 }, lastFailure: failed }),
	};
}
