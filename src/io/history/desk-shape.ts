import { z } from "zod";
import type { Desk } from "../../core/desk.ts";
import type { Incident } from "../../core/incidents.ts";
import { LEVELS, type Problem } from "../../core/level.ts";
import { CAUSES, FEATURES } from "../../core/model.ts";
import type { Notice } from "../../core/notice.ts";

const problem = z.enum(["degraded", "partial_outage", "major_outage"] satisfies Problem[]);
const cause = z.enum(CAUSES);
const name = z.string().max(100);
const time = z.number();

const heldFeature = z.object({
	service: name,
	feature: z.enum(FEATURES),
	level: problem,
	since: time,
	until: time.exactOptional(),
});

const incident = z.object({
	id: name,
	cause,
	culprit: name,
	openedAt: time,
	closedAt: time.exactOptional(),
	reopened: z.number().exactOptional(),
	unstable: z.literal(true).exactOptional(),
	mergedInto: name.exactOptional(),
	features: z.array(heldFeature),
}) satisfies z.ZodType<Incident>;

const telling = z.object({
	at: time,
	count: z.number(),
	culprits: z.array(name),
	features: z.record(z.string(), problem),
	believed: z.array(name),
	newsSince: time.exactOptional(),
	wellSince: z.record(z.string(), time),
	over: z.object({ since: time, incident }).exactOptional(),
	closedAt: time.exactOptional(),
	cameBack: z.boolean(),
});

const mute = z.object({
	service: name.exactOptional(),
	until: z.discriminatedUnion("kind", [
		z.object({ kind: z.literal("time"), at: time }),
		z.object({ kind: z.literal("resolved") }),
		z.object({ kind: z.literal("worse"), level: z.enum(LEVELS) }),
	]),
});

const hush = z.object({ why: z.enum(["quiet_hours", "away"]), since: time });

const desk = z.object({
	told: z.array(z.tuple([name, telling])).transform((entries) => new Map(entries)),
	lost: z.object({ cause, since: time }).exactOptional(),
	mutes: z.array(mute),
	awaited: z.array(z.object({ service: name, features: z.array(z.enum(FEATURES)), since: time })),
	hush: hush.exactOptional(),
	budget: z.object({ savedMs: z.number(), at: time }),
	count: z.int().min(0),
}) satisfies z.ZodType<Desk>;

const told = { at: time, incident: name, cause, culprit: name, openedAt: time, closedAt: time.exactOptional() };
const notice = z.discriminatedUnion("kind", [
	z.object({
		kind: z.enum(["opened", "worsened", "eased", "closed"]),
		...told,
		unstable: z.literal(true).exactOptional(),
		features: z.array(heldFeature),
	}),
	z.object({
		kind: z.enum(["connection_lost", "connection_back"]),
		at: time,
		cause,
		since: time,
		until: time.exactOptional(),
	}),
	z.object({ kind: z.literal("back"), at: time, service: name, features: z.array(z.enum(FEATURES)), since: time }),
	z.object({
		kind: z.literal("digest"),
		at: time,
		...hush.shape,
		incidents: z.array(
			incident.omit({ id: true, reopened: true, unstable: true, mergedInto: true }).extend({ incident: name }),
		),
	}),
]) satisfies z.ZodType<Notice>;

/** The desk as JSON can hold it. */
export function plainDesk(value: Desk): unknown {
	return { ...value, told: [...value.told] };
}

/** What `plainDesk` gave, read back; `undefined` where it is none. */
export function readDesk(value: unknown): Desk | undefined {
	return desk.safeParse(value).data;
}

export function readNotice(value: unknown): Notice | undefined {
	return notice.safeParse(value).data;
}
