import { parseAtomFeed, parseRssFeed } from "feedsmith";
import type { Time } from "../../core/model.ts";
import { answerOf, describeText } from "./describe.ts";
import { checkedMarkup } from "./markup.ts";
import { titleOf, webUrl } from "./plain-text.ts";
import { Unreadable } from "./source.ts";
import { timeOf } from "./time-of.ts";

/** One item of a feed, whichever kind; times in ms where they could be read. */
export interface FeedItem {
	readonly guid: string | undefined;
	readonly link: string | undefined;
	/** Title and body as they are written: show neither before it was made plain. */
	readonly title: string;
	readonly html: string;
	readonly categories: readonly string[];
	readonly published: Time | undefined;
	readonly updated: Time | undefined;
}

/** A feed as it stands, its newest items first as far as the vendor keeps to that. */
export interface FeedLog {
	readonly name: string;
	readonly url?: string;
	/** When the feed says that it was made. */
	readonly builtAt?: Time;
	/** Where it says that it lives (`<atom:link rel="self">`). */
	readonly self?: string;
	readonly items: readonly FeedItem[];
}

/** What readers of feeds ask for. */
export const FEED_ACCEPT = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.8";

/** The newest items that are read; vendors' feeds have about 25 to 50. */
const ITEMS_LIMIT = 300;

/** Reads RSS 2.0 or Atom; throws `Unreadable` for anything else, `what` being what was expected. */
export function readLog(text: string, what: string): FeedLog {
	const markup = checkedMarkup(text, ["rss", "feed"], what);
	try {
		const log = markup.root === "rss" ? rssLog(markup.text) : atomLog(markup.text);
		if (titleOf(log.name) === "") throw new Unreadable(`expected ${what}, found a feed without a title`);
		return log;
	} catch (error) {
		if (error instanceof Unreadable) throw error;
		throw new Unreadable(`expected ${what}, found ${describeText(answerOf(text))} that does not parse`);
	}
}

/** How long the feed asks to be left alone, in ms. */
export function ttlMs(text: string): number | undefined {
	const minutes = /<ttl>\s{0,20}(\d{1,5})\s{0,20}<\/ttl>/i.exec(text)?.[1];
	return minutes === undefined ? undefined : Number(minutes) * 60_000;
}

function rssLog(text: string): FeedLog {
	const { title, link, lastBuildDate, pubDate, atom, items = [] } = parseRssFeed(text, { maxItems: ITEMS_LIMIT });
	return logOf(
		title,
		link,
		lastBuildDate ?? pubDate,
		atom?.links,
		items.map((item) => ({
			guid: item.guid?.value,
			link: item.link,
			title: item.title ?? "",
			html: item.content?.encoded ?? item.description ?? "",
			categories: (item.categories ?? []).flatMap(({ name }) => name ?? []),
			published: timeOf(item.pubDate),
			updated: timeOf(item.pubDate),
		})),
	);
}

function atomLog(text: string): FeedLog {
	const { title, links, updated, entries = [] } = parseAtomFeed(text, { maxItems: ITEMS_LIMIT });
	return logOf(
		title?.value,
		linkOf(links, "alternate"),
		updated,
		links,
		entries.map((entry) => ({
			guid: entry.id,
			link: linkOf(entry.links, "alternate"),
			title: entry.title?.value ?? "",
			html: entry.content?.value ?? entry.summary?.value ?? "",
			categories: (entry.categories ?? []).flatMap(({ term }) => term ?? []),
			published: timeOf(entry.published),
			updated: timeOf(entry.updated ?? entry.published),
		})),
	);
}

type Links = readonly { readonly href?: string; readonly rel?: string }[];

function linkOf(links: Links = [], rel: string): string | undefined {
	return links.find((link) => (link.rel ?? "alternate") === rel)?.href;
}

function logOf(
	title: string | undefined,
	link: string | undefined,
	built: string | undefined,
	links: Links | undefined,
	items: readonly FeedItem[],
): FeedLog {
	const url = webUrl(link);
	const self = linkOf(links, "self");
	const builtAt = timeOf(built);
	return {
		name: title ?? "",
		...(url && { url }),
		...(builtAt !== undefined && { builtAt }),
		...(self && { self }),
		items,
	};
}
