import type { BucketTable } from "./schema.ts";

/**
 * SQL for a list of the slots that a table has from one on and before another: `minutes_slots (slot)`, with a NULL at its end, to be
 * joined with the checks that are wanted. Rows lie slot by slot: without it, those of all checks would be read.
 */
export function slotsSql(table: BucketTable, from: string, until: string): string {
	return `${table}_slots (slot) AS (
		SELECT min(slot) FROM ${table} WHERE slot >= ${from} AND slot < ${until}
		UNION ALL
		SELECT (SELECT min(run.slot) FROM ${table} AS run WHERE run.slot > before.slot AND run.slot < ${until})
		FROM ${table}_slots AS before WHERE before.slot IS NOT NULL
	)`;
}
