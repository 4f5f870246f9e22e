import type { IncidentNotice, Notice } from "./notices.ts";
import {
	type Affected,
	blame,
	duration,
	inShort,
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
			return fitting(
				"It is getting better: ",
				[whatFails(notice.features, names)],
				inShort(notice.features, names, MOST_NAMED),
			);
		case "closed": {
			const services = unique(notice.features.map(({ service }) => nameOf(service, names)));
			return `${some(services, 5)} ${services.length === 1 ? "works" : "work"} again after ${duration(notice.at - notice.openedAt)}.`;
		}
	}
}

function troubleSentence(before: string, { features, cause, culprit }: IncidentNotice, names: Names): string {
	const whose = sentences(blame(cause, culprit, names));
	const short = inShort(features, names, MOST_NAMED);
	return fitting(before, [`${whatFails(features, names)} ${whose}`, `${short} ${whose}`], short);
}

/** The first telling that a notification can show whole, else the shortest. */
function fitting(before: string, tellings: readonly string[], shortest: string): string {
	return before + (tellings.find((text) => before.length + text.length <= NOTICE_LIMIT) ?? shortest);
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
			return titled(notice.features, names, some(features, MOST_NAMED), some(features, 1));
		}
	}
}

/** Its body, at most 160 characters: what people cannot do and whose fault it is, or how long it lasted. */
export function noticeBody(notice: Notice, names: Names): string {
	switch (notice.kind) {
		case "connection_lost":
			return "Nothing is said about services until it is back.";
		case "connection_back":
			return `It was lost for ${duration(notice.at - notice.since)}.`;
		case "closed":
			return `It lasted ${duration(notice.at - notice.openedAt)}.`;
		default:
			return troubleSentence("", notice, names);
	}
}

/** The first of several titles that fits: fewer words, then fewer names. */
function titled(features: readonly Affected[], names: Names, ...words: readonly string[]): string {
	const services = unique(features.map(({ service }) => nameOf(service, names)));
	const titles = [MOST_NAMED, 2, 1].flatMap((most) => words.map((word) => `${some(services, most)}: ${word}`));
	return titles.find((title) => title.length <= TITLE_LIMIT) ?? `${some(services, 1).slice(0, TITLE_LIMIT - 1)}…`;
}
