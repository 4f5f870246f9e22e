import { FEED_ACCEPT, readLog, ttlMs } from "../feed-log.ts";
import { openItemsPage } from "../open-items.ts";
import { type Source, Unreadable } from "../source.ts";

/**
 * Azure's feed of open incidents. Products and regions stand side by side as categories; the link leads to a host of Microsoft's
 * own and is not shown. On 23 July 2026 a sibling of this address served an empty feed from inside the failing region, hours
 * long: silence is only believed while the feed says that it was made lately.
 */
export const azure: Source = {
	format: "azure",
	what: "Azure's status feed",
	accept: FEED_ACCEPT,
	timely: true,
	parse({ text }, now) {
		const { url: _ofTheirOwn, ...log } = readLog(text, azure.what);
		if (!/^Azure Status$/i.test(log.name))
			throw new Unreadable(`expected ${azure.what}, found a feed of something else`);
		return openItemsPage("azure", log, now, { namesInCategories: true });
	},
	askAgainAfterMs: ttlMs,
};
