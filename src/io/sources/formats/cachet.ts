import type { Level } from "../../../core/level.ts";
import type { Time } from "../../../core/model.ts";
import type { OfficialPage } from "../../../core/official.ts";
import { componentOf, incidentOf, inDoubt, maintenanceOf, pageOf, summedPageOf } from "../parts.ts";
import { readJson } from "../shape.ts";
import type { Source } from "../source.ts";
import { levelFor, stateFor, type UnknownWords } from "../vocabulary.ts";
import { cachetAnswer } from "./cachet-shapes.ts";

/** 0 and 5 are words for not knowing. */
const COMPONENT_LEVELS = {
	"0": "unknown",
	"1": "operational",
	"2": "degraded",
	"3": "partial_outage",
	"4": "major_outage",
	"5": "unknown",
	"6": "maintenance",
} satisfies Record<string, Level>;

const SYSTEM_LEVELS = {
	operational: "operational",
	under_maintenance: "maintenance",
	partial_outage: "partial_outage",
	major_outage: "major_outage",
} satisfies Record<string, Level>;

/** In versions 1 and 2 a maintenance is an incident with the status 0. */
const PLANNED = "0";
const OPEN_STATES = { "1": true, "2": true, "3": true, "4": false };
const ACTIVE_STATES = { "0": false, "1": true, "2": false };

/**
 * Cachet, one endpoint at a time: `/api/v1/components` and `/api/v1/incidents` of versions 1 and 2, and `/api/components`,
 * `/api/incidents`, `/api/schedules` and `/api/status` of version 3, which are known from its source code. Twenty entries come
 * at a time: ask with `per_page`, for one page of several never says that all is well. Incidents have no severity, so an open
 * one counts as a degradation.
 */
export const cachet: Source = {
	format: "cachet",
	what: "a Cachet answer",
	accept: "application/json",
	timely: true,
	parse(answer, now) {
		const body = readJson(answer, cachetAnswer, cachet.what);
		const page = read(body, new Set(), now);
		return body.partial ? inDoubt(page) : page;
	},
};

type Answer = ReturnType<typeof cachetAnswer.parse>;

function read(body: Answer, unknown: UnknownWords, now: Time): OfficialPage {
	const head = { format: "cachet", name: "Cachet page", unknown };
	if ("system" in body) {
		const { name, status } = body.system;
		return pageOf({ ...head, name: name ?? head.name, level: levelFor(SYSTEM_LEVELS, status, unknown) });
	}
	if ("components" in body) {
		const components = body.components.map(({ id, name, status, group }) =>
			componentOf(id, name, levelFor(COMPONENT_LEVELS, status, unknown), group),
		);
		return summedPageOf({ ...head, components }, "unknown", now);
	}
	if ("schedules" in body) {
		const maintenances = body.schedules.map(({ name: title, status, ...rest }) =>
			maintenanceOf(
				{ ...rest, title, state: status, underWay: stateFor(ACTIVE_STATES, status, unknown) ?? false },
				now,
			),
		);
		return summedPageOf({ ...head, maintenances }, "unknown", now);
	}
	return summedPageOf({ ...head, ...posts(body.incidents, unknown, now) }, silenceOf(body.incidents), now);
}

type Incidents = Extract<Answer, { incidents: unknown }>["incidents"];

/** A list of incidents none of which is open is well; an empty one may be any list. */
function silenceOf(incidents: Incidents): Level {
	return incidents.some(({ status }) => status !== PLANNED) ? "operational" : "unknown";
}

function posts(entries: Incidents, unknown: UnknownWords, now: Time) {
	const planned = entries.filter(({ status }) => status === PLANNED);
	return {
		incidents: entries
			.filter(({ status }) => status !== PLANNED)
			.map(({ id, name: title, status: state, component, from: started, updated }) => {
				const open = stateFor(OPEN_STATES, state, unknown) ?? true;
				const names = component === undefined ? [] : [component];
				return incidentOf({ id, title, state, level: "degraded", open, started, updated, names });
			}),
		maintenances: planned.map(({ id, name: title, status: state, from }) =>
			maintenanceOf({ id, title, state, underWay: false, from }, now),
		),
	};
}
