import { isHtml } from "./describe.ts";

interface Place {
	readonly path: string;
	/** Words in a page that give its software away. */
	readonly sign: RegExp;
	/** True where only pages with the sign are asked: nobody else would answer there. */
	readonly signedOnly?: true;
}

/** Where the formats keep their documents, the richest first. */
const PLACES: readonly Place[] = [
	{ path: "/api/v2/summary.json", sign: /statuspage|incident\.io/i },
	{ path: "/summary.json", sign: /instatus/i },
	{ path: "/index.json", sign: /better ?stack|better ?uptime|cstate/i },
	{ path: "/api/v1/components?per_page=200", sign: /cachet/i },
	{ path: "/api/components?per_page=200", sign: /cachet/i, signedOnly: true },
	{ path: "/api/v1/components", sign: /sorry/i, signedOnly: true },
	{ path: "/api/statuses", sign: /statushub/i, signedOnly: true },
	{ path: "/api/v2.0.0/current", sign: /slack/i, signedOnly: true },
	{ path: "/api/v4/current-status", sign: /heroku/i, signedOnly: true },
	{ path: "/api/posts/m365Consumer", sign: /microsoft/i, signedOnly: true },
	{ path: "/data/orgs.json", sign: /\bmeta\b|metastatus/i, signedOnly: true },
	{ path: "/public/currentevents", sign: /\baws\b|amazon/i, signedOnly: true },
	{ path: "/support/systemstatus/data/system_status_en_US.js", sign: /apple/i, signedOnly: true },
];

const FEEDS: readonly Place[] = [
	{ path: "/history.atom", sign: /statuspage|instatus/i },
	{ path: "/history.rss", sign: /statuspage|instatus/i },
	{ path: "/feed.rss", sign: /incident\.io/i },
	{ path: "/feed.atom", sign: /incident\.io/i },
	{ path: "/feed.xml", sign: /feed\.xml/i },
	{ path: "/rss", sign: /statuscast/i },
	{ path: "/state_feed/feed.atom", sign: /\bhund\b/i, signedOnly: true },
];

/** Only the beginning of a page is searched for signs; they stand in its head, its scripts' addresses or its first words. */
const SEARCHED = 200_000;
const FEED_TYPE = /^application\/(?:rss|atom)\+xml\b/i;
const STATUS_IO_PAGE = /\bstatuspageId\s*=\s*["']([0-9a-f]{24})["']/;

/**
 * Where else a page may say the same for machines, the likeliest first: addresses that it names itself, the places of the software
 * it seems to run on, the JSON and the feeds that are usual elsewhere. All on the same host, but for the one of Status.io.
 */
export function candidatesNear(pageUrl: string, text: string): string[] {
	const { origin, host, pathname } = new URL(pageUrl);
	const start = text.slice(0, SEARCHED);
	const signed = [...PLACES, ...FEEDS].filter(({ sign }) => sign.test(start));
	const usual = (places: readonly Place[]) => places.filter(({ signedOnly }) => !signedOnly);
	const at = (places: readonly Place[]) => places.map(({ path }) => origin + path);
	const feeds = feedsNamedIn(text, pageUrl).filter((url) => new URL(url).host === host);
	const dashboard = /\bgoogle\b/i.test(start) ? [new URL("incidents.json", pageUrl).href] : [];
	const statusIo = STATUS_IO_PAGE.exec(start)?.[1];
	const kuma = /^\/status\/([\w-]{1,60})\/?$/.exec(pathname)?.[1];
	return [
		...new Set([
			...(statusIo ? [`https://api.status.io/1.0/status/${statusIo}`] : []),
			...(kuma ? [`${origin}/api/status-page/heartbeat/${kuma}`] : []),
			...dashboard,
			...at(signed),
			...at(usual(PLACES)),
			...feeds,
			...at(usual(FEEDS)),
		]),
	].filter((url) => url !== pageUrl);
}

function feedsNamedIn(html: string, base: string): string[] {
	if (!isHtml(html)) return [];
	return [...html.matchAll(/<link\s[^<>]{1,1000}>/gi)].flatMap(([tag]) => {
		const url = URL.parse(attribute(tag, "href").replaceAll("&amp;", "&"), base);
		const isFeed = /\balternate\b/i.test(attribute(tag, "rel")) && FEED_TYPE.test(attribute(tag, "type"));
		return isFeed && url && /^https?:$/.test(url.protocol) ? [url.href] : [];
	});
}

function attribute(tag: string, name: string): string {
	const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i").exec(tag);
	return match?.[1] ?? match?.[2] ?? match?.[3] ?? "";
}
