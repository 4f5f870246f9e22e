import { isHtml } from "./describe.ts";

/** Where the formats keep their documents, the richest first. */
const USUAL_PLACES = [
	"/api/v2/summary.json",
	"/summary.json",
	"/history.atom",
	"/history.rss",
	"/feed.rss",
	"/feed.atom",
	"/feed.xml",
];

const FEED_TYPE = /^application\/(?:rss|atom)\+xml\b/i;

/** Where else on the same host a page may say the same for machines: its JSON, the feeds it names itself, usual feeds. */
export function candidatesNear(pageUrl: string, text: string): string[] {
	const { origin, host } = new URL(pageUrl);
	const usual = USUAL_PLACES.map((path) => origin + path);
	const named = feedsNamedIn(text, pageUrl).filter((url) => new URL(url).host === host);
	const json = usual.filter((url) => url.endsWith(".json"));
	return [...new Set([...json, ...named, ...usual])].filter((url) => url !== pageUrl);
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
