import type { IncidentBook } from "../../core/incidents.ts";
import type { Time } from "../../core/model.ts";
import type { HistoryDb } from "./history-db.ts";

/** Closed incidents this old play no part any more. */
const REMEMBERED_MS = 24 * 3_600_000;

/** What earlier runs left behind that still matters. */
export function earlierRun(history: HistoryDb, now: Time) {
	const desk = history.readDesk();
	return {
		book: bookFrom(history, now),
		unshown: history.readUnshown(),
		baselines: history.readBaselines(now),
		...(desk && { desk }),
	};
}

/** The incidents of earlier runs, and a number no earlier run has used. */
function bookFrom(history: HistoryDb, now: Time): IncidentBook {
	const all = history.readIncidents({});
	const numbers = all.map(({ id }) => Number(id.slice(1))).filter(Number.isSafeInteger);
	const recent = all.filter(({ closedAt }) => closedAt === undefined || closedAt > now - REMEMBERED_MS);
	return { incidents: recent, nextNumber: Math.max(0, ...numbers) + 1 };
}
