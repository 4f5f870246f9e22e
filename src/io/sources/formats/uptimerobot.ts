import { z } from "zod";
import type { Level } from "../../../core/level.ts";
import { componentOf, inDoubt, summedPageOf } from "../parts.ts";
import { anyId, list, readJson } from "../shape.ts";
import type { Source } from "../source.ts";
import { levelFor, type UnknownWords } from "../vocabulary.ts";

const monitor = z.object({ monitorId: anyId, name: z.string(), statusClass: z.string() });
const monitors = list(monitor).refine((all) => all.length > 0);

const shape = z.union([
	z
		.object({ data: monitors, psp: z.object({ totalMonitors: z.number() }) })
		.transform(({ data, psp }) => ({ monitors: data, total: psp.totalMonitors })),
	z
		.object({ psp: z.object({ monitors, totalMonitors: z.number() }) })
		.transform(({ psp }) => ({ monitors: psp.monitors, total: psp.totalMonitors })),
]);

/** `black` is a monitor that is switched off. */
const LEVELS = {
	success: "operational",
	warning: "degraded",
	danger: "major_outage",
	black: "unknown",
} satisfies Record<string, Level>;

/**
 * UptimeRobot, `/api/getMonitorList/<page>`. Not confirmed by a recorded answer: known from public clients. One page of several
 * never says that all is well.
 */
export const uptimerobot: Source = {
	format: "uptimerobot",
	what: "UptimeRobot's monitors",
	accept: "application/json",
	parse(answer, now) {
		const body = readJson(answer, shape, uptimerobot.what);
		const unknown: UnknownWords = new Set();
		const components = body.monitors.map(({ monitorId, name, statusClass }) =>
			componentOf(monitorId, name, levelFor(LEVELS, statusClass, unknown)),
		);
		const page = summedPageOf({ format: "uptimerobot", name: "UptimeRobot page", components, unknown }, "unknown", now);
		return body.total > body.monitors.length ? inDoubt(page) : page;
	},
};
