import { z } from "zod";
import type { Level } from "../../../core/level.ts";
import type { Time } from "../../../core/model.ts";
import type { OfficialComponent, OfficialPage } from "../../../core/official.ts";
import { describeText, isHtml } from "../describe.ts";
import { valuesAfter } from "../embedded.ts";
import { componentOf, incidentOf, inDoubt, maintenanceOf, summedPageOf } from "../parts.ts";
import { anyId, list, optionalList, optionalText } from "../shape.ts";
import { type Source, Unreadable } from "../source.ts";
import { levelFor, stateFor, type UnknownWords } from "../vocabulary.ts";

const leaf = z.object({ id: anyId, name: z.string(), status: z.string() });
const component = leaf.extend({ is_group: z.boolean().nullish(), subcomponents: optionalList(leaf) });

const post = z.object({
	id: anyId,
	name: z.string(),
	incident_type: optionalText,
	starts_at: optionalText,
	ends_at: optionalText,
	affected_components: optionalList(z.object({ id: anyId, status: optionalText })),
	updates: optionalList(z.object({ updated_at: optionalText, incident_state: optionalText })),
});

const page = z.object({
	name: optionalText,
	global_is_operational: z.boolean(),
	components: list(component),
	active_incidents: optionalList(post),
	upcoming_maintenance: optionalList(post),
});

const LEVELS = {
	operational: "operational",
	/** Something to read beside a working component. */
	notification: "operational",
	"under-maintenance": "maintenance",
	"degraded-performance": "degraded",
	"partial-outage": "partial_outage",
	"major-outage": "major_outage",
} satisfies Record<string, Level>;

const OPEN_STATES = { investigating: true, identified: true, monitoring: true, resolved: false, notification: true };

/**
 * Uptime.com, by the data that its page for people hands to its script, or by that script's own answer (`/ajax`). Not confirmed
 * by a recorded answer: known from the types of public clients. An open incident without a level is at least a degradation.
 */
export const uptimecom: Source = {
	format: "uptimecom",
	what: "an Uptime.com page",
	accept: "text/html, application/json;q=0.8",
	timely: true,
	parse(answer, now) {
		const { text, value } = answer;
		const values = isHtml(text) ? valuesAfter(text, '"statuspage":') : [dataOf(value)];
		for (const one of values) {
			const read = page.safeParse(one);
			if (read.success) return pageOfData(read.data, now);
		}
		throw new Unreadable(`expected ${uptimecom.what}, found ${describeText(answer)}`);
	},
};

function dataOf(answer: unknown): unknown {
	return z.object({ data: z.unknown() }).safeParse(answer).data?.data;
}

function pageOfData(body: z.infer<typeof page>, now: Time): OfficialPage {
	const unknown: UnknownWords = new Set();
	const posts = [...body.active_incidents, ...body.upcoming_maintenance];
	const raw = {
		format: "uptimecom",
		name: body.name ?? "Uptime.com page",
		components: body.components.flatMap((row) => componentsOf(row, unknown)),
		incidents: posts.filter((each) => !isPlanned(each)).map((each) => readIncident(each, unknown)),
		maintenances: posts.filter(isPlanned).map(({ starts_at: from, ends_at: until, ...each }) => {
			return maintenanceOf({ ...postOf(each), from, until }, now);
		}),
		unknown,
	};
	const summed = summedPageOf(raw, "unknown", now);
	return body.global_is_operational ? summed : inDoubt(summed);
}

/** A group repeats what its members say: it only lends its name. */
function componentsOf(
	{ subcomponents, ...row }: z.infer<typeof component>,
	unknown: UnknownWords,
): OfficialComponent[] {
	const read = ({ id, name, status }: z.infer<typeof leaf>, group?: string) =>
		componentOf(id, name, levelFor(LEVELS, status, unknown), group);
	return subcomponents.length === 0 ? [read(row)] : subcomponents.map((each) => read(each, row.name));
}

function isPlanned({ incident_type: type }: z.infer<typeof post>): boolean {
	return type === "SCHEDULED_MAINTENANCE";
}

function readIncident(each: z.infer<typeof post>, unknown: UnknownWords) {
	const [newest] = [...each.updates].sort((a, b) => ((a.updated_at ?? "") < (b.updated_at ?? "") ? 1 : -1));
	const state = newest?.incident_state ?? "";
	return incidentOf({
		...postOf(each),
		state,
		level: "degraded",
		open: !each.ends_at && (state === "" || (stateFor(OPEN_STATES, state, unknown) ?? true)),
		started: each.starts_at,
		updated: newest?.updated_at,
	});
}

function postOf({
	id,
	name: title,
	affected_components: hit,
}: Pick<z.infer<typeof post>, "id" | "name" | "affected_components">) {
	return { id, title, state: "scheduled", names: hit.map((named) => named.id) };
}
