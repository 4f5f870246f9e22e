import type { Level } from "../../core/level.ts";
import type { Time } from "../../core/model.ts";
import type { OfficialPage } from "../../core/official.ts";
import type { Reply } from "./reply.ts";

/** Statuspage's and incident.io's word for a component that is at this level. */
const COMPONENT_WORDS = {
	unknown: "unknown",
	operational: "operational",
	maintenance: "under_maintenance",
	degraded: "degraded_performance",
	partial_outage: "partial_outage",
	major_outage: "major_outage",
} satisfies Record<Level, string>;

/** Their word for the whole page, and for what an incident does to people. */
const INDICATORS = {
	unknown: "unknown",
	operational: "none",
	maintenance: "maintenance",
	degraded: "minor",
	partial_outage: "major",
	major_outage: "critical",
} satisfies Record<Level, string>;

const INSTATUS_PAGES = {
	unknown: "UNKNOWN",
	operational: "UP",
	maintenance: "UNDERMAINTENANCE",
	degraded: "HASISSUES",
	partial_outage: "ONEMAJOROUTAGE",
	major_outage: "ONEMAJOROUTAGE",
} satisfies Record<Level, string>;

const INSTATUS_IMPACTS = {
	unknown: "UNKNOWN",
	operational: "OPERATIONAL",
	maintenance: "UNDERMAINTENANCE",
	degraded: "DEGRADEDPERFORMANCE",
	partial_outage: "PARTIALOUTAGE",
	major_outage: "MAJOROUTAGE",
} satisfies Record<Level, string>;

/** How a feed says how bad it is: in words, for it has nothing else. */
const FEED_WORDS = {
	unknown: "We are looking into it.",
	operational: "Everything works.",
	maintenance: "Planned maintenance.",
	degraded: "Degraded performance.",
	partial_outage: "There is an outage for some.",
	major_outage: "There is a major outage.",
} satisfies Record<Level, string>;

const STATUSPAGE_ID = "semaforodemo";
const INCIDENTIO_ID = "01SEMAF0R0DEM0000000000000";
const DAY_MS = 86_400_000;
const JSON_TYPE = "application/json; charset=utf-8";

/** What the official page of `service` would send at `now`, in the real format that the page is in. */
export function pageReply(page: OfficialPage, service: string, now: Time): Reply {
	const at = new Date(now);
	const reply = (type: string, body: string) => ({ status: 200, headers: { "content-type": type }, body });
	switch (page.format) {
		case "feed":
			return reply("application/rss+xml; charset=utf-8", feed(page, service, at));
		case "instatus":
			return reply(JSON_TYPE, JSON.stringify(instatus(page, service, at)));
		default:
			return reply(JSON_TYPE, JSON.stringify(summary(page, service, at)));
	}
}

/** Statuspage v2, and incident.io in its shape: told apart by the form of the page's id. */
function summary({ format, page: { url }, level, components, incidents }: OfficialPage, name: string, at: Date) {
	return {
		page: { id: format === "incidentio" ? INCIDENTIO_ID : STATUSPAGE_ID, name, url },
		status: { indicator: INDICATORS[level] },
		components: components.map((component) => ({ ...component, status: COMPONENT_WORDS[component.level] })),
		incidents: incidents.map(({ id, title, state, level: impact, components: ids }) => ({
			id,
			name: title,
			status: state,
			impact: INDICATORS[impact],
			updated_at: at.toISOString(),
			components: ids.map((component) => ({ id: component })),
		})),
		scheduled_maintenances: [],
	};
}

function instatus({ page: { url }, level, incidents }: OfficialPage, name: string, at: Date) {
	return {
		page: { name, url, status: INSTATUS_PAGES[level] },
		activeIncidents: incidents.map(({ id, title, state, level: impact }) => ({
			id,
			name: title,
			status: state.toUpperCase(),
			impact: INSTATUS_IMPACTS[impact],
			updatedAt: at.toISOString(),
		})),
	};
}

/** A feed is a log: under what goes on stands what is over, without which an empty feed would say nothing. */
function feed({ page: { url = "" }, level, incidents }: OfficialPage, name: string, at: Date): string {
	const planned =
		level === "maintenance" ? [item("planned", "Planned work", "In progress", FEED_WORDS.maintenance, at)] : [];
	const open = incidents.map(({ id, title, state, level: impact }) => item(id, title, state, FEED_WORDS[impact], at));
	const over = item("over", "An earlier matter", "Resolved", FEED_WORDS.operational, new Date(at.getTime() - DAY_MS));
	const head = `<title>${escaped(name)}</title><link>${escaped(url)}</link>`;
	return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>${head}${[...planned, ...open, over].join("")}</channel></rss>`;
}

function item(id: string, title: string, state: string, words: string, at: Date): string {
	const body = escaped(`<p><strong>${state.charAt(0).toUpperCase()}${state.slice(1)}</strong> - ${words}</p>`);
	return `<item><guid isPermaLink="false">${escaped(id)}</guid><title>${escaped(title)}</title><pubDate>${at.toUTCString()}</pubDate><description>${body}</description></item>`;
}

function escaped(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
