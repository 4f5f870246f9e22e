import { z } from "zod";
import type { Level } from "../../../core/level.ts";
import type { OfficialComponent, OfficialIncident, OfficialMaintenance } from "../../../core/official.ts";
import { together } from "../../../core/official-levels.ts";
import { componentOf, incidentOf, maintenanceOf, pageOf } from "../parts.ts";
import { anyId, list, optionalList, optionalText, readJson } from "../shape.ts";
import type { Source } from "../source.ts";
import { levelFor, type UnknownWords } from "../vocabulary.ts";

const container = z.object({ id: anyId, name: z.string(), status_code: anyId });
const service = container.extend({ containers: optionalList(container) });

const post = z.object({
	_id: anyId,
	name: z.string(),
	datetime_open: optionalText,
	datetime_close: optionalText,
	datetime_planned_start: optionalText,
	datetime_planned_end: optionalText,
	messages: optionalList(z.object({ status: anyId.nullish(), datetime: optionalText })),
	components_affected: optionalList(z.object({ _id: anyId })),
});

/** Maintenance is a list of all in older answers. */
const maintenance = z.union([
	z.object({ active: optionalList(post), upcoming: optionalList(post) }),
	list(post).transform((upcoming) => ({ active: [] as z.output<typeof post>[], upcoming })),
]);

const shape = z.object({
	result: z.object({
		status_overall: z.object({ status_code: anyId }),
		status: list(service),
		incidents: optionalList(post),
		maintenance: maintenance.nullish(),
	}),
});

const CODES = {
	"100": "operational",
	"200": "maintenance",
	"300": "degraded",
	"400": "partial_outage",
	"500": "major_outage",
	"600": "major_outage",
} satisfies Record<string, Level>;

/**
 * Status.io, `/1.0/status/<page id>`. A service is as bad as the worst of its containers, its places; with several of them each
 * can be asked for by itself. Planned times and messages of posts are known from its documentation, not from an answer.
 */
export const statusio: Source = {
	format: "statusio",
	what: "a Status.io page",
	accept: "application/json",
	timely: true,
	parse(answer, now) {
		const { result } = readJson(answer, shape, statusio.what);
		const unknown: UnknownWords = new Set();
		const { active = [], upcoming = [] } = result.maintenance ?? {};
		const planned = (each: z.infer<typeof post>, underWay?: boolean): OfficialMaintenance => {
			const from = each.datetime_planned_start ?? each.datetime_open;
			const until = each.datetime_planned_end ?? each.datetime_close;
			return maintenanceOf({ ...postOf(each), underWay, from, until }, now);
		};
		return pageOf({
			format: "statusio",
			name: "Status.io page",
			level: levelFor(CODES, result.status_overall.status_code, unknown),
			components: result.status.flatMap((each) => componentsOf(each, unknown)),
			incidents: result.incidents.map((each) => readIncident(each, unknown)),
			maintenances: [...active.map((each) => planned(each, true)), ...upcoming.map((each) => planned(each))],
			unknown,
		});
	},
};

function componentsOf(row: z.infer<typeof service>, unknown: UnknownWords): OfficialComponent[] {
	const places = row.containers.map(({ id, name, status_code: code }) =>
		componentOf(`${row.id}/${id}`, name, levelFor(CODES, code, unknown), row.name),
	);
	const own = levelFor(CODES, row.status_code, unknown);
	const whole = componentOf(row.id, row.name, together([own, ...places.map(({ level }) => level)]));
	return places.length > 1 ? [whole, ...places] : [whole];
}

/** An incident without any code in its messages is at least a degradation. */
function readIncident(entry: z.infer<typeof post>, unknown: UnknownWords): OfficialIncident {
	const byTime = [...entry.messages].sort((a, b) => ((a.datetime ?? "") < (b.datetime ?? "") ? 1 : -1));
	const [newest] = byTime;
	return incidentOf({
		...postOf(entry),
		level: newest?.status ? levelFor(CODES, newest.status, unknown) : "degraded",
		open: !entry.datetime_close,
		started: entry.datetime_open,
		updated: newest?.datetime ?? entry.datetime_close,
	});
}

function postOf({ _id, name, components_affected, datetime_close }: z.infer<typeof post>) {
	const names = components_affected.map((named) => named._id);
	return { id: _id, title: name, state: datetime_close ? "closed" : "open", names };
}
