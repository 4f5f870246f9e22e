import { z } from "zod";
import { type Level, worst } from "../../../core/level.ts";
import type { Time } from "../../../core/model.ts";
import type { OfficialComponent, OfficialIncident, OfficialMaintenance, OfficialPage } from "../../../core/official.ts";
import { componentOf, incidentOf, maintenanceOf, summedPageOf } from "../parts.ts";
import { list, optionalList, optionalText } from "../shape.ts";
import { levelFor, stateFor, type UnknownWords } from "../vocabulary.ts";

const affected = z.object({ component_id: z.string(), status: z.string(), current_status: optionalText });

const incident = z.object({
	id: z.string().min(1),
	name: z.string(),
	status: z.string(),
	type: optionalText,
	published_at: optionalText,
	affected_components: list(affected),
	component_impacts: optionalList(z.object({ start_at: optionalText, end_at: optionalText })),
	updates: optionalList(z.object({ published_at: optionalText })),
});

const named = z.object({ component_id: z.string().min(1), name: z.string(), hidden: z.boolean().nullish() });
const group = z.object({ name: z.string(), components: optionalList(named) });

const summary = z.object({
	name: z.string(),
	public_url: optionalText,
	page_type: optionalText,
	affected_components: list(affected),
	ongoing_incidents: list(incident),
	scheduled_maintenances: optionalList(incident),
	structure: z.object({ items: list(z.object({ component: named.nullish(), group: group.nullish() })) }),
});

const shape = z.object({ summary });

/** The list behind `/incidents`; without a single one it may be any list. */
const history = z.strictObject({ incidents: list(incident).refine((incidents) => incidents.length > 0) });

/** incident.io's words for how a component is; its widget uses them too. */
export const IMPACT_LEVELS: Readonly<Record<string, Level>> = {
	operational: "operational",
	under_maintenance: "maintenance",
	degraded_performance: "degraded",
	partial_outage: "partial_outage",
	full_outage: "major_outage",
};

/** Whether a post is about something that goes on. */
export const GOES_ON: Readonly<Record<string, boolean>> = {
	investigating: true,
	identified: true,
	monitoring: true,
	resolved: false,
	maintenance_scheduled: false,
	maintenance_in_progress: true,
	maintenance_complete: false,
};

/**
 * incident.io's own summary, `{ "summary": … }`; absent where the value is none. It names in `affected_components` what is not
 * well, the rest of the structure is. A parent page lists the components of its sub-pages without their state, so it is
 * unknown unless it names something itself.
 */
export function nativePage(value: unknown, now: Time): OfficialPage | undefined {
	const unknown: UnknownWords = new Set();
	const past = history.safeParse(value);
	if (past.success) {
		const parts = postsOf(past.data.incidents, unknown, now);
		return summedPageOf({ format: "incidentio", name: "incident.io page", ...parts, unknown }, "operational", now);
	}
	const read = shape.safeParse(value);
	if (!read.success) return undefined;
	const body = read.data.summary;
	const posts = [...body.ongoing_incidents, ...body.scheduled_maintenances];
	const parts = { components: componentsOf(body, unknown), ...postsOf(posts, unknown, now) };
	return summedPageOf(
		{ format: "incidentio", name: body.name, url: body.public_url, ...parts, unknown },
		"unknown",
		now,
	);
}

function componentsOf(body: z.infer<typeof summary>, unknown: UnknownWords): OfficialComponent[] {
	const states = new Map(body.affected_components.map((each) => [each.component_id, each.status]));
	const otherwise: Level = body.page_type === "parent" ? "unknown" : "operational";
	const read = ({ component_id: id, name }: z.infer<typeof named>, groupName?: string) => {
		const word = states.get(id);
		return componentOf(id, name, word === undefined ? otherwise : levelFor(IMPACT_LEVELS, word, unknown), groupName);
	};
	return body.structure.items.flatMap(({ component, group }) => [
		...(component && !component.hidden ? [read(component)] : []),
		...(group?.components ?? []).filter(({ hidden }) => !hidden).map((each) => read(each, group?.name)),
	]);
}

function postsOf(posts: readonly z.infer<typeof incident>[], unknown: UnknownWords, now: Time) {
	return {
		incidents: posts.filter((post) => !isMaintenance(post)).map((post) => readIncident(post, unknown)),
		maintenances: posts.filter(isMaintenance).map((post) => readMaintenance(post, unknown, now)),
	};
}

function isMaintenance({ type, status }: z.infer<typeof incident>): boolean {
	return type === "maintenance" || status.startsWith("maintenance_");
}

/** `status` of an affected component is the worst it has been, `current_status` what it is now. */
function readIncident(post: z.infer<typeof incident>, unknown: UnknownWords): OfficialIncident {
	const levels = post.affected_components.map((each) =>
		levelFor(IMPACT_LEVELS, each.current_status ?? each.status, unknown),
	);
	const updates = post.updates.flatMap(({ published_at: at }) => at ?? []);
	return incidentOf({
		...postOf(post),
		level: worst(levels),
		open: stateFor(GOES_ON, post.status, unknown) ?? true,
		started: post.published_at,
		updated: updates.sort().at(-1) ?? post.published_at,
	});
}

function readMaintenance(post: z.infer<typeof incident>, unknown: UnknownWords, now: Time): OfficialMaintenance {
	const underWay = stateFor(GOES_ON, post.status, unknown) ?? false;
	const starts = post.component_impacts.flatMap(({ start_at: at }) => at ?? []);
	const ends = post.component_impacts.flatMap(({ end_at: at }) => at ?? []);
	return maintenanceOf({ ...postOf(post), underWay, from: starts.sort()[0], until: ends.sort().at(-1) }, now);
}

function postOf(post: z.infer<typeof incident>) {
	const names = post.affected_components.map((each) => each.component_id);
	return { id: post.id, title: post.name, state: post.status, names };
}
