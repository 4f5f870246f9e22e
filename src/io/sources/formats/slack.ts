import { z } from "zod";
import type { Level } from "../../../core/level.ts";
import { componentsNamedIn } from "../named-components.ts";
import { incidentOf, inDoubt, maintenanceOf, summedPageOf } from "../parts.ts";
import { anyId, list, optionalList, optionalText, readJson } from "../shape.ts";
import type { Source } from "../source.ts";
import { levelFor, note, stateFor, type UnknownWords } from "../vocabulary.ts";

const incident = z.object({
	id: anyId,
	title: z.string(),
	type: z.string(),
	status: z.string(),
	services: optionalList(z.string()),
	date_created: optionalText,
	date_updated: optionalText,
});

const current = z.object({ status: z.string(), date_updated: optionalText, active_incidents: list(incident) });

const TYPE_LEVELS = { notice: "degraded", incident: "partial_outage", outage: "major_outage" } satisfies Record<
	string,
	Level
>;

const OPEN_STATES = { active: true, scheduled: false, resolved: false, completed: false, cancelled: false };

/** Slack, `/api/v2.0.0/current`. Services have no ids and are only named while something is wrong with them. */
export const slack: Source = {
	format: "slack",
	what: "Slack's current status",
	accept: "application/json",
	timely: true,
	parse(answer, now) {
		const body = readJson(answer, current, slack.what);
		const unknown: UnknownWords = new Set();
		const posts = body.active_incidents.map((entry) => ({
			id: entry.id,
			title: entry.title,
			level: levelFor(TYPE_LEVELS, entry.type, unknown),
			state: entry.status,
			open: stateFor(OPEN_STATES, entry.status, unknown) ?? true,
			started: entry.date_created,
			updated: entry.date_updated,
			names: entry.services,
		}));
		const entries = posts
			.filter(({ state }) => state !== "scheduled")
			.map((post) => ({ incident: incidentOf(post), about: post.names.map((name) => ({ id: name, name })) }));
		const raw = {
			format: "slack",
			name: "Slack",
			components: componentsNamedIn(entries, now),
			unlisted: "operational" as const,
			incidents: entries.map((entry) => entry.incident),
			maintenances: posts
				.filter(({ state }) => state === "scheduled")
				.map((post) => maintenanceOf({ ...post, underWay: false }, now)),
			unknown,
		};
		if (body.status !== "ok" && body.status !== "active") note(body.status, unknown);
		const page = summedPageOf(raw, "operational", now);
		return body.status === "ok" ? page : { ...inDoubt(page), ...(entries.length === 0 && { unlisted: "unknown" }) };
	},
};
