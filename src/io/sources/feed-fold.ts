import type { Time } from "../../core/model.ts";
import type { FeedItem } from "./feed-log.ts";
import { idOf } from "./plain-text.ts";

/** Everything a feed says about one incident, under one id from first to last; title and body are those of the newest update. */
export interface FoldedItem {
	readonly id: string;
	readonly title: string;
	readonly html: string;
	readonly categories: readonly string[];
	readonly startedAt?: Time;
	readonly updatedAt?: Time;
}

const LONGEST_LINK = 1000;

/**
 * One entry per incident, in the feed's order. Among updates of the same time the one that stands first is the newest.
 * `ownKey` is what a vendor's items about one incident have in common, where that is known.
 */
export function foldItems(
	items: readonly FeedItem[],
	feedUrl: string | undefined,
	ownKey: (item: FeedItem) => string | undefined = () => undefined,
): FoldedItem[] {
	return [...Map.groupBy(items, (item) => ownKey(item) ?? keyOf(item, feedUrl))].map(([key, updates]) => {
		const newest = updates.reduce((best, item) => ((item.updated ?? 0) > (best.updated ?? 0) ? item : best));
		const starts = updates.flatMap((item) => item.published ?? []);
		return {
			id: idOf(key),
			title: newest.title,
			html: newest.html,
			categories: newest.categories,
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
