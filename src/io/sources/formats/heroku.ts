import { z } from "zod";
import type { Level } from "../../../core/level.ts";
import { componentOf, incidentOf, maintenanceOf, summedPageOf } from "../parts.ts";
import { anyId, list, optionalText, readJson } from "../shape.ts";
import type { Source } from "../source.ts";
import { levelFor, type UnknownWords } from "../vocabulary.ts";

const post = z.object({
	id: anyId,
	title: z.string(),
	state: optionalText,
	resolved: z.boolean().nullish(),
	created_at: optionalText,
	updated_at: optionalText,
	scheduled_start: optionalText,
	scheduled_end: optionalText,
});

const shape = z.object({
	status: list(z.object({ system: z.string().min(1), status: z.string() })).refine((systems) => systems.length > 0),
	incidents: list(post),
	scheduled: list(post),
});

const LEVELS = { green: "operational", blue: "maintenance", yellow: "degraded", red: "major_outage" } satisfies Record<
	string,
	Level
>;

/**
 * Heroku, `/api/v4/current-status`. The colours of its systems (Apps, Data, Tools) tell how bad it is, so an open incident is at
 * least a degradation. The shape of incidents is not confirmed by a recorded answer: known from public clients.
 */
export const heroku: Source = {
	format: "heroku",
	what: "Heroku's current status",
	accept: "application/json",
	timely: true,
	parse(answer, now) {
		const body = readJson(answer, shape, heroku.what);
		const unknown: UnknownWords = new Set();
		const raw = {
			format: "heroku",
			name: "Heroku",
			components: body.status.map(({ system, status }) =>
				componentOf(system, system, levelFor(LEVELS, status, unknown)),
			),
			incidents: body.incidents.map(({ id, title, state, resolved, created_at: started, updated_at: updated }) =>
				incidentOf({ id, title, level: "degraded", state: state ?? "open", open: !resolved, started, updated }),
			),
			maintenances: body.scheduled.map(({ id, title, state, scheduled_start: from, scheduled_end: until }) =>
				maintenanceOf({ id, title, state: state ?? "scheduled", from, until }, now),
			),
			unknown,
		};
		return summedPageOf(raw, "unknown", now);
	},
};
