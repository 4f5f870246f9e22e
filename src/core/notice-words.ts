import type { Notice } from "./notices.ts";
import { blame, duration, list, localTrouble, type Names, whatFails } from "./wording.ts";
import { FEATURE_WORDS } from "./words.ts";

/** What notification centres show whole. */
const TITLE_LIMIT = 60;
const BODY_LIMIT = 160;

/** The title of a native notification: what it is about. */
export function noticeTitle(notice: Notice, names: Names): string {
	switch (notice.kind) {
		case "connection_lost":
			return cut(localTrouble(notice.cause), TITLE_LIMIT);
		case "connection_back":
			return "The connection is back";
		case "closed":
			return cut(`${servicesOf(notice, names)}: working again`, TITLE_LIMIT);
		default:
			return cut(`${servicesOf(notice, names)}: ${featuresOf(notice)}`, TITLE_LIMIT);
	}
}

/** Its body: what people cannot do, whose fault it is, and since when where it is over. */
export function noticeBody(notice: Notice, names: Names): string {
	switch (notice.kind) {
		case "connection_lost":
			return "Nothing is said about services until it is back.";
		case "connection_back":
			return `It was lost for ${duration(notice.at - notice.since)}.`;
		case "closed":
			return cut(`It lasted ${duration(notice.at - notice.openedAt)}.`, BODY_LIMIT);
		default: {
			const fault = `${blame(notice.cause, notice.culprit, names)}.`;
			return `${cut(`${whatFails(notice.features, names)}`, BODY_LIMIT - fault.length - 2)}. ${fault}`;
		}
	}
}

type Telling = Extract<Notice, { readonly features: unknown }>;

function servicesOf({ features }: Telling, names: Names): string {
	return list([...new Set(features.map(({ service }) => names[service] ?? service))]);
}

function featuresOf({ features }: Telling): string {
	return list([...new Set(features.map(({ feature }) => FEATURE_WORDS[feature]))]);
}

function cut(text: string, limit: number): string {
	return text.length <= limit ? text : `${text.slice(0, Math.max(0, limit - 1)).trimEnd()}…`;
}
