import { z } from "zod";
import { anyId, list, optionalText } from "../shape.ts";

/** Tags are an object of names in most versions; components that share a name are told apart by them. */
const tags = z.record(z.string(), z.string()).nullish().catch(null);

const v1Component = z
	.object({ id: anyId, name: z.string(), status: anyId, status_name: z.string(), tags })
	.transform(({ id, name, status, tags }) => ({ id, name, status, group: Object.values(tags ?? {})[0] }));

const v1Incident = z
	.object({
		id: anyId,
		name: z.string(),
		message: z.string(),
		status: anyId,
		/** What the newest of its updates says, where the version has updates. */
		latest_status: anyId.nullish(),
		component_id: anyId.nullish(),
		scheduled_at: optionalText,
		occurred_at: optionalText,
		created_at: optionalText,
		updated_at: optionalText,
	})
	.transform((entry) => ({
		id: entry.id,
		name: entry.name,
		status: entry.latest_status ?? entry.status,
		component: entry.component_id ?? undefined,
		from: entry.scheduled_at ?? entry.occurred_at ?? entry.created_at,
		updated: entry.updated_at,
	}));

const v1Meta = z
	.object({ pagination: z.object({ total: z.number(), count: z.number() }) })
	.transform(({ pagination }) => pagination.total > pagination.count);

const v1 = z.union([
	z
		.object({ meta: v1Meta, data: list(v1Component) })
		.transform(({ meta, data }) => ({ partial: meta, components: data })),
	z
		.object({ meta: v1Meta, data: list(v1Incident) })
		.transform(({ meta, data }) => ({ partial: meta, incidents: data })),
]);

const code = z.object({ value: anyId }).transform(({ value }) => value);
const moment = z
	.object({ string: optionalText })
	.nullish()
	.transform((time) => time?.string);
const v3Id = z.object({ id: anyId });

/** Some releases give a component's status as a bare number. */
const v3Component = v3Id
	.extend({
		type: z.literal("components"),
		attributes: z.object({ name: z.string(), status: z.union([anyId, code]) }),
	})
	.transform(({ id, attributes: { name, status } }) => ({ id, name, status, group: undefined }));

const v3Incident = v3Id
	.extend({
		type: z.literal("incidents"),
		attributes: z.object({ name: z.string(), status: code, occurred: moment, created: moment, updated: moment }),
	})
	.transform(({ id, attributes: { name, status, occurred, created, updated } }) => {
		return { id, name, status, component: undefined, from: occurred ?? created, updated };
	});

const v3Schedule = v3Id
	.extend({
		type: z.literal("schedules"),
		attributes: z.object({ name: z.string(), status: code, scheduled: moment, completed: moment }),
	})
	.transform(({ id, attributes: { name, status, scheduled, completed } }) => {
		return { id, name, status, from: scheduled, until: completed };
	});

const v3Meta = z
	.object({ current_page: z.number(), last_page: z.number() })
	.nullish()
	.catch(null)
	.transform((meta) => (meta?.last_page ?? 1) > 1);

const filled = <T extends z.ZodType>(entry: T) => list(entry).refine((rows) => rows.length > 0);

const v3 = z.union([
	z
		.object({ data: filled(v3Component), meta: v3Meta })
		.transform(({ data, meta }) => ({ partial: meta, components: data })),
	z
		.object({ data: filled(v3Incident), meta: v3Meta })
		.transform(({ data, meta }) => ({ partial: meta, incidents: data })),
	z
		.object({ data: filled(v3Schedule), meta: v3Meta })
		.transform(({ data, meta }) => ({ partial: meta, schedules: data })),
	z
		.object({
			data: z.object({
				type: z.literal("status"),
				attributes: z.object({ name: optionalText, status: z.string() }),
			}),
		})
		.transform(({ data }) => ({ partial: false, system: data.attributes })),
]);

/** One endpoint of any version in one form; `partial` where it is one page of several. */
export const cachetAnswer = z.union([v1, v3]);
