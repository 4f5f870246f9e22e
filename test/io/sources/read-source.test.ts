import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SourceCheck, SourceFormat } from "../../../src/core/check.ts";
import { createReadSource } from "../../../src/io/sources/read-source.ts";
import { fixture, NOW } from "./fixture.ts";
import { body, type StatusServer, startStatusServer, status } from "./status-server.ts";

const JSON_TYPE = "application/json; charset=utf-8";
let server: StatusServer;
let now = NOW;
let read: (path: string, format?: SourceFormat) => ReturnType<ReturnType<typeof createReadSource>>;

beforeAll(async () => {
	server = await startStatusServer();
});
afterAll(() => server.stop());
beforeEach(() => {
	server.answers.clear();
	now = NOW;
	const readSource = createReadSource({ fetchPage: server.fetchPage, now: () => now });
	read = (path, format = "statuspage") => readSource(checkOf(path, format), new AbortController().signal);
});

function checkOf(path: string, format: SourceFormat): SourceCheck {
	const url = `http://status.parley.example${path}`;
	return {
		kind: "source",
		id: `parley/official/${url}`,
		host: "status.parley.example",
		service: "parley",
		source: { format, url, components: {}, speaksForWhole: true },
	};
}

describe("reading a source", () => {
	it("gives the page, fresh, and asks for JSON", async () => {
		let accept: string | undefined;
		server.answers.set("/s.json", (request, response) => {
			accept = request.headers.accept;
			response.writeHead(200, { "content-type": JSON_TYPE }).end(fixture("statuspage/parley-operational.json"));
		});
		const { outcome, ...rest } = await read("/s.json");
		expect(outcome).toMatchObject({ kind: "read", fresh: true, page: { format: "statuspage", level: "operational" } });
		expect(rest).toEqual({});
		expect(accept).toBe("application/json");
	});

	it("asks with the validators of the last answer, and gives the same page when nothing changed", async () => {
		const seen: (string | undefined)[][] = [];
		server.answers.set("/s.json", (request, response) => {
			const { "if-none-match": match, "if-modified-since": since } = request.headers;
			seen.push([match, since]);
			const headers = { "content-type": JSON_TYPE, etag: '"one"', "last-modified": "Tue, 12 May 2026 08:00:00 GMT" };
			if (match === '"one"') response.writeHead(304, headers).end();
			else response.writeHead(200, headers).end(fixture("statuspage/parley-photos-major.json"));
		});
		const first = await read("/s.json");
		const second = await read("/s.json");
		expect(seen).toEqual([
			[undefined, undefined],
			['"one"', "Tue, 12 May 2026 08:00:00 GMT"],
		]);
		expect(first.outcome).toMatchObject({ kind: "read", fresh: true });
		expect(second.outcome).toEqual({ ...first.outcome, fresh: false });
	});

	it("lets an unchanged feed grow old: what names no state falls closed after a day", async () => {
		server.answers.set("/feed.rss", (request, response) => {
			if (request.headers["if-none-match"]) response.writeHead(304).end();
			else response.writeHead(200, { etag: 'W/"f"' }).end(fixture("feed/nimbus-unstated.xml"));
		});
		expect((await read("/feed.rss", "feed")).outcome).toMatchObject({ page: { level: "partial_outage" }, fresh: true });
		now += 24 * 3_600_000;
		expect((await read("/feed.rss", "feed")).outcome).toMatchObject({ page: { level: "unknown" }, fresh: false });
	});

	it("lets work begin and end on a page that has not changed", async () => {
		server.answers.set("/index.json", (request, response) => {
			if (request.headers["if-none-match"]) response.writeHead(304).end();
			else response.writeHead(200, { etag: '"b"' }).end(fixture("betterstack/harbour-photos-down.json"));
		});
		const going = async () => {
			const { outcome } = await read("/index.json", "betterstack");
			return (
				outcome.kind === "read" && outcome.page.maintenances.filter((each) => each.active).map(({ title }) => title)
			);
		};
		expect(await going()).toEqual(["Key rotation"]);
		now = Date.parse("2026-05-12T09:00:00Z");
		expect(await going()).toEqual([]);
		now = Date.parse("2026-05-20T08:30:00Z");
		expect(await going()).toEqual(["New disks"]);
	});

	it("keeps what it remembers through an error of the server", async () => {
		let broken = false;
		server.answers.set("/s.json", (request, response) => {
			if (broken) response.writeHead(500).end();
			else if (request.headers["if-none-match"] === '"one"') response.writeHead(304).end();
			else response.writeHead(200, { etag: '"one"' }).end(fixture("statuspage/parley-operational.json"));
		});
		await read("/s.json");
		broken = true;
		expect((await read("/s.json")).outcome).toMatchObject({ kind: "failed", failure: { kind: "http", status: 500 } });
		broken = false;
		expect((await read("/s.json")).outcome).toMatchObject({ kind: "read", fresh: false });
	});

	it("does not take “not modified” for an answer when it knows no page", async () => {
		server.answers.set("/s.json", status(304));
		expect((await read("/s.json")).outcome).toMatchObject({ kind: "failed", failure: { kind: "unreadable" } });
	});

	it.each<[string, SourceFormat, string]>([
		["instatus/tideline-one-major.json", "statuspage", "instatus"],
		["incidentio/glimpse-operational.json", "statuspage", "incidentio"],
		["statuspage/parley-operational.json", "feed", "statuspage"],
		["feed/parley-open.xml", "statuspage", "feed"],
	])("recognises %s where %s was expected, and says %s", async (name, expected, format) => {
		server.answers.set("/moved", body(fixture(name), "text/plain"));
		expect((await read("/moved", expected)).outcome).toMatchObject({ kind: "read", page: { format } });
	});

	it("tells where a page has moved for good, and follows without a word what moves for a while", async () => {
		const to = "http://status.parley.example/new.json";
		server.answers.set("/new.json", body(fixture("statuspage/parley-operational.json"), JSON_TYPE));
		const moving = (...codes: number[]) => {
			for (const [n, code] of codes.entries()) {
				const location = n === codes.length - 1 ? to : `/hop${n + 1}`;
				server.answers.set(`/hop${n}`, (_request, response) => void response.writeHead(code, { location }).end());
			}
		};
		const movedTo = async (...codes: number[]) => {
			moving(...codes);
			const { outcome } = await read("/hop0");
			expect(outcome.kind).toBe("read");
			return outcome.kind === "read" ? outcome.movedTo : undefined;
		};
		expect(await movedTo(301)).toBe(to);
		expect(await movedTo(308, 301)).toBe(to);
		expect(await movedTo(302)).toBeUndefined();
		expect(await movedTo(307, 301)).toBeUndefined();
		expect(await movedTo(301, 302)).toBe("http://status.parley.example/hop1");
		expect((await read("/new.json")).outcome).not.toHaveProperty("movedTo");
	});

	it("forgets validators once the address answers something unreadable", async () => {
		server.answers.set("/s.json", body(fixture("statuspage/parley-operational.json"), JSON_TYPE, { etag: '"one"' }));
		await read("/s.json");
		let asked: string | undefined = "never";
		server.answers.set("/s.json", body("<!doctype html><title>Welcome</title>", "text/html"));
		expect((await read("/s.json")).outcome).toMatchObject({
			kind: "failed",
			failure: { kind: "unreadable", detail: "expected a Statuspage summary, found an HTML page titled “Welcome”" },
		});
		server.answers.set("/s.json", (request, response) => {
			asked = request.headers["if-none-match"];
			response.end(fixture("statuspage/parley-operational.json"));
		});
		expect((await read("/s.json")).outcome).toMatchObject({ kind: "read" });
		expect(asked).toBeUndefined();
	});

	it("reads AWS in big-endian UTF-16, which its content type does not say", async () => {
		const utf16 = Buffer.from(`\ufeff${fixture("aws/events-ec2-disrupted.json")}`, "utf16le").swap16();
		server.answers.set("/public/currentevents", body(utf16, "application/json;charset=utf-16"));
		expect((await read("/public/currentevents", "aws")).outcome).toMatchObject({
			page: { format: "aws", level: "partial_outage" },
		});
		server.answers.set("/public/currentevents", body(Buffer.from([0xfe, 0xff, 0, 0x5b, 0, 0x5d]), "application/json"));
		expect((await read("/public/currentevents", "aws")).outcome).toMatchObject({ page: { level: "operational" } });
		expect((await read("/public/currentevents", "slack")).outcome).toMatchObject({ kind: "failed" });
	});

	it("reads UTF-16 by its byte order mark", async () => {
		const utf16 = Buffer.from(`\ufeff${fixture("instatus/tideline-up.json")}`, "utf16le");
		server.answers.set("/s.json", body(utf16, "application/json"));
		expect((await read("/s.json", "instatus")).outcome).toMatchObject({ page: { level: "operational" } });
	});
});

describe("failures", () => {
	it.each([401, 403, 404, 500, 503])("status %i is a failure, never a level", async (code) => {
		server.answers.set("/s.json", status(code));
		expect((await read("/s.json")).outcome).toMatchObject({
			kind: "failed",
			failure: { kind: "http", status: code, detail: `HTTP ${code}` },
		});
	});

	it("a 429 says how long to stay away", async () => {
		server.answers.set("/s.json", status(429, { "retry-after": "120" }));
		expect((await read("/s.json")).outcome).toMatchObject({ failure: { status: 429, retryAfterMs: 120_000 } });
	});

	it.each([
		["an empty body", ""],
		["an error in JSON", '{"message":"Forbidden"}'],
		["a summary cut short", fixture("statuspage/parley-operational.json").slice(0, 500)],
	])("%s with status 200 is unreadable", async (_what, text) => {
		server.answers.set("/s.json", body(text, JSON_TYPE));
		expect((await read("/s.json")).outcome).toMatchObject({ kind: "failed", failure: { kind: "unreadable" } });
	});

	it("an answer that is cut off by the network is what the network says", async () => {
		server.answers.set("/s.json", (_request, response) => {
			response.writeHead(200, { "content-length": "5000" });
			response.write('{"page":', () => response.destroy());
		});
		const { outcome } = await read("/s.json");
		expect(outcome).toMatchObject({ kind: "failed", failure: { phase: "transfer" } });
	});
});

describe("when to ask again", () => {
	const feed = fixture("feed/glimpse-reopened.xml");

	it.each([
		["the server's max-age", fixture("statuspage/parley-operational.json"), "public, max-age=90", 90_000],
		["the feed's ttl when it is longer", feed, "max-age=60", 15 * 60_000],
		["the server's max-age when that is longer", feed, "max-age=1200", 20 * 60_000],
		["an hour at most", fixture("statuspage/parley-operational.json"), "max-age=86400", 3_600_000],
		["nothing where nobody says", fixture("statuspage/parley-operational.json"), "no-store", undefined],
	])("is %s", async (_what, text, cacheControl, expected) => {
		server.answers.set("/s", body(text, "text/plain", { "cache-control": cacheControl }));
		expect((await read("/s")).askAgainAfterMs).toBe(expected);
	});

	it("counts for an unchanged page too", async () => {
		server.answers.set("/feed", (request, response) => {
			if (request.headers["if-none-match"]) response.writeHead(304).end();
			else response.writeHead(200, { etag: '"f"' }).end(feed);
		});
		await read("/feed", "feed");
		expect(await read("/feed", "feed")).toMatchObject({ outcome: { fresh: false }, askAgainAfterMs: 15 * 60_000 });
	});
});
