import type { DatabaseSync } from "node:sqlite";
import type { ServiceId, Time } from "../../core/model.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "./run.ts";
import type { BucketTable } from "./schema.ts";
import { slotsSql } from "./slots.ts";

/** From a moment on, and until before another. */
export interface Stretch {
	readonly from: Time;
	readonly until: Time;
}

export type ReadAsked = (from: Time, until: Time, service?: ServiceId) => Stretch[];

const TABLES: readonly (readonly [BucketTable, Time])[] = [
	["days", DAY_MS],
	["hours", HOUR_MS],
	["minutes", MINUTE_MS],
];

/**
 * Prepares the reader of when a service, or any at all, was asked: the minutes, and of older times the hours and days, in which a check
 * of it ended; oldest first, apart from one another. Services are not asked while there is no connection, nor while nothing runs.
 */
export function prepareAsked(db: DatabaseSync): ReadAsked {
	const tables = TABLES.map(([table, width]) => ({ width, read: db.prepare(askedSql(table)) }));
	return (from, until, service) =>
		joined(
			tables.flatMap(({ width, read }) =>
				read
					.all({ from: Math.floor(from / width), until: Math.ceil(until / width), service: service ?? null })
					.map(({ slot }) => ({ from: Number(slot) * width, until: (Number(slot) + 1) * width })),
			),
		);
}

function askedSql(table: BucketTable): string {
	return `WITH RECURSIVE ${slotsSql(table, ":from", ":until")},
		whose AS MATERIALIZED (SELECT id FROM checks WHERE service = :service OR (:service IS NULL AND kind <> 'control'))
		SELECT slot FROM ${table}_slots AS slots WHERE EXISTS (
			SELECT 1 FROM ${table} AS run
			WHERE run.slot = slots.slot AND run.check_id IN whose AND run.ok + run.failed + run.blocked > 0
		)`;
}

/** Stretches in order, those that touch or overlap as one. */
export function joined(stretches: readonly Stretch[]): Stretch[] {
	const found: Stretch[] = [];
	for (const each of [...stretches].sort((a, b) => a.from - b.from)) {
		const last = found.at(-1);
		if (last && each.from <= last.until) found[found.length - 1] = { ...last, until: Math.max(last.until, each.until) };
		else found.push(each);
	}
	return found;
}
