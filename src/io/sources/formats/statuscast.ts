import { FEED_ACCEPT, type FeedItem, readLog, ttlMs } from "../feed-log.ts";
import type { Statement } from "../feed-words.ts";
import { bodyText, titleOf } from "../plain-text.ts";
import { type Source, Unreadable } from "../source.ts";
import { pageOfLog } from "./feed.ts";

/** Every item is a post; the first number is its incident's, the second its own. */
const GUID = /^\/(\d{1,20})\/\d{1,20}\/?$/;

const OVER =
	/\b(?:has|have|is|was|are|were) (?:now |since )?(?:been )?(?:fully )?(?:resolved|restored|completed|complete|mitigated)\b/i;
const NO_INCIDENT = /^(?:retrospective|announcing|announcement|notice|changes to)\b/i;
const PLANNED = /\b(?:scheduled|planned|upcoming)\b.*\bmaintenance\b|\bcapacity expansion\b/i;

/**
 * StatusCast, `/rss`. Posts name no state but say it in a sentence. Not confirmed by a recorded answer: known from a public
 * client that reads Fastly's.
 */
export const statuscast: Source = {
	format: "statuscast",
	what: "a StatusCast feed",
	accept: FEED_ACCEPT,
	timely: true,
	parse({ text }, now) {
		const log = readLog(text, statuscast.what);
		if (log.items.length === 0 || !log.items.every((item) => keyOf(item) !== undefined)) {
			throw new Unreadable(`expected ${statuscast.what}, found a feed of something else`);
		}
		return pageOfLog("statuscast", log, now, { keyOf, stateOf: ({ title, html }) => sentence(titleOf(title), html) });
	},
	askAgainAfterMs: ttlMs,
};

function keyOf({ guid }: FeedItem): string | undefined {
	return GUID.exec(guid ?? "")?.[1];
}

function sentence(title: string, html: string): Statement | undefined {
	if (NO_INCIDENT.test(title)) return { word: "notice", means: "over" };
	if (OVER.test(bodyText(html))) return { word: "resolved", means: "over" };
	return PLANNED.test(title) ? { word: "scheduled", means: "planned" } : undefined;
}
