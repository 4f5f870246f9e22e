import { z } from "zod";
import type { Level } from "../../../core/level.ts";
import { together } from "../../../core/official-levels.ts";
import { pageOf } from "../parts.ts";
import { readJson } from "../shape.ts";
import type { Source } from "../source.ts";
import { levelFor, type UnknownWords } from "../vocabulary.ts";

const COUNTER = /^count_status_\d+$/;

const shape = z.object({
	counters: z
		.record(z.string(), z.unknown())
		.transform((counters) => Object.entries(counters).filter(([name]) => COUNTER.test(name)))
		.pipe(z.array(z.tuple([z.string(), z.number()])).min(1)),
});

const COUNTER_LEVELS = {
	count_status_1: "operational",
	count_status_2: "degraded",
	count_status_3: "partial_outage",
} satisfies Record<string, Level>;

/**
 * StatusHub, `/api/statuses`: how many services are in each state, without their names. Not confirmed by a recorded answer:
 * known from one public client; the full interface needs a key.
 */
export const statushub: Source = {
	format: "statushub",
	what: "StatusHub's counters",
	accept: "application/json",
	parse(answer) {
		const { counters } = readJson(answer, shape, statushub.what);
		const unknown: UnknownWords = new Set();
		const levels = counters.filter(([, count]) => count > 0).map(([name]) => levelFor(COUNTER_LEVELS, name, unknown));
		return pageOf({ format: "statushub", name: "StatusHub page", level: together(levels), unknown });
	},
};
