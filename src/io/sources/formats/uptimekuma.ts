import { z } from "zod";
import type { Level } from "../../../core/level.ts";
import type { Time } from "../../../core/model.ts";
import type { OfficialComponent, OfficialPage } from "../../../core/official.ts";
import { componentOf, incidentOf, maintenanceOf, summedPageOf } from "../parts.ts";
import { anyId, list, optionalList, optionalText, readJson } from "../shape.ts";
import type { Source } from "../source.ts";
import { timeOf } from "../time-of.ts";
import { levelFor, stateFor, type UnknownWords } from "../vocabulary.ts";

const beat = z.object({ status: anyId, time: optionalText });
const heartbeats = z.object({
	heartbeatList: z.record(z.string(), list(beat)),
	uptimeList: z.record(z.string(), z.unknown()),
});

const incident = z.object({
	id: anyId.nullish(),
	title: z.string(),
	style: z.string(),
	createdDate: optionalText,
	lastUpdatedDate: optionalText,
});

const window = z.object({ startDate: optionalText, endDate: optionalText });
const maintenance = z.object({
	id: anyId.nullish(),
	title: z.string(),
	status: z.string(),
	timeslotList: optionalList(window),
});

const monitors = z.object({ name: z.string(), monitorList: list(z.object({ id: anyId, name: z.string() })) });
const config = z.object({
	config: z.object({ title: z.string() }),
	publicGroupList: list(monitors),
	incident: incident.nullish(),
	maintenanceList: optionalList(maintenance),
});

const shape = z.union([heartbeats, config]);

/** Pending is a first failure that is being tried again: nothing is known yet. */
const STATUS_LEVELS = { "0": "major_outage", "1": "operational", "2": "unknown", "3": "maintenance" } satisfies Record<
	string,
	Level
>;

/** The colours of a note; only two of them speak of trouble. */
const STYLE_LEVELS = {
	danger: "partial_outage",
	warning: "degraded",
	info: "operational",
	primary: "operational",
	light: "operational",
	dark: "operational",
} satisfies Record<string, Level>;

const ACTIVE_STATES = { "under-maintenance": true, scheduled: false, ended: false, inactive: false };

/** A monitor that has not beaten for so long says nothing any more; beats come every 20 s to a day, mostly every minute. */
const SILENT_AFTER_MS = 2 * 3_600_000;

/**
 * Uptime Kuma. `/api/status-page/heartbeat/<slug>` has the state of each monitor under its number; `/api/status-page/<slug>` has
 * their names, a note and maintenances, but no state. Known from public clients.
 */
export const uptimekuma: Source = {
	format: "uptimekuma",
	what: "Uptime Kuma's heartbeats",
	accept: "application/json",
	timely: true,
	parse(answer, now) {
		const body = readJson(answer, shape, uptimekuma.what);
		return "heartbeatList" in body ? pageOfBeats(body, now) : pageOfConfig(body, now);
	},
};

function pageOfBeats({ heartbeatList }: z.infer<typeof heartbeats>, now: Time): OfficialPage {
	const unknown: UnknownWords = new Set();
	const components = Object.entries(heartbeatList).flatMap(([id, beats]): OfficialComponent[] => {
		const [newest] = [...beats].sort((a, b) => (timeOf(b.time) ?? 0) - (timeOf(a.time) ?? 0));
		if (!newest) return [];
		const at = timeOf(newest.time);
		const fresh = at !== undefined && now - at <= SILENT_AFTER_MS;
		const level = levelFor(STATUS_LEVELS, newest.status, unknown);
		return [componentOf(id, id, fresh ? level : "unknown")];
	});
	return summedPageOf({ format: "uptimekuma", name: "Uptime Kuma page", components, unknown }, "unknown", now);
}

function pageOfConfig(body: z.infer<typeof config>, now: Time): OfficialPage {
	const unknown: UnknownWords = new Set();
	const raw = {
		format: "uptimekuma",
		name: body.config.title,
		components: body.publicGroupList.flatMap(({ name: group, monitorList }) =>
			monitorList.map(({ id, name }) => componentOf(id, name, "unknown", group)),
		),
		incidents: (body.incident ? [body.incident] : []).map(({ id, title, style, ...each }) =>
			incidentOf({
				id: id ?? title,
				title,
				level: levelFor(STYLE_LEVELS, style, unknown),
				state: style,
				open: true,
				started: each.createdDate,
				updated: each.lastUpdatedDate,
			}),
		),
		maintenances: body.maintenanceList.map(({ id, title, status, timeslotList: [slot] }) => {
			const underWay = stateFor(ACTIVE_STATES, status, unknown) ?? false;
			const post = { id: id ?? title, title, state: status, underWay };
			return maintenanceOf({ ...post, from: slot?.startDate, until: slot?.endDate }, now);
		}),
		unknown,
	};
	return summedPageOf(raw, "unknown", now);
}
