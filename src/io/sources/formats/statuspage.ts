import { z } from "zod";
import type { Level } from "../../../core/level.ts";
import type { Time } from "../../../core/model.ts";
import type { OfficialComponent, OfficialIncident, OfficialMaintenance, OfficialPage } from "../../../core/official.ts";
import { componentOf, incidentOf, maintenanceOf, pageOf, summedPageOf } from "../parts.ts";
import { list, optionalList, optionalText, readJson } from "../shape.ts";
import type { Source } from "../source.ts";
import { levelFor, stateFor, type UnknownWords } from "../vocabulary.ts";

const component = z.object({
	id: z.string().min(1),
	name: z.string(),
	status: z.string(),
	group: z.boolean().nullish(),
	group_id: optionalText,
});

const incident = z.object({
	id: z.string().min(1),
	name: z.string(),
	status: z.string(),
	impact: optionalText,
	created_at: optionalText,
	started_at: optionalText,
	updated_at: optionalText,
	components: optionalList(z.object({ id: z.string().min(1) })),
});

const maintenance = incident.extend({ scheduled_for: optionalText, scheduled_until: optionalText });

const page = z.object({ id: z.string().min(1), name: z.string(), url: optionalText });
const status = z.object({ indicator: z.string() });

/** The anchor is page, status and components; incident.io leaves the two lists out when they are empty. */
const summary = z.object({
	page,
	status,
	components: list(component),
	incidents: optionalList(incident),
	scheduled_maintenances: optionalList(maintenance),
});

/** The other endpoints each give one part of the summary and nothing else. */
const part = z.union([
	z.strictObject({ page, status }),
	z.strictObject({ page, components: list(component) }),
	z.strictObject({ page, incidents: list(incident) }),
	z.strictObject({ page, scheduled_maintenances: list(maintenance) }),
]);

const COMPONENT_LEVELS = {
	operational: "operational",
	under_maintenance: "maintenance",
	degraded_performance: "degraded",
	partial_outage: "partial_outage",
	major_outage: "major_outage",
} satisfies Record<string, Level>;

const INDICATOR_LEVELS = {
	none: "operational",
	maintenance: "maintenance",
	minor: "degraded",
	major: "partial_outage",
	critical: "major_outage",
} satisfies Record<string, Level>;

/**
 * An incident's impact as a level. `none` is operational: by it the vendor says that people notice nothing, and such
 * posts stay open beside an all-green page for days. The incident is kept and shown, but makes nothing worse.
 */
const IMPACT_LEVELS = INDICATOR_LEVELS;

const OPEN_STATES = { investigating: true, identified: true, monitoring: true, resolved: false, postmortem: false };
const ACTIVE_STATES = { scheduled: false, in_progress: true, verifying: true, completed: false };

/** incident.io serves Statuspage's shape with ULIDs for ids, where Statuspage has twelve letters and digits. */
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** Some pages list a line of text as if it were a component: "Visit www.githubstatus.com for more information". */
const NOT_A_COMPONENT = /^visit\s+(?:https?:\/\/|[\w-]+(?:\.[\w-]+)+)/i;

/**
 * Atlassian Statuspage, version 2: `summary.json`, and the endpoints with one part of it (`status`, `components`, `incidents`,
 * `incidents/unresolved`, `scheduled-maintenances`). incident.io's imitation is told apart by its ids. Incidents alone are
 * well when some are over and none is open; an empty list of them says nothing, for it may be any list.
 */
export const statuspage: Source = {
	format: "statuspage",
	what: "a Statuspage summary",
	accept: "application/json",
	parse(answer, now) {
		const whole = summary.safeParse(answer.value);
		if (whole.success) return wholeOf(whole.data, now);
		const one = part.safeParse(answer.value);
		return one.success ? partOf(one.data, now) : wholeOf(readJson(answer, summary, statuspage.what), now);
	},
};

function wholeOf(body: z.infer<typeof summary>, now: Time): OfficialPage {
	const unknown: UnknownWords = new Set();
	return pageOf({
		...headOf(body.page),
		level: levelFor(INDICATOR_LEVELS, body.status.indicator, unknown),
		components: componentsOf(body.components, unknown),
		incidents: body.incidents.map((entry) => readIncident(entry, unknown)),
		maintenances: body.scheduled_maintenances.map((entry) => readMaintenance(entry, unknown, now)),
		unknown,
	});
}

function partOf(body: z.infer<typeof part>, now: Time): OfficialPage {
	const unknown: UnknownWords = new Set();
	const head = { ...headOf(body.page), unknown };
	if ("status" in body) return pageOf({ ...head, level: levelFor(INDICATOR_LEVELS, body.status.indicator, unknown) });
	if ("components" in body)
		return summedPageOf({ ...head, components: componentsOf(body.components, unknown) }, "unknown", now);
	if ("scheduled_maintenances" in body) {
		const maintenances = body.scheduled_maintenances.map((entry) => readMaintenance(entry, unknown, now));
		return summedPageOf({ ...head, maintenances }, "unknown", now);
	}
	const incidents = body.incidents.map((entry) => readIncident(entry, unknown));
	return summedPageOf({ ...head, incidents }, incidents.length > 0 ? "operational" : "unknown", now);
}

function headOf({ id, name, url }: z.infer<typeof page>) {
	return { format: ULID.test(id) ? "incidentio" : "statuspage", name, url };
}

/** Group rows repeat the worst state of their children, sometimes an old one: they only lend their name. */
function componentsOf(rows: readonly z.infer<typeof component>[], unknown: UnknownWords): OfficialComponent[] {
	const groups = new Map(rows.filter((row) => row.group).map((row) => [row.id, row.name]));
	return rows
		.filter((row) => !row.group && !NOT_A_COMPONENT.test(row.name))
		.map((row) => {
			const level = levelFor(COMPONENT_LEVELS, row.status, unknown);
			return componentOf(row.id, row.name, level, groups.get(row.group_id ?? ""));
		});
}

function readIncident(entry: z.infer<typeof incident>, unknown: UnknownWords): OfficialIncident {
	return incidentOf({
		...postOf(entry),
		level: entry.impact ? levelFor(IMPACT_LEVELS, entry.impact, unknown) : "unknown",
		open: stateFor(OPEN_STATES, entry.status, unknown) ?? true,
		started: entry.started_at ?? entry.created_at,
		updated: entry.updated_at,
	});
}

function readMaintenance(entry: z.infer<typeof maintenance>, unknown: UnknownWords, now: Time): OfficialMaintenance {
	const underWay = stateFor(ACTIVE_STATES, entry.status, unknown) ?? false;
	return maintenanceOf({ ...postOf(entry), underWay, from: entry.scheduled_for, until: entry.scheduled_until }, now);
}

function postOf(entry: z.infer<typeof incident>) {
	return { id: entry.id, title: entry.name, state: entry.status, names: entry.components.map(({ id }) => id) };
}
