import { z } from "zod";
import type { Problem } from "../core/level.ts";
import { CAUSES, FEATURES } from "../core/model.ts";
import { WEEKDAYS } from "../core/quiet-hours.ts";
import type { NotificationSettings } from "../core/settings.ts";
import { isZone } from "./zone.ts";

const RULES_LIMIT = 200;
const WINDOWS_LIMIT = 50;

const problem = z.enum(["degraded", "partial_outage", "major_outage"] satisfies Problem[]);
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day such as 22:00");

function some<T extends z.ZodType>(item: T) {
	return z.array(item).min(1).max(200).exactOptional();
}

/** What people hear of and when, as they write it. */
export const notificationSettings = z.strictObject({
	rules: z
		.array(
			z.strictObject({
				services: some(z.string().min(1).max(40)),
				features: some(z.enum(FEATURES)),
				levels: some(problem),
				causes: some(z.enum(CAUSES)),
				alone: z.boolean().exactOptional(),
				connection: z.literal(true).exactOptional(),
				end: z.literal(true).exactOptional(),
				notify: z.boolean(),
			}),
		)
		.max(RULES_LIMIT)
		.default([]),
	quietHours: z
		.strictObject({
			windows: z
				.array(
					z.strictObject({
						days: z
							.array(z.enum(WEEKDAYS))
							.min(1)
							.max(7)
							.default([...WEEKDAYS]),
						from: timeOfDay,
						to: timeOfDay,
					}),
				)
				.min(1)
				.max(WINDOWS_LIMIT),
			zone: z.string().max(60).refine(isZone, "a time zone such as Europe/Rome").exactOptional(),
			through: problem.exactOptional(),
		})
		.exactOptional(),
}) satisfies z.ZodType<NotificationSettings>;
