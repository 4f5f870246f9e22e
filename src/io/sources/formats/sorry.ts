import { z } from "zod";
import type { Level } from "../../../core/level.ts";
import type { Time } from "../../../core/model.ts";
import type { OfficialComponent, OfficialPage } from "../../../core/official.ts";
import { componentOf, incidentOf, inDoubt, maintenanceOf, pageOf, summedPageOf } from "../parts.ts";
import { anyId, list, optionalText, readJson } from "../shape.ts";
import type { Source } from "../source.ts";
import { levelFor, stateFor, type UnknownWords } from "../vocabulary.ts";

const component = z.object({ id: anyId.nullish(), name: z.string(), state: z.string(), parent_id: anyId.nullish() });
const components = list(component).refine((rows) => rows.length > 0);

const notice = z.object({
	id: anyId,
	type: z.string(),
	subject: z.string(),
	state: z.string(),
	began_at: optionalText,
	updated_at: optionalText,
	begins_at: optionalText,
	ends_at: optionalText,
});

/** Twenty-five entries come at a time. */
const meta = z.object({ next_page: z.unknown() }).nullish().catch(null);

const shape = z.union([
	z.object({ page: z.object({ name: z.string(), state: z.string(), links: z.object({ components: z.string() }) }) }),
	z.object({ components, meta }),
	z.object({ response: components, meta }),
	z.object({ notices: list(notice).refine((rows) => rows.length > 0), meta }),
]);

const PAGE_LEVELS = { operational: "operational", degraded: "degraded", maintenance: "maintenance" } satisfies Record<
	string,
	Level
>;

const COMPONENT_LEVELS = {
	operational: "operational",
	"partially-degraded": "degraded",
	degraded: "partial_outage",
	"under-maintenance": "maintenance",
} satisfies Record<string, Level>;

const OPEN_STATES = { investigating: true, identified: true, recovering: true, resolved: false };
const ACTIVE_STATES = { scheduled: false, underway: true, complete: false };

/**
 * Sorry, one endpoint at a time: `/api/v1/` of the page, `/api/v1/components`, `/api/v1/notices`, and the older
 * `api.sorryapp.com/v1/pages/<id>/components`. Not confirmed by a recorded answer: known from public clients. Notices have no
 * severity, so an open one counts as a degradation.
 */
export const sorry: Source = {
	format: "sorry",
	what: "a Sorry page",
	accept: "application/json",
	timely: true,
	parse(answer, now) {
		const body = readJson(answer, shape, sorry.what);
		const page = read(body, new Set(), now);
		return "meta" in body && body.meta?.next_page ? inDoubt(page) : page;
	},
};

function read(body: z.infer<typeof shape>, unknown: UnknownWords, now: Time): OfficialPage {
	const head = { format: "sorry", name: "Sorry page", unknown };
	if ("page" in body) {
		return pageOf({ ...head, name: body.page.name, level: levelFor(PAGE_LEVELS, body.page.state, unknown) });
	}
	if ("notices" in body) return summedPageOf({ ...head, ...posts(body.notices, unknown, now) }, "operational", now);
	const rows = "components" in body ? body.components : body.response;
	return summedPageOf({ ...head, components: componentsOf(rows, unknown) }, "unknown", now);
}

/** A component that others name as their parent is a heading. */
function componentsOf(rows: readonly z.infer<typeof component>[], unknown: UnknownWords): OfficialComponent[] {
	const parents = new Set(rows.flatMap(({ parent_id }) => parent_id ?? []));
	const names = new Map(rows.flatMap(({ id, name }) => (id ? [[id, name]] : [])));
	return rows
		.filter(({ id }) => !id || !parents.has(id))
		.map(({ id, name, state, parent_id }) =>
			componentOf(id ?? name, name, levelFor(COMPONENT_LEVELS, state, unknown), names.get(parent_id ?? "")),
		);
}

function posts(notices: readonly z.infer<typeof notice>[], unknown: UnknownWords, now: Time) {
	const planned = notices.filter(({ type }) => type === "planned");
	return {
		incidents: notices
			.filter((each) => !planned.includes(each))
			.map(({ id, subject: title, state, began_at: started, updated_at: updated }) => {
				const open = stateFor(OPEN_STATES, state, unknown) ?? true;
				return incidentOf({ id, title, state, level: "degraded", open, started, updated });
			}),
		maintenances: planned.map(({ id, subject: title, state, begins_at: from, ends_at: until }) => {
			const underWay = stateFor(ACTIVE_STATES, state, unknown) ?? false;
			return maintenanceOf({ id, title, state, underWay, from, until }, now);
		}),
	};
}
