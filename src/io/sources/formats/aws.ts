import { z } from "zod";
import { type Level, worst } from "../../../core/level.ts";
import type { Time } from "../../../core/model.ts";
import type { OfficialPage } from "../../../core/official.ts";
import { isForgotten } from "../../../core/official-levels.ts";
import { readLog, ttlMs } from "../feed-log.ts";
import { openItemsPage } from "../open-items.ts";
import { componentOf, incidentOf, summedPageOf } from "../parts.ts";
import { anyId, list, optionalList, optionalText, readJson } from "../shape.ts";
import { type Answer, type Source, Unreadable } from "../source.ts";
import { levelFor, type UnknownWords } from "../vocabulary.ts";

const seconds = anyId.transform(Number);

const event = z.object({
	arn: optionalText,
	date: seconds,
	region_name: optionalText,
	status: anyId,
	service: z.string().min(1),
	service_name: z.string(),
	summary: z.string(),
	event_log: optionalList(z.object({ timestamp: seconds })),
	impacted_services: z.record(z.string(), z.object({ service_name: z.string(), current: anyId })).nullish(),
	end_time: seconds.nullish(),
});

const shape = z.union([list(event), z.object({ current: list(event) }).transform(({ current }) => current)]);

/** Resolved, informational, degradation, disruption: of one service in one region. */
const LEVELS = { "0": "operational", "1": "degraded", "2": "degraded", "3": "partial_outage" } satisfies Record<
	string,
	Level
>;

/**
 * AWS, `public/currentevents`, in UTF-16 with a byte order mark, and the older feeds of `status.aws.amazon.com`. Only what is or
 * was lately wrong is listed, so silence is well, but some events have stayed open for months. A service is asked for by its
 * short name with the region, as in `ec2-us-east-1`.
 */
export const aws: Source = {
	format: "aws",
	what: "AWS's current events",
	accept: "application/json, application/rss+xml;q=0.9",
	timely: true,
	silent: true,
	parse(answer, now) {
		return /^\s*</.test(answer.text.slice(0, 200)) ? pageOfFeed(answer.text, now) : pageOfEvents(answer, now);
	},
	askAgainAfterMs: ttlMs,
};

function pageOfEvents(answer: Answer, now: Time): OfficialPage {
	const unknown: UnknownWords = new Set();
	const entries = readJson(answer, shape, aws.what).map((each) => {
		const hit = Object.entries(each.impacted_services ?? {}).slice(0, 500);
		const end = each.end_time == null ? undefined : each.end_time * 1000;
		const last = Math.max(each.date, ...each.event_log.map(({ timestamp }) => timestamp));
		const incident = incidentOf({
			id: each.arn ?? `${each.service}/${each.date}`,
			title: each.summary,
			level: levelFor(LEVELS, each.status, unknown),
			state: each.status,
			open: each.status !== "0" && (end === undefined || end > now),
			started: each.date * 1000,
			updated: last * 1000,
			names: [each.service, ...hit.map(([id]) => id)],
		});
		const group = each.region_name ?? undefined;
		const about = hit.map(([id, { service_name: name, current }]) => ({ id, name, word: current, group }));
		return { incident, about: [{ id: each.service, name: each.service_name, word: each.status, group }, ...about] };
	});
	const rows = entries.flatMap(({ incident, about }) => {
		const current = incident.open && !isForgotten(incident, now);
		return about.map(({ word, ...rest }) => {
			const level: Level = current ? levelFor(LEVELS, word, unknown) : "operational";
			return { ...rest, level };
		});
	});
	const components = [...Map.groupBy(rows, ({ id }) => id)].map(([id, same]) =>
		componentOf(id, same[0]?.name ?? id, worst(same.map(({ level }) => level)), same[0]?.group),
	);
	const incidents = entries.map(({ incident }) => incident);
	const raw = { format: "aws", name: "AWS", components, unlisted: "operational" as const, incidents, unknown };
	return summedPageOf(raw, "operational", now);
}

const FEED_TITLE = /\bService Status$/;

/** What the titles of items begin with. */
const PREFIX_LEVELS: readonly (readonly [RegExp, Level])[] = [
	[/^Service disruption:/i, "partial_outage"],
	[/^(?:Performance issues?|Informational message):/i, "degraded"],
];

function pageOfFeed(text: string, now: Time): OfficialPage {
	const log = readLog(text, aws.what);
	if (!/^Amazon\b|^AWS\b/.test(log.name) || !FEED_TITLE.test(log.name)) {
		throw new Unreadable(`expected ${aws.what}, found a feed of something else`);
	}
	return openItemsPage("aws", log, now, {
		levelOf: ({ title }) => PREFIX_LEVELS.find(([words]) => words.test(title))?.[1],
	});
}
