import { plainLine } from "./failure.ts";
import type { IncidentNotice, Notice } from "./notices.ts";
import {
	type Affected,
	blame,
	duration,
	inShort,
	list,
	localTrouble,
	type Names,
	nameOf,
	sentences,
	some,
	unique,
	whatFails,
} from "./wording.ts";
import { FEATURE_WORDS } from "./words.ts";

/** What notification centres show whole. */
const TITLE_LIMIT = 60;
const NOTICE_LIMIT = 160;
const MOST_NAMED = 3;

/** A notice as one line of text, short enough for a notification. */
export function noticeSentence(notice: Notice, names: Names): string {
	switch (notice.kind) {
		case "connection_lost":
			return `${localTrouble(notice.cause)}. Nothing is said about services until it is back.`;
		case "connection_back":
			return `The connection is back after ${duration(notice.at - notice.since)}.`;
		case "opened":
			return troubleSentence("", notice, names);
		case "worsened":
			return troubleSentence("It is getting worse: ", notice, names);
		case "eased":
			return fitting("It is getting better: ", [whatFails(notice.features, names), ...inBrief(notice, names)]);
		case "closed": {
			const services = servicesIn(notice.features, names);
			const again = `${services.length === 1 ? "works" : "work"} again after ${duration(notice.at - notice.openedAt)}.`;
			return fitting(
				"",
				[5, 3, 2].map((most) => `${some(services, most)} ${again}`),
			);
		}
	}
}

function troubleSentence(before: string, notice: IncidentNotice, names: Names): string {
	const whose = sentences(blame(notice.cause, notice.culprit, names));
	const brief = inBrief(notice, names);
	return fitting(before, [
		`${whatFails(notice.features, names)} ${whose}`,
		...brief.map((short) => `${short} ${whose}`),
		...brief,
	]);
}

function inBrief({ features }: IncidentNotice, names: Names): string[] {
	return [MOST_NAMED, 2].map((most) => inShort(features, names, most));
}

/** The first telling that a notification can show whole, else as much of the last as it can. */
function fitting(before: string, tellings: readonly string[]): string {
	const room = NOTICE_LIMIT - before.length;
	return before + (tellings.find(({ length }) => length <= room) ?? plainLine(tellings.at(-1) ?? "", room));
}

/** The title of a native notification, at most 60 characters: who, and what. */
export function noticeTitle(notice: Notice, names: Names): string {
	switch (notice.kind) {
		case "connection_lost":
			return localTrouble(notice.cause);
		case "connection_back":
			return "The connection is back";
		case "closed":
			return titled(notice.features, names, "working again");
		default: {
			const features = unique(notice.features.map(({ feature }) => FEATURE_WORDS[feature]));
			return titled(notice.features, names, some(features, MOST_NAMED), counted(features, "features"));
		}
	}
}

/** Its body, at most 160 characters: what people cannot do, better or worse, and whose fault it is, or how long it lasted. */
export function noticeBody(notice: Notice, names: Names): string {
	switch (notice.kind) {
		case "connection_lost":
			return "Nothing is said about services until it is back.";
		case "connection_back":
			return `It was lost for ${duration(notice.at - notice.since)}.`;
		case "closed":
			return `It lasted ${duration(notice.at - notice.openedAt)}.`;
		default:
			return noticeSentence(notice, names);
	}
}

/** The first of several titles that fits: fewer words, then fewer names. */
function titled(features: readonly Affected[], names: Names, ...words: readonly string[]): string {
	const services = servicesIn(features, names);
	const who = [some(services, MOST_NAMED), some(services, 2), counted(services, "services")];
	const titles = who.flatMap((name) => words.map((word) => `${name}: ${word}`));
	return titles.find((title) => title.length <= TITLE_LIMIT) ?? plainLine(titles.at(-1) ?? "", TITLE_LIMIT);
}

function counted(items: readonly string[], what: string): string {
	return items.length > 1 ? `${items.length} ${what}` : list(items);
}

function servicesIn(features: readonly Affected[], names: Names): string[] {
	return unique(features.map(({ service }) => nameOf(service, names)));
}
