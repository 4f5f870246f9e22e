import { z } from "zod";
import type { Time } from "../../../core/model.ts";
import type { OfficialPage } from "../../../core/official.ts";
import { componentsNamedIn } from "../named-components.ts";
import { incidentOf, maintenanceOf, summedPageOf } from "../parts.ts";
import { list, optionalText } from "../shape.ts";
import { levelFor, stateFor, type UnknownWords } from "../vocabulary.ts";
import { GOES_ON, IMPACT_LEVELS } from "./incidentio-native.ts";

const post = z.object({
	id: z.string().min(1),
	name: z.string(),
	status: z.string(),
	last_update_at: optionalText,
	affected_components: list(z.object({ id: z.string(), name: z.string(), group_name: optionalText })),
});

const incident = post.extend({ current_worst_impact: z.string() });

/** Work going on has `started_at` and `scheduled_end_at`, work to come `starts_at` and `ends_at`. */
const maintenance = post.extend({
	started_at: optionalText,
	scheduled_end_at: optionalText,
	starts_at: optionalText,
	ends_at: optionalText,
});

const summary = z.object({
	page_title: z.string(),
	page_url: optionalText,
	ongoing_incidents: list(incident),
	in_progress_maintenances: list(maintenance),
	scheduled_maintenances: list(maintenance),
});

/** incident.io's summary for widgets; absent where the value is none. Known from the types of public clients. */
export function widgetPage(value: unknown, now: Time): OfficialPage | undefined {
	const read = summary.safeParse(value);
	if (!read.success) return undefined;
	const body = read.data;
	const unknown: UnknownWords = new Set();
	const entries = body.ongoing_incidents.map((each) => ({
		incident: incidentOf({
			...postOf(each),
			level: levelFor(IMPACT_LEVELS, each.current_worst_impact, unknown),
			open: stateFor(GOES_ON, each.status, unknown) ?? true,
			updated: each.last_update_at,
		}),
		about: each.affected_components.map(({ id, name, group_name: group }) => ({ id, name, ...(group && { group }) })),
	}));
	const maintenances = [...body.in_progress_maintenances, ...body.scheduled_maintenances].map((each) => {
		const underWay = stateFor(GOES_ON, each.status, unknown) ?? false;
		const window = { from: each.started_at ?? each.starts_at, until: each.scheduled_end_at ?? each.ends_at };
		return maintenanceOf({ ...postOf(each), underWay, ...window }, now);
	});
	const raw = {
		format: "incidentio",
		name: body.page_title,
		url: body.page_url,
		components: componentsNamedIn(entries, now),
		unlisted: "operational" as const,
		incidents: entries.map((entry) => entry.incident),
		maintenances,
		unknown,
	};
	return summedPageOf(raw, "operational", now);
}

function postOf(each: z.infer<typeof post>) {
	return { id: each.id, title: each.name, state: each.status, names: each.affected_components.map(({ id }) => id) };
}
