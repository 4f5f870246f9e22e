import { threadCpuUsage } from "node:process";
import { describe, expect, it } from "vitest";
import type { SourceFormat } from "../../../src/core/check.ts";
import { decodeText } from "../../../src/io/network/decode-text.ts";
import { answerOf } from "../../../src/io/sources/describe.ts";
import { SOURCES } from "../../../src/io/sources/registry.ts";
import { type Source, Unreadable } from "../../../src/io/sources/source.ts";
import { isAnchored } from "../../helpers/anchors.ts";
import { fuzz } from "../../helpers/fuzz.ts";
import { fixture, NOW } from "./fixture.ts";

const FORMATS = Object.keys(SOURCES) as SourceFormat[];

/** Processor time of the quickest of three, ms. */
function quickest(work: () => unknown): number {
	const times = Array.from({ length: 3 }, () => {
		const before = threadCpuUsage();
		work();
		const { user, system } = threadCpuUsage(before);
		return (user + system) / 1000;
	});
	return Math.min(...times);
}

describe("wrong payloads", () => {
	it("are refused or read, never crash or stall a format, and never say that all is well without what makes them a page", () => {
		const { payloads, refused, operational, violations, byFormat } = fuzz(4000, 20190703);
		expect(violations).toEqual([]);
		expect([payloads, byFormat.size]).toEqual([4000, FORMATS.length]);
		// neither is everything thrown away, nor does everything pass
		expect(refused).toBeGreaterThan(payloads / 2);
		expect(operational).toBeGreaterThan(payloads / 20);
	});

	it.each(FORMATS)("lack what makes a page of %s where they are nobody's page", (format) => {
		for (const text of [
			"",
			"{}",
			'{"message":"Forbidden"}',
			'{"status":"ok"}',
			"<!doctype html><title>App</title><div id=app></div>",
		]) {
			expect(isAnchored(format, text, answerOf(text).value)).toBe(false);
			expect(() => (SOURCES[format] as Source).parse(answerOf(text), NOW)).toThrow(Unreadable);
		}
	});
});

describe("AWS's events", () => {
	const text = fixture("aws/events-ec2-disrupted.json");
	const little = Buffer.from(`\ufeff${text}`, "utf16le");
	const expected = SOURCES.aws.parse(answerOf(text), NOW);

	const UTF_16 = "application/json;charset=utf-16";

	it.each([
		["big end first, as AWS sends them", Buffer.from(little).swap16(), UTF_16],
		["little end first", little, UTF_16],
		["in UTF-8 with a mark, whatever is said of them", Buffer.from(`\ufeff${text}`), UTF_16],
		["in UTF-8", Buffer.from(text), "application/json"],
	])("are the same %s", (_, bytes, type) => {
		const page = SOURCES.aws.parse(answerOf(decodeText(bytes, type)), NOW);
		expect(page).toEqual(expected);
		expect(page.level).not.toBe("operational");
	});

	it("are none in six bytes", () => {
		const none = decodeText(Buffer.from([0xfe, 0xff, 0, 0x5b, 0, 0x5d]), UTF_16);
		expect(SOURCES.aws.parse(answerOf(none), NOW).level).toBe("operational");
	});
});

describe("a page of 470 components", () => {
	const page = JSON.parse(fixture("statuspage/parley-operational.json"));
	const [component] = page.components.filter((each: { group?: boolean }) => !each.group);
	const components = Array.from({ length: 470 }, (_, n) => ({
		...component,
		id: `c${String(n).padStart(11, "0")}`,
		name: `Somewhere ${n}`,
		description: "Where people are. ".repeat(20),
		group_id: null,
	}));
	const text = JSON.stringify({ ...page, components });

	it("is read within 15 ms of processor time", () => {
		expect(text.length).toBeGreaterThan(200_000);
		expect(SOURCES.statuspage.parse(answerOf(text), NOW).components).toHaveLength(470);
		// a machine that is ten times slower may take ten times as long
		const once = quickest(() => JSON.parse(text));
		expect(quickest(() => SOURCES.statuspage.parse(answerOf(text), NOW))).toBeLessThan(Math.max(15, 15 * once));
	});
});

describe("XML that no feed needs", () => {
	const rss = (inside: string, before = "") =>
		`<?xml version="1.0"?>${before}<rss version="2.0"><channel><title>T</title>${inside}</channel></rss>`;
	const readable = rss("<item><guid>a</guid><title>It is down</title></item>");
	const bomb = `<!DOCTYPE rss [<!ENTITY a "${"a".repeat(100)}">${Array.from({ length: 9 }, (_, n) => `<!ENTITY ${"bcdefghij"[n]} "${`&${"abcdefghi"[n]};`.repeat(10)}">`).join("")}]>`;

	it("is a feed without what follows", () => {
		expect(SOURCES.feed.parse(answerOf(readable), NOW).incidents).toHaveLength(1);
	});

	it.each<[string, string]>([
		["entities that grow a billionfold", rss("<item><title>&j;</title></item>", bomb)],
		["an entity of its own", rss("<item><title>&a;</title></item>", '<!DOCTYPE rss [<!ENTITY a "b">]>')],
		["an entity from elsewhere", rss("", '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>')],
		["a document type", rss("", '<!DOCTYPE rss SYSTEM "http://elsewhere.test/rss.dtd">')],
		["ten megabytes of nesting", rss("<a>".repeat(3_400_000))],
		["ten megabytes of nesting that closes", rss("<a>".repeat(1_400_000) + "</a>".repeat(1_400_000))],
	])("%s is refused in little time", (_, text) => {
		const before = performance.now();
		for (const format of ["feed", "azure", "statuscast", "meta", "aws"] as const) {
			const source: Source = SOURCES[format];
			expect(() => source.parse(answerOf(text), NOW)).toThrow(Unreadable);
		}
		expect(performance.now() - before).toBeLessThan(10_000);
	});
});
