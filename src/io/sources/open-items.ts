import type { Level } from "../../core/level.ts";
import type { Time } from "../../core/model.ts";
import type { OfficialPage } from "../../core/official.ts";
import { type FoldedItem, foldItems } from "./feed-fold.ts";
import type { FeedLog } from "./feed-log.ts";
import { levelOfWords, stateOf } from "./feed-words.ts";
import { componentsNamedIn } from "./named-components.ts";
import { incidentOf, summedPageOf } from "./parts.ts";
import { note, type UnknownWords } from "./vocabulary.ts";

/** A feed that was made so long ago says nothing of now: some keep serving an empty one through an outage. */
const FRESH_MS = 48 * 3_600_000;
const AHEAD_MS = 3_600_000;

interface Habits {
	/** How bad an item is, by words of the vendor's own. */
	readonly levelOf?: (item: FoldedItem) => Level | undefined;
	/** Takes the categories of items for the names of components. */
	readonly namesInCategories?: boolean;
}

/**
 * A feed that lists only what is open, unlike a log of updates. Every item is open unless it says that it is over, and at least a
 * degradation. No items mean that all is well, where the feed says that it was made within the last two days.
 */
export function openItemsPage(format: string, log: FeedLog, now: Time, habits: Habits = {}): OfficialPage {
	const unknown: UnknownWords = new Set();
	const entries = foldItems(log.items, log.url).map((item) => {
		const { word, means, unknown: strange } = stateOf(item.title, item.html);
		if (strange !== undefined) note(strange, unknown);
		const level = habits.levelOf?.(item) ?? levelOfWords(item.title, item.html);
		const names = habits.namesInCategories ? item.categories : [];
		const incident = incidentOf({
			id: item.id,
			title: item.title,
			level: level === "unknown" ? "degraded" : level,
			state: word,
			open: means !== "over",
			started: item.startedAt,
			updated: item.updatedAt,
			names,
		});
		return { incident, about: names.map((name) => ({ id: name, name })) };
	});
	const fresh = log.builtAt !== undefined && now - log.builtAt <= FRESH_MS && log.builtAt - now <= AHEAD_MS;
	const silence = fresh ? "operational" : "unknown";
	const raw = {
		format,
		name: log.name,
		url: log.url,
		components: componentsNamedIn(entries, now),
		unlisted: silence,
		incidents: entries.map(({ incident }) => incident),
		unknown,
	} as const;
	const page = summedPageOf(raw, silence, now);
	return page.level === "operational" ? { ...page, level: silence } : page;
}
