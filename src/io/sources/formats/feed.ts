import { type Level, worst } from "../../../core/level.ts";
import type { Time } from "../../../core/model.ts";
import type { OfficialIncident, OfficialMaintenance, OfficialPage } from "../../../core/official.ts";
import { isForgotten } from "../../../core/official-levels.ts";
import { type FoldedItem, foldItems } from "../feed-fold.ts";
import { FEED_ACCEPT, type FeedItem, type FeedLog, readLog, ttlMs } from "../feed-log.ts";
import { levelOfWords, type Statement, stateOf } from "../feed-words.ts";
import { incidentOf, maintenanceOf, pageOf } from "../parts.ts";
import type { Source } from "../source.ts";
import { note, type UnknownWords } from "../vocabulary.ts";

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
	accept: FEED_ACCEPT,
	timely: true,
	parse: ({ text }, now) => pageOfLog("feed", readLog(text, feed.what), now),
	askAgainAfterMs: ttlMs,
};

/** How a vendor's feed differs from others. */
interface Dialect {
	/** What items about one incident have in common. */
	readonly keyOf?: (item: FeedItem) => string | undefined;
	/** What an item says of itself, where the vendor has words of its own. */
	readonly stateOf?: (item: FoldedItem) => Statement | undefined;
}

/** A log of updates as a page: the reading of `feed`, in a vendor's dialect. */
export function pageOfLog(format: string, log: FeedLog, now: Time, dialect: Dialect = {}): OfficialPage {
	const unknown: UnknownWords = new Set();
	const folded = foldItems(log.items, log.url, dialect.keyOf).map((item) => ({
		item,
		...(dialect.stateOf?.(item) ?? stateOf(item.title, item.html)),
	}));
	for (const entry of folded) if (entry.unknown !== undefined) note(entry.unknown, unknown);
	const plans = folded.filter(({ means }) => means === "planned" || means === "at_work");
	const incidents = folded
		.filter((entry) => !plans.includes(entry))
		.map(({ item, word, means }) => readIncident(item, word, means === "open", now));
	const maintenances = plans.map(({ item: { id, title }, word, means }) =>
		maintenanceOf({ id, title, state: word, underWay: means === "at_work" }, now),
	);
	const level = levelOf(incidents, maintenances, now);
	return pageOf({ format, name: log.name, url: log.url, level, incidents, maintenances, unknown });
}

function readIncident(item: FoldedItem, word: string, open: boolean, now: Time): OfficialIncident {
	return incidentOf({
		id: item.id,
		title: item.title,
		level: levelOfWords(item.title, item.html),
		state: word,
		open: word === "" ? isRecent(item.updatedAt, now) : open,
		started: item.startedAt,
		updated: item.updatedAt,
	});
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
