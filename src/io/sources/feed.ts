import { parseAtomFeed, parseRssFeed } from "feedsmith";
import { type Level, worst } from "../../core/level.ts";
import type { Time } from "../../core/model.ts";
import type { OfficialIncident, OfficialMaintenance, OfficialPage } from "../../core/official.ts";
import { isForgotten } from "../../core/official-levels.ts";
import { describeText } from "./describe.ts";
import { type FeedItem, type FoldedItem, foldItems } from "./feed-fold.ts";
import { levelOfWords, stateOf } from "./feed-words.ts";
import { checkedMarkup } from "./markup.ts";
import { titleOf, webUrl } from "./plain-text.ts";
import { UNKNOWN_WORDS_LIMIT } from "./shape.ts";
import { type Source, Unreadable } from "./source.ts";
import { timeOf } from "./time-of.ts";

/** The newest items that are read; vendors' feeds have about 25 to 50. */
const ITEMS_LIMIT = 300;
const HOUR_MS = 3_600_000;
const UNSTATED_FOR_MS = 24 * HOUR_MS;
/** How far a vendor's clock may be ahead. */
const AHEAD_MS = HOUR_MS;

/**
 * RSS 2.0 and Atom. A feed is a log of updates: items about one incident are folded into one, and the newest update decides.
 * - An item that names no state is open for 24 h after a known date, then it is not; without a date it cannot be told.
 * - The page's level is the worst of what is open, or operational when some item says that it is over and nothing is left
 *   in doubt. A feed without items, or one that never names a state (any blog), is `unknown`: emptiness is no health.
 */
export const feed: Source = {
	format: "feed",
	what: "an RSS or Atom feed",
	accept: "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.8",
	parse(text, now) {
		const log = readLog(text);
		const folded = foldItems(log.items, log.url).map((item) => ({ item, ...stateOf(item.title, item.html) }));
		const plans = folded.filter(({ means }) => means === "planned" || means === "at_work");
		const page: OfficialPage = {
			format: "feed",
			page: { name: log.name, ...(log.url && { url: log.url }) },
			level: "unknown",
			components: [],
			incidents: folded
				.filter((entry) => !plans.includes(entry))
				.map(({ item, word, means }) => incidentOf(item, word, means === "open")),
			maintenances: plans.map(({ item, word, means }) => maintenanceOf(item, word, means === "at_work")),
			unknownWords: [...new Set(folded.flatMap(({ unknown }) => unknown ?? []))].slice(0, UNKNOWN_WORDS_LIMIT),
		};
		return asOf(page, now);
	},
	again: asOf,
	askAgainAfterMs(text) {
		const minutes = /<ttl>\s{0,20}(\d{1,5})\s{0,20}<\/ttl>/i.exec(text)?.[1];
		return minutes === undefined ? undefined : Number(minutes) * 60_000;
	},
};

interface Log {
	readonly name: string;
	readonly url?: string;
	readonly items: readonly FeedItem[];
}

function readLog(text: string): Log {
	const markup = checkedMarkup(text, ["rss", "feed"], feed.what);
	try {
		return markup.root === "rss" ? rssLog(markup.text) : atomLog(markup.text);
	} catch (error) {
		if (error instanceof Unreadable) throw error;
		throw new Unreadable(`expected ${feed.what}, found ${describeText(text)} that does not parse`);
	}
}

function rssLog(text: string): Log {
	const { title, link, items = [] } = parseRssFeed(text, { maxItems: ITEMS_LIMIT });
	return logOf(
		title,
		link,
		items.map((item) => ({
			guid: item.guid?.value,
			link: item.link,
			title: titleOf(item.title ?? ""),
			html: item.content?.encoded ?? item.description ?? "",
			published: timeOf(item.pubDate),
			updated: timeOf(item.pubDate),
		})),
	);
}

function atomLog(text: string): Log {
	const { title, links, entries = [] } = parseAtomFeed(text, { maxItems: ITEMS_LIMIT });
	return logOf(
		title?.value,
		alternate(links),
		entries.map((entry) => ({
			guid: entry.id,
			link: alternate(entry.links),
			title: titleOf(entry.title?.value ?? ""),
			html: entry.content?.value ?? entry.summary?.value ?? "",
			published: timeOf(entry.published),
			updated: timeOf(entry.updated ?? entry.published),
		})),
	);
}

function alternate(links: readonly { readonly href?: string; readonly rel?: string }[] = []): string | undefined {
	return links.find((link) => (link.rel ?? "alternate") === "alternate")?.href;
}

function logOf(title: string | undefined, link: string | undefined, items: readonly FeedItem[]): Log {
	const name = titleOf(title ?? "");
	if (name === "") throw new Unreadable(`expected ${feed.what}, found a feed without a title`);
	const url = webUrl(link);
	return { name, ...(url && { url }), items };
}

function incidentOf(item: FoldedItem, word: string, open: boolean): OfficialIncident {
	const { id, title, startedAt, updatedAt } = item;
	return {
		id,
		title,
		level: levelOfWords(title, item.html),
		state: word,
		open,
		...(startedAt !== undefined && { startedAt }),
		...(updatedAt !== undefined && { updatedAt }),
		components: [],
	};
}

function maintenanceOf({ id, title }: FoldedItem, word: string, active: boolean): OfficialMaintenance {
	return { id, title, state: word, active, components: [] };
}

/** The page as it stands at `now`: items without a state fall closed with time, and the level follows. */
function asOf(page: OfficialPage, now: Time): OfficialPage {
	const incidents = page.incidents.map((incident) =>
		incident.state === "" ? { ...incident, open: isRecent(incident.updatedAt, now) } : incident,
	);
	return { ...page, incidents, level: levelOf(incidents, page.maintenances, now) };
}

function isRecent(at: Time | undefined, now: Time): boolean {
	return at !== undefined && now - at <= UNSTATED_FOR_MS && at - now <= AHEAD_MS;
}

function levelOf(
	incidents: readonly OfficialIncident[],
	maintenances: readonly OfficialMaintenance[],
	now: Time,
): Level {
	const open = incidents.filter((incident) => incident.open && !isForgotten(incident, now));
	const atWork = maintenances.some((maintenance) => maintenance.active);
	if (open.length > 0) return worst(open.map((incident) => incident.level));
	if (atWork) return "maintenance";
	const inDoubt = incidents.some((incident) => incident.state === "" && incident.updatedAt === undefined);
	const saysOver = incidents.some((incident) => incident.state !== "" && !incident.open);
	return saysOver && !inDoubt ? "operational" : "unknown";
}
