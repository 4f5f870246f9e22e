import { z } from "zod";
import { type Level, worst } from "../../../core/level.ts";
import type { Time } from "../../../core/model.ts";
import type { OfficialIncident, OfficialPage } from "../../../core/official.ts";
import { isForgotten } from "../../../core/official-levels.ts";
import { describeText } from "../describe.ts";
import { embeddedData, valuesAfter } from "../embedded.ts";
import { componentOf, incidentOf, maintenanceOf, summedPageOf } from "../parts.ts";
import { list, optionalList, optionalText } from "../shape.ts";
import { type Source, Unreadable } from "../source.ts";
import { levelFor, stateFor, type UnknownWords } from "../vocabulary.ts";

const impacted = z.object({ id: z.string(), severity: z.string() });

const update = z.object({
	severity: z.string(),
	status: z.string(),
	reported_at: optionalText,
	impacted_business_services: optionalList(impacted),
});

const incident = z.object({
	id: z.string().min(1),
	title: z.string(),
	updates: list(update).refine((all) => all.length > 0),
});

const post = z.object({
	id: z.string().min(1),
	title: z.string(),
	post_type: z.string(),
	starts_at: optionalText,
	ends_at: optionalText,
});

const summary = z.object({
	open_incidents: list(incident),
	resolved_incidents: optionalList(z.unknown()),
	posts: optionalList(z.unknown()),
	post_status_page_services: list(
		z.object({ id: z.string().min(1), name: z.string(), is_active: z.boolean().nullish() }),
	),
});

const SEVERITY_LEVELS = {
	all_good: "operational",
	maintenance: "maintenance",
	minor: "degraded",
	major: "major_outage",
} satisfies Record<string, Level>;

const OPEN_STATES = { detected: true, investigating: true, resolved: false };

/**
 * PagerDuty's status pages, by the data in the page for people. Its headline says that all runs smoothly beside an open incident,
 * so it is not read. Maintenances (`posts`) are known from PagerDuty's documentation, not from a page.
 */
export const pagerduty: Source = {
	format: "pagerduty",
	what: "a PagerDuty status page",
	accept: "text/html, application/json;q=0.8",
	timely: true,
	parse(answer, now) {
		const data = answer.value === undefined ? embeddedData(answer.text) : answer.text;
		for (const value of valuesAfter(data, '"summary":')) {
			const read = summary.safeParse(value);
			if (read.success) return pageOfSummary(read.data, now);
		}
		throw new Unreadable(`expected ${pagerduty.what}, found ${describeText(answer)}`);
	},
};

function pageOfSummary(body: z.infer<typeof summary>, now: Time): OfficialPage {
	const unknown: UnknownWords = new Set();
	const entries = body.open_incidents.map((each) => ({ each, incident: readIncident(each, unknown) }));
	const current = entries.filter(({ incident }) => incident.open && !isForgotten(incident, now));
	const hits = current.flatMap(({ each }) => newest(each).impacted_business_services);
	const levelOf = (id: string): Level => {
		const levels = hits
			.filter((hit) => hit.id === id)
			.map(({ severity }) => levelFor(SEVERITY_LEVELS, severity, unknown));
		return levels.length === 0 ? "operational" : worst(levels);
	};
	const raw = {
		format: "pagerduty",
		name: "PagerDuty status page",
		components: body.post_status_page_services
			.filter(({ is_active: active }) => active !== false)
			.map(({ id, name }) => componentOf(id, name, levelOf(id))),
		incidents: entries.map(({ incident }) => incident),
		maintenances: body.posts.flatMap((entry) => {
			const { data: each } = post.safeParse(entry);
			if (each?.post_type !== "maintenance") return [];
			const { id, title, starts_at: from, ends_at: until } = each;
			return [maintenanceOf({ id, title, state: "maintenance", from, until }, now)];
		}),
		unknown,
	};
	return summedPageOf(raw, "unknown", now);
}

type Incident = z.infer<typeof incident>;

/** Updates come newest first. */
function newest({ updates }: Incident) {
	return updates[0] as Incident["updates"][number];
}

function readIncident(each: Incident, unknown: UnknownWords): OfficialIncident {
	const { severity, status, reported_at: updated, impacted_business_services: hit } = newest(each);
	return incidentOf({
		id: each.id,
		title: each.title,
		level: levelFor(SEVERITY_LEVELS, severity, unknown),
		state: status,
		open: stateFor(OPEN_STATES, status, unknown) ?? true,
		started: each.updates.at(-1)?.reported_at,
		updated,
		names: hit.map(({ id }) => id),
	});
}
