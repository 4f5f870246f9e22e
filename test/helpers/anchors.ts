import type { SourceFormat } from "../../src/core/check.ts";

/** Where a value must stand for an answer to be of a format: `page.id`; a last part in brackets says what it must be. */
type Path = string;
/** All of these together; for text that is no JSON, what must be found in it. */
type Anchor = readonly Path[] | RegExp;

const STATUSPAGE: readonly Anchor[] = [
	["page.id", "page.name", "status.indicator"],
	["page.id", "page.name", "components[]"],
	["page.id", "page.name", "incidents[]"],
	["page.id", "page.name", "scheduled_maintenances[]"],
];
const FEED: readonly Anchor[] = [/<rss[\s\S]*<channel[\s\S]*<title/i, /<feed[\s\S]*<title/i];

/**
 * What makes an answer one of a format, written down apart from the code that reads it: of several lines one is enough. Whatever lacks
 * it must never be read as "all is well".
 */
const ANCHORS: Readonly<Record<SourceFormat, readonly Anchor[]>> = {
	statuspage: STATUSPAGE,
	incidentio: [
		...STATUSPAGE,
		["summary.affected_components[]", "summary.ongoing_incidents[]", "summary.structure.items[]"],
		["incidents[+]"],
		["page_title", "ongoing_incidents[]"],
		/"summary\\?":\s*\{/,
	],
	instatus: [["page.name", "page.status"], ["components[+]"], /__NEXT_DATA__|__next_f|application\/json/],
	betterstack: [["data.attributes.company_name", "data.attributes.aggregate_state", "included[]"]],
	statusio: [["result.status_overall.status_code", "result.status[]"]],
	cachet: [["data[]", "meta"], ["data[]"], ["data.attributes.status"]],
	cstate: [["cStateVersion", "summaryStatus", "systems[]"]],
	checkly: [["incidents[]"]],
	statuspal: [["status_page.name"]],
	sorry: [["page.state"], ["components[+]"], ["response[+]"], ["notices[+]"]],
	statushub: [["counters"]],
	pagerduty: [/<script[^>]*id="data"[\s\S]*open_incidents/],
	uptimekuma: [
		["heartbeatList", "uptimeList"],
		["config.title", "publicGroupList[]"],
	],
	upptime: [["[+]", "0.name", "0.status"]],
	uptimecom: [["data.global_is_operational", "data.components[]"], /"statuspage":[\s\S]*global_is_operational/],
	uptimerobot: [["data[+]", "psp.totalMonitors"], ["psp.monitors[+]"]],
	slack: [["status", "active_incidents[]"]],
	google: [["[+]", "0.begin", "0.status_impact"]],
	apple: [["services[+]"], /jsonCallback\(\s*\{[\s\S]*"services"/],
	aws: [["[]"], ["current[]"], ...FEED],
	microsoft: [["Status"], ["[+]", "0.Status"]],
	meta: [["[]"], ...FEED],
	salesforce: [
		["key", "status"],
		["[+]", "0.key", "0.status"],
	],
	heroku: [["status[+]", "incidents[]", "scheduled[]"]],
	signal: [/id=["']?symbol\b[\s\S]*Signal/i],
	azure: FEED,
	statuscast: FEED,
	feed: FEED,
};

/** Whether an answer has what makes it one of the format. */
export function isAnchored(format: SourceFormat, text: string, value: unknown): boolean {
	return ANCHORS[format].some((anchor) =>
		anchor instanceof RegExp ? anchor.test(text) : anchor.every((path) => stands(path, value)),
	);
}

function stands(path: Path, value: unknown): boolean {
	const [, keys = "", kind = ""] = /^([^[]*)(\[\+?\])?$/.exec(path) ?? [];
	const found = keys === "" ? value : keys.split(".").reduce<unknown>((at, key) => Object(at)[key], value);
	if (kind === "") return found !== undefined && found !== null;
	return Array.isArray(found) && (kind === "[]" || found.length > 0);
}
