import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FORGOTTEN_AFTER_MS } from "../../../src/core/official-levels.ts";
import { answerOf } from "../../../src/io/sources/describe.ts";
import { feed } from "../../../src/io/sources/formats/feed.ts";
import { Unreadable } from "../../../src/io/sources/source.ts";
import { fixture, NOW } from "./fixture.ts";

const HOUR = 3_600_000;
const read = (text: string, now = NOW) => feed.parse(answerOf(text), now);

interface Item {
	readonly title?: string;
	readonly body?: string;
	readonly date?: string;
	readonly guid?: string;
	readonly link?: string;
}

function rss(...items: readonly Item[]): string {
	const entries = items.map(
		({ title = "Something", body = "", date = "Tue, 12 May 2026 08:00:00 GMT", guid, link }) =>
			`<item><title><![CDATA[${title}]]></title><description><![CDATA[${body}]]></description><pubDate>${date}</pubDate>${
				guid ? `<guid>${guid}</guid>` : ""
			}${link ? `<link>${link}</link>` : ""}</item>`,
	);
	return `<rss version="2.0"><channel><title>T</title><link>https://t.example/</link>${entries.join("")}</channel></rss>`;
}

function only(item: Item) {
	const [incident] = read(rss(item)).incidents;
	return incident;
}

describe("a history feed", () => {
	it("has one incident for each entry, its newest update first in the body", () => {
		const page = read(fixture("feed/parley-open.xml"));
		expect(page).toMatchObject({
			format: "feed",
			page: { name: "Parley Status - Incident History", url: "https://status.parley.example" },
			level: "degraded",
			components: [],
			unknownWords: [],
		});
		expect(page.incidents).toEqual([
			{
				id: "https://status.parley.example/incidents/21000003",
				title: "Messages are delayed",
				level: "degraded",
				state: "identified",
				open: true,
				startedAt: Date.parse("2026-05-12T07:58:00Z"),
				updatedAt: Date.parse("2026-05-12T08:19:30Z"),
				components: [],
			},
			expect.objectContaining({ title: "Calls were down", state: "resolved", open: false, level: "partial_outage" }),
		]);
		expect(page.maintenances).toEqual([
			{
				id: "https://status.parley.example/incidents/21000004",
				title: "Database upgrade",
				state: "in progress",
				active: true,
				components: [],
			},
		]);
	});

	it("is operational once everything it lists is over", () => {
		const page = read(fixture("feed/parley-resolved.xml"));
		expect(page.level).toBe("operational");
		expect(page.incidents.map(({ state, open }) => [state, open])).toEqual([
			["resolved", false],
			["completed", false],
		]);
		expect(page.maintenances).toMatchObject([{ state: "scheduled", active: false }]);
	});

	it("folds the updates of one incident into one, wherever they stand: the newest decides, a re-opening too", () => {
		const page = read(fixture("feed/glimpse-reopened.xml"));
		expect(page.level).toBe("partial_outage");
		expect(page.incidents).toEqual([
			{
				id: "https://status.glimpse.example/incidents/01JV1N8K3Y6D0Z4QW2C7XTRM5B",
				title: "Login outage",
				level: "partial_outage",
				state: "identified",
				open: true,
				startedAt: Date.parse("2026-05-12T07:05:00Z"),
				updatedAt: Date.parse("2026-05-12T08:15:00Z"),
				components: [],
			},
		]);
	});

	it("takes the item that stands first for the newest when the times do not tell", () => {
		const guid = "same";
		expect(read(rss({ guid, title: "Resolved: A" }, { guid, title: "Investigating: A" })).incidents).toMatchObject([
			{ state: "resolved" },
		]);
	});

	it.each([
		["https://t.example/", "https://t.example/"],
		["https://t1.example", "https://t.example/"],
		["https://t.example/status-2", "https://t.example/status-2"],
		["https://t.example/status/#incident-7", "https://t.example/"],
	])("keeps incidents apart that share the address %s in the feed of %s", (link, feedUrl) => {
		const items = rss({ guid: "a", link, title: "Resolved: A" }, { guid: "b", link, title: "Investigating: B" });
		const page = read(items.replace("https://t.example/", feedUrl));
		expect(page.incidents.map(({ id, open }) => [id, open])).toEqual([
			["a", false],
			["b", true],
		]);
	});
});

describe("items that name no state", () => {
	it("are open for a day, by words that say how bad it is", () => {
		const page = read(fixture("feed/nimbus-unstated.xml"));
		expect(page.level).toBe("partial_outage");
		expect(page.incidents).toMatchObject([
			{ id: "storage-north", title: "Storage in North", level: "degraded", state: "", open: true },
			{ id: "dns-south", level: "partial_outage", open: true, updatedAt: Date.parse("2026-05-12T07:10:00Z") },
		]);
	});

	it("are closed after that, and the feed is unknown: it never said that anything is over", () => {
		const page = read(fixture("feed/nimbus-unstated.xml"), NOW + 24 * HOUR);
		expect(page.level).toBe("unknown");
		expect(page.incidents.map(({ open }) => open)).toEqual([false, false]);
	});

	it("are in doubt without a date, and leave the feed unknown", () => {
		expect(read(rss({ title: "Resolved: A" }, { title: "B", date: "" })).level).toBe("unknown");
		expect(only({ date: "" })).toMatchObject({ open: false, state: "" });
	});

	it("are not open ahead of their time", () => {
		expect(only({ date: "Wed, 13 May 2026 09:00:00 GMT" })?.open).toBe(false);
	});
});

describe("a feed without news", () => {
	it.each(["feed/nimbus-empty.xml", "feed/journal-blog.xml"])("is unknown, not healthy: %s", (name) => {
		expect(read(fixture(name)).level).toBe("unknown");
	});

	it("forgets an open incident that nobody has touched for weeks", () => {
		const text = rss({ title: "Investigating: outage" }, { title: "Resolved: B" });
		expect(read(text).level).toBe("partial_outage");
		expect(read(text, NOW + FORGOTTEN_AFTER_MS).level).toBe("operational");
	});
});

describe("the state of an item", () => {
	it.each([
		["Resolved: nothing works", "", "resolved", false],
		["[RESOLVED] Messages", "", "resolved", false],
		["[API] Messages [Resolved]", "", "resolved", false],
		["Messages - Resolved", "", "resolved", false],
		["Messages (resolved)", "", "resolved", false],
		["Service is operating normally: messages", "", "service is operating normally", false],
		["Initial Notification: messages", "", "initial notification", true],
		["Messages", "<h3>Status: RESOLVED</h3><p>Severity: none</p>", "resolved", false],
		["Messages", "<b>Status: Investigating</b><br/>We look.", "investigating", true],
		["Messages", "Status: Monitoring - a fix is in", "monitoring", true],
		["Messages", "<strong>Resolved</strong> - fine<p><strong>Investigating</strong>", "resolved", false],
		["Messages", "<p><strong>Tue, 12 May 2026 08:00:00 GMT</strong></p><b>Identified</b>", "identified", true],
		["Messages", "<strong>Postmortem</strong>", "postmortem", false],
	])("of %j with %j is %j", (title, body, state, open) => {
		expect(only({ title, body, date: "Mon, 11 May 2026 01:00:00 GMT" })).toMatchObject({ state, open });
	});

	it.each([
		["Messages: a story", ""],
		["Unresolved: messages", ""],
		["Messages", "<strong>Reopened again</strong><p><strong>Resolved</strong></p>"],
		["Messages", "We hope that this gets resolved soon."],
		["Informational message: messages", ""],
	])("of %j with %j is not stated", (title, body) => {
		expect(only({ title, body })?.state).toBe("");
	});

	it("in words we do not know is noted", () => {
		expect(read(rss({ body: "<h3>Status: Half mended</h3>" }))).toMatchObject({
			incidents: [{ state: "", open: true }],
			unknownWords: ["Half mended"],
		});
	});
});

describe("how bad an item is", () => {
	it.each([
		["Major outage of messages", "major_outage"],
		["Service disruption: messages", "partial_outage"],
		["The site is down", "partial_outage"],
		["Calls unavailable", "partial_outage"],
		["Messages slowed down", "degraded"],
		["Degraded performance", "degraded"],
		["Elevated error rates", "degraded"],
		["Delayed messages", "degraded"],
		["Performance issue: messages", "degraded"],
		["Emergency maintenance", "maintenance"],
		["Something about messages", "unknown"],
	])("%s: %s", (title, level) => {
		expect(only({ title })?.level).toBe(level);
	});

	it("is in the body where the title does not say", () => {
		expect(only({ body: "<p>An <em>outage</em> of calls</p>" })?.level).toBe("partial_outage");
	});
});

describe("hostile and broken documents", () => {
	const bomb = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">${Array.from(
		{ length: 9 },
		(_, n) => `<!ENTITY ${"abcdefghij"[n + 1]} "${`&${"abcdefghij"[n]};`.repeat(10)}">`,
	).join("")}]><rss version="2.0"><channel><title>&j;</title></channel></rss>`;
	const external = `<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&x;</title></channel></rss>`;

	it.each([
		["a billion laughs", bomb, "with a DOCTYPE"],
		["an external entity", external, "with a DOCTYPE"],
		["a DOCTYPE in lower case", external.toLowerCase(), "with a DOCTYPE"],
		["a page for people", "<!doctype html><html><title>Hi</title><rss></html>", "found an HTML page titled “Hi”"],
		["an error in XML", "<Error><Code>AccessDenied</Code></Error>", "found an XML document <Error>"],
		["another feed format", '<rdf:RDF xmlns:rdf="http://x"><channel/></rdf:RDF>', "found an XML document <rdf:RDF>"],
		["JSON", '{"page":{}}', "found JSON with page"],
		["nothing", "", "found an empty body"],
		[
			"a feed without a title",
			"<rss version='2.0'><channel><link>https://t.example/</link></channel></rss>",
			"found a feed without a title",
		],
		["only a root", "<rss version='2.0'/>", "found an XML document <rss>"],
		["a feed cut short", fixture("feed/parley-open.xml").slice(0, 900), "found an XML document <feed>"],
		["an unclosed tag", "<rss version='2.0'><channel", "whose markup is broken"],
		[
			"very deep nesting",
			`<rss version="2.0"><channel><title>x</title>${"<a>".repeat(100_000)}`,
			"that does not parse",
		],
		["half a million tags that never end", `<rss version="2.0"><channel><title>${"<".repeat(500_000)}`, "is broken"],
		["a comment that never ends", `<rss><!--${"-".repeat(500_000)}`, "is broken"],
	])("%s is unreadable, at once", (_what, text, saying) => {
		const start = performance.now();
		expect(() => read(text)).toThrow(Unreadable);
		expect(() => read(text)).toThrow("expected an RSS or Atom feed, ");
		expect(() => read(text)).toThrow(saying);
		expect(performance.now() - start).toBeLessThan(1000);
	});

	it("leaves entities that are not XML's as they are written", () => {
		expect(read(rss()).page.name).toBe("T");
		const text = `<rss version="2.0"><channel><title>&amp;lt;b&amp;gt; &lol; &#38;</title></channel></rss>`;
		expect(read(text).page.name).toBe("<b> &lol; &");
	});

	it.each([
		["dots", `a@b${".".repeat(400_000)}( x`],
		["brackets", "(".repeat(400_000)],
	])("does not linger over authors made of %s", (_what, author) => {
		const start = performance.now();
		const text = rss({}).replace(
			"<item>",
			`<managingEditor>${author}</managingEditor><item><author>${author}</author>`,
		);
		expect(read(text).incidents).toHaveLength(1);
		expect(performance.now() - start).toBeLessThan(1000);
	});

	it.each(["#", "/a", "a1", "1\n"])("does not linger over links made of %j", (piece) => {
		const start = performance.now();
		const link = `https://t.example/${piece.repeat(200_000)}x`;
		expect(read(rss({ link }, { link, guid: "b" })).incidents).toHaveLength(2);
		expect(performance.now() - start).toBeLessThan(1000);
	});

	it("reads a bounded number of items", () => {
		const items = Array.from({ length: 10_000 }, (_, n) => ({ guid: `g${n}` }));
		expect(read(rss(...items)).incidents).toHaveLength(300);
	});

	it("throws only Unreadable, whatever comes", () => {
		const piece = fc.constantFrom(
			"<rss version='2.0'>",
			"<channel>",
			"</channel>",
			"<title>",
			"</title>",
			"<item>",
			"</item>",
			"x",
			"<![CDATA[",
			"]]>",
			"<!--",
			"-->",
			"<feed xmlns='http://www.w3.org/2005/Atom'>",
			"</feed>",
			"</rss>",
			"<entry>",
			"</entry>",
			"&amp;",
			"<guid a='",
			"'>",
			"<link/>",
			"<pubDate>",
			"</pubDate>",
			"<author>",
			"</author>",
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 30 }), fc.boolean(), (pieces, rooted) => {
				const text = (rooted ? "<rss version='2.0'><channel><title>T</title>" : "") + pieces.join("");
				try {
					expect(read(text).format).toBe("feed");
				} catch (error) {
					expect(error).toBeInstanceOf(Unreadable);
				}
			}),
			{ numRuns: 500 },
		);
	});
});

describe("how long a feed asks to be left alone", () => {
	it("is its ttl in minutes", () => {
		expect(feed.askAgainAfterMs?.(fixture("feed/glimpse-reopened.xml"))).toBe(15 * 60_000);
		expect(feed.askAgainAfterMs?.(fixture("feed/nimbus-empty.xml"))).toBeUndefined();
	});
});
