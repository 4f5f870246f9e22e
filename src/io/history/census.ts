import { statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { Time } from "../../core/model.ts";
import { COMPANIONS } from "./file.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "./run.ts";

/** What a history on disk holds. */
export interface Census {
	readonly bytes: number;
	/** When the oldest run of it ended, to the minute, hour or day; absent where it holds none, or cannot be read. */
	readonly oldest?: Time;
	/** Checks that were run in the 24 hours before; absent where it cannot be read. */
	readonly runsToday?: number;
}

/** Counts what a history holds, beside whoever writes it. Never throws; without a file there is nothing. */
export function historyCensus(file: string, now: Time): Census {
	const sizes = ["", ...COMPANIONS].map((end) => statSync(file + end, { throwIfNoEntry: false })?.size ?? 0);
	const bytes = sizes.reduce((sum, size) => sum + size, 0);
	if (bytes === 0) return { bytes };
	try {
		return { bytes, ...counted(file, now) };
	} catch {
		return { bytes };
	}
}

function counted(file: string, now: Time): Omit<Census, "bytes"> {
	const db = new DatabaseSync(file, { readOnly: true });
	try {
		const runs = db.prepare("SELECT sum(ok + failed + blocked) AS runs FROM minutes WHERE slot >= ?");
		const { oldest } = db.prepare(OLDEST).get() ?? {};
		return {
			runsToday: Number(runs.get(Math.floor((now - DAY_MS) / MINUTE_MS))?.["runs"] ?? 0),
			...(typeof oldest === "number" && { oldest }),
		};
	} finally {
		db.close();
	}
}

const OLDEST = `SELECT min(at) AS oldest FROM (
	SELECT min(slot) * ${MINUTE_MS} AS at FROM minutes
	UNION ALL SELECT min(slot) * ${HOUR_MS} FROM hours
	UNION ALL SELECT min(slot) * ${DAY_MS} FROM days
)`;
