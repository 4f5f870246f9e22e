import { z } from "zod";
import type { Level } from "../../../core/level.ts";
import { componentsNamedIn } from "../named-components.ts";
import { incidentOf, maintenanceOf, summedPageOf } from "../parts.ts";
import { anyId, list, optionalList, optionalText, readJson } from "../shape.ts";
import type { Source } from "../source.ts";
import { levelFor, stateFor, type UnknownWords } from "../vocabulary.ts";

const incident = z.object({
	id: anyId,
	name: z.string(),
	severity: z.string(),
	lastUpdateStatus: z.string(),
	created_at: optionalText,
	updated_at: optionalText,
	services: optionalList(z.object({ id: anyId, name: z.string() })),
});

const shape = z.strictObject({ incidents: list(incident) });

const SEVERITY_LEVELS = {
	MINOR: "degraded",
	MEDIUM: "partial_outage",
	MAJOR: "major_outage",
	MAINTENANCE: "maintenance",
} satisfies Record<string, Level>;

const OPEN_STATES = { INVESTIGATING: true, IDENTIFIED: true, MONITORING: true, RESOLVED: false };

/** Checkly, `/api/status-page/<slug>/unresolved-incidents`: what is open and nothing else, so an empty list is well. */
export const checkly: Source = {
	format: "checkly",
	what: "Checkly's unresolved incidents",
	accept: "application/json",
	timely: true,
	silent: true,
	parse(answer, now) {
		const body = readJson(answer, shape, checkly.what);
		const unknown: UnknownWords = new Set();
		const posts = body.incidents.map((entry) => ({
			id: entry.id,
			title: entry.name,
			level: levelFor(SEVERITY_LEVELS, entry.severity, unknown),
			state: entry.lastUpdateStatus,
			open: stateFor(OPEN_STATES, entry.lastUpdateStatus, unknown) ?? true,
			started: entry.created_at,
			updated: entry.updated_at,
			about: entry.services,
			names: entry.services.map(({ id }) => id),
		}));
		const entries = posts
			.filter(({ level }) => level !== "maintenance")
			.map((post) => ({ incident: incidentOf(post), about: post.about }));
		const raw = {
			format: "checkly",
			name: "Checkly page",
			components: componentsNamedIn(entries, now),
			unlisted: "operational" as const,
			incidents: entries.map(({ incident }) => incident),
			maintenances: posts
				.filter(({ level }) => level === "maintenance")
				.map(({ open, started, ...post }) => maintenanceOf({ ...post, underWay: open, from: started }, now)),
			unknown,
		};
		return summedPageOf(raw, "operational", now);
	},
};
