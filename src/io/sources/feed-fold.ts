import type { Time } from "../../core/model.ts";
import { idOf } from "./plain-text.ts";

/** One item of a feed, whichever kind; times in ms where they could be read. */
export interface FeedItem {
	readonly guid: string | undefined;
	readonly link: string | undefined;
	readonly title: string;
	/** The body, untouched. */
	readonly html: string;
	readonly published: Time | undefined;
	readonly updated: Time | undefined;
}

/** Everything a feed says about one incident; title and body are those of the newest update. */
export interface FoldedItem {
	readonly id: string;
	readonly title: string;
	readonly html: string;
	readonly startedAt?: Time;
	readonly updatedAt?: Time;
}

const LONGEST_LINK = 1000;

/** One entry per incident, in the feed's order. Among updates of the same time the one that stands first is the newest. */
export function foldItems(items: readonly FeedItem[], feedUrl: string | undefined): FoldedItem[] {
	return [...Map.groupBy(items, (item) => keyOf(item, feedUrl))].map(([key, updates]) => {
		const newest = updates.reduce((best, item) => ((item.updated ?? 0) > (best.updated ?? 0) ? item : best));
		const guids = new Set(updates.map((item) => item.guid ?? key));
		const [guid = key] = guids;
		const starts = updates.flatMap((item) => item.published ?? []);
		return {
			id: idOf(guids.size === 1 ? guid : key),
			title: newest.title,
			html: newest.html,
			...(starts.length > 0 && { startedAt: Math.min(...starts) }),
			...(newest.updated !== undefined && { updatedAt: newest.updated }),
		};
	});
}

/**
 * What tells incidents apart. Some feeds give each update a guid of its own, and the incident's address as the link; others
 * give every item the same link. So the link counts where the last part of its path has a digit, as ids have, and it is not
 * the feed's own.
 */
function keyOf({ guid, link, title }: FeedItem, feedUrl: string | undefined): string {
	const url = link === undefined || link.length > LONGEST_LINK || link === feedUrl ? null : URL.parse(link);
	const lastPart = url?.pathname.split("/").findLast((part) => part !== "");
	if (!url || !/\d/.test(lastPart ?? "")) return guid ?? link ?? title;
	url.hash = "";
	return url.href === feedUrl ? (guid ?? url.href) : url.href;
}
