import { z } from "zod";
import type { Level } from "../../../core/level.ts";
import { componentsNamedIn } from "../named-components.ts";
import { incidentOf, summedPageOf } from "../parts.ts";
import { anyId, list, optionalList, optionalText, readJson } from "../shape.ts";
import type { Source } from "../source.ts";
import { timeOf } from "../time-of.ts";
import { levelFor, type UnknownWords } from "../vocabulary.ts";

const incident = z.object({
	id: anyId,
	begin: z.string(),
	end: optionalText,
	modified: optionalText,
	external_desc: z.string(),
	status_impact: z.string(),
	most_recent_update: z.object({ status: z.string(), when: optionalText }).nullish(),
	affected_products: optionalList(z.object({ id: anyId, title: z.string() })),
});

/** An archive of months: without a single incident it is something else. */
const archive = list(incident).refine((incidents) => incidents.length > 0);

const IMPACT_LEVELS = {
	AVAILABLE: "operational",
	SERVICE_INFORMATION: "degraded",
	SERVICE_DISRUPTION: "partial_outage",
	SERVICE_OUTAGE: "major_outage",
} satisfies Record<string, Level>;

/**
 * `incidents.json` of Google's dashboards (Cloud, Workspace, Ads, Maps): an archive in which only what has no end is open. A
 * product can be asked for by id or title, since the name of the service is "Multiple Products" in a large outage.
 */
export const google: Source = {
	format: "google",
	what: "Google's incidents",
	accept: "application/json",
	parse(answer, now) {
		const body = readJson(answer, archive, google.what);
		const unknown: UnknownWords = new Set();
		const entries = body.map((each) => {
			const end = timeOf(each.end);
			const impact = each.most_recent_update?.status ?? each.status_impact;
			const incident = incidentOf({
				id: each.id,
				title: each.external_desc,
				level: levelFor(IMPACT_LEVELS, impact, unknown),
				state: impact,
				open: !each.end || (end !== undefined && end > now),
				started: each.begin,
				updated: each.most_recent_update?.when ?? each.modified,
				names: each.affected_products.map(({ id }) => id),
			});
			return { incident, about: each.affected_products.map(({ id, title }) => ({ id, name: title })) };
		});
		const raw = {
			format: "google",
			name: "Google status dashboard",
			components: componentsNamedIn(entries, now),
			unlisted: "operational" as const,
			incidents: entries.map((entry) => entry.incident),
			unknown,
		};
		return summedPageOf(raw, "operational", now);
	},
};
