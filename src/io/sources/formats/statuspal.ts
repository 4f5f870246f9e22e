import { z } from "zod";
import type { Level } from "../../../core/level.ts";
import type { OfficialComponent } from "../../../core/official.ts";
import { componentOf, incidentOf, maintenanceOf, pageOf } from "../parts.ts";
import { anyId, optionalList, optionalText, readJson } from "../shape.ts";
import type { Source } from "../source.ts";
import { levelFor, type UnknownWords } from "../vocabulary.ts";

/** Null where all is well; the key must be there. */
const incidentType = z.string().nullable();

const leaf = z.object({ id: anyId, name: z.string(), current_incident_type: incidentType });
const service = leaf.extend({ children: optionalList(leaf) });

const post = z.object({
	id: anyId,
	title: z.string(),
	type: optionalText,
	starts_at: optionalText,
	ends_at: optionalText,
	updated_at: optionalText,
	service_ids: optionalList(anyId),
	updates: optionalList(z.object({ type: optionalText, inserted_at: optionalText })),
});

const summary = z.object({
	status_page: z.object({ name: z.string(), url: optionalText, current_incident_type: incidentType }),
	services: optionalList(service),
	incidents: optionalList(post),
	maintenances: optionalList(post),
	upcoming_maintenances: optionalList(post),
});

const LEVELS = {
	scheduled: "maintenance",
	degraded: "degraded",
	minor: "degraded",
	major: "partial_outage",
} satisfies Record<string, Level>;

/**
 * Statuspal, `/api/v2/status_pages/<name>/summary` and the shorter `/api/v1/status_pages/<name>/status`. Not confirmed by a
 * recorded answer: known from its documentation and from public clients.
 */
export const statuspal: Source = {
	format: "statuspal",
	what: "a Statuspal page",
	accept: "application/json",
	timely: true,
	parse(answer, now) {
		const body = readJson(answer, summary, statuspal.what);
		const unknown: UnknownWords = new Set();
		const { name, url, current_incident_type: type } = body.status_page;
		const planned = [...body.maintenances, ...body.upcoming_maintenances];
		return pageOf({
			format: "statuspal",
			name,
			url,
			level: levelOf(type, unknown),
			components: body.services.flatMap((row) => componentsOf(row, unknown)),
			incidents: body.incidents.map(({ ends_at: end, starts_at: started, updated_at, type, updates, ...rest }) => {
				const written = updates.flatMap(({ inserted_at: at }) => at ?? []);
				const post = postOf(rest, updates.at(-1)?.type ?? (end ? "resolved" : "open"));
				const updated = updated_at ?? written.sort().at(-1);
				return incidentOf({ ...post, level: levelOf(type ?? "", unknown), open: !end, started, updated });
			}),
			maintenances: planned.map(({ starts_at: from, ends_at: until, ...rest }) =>
				maintenanceOf({ ...postOf(rest, "scheduled"), from, until }, now),
			),
			unknown,
		});
	},
};

function levelOf(type: string | null, unknown: UnknownWords): Level {
	return type === null ? "operational" : levelFor(LEVELS, type, unknown);
}

function componentsOf({ children, ...row }: z.infer<typeof service>, unknown: UnknownWords): OfficialComponent[] {
	const read = ({ id, name, current_incident_type: type }: z.infer<typeof leaf>, group?: string) =>
		componentOf(id, name, levelOf(type, unknown), group);
	return children.length === 0 ? [read(row)] : children.map((child) => read(child, row.name));
}

function postOf(
	{ id, title, service_ids: names }: Pick<z.infer<typeof post>, "id" | "title" | "service_ids">,
	state: string,
) {
	return { id, title, state, names };
}
