import { z } from "zod";
import type { Level } from "../../../core/level.ts";
import type { Time } from "../../../core/model.ts";
import type { OfficialComponent, OfficialIncident, OfficialMaintenance, OfficialPage } from "../../../core/official.ts";
import { embeddedData, valuesAfter } from "../embedded.ts";
import { componentOf, incidentOf, maintenanceOf, pageOf, summedPageOf } from "../parts.ts";
import { list, optionalList, optionalText, readJson } from "../shape.ts";
import type { Source } from "../source.ts";
import { levelFor, stateFor, type UnknownWords } from "../vocabulary.ts";

/** A text, in page data one for each language. */
const localText = z.union([z.string(), z.object({ default: z.string() }).transform((texts) => texts.default)]);

const leaf = z.object({ id: z.string().min(1), name: localText, status: z.string() });
const component = leaf.extend({ children: optionalList(leaf) });

const post = z.object({
	id: optionalText,
	name: localText,
	status: z.string(),
	url: optionalText,
	components: optionalList(z.object({ id: z.string().min(1) })),
});
const incident = post.extend({ impact: optionalText, started: optionalText, updatedAt: optionalText });
const maintenance = post.extend({ start: optionalText, duration: z.union([z.string(), z.number()]).nullish() });

/** The two lists are left out when they are empty, so `page.status` is what tells a healthy page from another document. */
const summary = z.object({
	page: z.object({ name: z.string(), url: optionalText, status: z.string().min(1) }),
	activeIncidents: optionalList(incident),
	activeMaintenances: optionalList(maintenance),
});

const componentsOnly = z.strictObject({ components: list(component).refine((rows) => rows.length > 0) });

const site = z.object({ name: localText, status: z.string(), customDomain: optionalText, components: list(component) });

const PAGE_LEVELS = {
	UP: "operational",
	UNDERMAINTENANCE: "maintenance",
	HASISSUES: "degraded",
	ONEMAJOROUTAGE: "partial_outage",
} satisfies Record<string, Level>;

const IMPACT_LEVELS = {
	OPERATIONAL: "operational",
	UNDERMAINTENANCE: "maintenance",
	DEGRADEDPERFORMANCE: "degraded",
	MINOROUTAGE: "degraded",
	PARTIALOUTAGE: "partial_outage",
	MAJOROUTAGE: "major_outage",
} satisfies Record<string, Level>;

const OPEN_STATES = { INVESTIGATING: true, IDENTIFIED: true, MONITORING: true, RESOLVED: false };
const ACTIVE_STATES = { NOTSTARTEDYET: false, INPROGRESS: true, VERIFYING: true, COMPLETED: false };

/**
 * Instatus: `summary.json`, which lists no components and so speaks of the whole only; `v2/components.json`, whose shape is not
 * confirmed by a recorded answer; and the page for people, whose data has components and incidents that name them.
 */
export const instatus: Source = {
	format: "instatus",
	what: "an Instatus summary",
	accept: "application/json, text/html;q=0.5",
	parse(answer, now) {
		const { text, value } = answer;
		const components = componentsOnly.safeParse(value);
		if (components.success) return pageOfComponents(components.data.components, now);
		if (value === undefined) {
			const page = pageOfData(embeddedData(text), now);
			if (page) return page;
		}
		const body = readJson(answer, summary, instatus.what);
		const unknown: UnknownWords = new Set();
		const level = levelFor(PAGE_LEVELS, body.page.status, unknown);
		const { name, url } = body.page;
		return pageOf({ format: "instatus", name, url, level, ...posts(body, unknown, now), unknown });
	},
};

function pageOfComponents(components: readonly z.infer<typeof component>[], now: Time): OfficialPage {
	const unknown: UnknownWords = new Set();
	const parts = { components: componentsOf(components, unknown), unknown };
	return summedPageOf({ format: "instatus", name: "Instatus", ...parts }, "unknown", now);
}

function pageOfData(data: string, now: Time): OfficialPage | undefined {
	for (const value of valuesAfter(data, '"site":')) {
		const read = site.safeParse(value);
		if (!read.success) continue;
		const unknown: UnknownWords = new Set();
		const { name, status, customDomain, components } = read.data;
		return pageOf({
			format: "instatus",
			name,
			...(customDomain && { url: `https://${customDomain}` }),
			level: levelFor(PAGE_LEVELS, status, unknown),
			components: componentsOf(components, unknown),
			...posts(
				{
					activeIncidents: firstList(data, '"activeIncidents":', incident),
					activeMaintenances: firstList(data, '"activeMaintenances":', maintenance),
				},
				unknown,
				now,
			),
			unknown,
		});
	}
	return undefined;
}

function firstList<T extends z.ZodType>(data: string, marker: string, entry: T): z.output<T>[] {
	for (const value of valuesAfter(data, marker)) {
		const read = list(entry).safeParse(value);
		if (read.success) return read.data;
	}
	return [];
}

/** Parents repeat the worst state of their children: they only lend their name. */
function componentsOf(rows: readonly z.infer<typeof component>[], unknown: UnknownWords): OfficialComponent[] {
	return rows.flatMap(({ id, name, status, children }) => {
		if (children.length === 0) return [componentOf(id, name, levelFor(IMPACT_LEVELS, status, unknown))];
		return children.map((child) =>
			componentOf(child.id, child.name, levelFor(IMPACT_LEVELS, child.status, unknown), name),
		);
	});
}

function posts(
	body: {
		readonly activeIncidents: readonly z.infer<typeof incident>[];
		readonly activeMaintenances: readonly z.infer<typeof maintenance>[];
	},
	unknown: UnknownWords,
	now: Time,
) {
	return {
		incidents: body.activeIncidents.map((entry) => readIncident(entry, unknown)),
		maintenances: body.activeMaintenances.map((entry) => readMaintenance(entry, unknown, now)),
	};
}

/** What Instatus lists as active is at least a degradation, even with the impact OPERATIONAL or none at all. */
function readIncident(entry: z.infer<typeof incident>, unknown: UnknownWords): OfficialIncident {
	const impact = entry.impact ? levelFor(IMPACT_LEVELS, entry.impact, unknown) : "operational";
	return incidentOf({
		...postOf(entry),
		level: impact === "operational" ? "degraded" : impact,
		open: stateFor(OPEN_STATES, entry.status, unknown) ?? true,
		started: entry.started,
		updated: entry.updatedAt,
	});
}

function readMaintenance(entry: z.infer<typeof maintenance>, unknown: UnknownWords, now: Time): OfficialMaintenance {
	const underWay = stateFor(ACTIVE_STATES, entry.status, unknown) ?? false;
	return maintenanceOf({ ...postOf(entry), underWay, from: entry.start }, now);
}

function postOf({ id, url, name, status, components }: z.infer<typeof post>) {
	return { id: id ?? url ?? name, title: name, state: status, names: components.map((named) => named.id) };
}
