import { z } from "zod";
import type { Level } from "../../core/level.ts";
import type { OfficialIncident, OfficialMaintenance } from "../../core/official.ts";
import { idOf, titleOf, webUrl, wordOf } from "./plain-text.ts";
import { levelFor, readJson, stateFor, type UnknownWords } from "./shape.ts";
import { ENTRIES_LIMIT, type Source } from "./source.ts";
import { timeOf } from "./time-of.ts";

const optionalText = z.string().nullish();

const incident = z.object({
	id: optionalText,
	name: z.string(),
	status: z.string(),
	impact: optionalText,
	started: optionalText,
	updatedAt: optionalText,
	url: optionalText,
});

const maintenance = z.object({
	id: optionalText,
	name: z.string(),
	status: z.string(),
	start: optionalText,
	url: optionalText,
});

/** The two lists are left out when they are empty, so `page.status` is what tells a healthy page from another document. */
const summary = z.object({
	page: z.object({ name: z.string(), url: optionalText, status: z.string().min(1) }),
	activeIncidents: z.array(incident).nullish(),
	activeMaintenances: z.array(maintenance).nullish(),
});

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

/** Instatus, `summary.json`. It lists no components, so it speaks of the whole and never of a mapped feature. */
export const instatus: Source = {
	format: "instatus",
	what: "an Instatus summary",
	accept: "application/json",
	parse(text) {
		const body = readJson(text, summary, instatus.what);
		const unknown: UnknownWords = new Set();
		const url = webUrl(body.page.url);
		return {
			format: "instatus",
			page: { name: titleOf(body.page.name), ...(url && { url }) },
			level: levelFor(PAGE_LEVELS, body.page.status, unknown),
			components: [],
			incidents: (body.activeIncidents ?? []).slice(0, ENTRIES_LIMIT).map((entry) => incidentOf(entry, unknown)),
			maintenances: (body.activeMaintenances ?? [])
				.slice(0, ENTRIES_LIMIT)
				.map((entry) => maintenanceOf(entry, unknown)),
			unknownWords: [...unknown],
		};
	},
};

/** What Instatus lists as active is at least a degradation, even with the impact OPERATIONAL or none at all. */
function incidentOf(entry: z.infer<typeof incident>, unknown: UnknownWords): OfficialIncident {
	const impact = entry.impact ? levelFor(IMPACT_LEVELS, entry.impact, unknown) : "operational";
	const startedAt = timeOf(entry.started);
	const updatedAt = timeOf(entry.updatedAt);
	return {
		...postOf(entry),
		level: impact === "operational" ? "degraded" : impact,
		open: stateFor(OPEN_STATES, entry.status, unknown) ?? true,
		...(startedAt !== undefined && { startedAt }),
		...(updatedAt !== undefined && { updatedAt }),
	};
}

function maintenanceOf(entry: z.infer<typeof maintenance>, unknown: UnknownWords): OfficialMaintenance {
	const from = timeOf(entry.start);
	const active = stateFor(ACTIVE_STATES, entry.status, unknown) ?? false;
	return { ...postOf(entry), active, ...(from !== undefined && { from }) };
}

function postOf(entry: z.infer<typeof maintenance>) {
	const id = idOf(entry.id ?? entry.url ?? entry.name);
	return { id, title: titleOf(entry.name), state: wordOf(entry.status), components: [] };
}
