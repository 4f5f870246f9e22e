import { z } from "zod";
import type { Level } from "../../core/level.ts";
import type { OfficialComponent, OfficialIncident, OfficialMaintenance, OfficialPage } from "../../core/official.ts";
import { idOf, titleOf, webUrl, wordOf } from "./plain-text.ts";
import { levelFor, readJson, stateFor, type UnknownWords } from "./shape.ts";
import { ENTRIES_LIMIT, type Source } from "./source.ts";
import { timeOf } from "./time-of.ts";

const optionalText = z.string().nullish();

const named = z.object({ id: z.string().min(1) });

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
	components: z.array(named).nullish(),
});

const maintenance = incident.extend({ scheduled_for: optionalText, scheduled_until: optionalText });

/** The anchor is page, status and components; incident.io leaves the two lists out when they are empty. */
const summary = z.object({
	page: z.object({ id: z.string().min(1), name: z.string(), url: optionalText }),
	status: z.object({ indicator: z.string() }),
	components: z.array(component),
	incidents: z.array(incident).nullish(),
	scheduled_maintenances: z.array(maintenance).nullish(),
});

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

const OPEN_STATES: Readonly<Record<string, boolean>> = {
	investigating: true,
	identified: true,
	monitoring: true,
	resolved: false,
	postmortem: false,
};

const ACTIVE_STATES: Readonly<Record<string, boolean>> = {
	scheduled: false,
	in_progress: true,
	verifying: true,
	completed: false,
};

/** incident.io serves Statuspage's shape with ULIDs for ids, where Statuspage has twelve letters and digits. */
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** Some pages list a line of text as if it were a component: "Visit www.githubstatus.com for more information". */
const NOT_A_COMPONENT = /^visit\s+(?:https?:\/\/|[\w-]+(?:\.[\w-]+)+)/i;

/** Atlassian Statuspage, version 2, `summary.json`; incident.io's imitation of it is told apart by its ids. */
export const statuspage: Source = {
	format: "statuspage",
	what: "a Statuspage summary",
	accept: "application/json",
	parse(text) {
		return pageOf(readJson(text, summary, statuspage.what));
	},
};

function pageOf(body: z.infer<typeof summary>): OfficialPage {
	const unknown: UnknownWords = new Set();
	const url = webUrl(body.page.url);
	return {
		format: ULID.test(body.page.id) ? "incidentio" : "statuspage",
		page: { name: titleOf(body.page.name), ...(url && { url }) },
		level: levelFor(INDICATOR_LEVELS, body.status.indicator, unknown),
		components: componentsOf(body.components.slice(0, ENTRIES_LIMIT), unknown),
		incidents: (body.incidents ?? []).slice(0, ENTRIES_LIMIT).map((entry) => incidentOf(entry, unknown)),
		maintenances: (body.scheduled_maintenances ?? [])
			.slice(0, ENTRIES_LIMIT)
			.map((entry) => maintenanceOf(entry, unknown)),
		unknownWords: [...unknown],
	};
}

/** Group rows repeat the worst state of their children, sometimes an old one: they only lend their name. */
function componentsOf(rows: readonly z.infer<typeof component>[], unknown: UnknownWords): OfficialComponent[] {
	const groups = new Map(rows.filter((row) => row.group).map((row) => [row.id, titleOf(row.name)]));
	return rows
		.filter((row) => !row.group && !NOT_A_COMPONENT.test(row.name))
		.map((row) => {
			const group = groups.get(row.group_id ?? "");
			const level = levelFor(COMPONENT_LEVELS, row.status, unknown);
			return { id: idOf(row.id), name: titleOf(row.name), ...(group && { group }), level };
		});
}

function incidentOf(entry: z.infer<typeof incident>, unknown: UnknownWords): OfficialIncident {
	const startedAt = timeOf(entry.started_at ?? entry.created_at);
	const updatedAt = timeOf(entry.updated_at);
	return {
		...postOf(entry),
		level: entry.impact ? levelFor(IMPACT_LEVELS, entry.impact, unknown) : "unknown",
		open: stateFor(OPEN_STATES, entry.status, unknown) ?? true,
		...(startedAt !== undefined && { startedAt }),
		...(updatedAt !== undefined && { updatedAt }),
	};
}

function maintenanceOf(entry: z.infer<typeof maintenance>, unknown: UnknownWords): OfficialMaintenance {
	const from = timeOf(entry.scheduled_for);
	const until = timeOf(entry.scheduled_until);
	return {
		...postOf(entry),
		active: stateFor(ACTIVE_STATES, entry.status, unknown) ?? false,
		...(from !== undefined && { from }),
		...(until !== undefined && { until }),
	};
}

function postOf(entry: z.infer<typeof incident>) {
	return {
		id: idOf(entry.id),
		title: titleOf(entry.name),
		state: wordOf(entry.status),
		components: (entry.components ?? []).slice(0, ENTRIES_LIMIT).map((named) => idOf(named.id)),
	};
}
