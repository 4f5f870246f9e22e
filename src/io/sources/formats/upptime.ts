import { z } from "zod";
import type { Level } from "../../../core/level.ts";
import { componentOf, summedPageOf } from "../parts.ts";
import { list, readJson } from "../shape.ts";
import type { Source } from "../source.ts";
import { levelFor, type UnknownWords } from "../vocabulary.ts";

const site = z.object({
	name: z.string(),
	slug: z.string().min(1),
	status: z.string(),
	dailyMinutesDown: z.record(z.string(), z.number()),
});

const shape = list(site).refine((sites) => sites.length > 0);

const LEVELS = { up: "operational", degraded: "degraded", down: "major_outage" } satisfies Record<string, Level>;

/** Upptime, `history/summary.json` in its repository. Its incidents are issues of that repository and are not read. */
export const upptime: Source = {
	format: "upptime",
	what: "Upptime's summary",
	accept: "application/json",
	parse(answer, now) {
		const sites = readJson(answer, shape, upptime.what);
		const unknown: UnknownWords = new Set();
		const components = sites.map(({ slug, name, status }) =>
			componentOf(slug, name, levelFor(LEVELS, status, unknown)),
		);
		return summedPageOf({ format: "upptime", name: "Upptime page", components, unknown }, "unknown", now);
	},
};
