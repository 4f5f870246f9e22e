import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inspectPage } from "../../../src/io/sources/inspect.ts";
import { inspectJson } from "../../../src/io/sources/inspect-json.ts";
import { fixture, NOW } from "./fixture.ts";
import { body, redirect, type StatusServer, startStatusServer, status } from "./status-server.ts";

const HOST = "http://status.parley.example";
const HTML = "text/html; charset=utf-8";
const JSON_TYPE = "application/json";
let server: StatusServer;

beforeAll(async () => {
	server = await startStatusServer();
});
afterAll(() => server.stop());
beforeEach(() => {
	server.answers.clear();
	server.asked.length = 0;
});

function inspect(address: string, allowPrivate = true) {
	const { signal } = new AbortController();
	return inspectPage(address, { fetchPage: server.fetchPage, signal, now: () => NOW, allowPrivate });
}

/** What was asked for, without the host. */
const paths = () => server.asked.map((asked) => asked.slice(asked.indexOf("/")));

describe("inspecting a page", () => {
	it("reads the address itself when it is a summary, with one request", async () => {
		server.answers.set("/api/v2/summary.json", body(fixture("statuspage/parley-photos-major.json"), JSON_TYPE));
		const found = await inspect(`${HOST}/api/v2/summary.json#incidents`);
		expect(found).toMatchObject({ kind: "page", url: `${HOST}/api/v2/summary.json`, page: { format: "statuspage" } });
		expect(found).not.toHaveProperty("movedFrom");
		expect(paths()).toEqual(["/api/v2/summary.json"]);
	});

	it.each([
		["/api/v2/summary.json", "statuspage/parley-operational.json", "statuspage"],
		["/api/v2/summary.json", "incidentio/glimpse-operational.json", "incidentio"],
		["/api/v2/summary.json", "instatus/tideline-up.json", "instatus"],
		["/summary.json", "instatus/tideline-up.json", "instatus"],
		["/history.atom", "feed/parley-open.xml", "feed"],
		["/history.rss", "feed/glimpse-reopened.xml", "feed"],
		["/feed.rss", "feed/glimpse-reopened.xml", "feed"],
		["/index.json", "betterstack/harbour-photos-down.json", "betterstack"],
		["/index.json", "cstate/orchard-disrupted.json", "cstate"],
		["/api/v1/components?per_page=200", "cachet/mill-operational.json", "cachet"],
		["/rss", "statuscast/edgeworks-open.xml", "statuscast"],
	])("finds %s behind a page for people: %s is %s", async (path, name, format) => {
		server.answers.set("/incidents/abc", body("<!doctype html><title>Parley Status</title>", HTML));
		server.answers.set(path, body(fixture(name), "text/plain"));
		expect(await inspect(`${HOST}/incidents/abc`)).toMatchObject({ kind: "page", url: HOST + path, page: { format } });
	});

	it.each([
		["pagerduty/relay-us-minor.html", "pagerduty"],
		["incidentio/glimpse-page.html", "incidentio"],
		["instatus/tideline-page.html", "instatus"],
		["uptimecom/kiln-photos-out.html", "uptimecom"],
		["signal/signal-up.html", "signal"],
	])("reads the page for people itself where it carries its data: %s", async (name, format) => {
		server.answers.set("/", body(fixture(name), HTML));
		expect(await inspect(HOST)).toMatchObject({ kind: "page", url: `${HOST}/`, page: { format } });
		expect(paths()).toEqual(["/"]);
	});

	it.each([
		["/", "Powered by Cachet", "/api/components?per_page=200", "cachet/loom-v3-components.json"],
		["/", "statuspage by StatusHub", "/api/statuses", "statushub/canal-up.json"],
		["/", "Slack System Status", "/api/v2.0.0/current", "slack/slack-ok.json"],
		["/", "Heroku Status", "/api/v4/current-status", "heroku/current-green.json"],
		["/whatsapp-business-api", "Meta status", "/data/orgs.json", "meta/orgs-cloud-api-high.json"],
		["/status/attic", "Attic", "/api/status-page/heartbeat/attic", "uptimekuma/attic-up.json"],
		[
			"/appsstatus/dashboard/",
			"Google Workspace",
			"/appsstatus/dashboard/incidents.json",
			"google/dashboard-meet-open.json",
		],
		["/", "Vault, by Hund", "/state_feed/feed.atom", "feed/vault-hund.xml"],
	])("goes by what %s says of itself (%s) to %s", async (start, words, path, name) => {
		server.answers.set(start, body(`<!doctype html><title>${words}</title>`, HTML));
		server.answers.set(path, body(fixture(name), "text/plain"));
		expect(await inspect(HOST + start)).toMatchObject({ kind: "page", url: HOST + path });
		expect(paths().length).toBeLessThanOrEqual(8);
	});

	it("follows a page of Status.io to where its data is", async () => {
		const asked: string[] = [];
		await inspectPage(HOST, {
			fetchPage: (url, how) => {
				asked.push(url);
				return server.fetchPage(url.replace("https://api.status.io", HOST), how);
			},
			signal: new AbortController().signal,
			now: () => NOW,
			allowPrivate: true,
		});
		expect(asked.join()).not.toContain("status.io");
		server.answers.set(
			"/",
			body(`<!doctype html><script>var statuspageId = '59db90dbcdeb2f04dadcf16d';</script>`, HTML),
		);
		server.answers.set(
			"/1.0/status/59db90dbcdeb2f04dadcf16d",
			body(fixture("statusio/quarry-operational.json"), JSON_TYPE),
		);
		const found = await inspectPage(HOST, {
			fetchPage: (url, how) => server.fetchPage(url.replace("https://api.status.io", HOST), how),
			signal: new AbortController().signal,
			now: () => NOW,
			allowPrivate: true,
		});
		expect(found).toMatchObject({ kind: "page", page: { format: "statusio", level: "operational" } });
	});

	it("asks no more than twelve times, however many feeds a page names", async () => {
		const links = Array.from({ length: 50 }, (_, n) => `<link rel=alternate type=application/rss+xml href=/f${n}>`);
		server.answers.set("/", body(`<!doctype html><html><head>${links.join("")}</head></html>`, HTML));
		expect(await inspect(HOST)).toMatchObject({ kind: "failed", tried: { length: 12 } });
		expect(server.asked).toHaveLength(12);
	});

	it("finds the feed that a page names, on the same host only", async () => {
		const html = `<!DOCTYPE html><html><head>
			<link rel="stylesheet" href="/a.css">
			<link rel="alternate" type="application/rss+xml" href="http://elsewhere.example/feed">
			<link href='/news?a=1&amp;b=2' type='application/atom+xml' rel='alternate'></head></html>`;
		server.answers.set("/", body(html, HTML));
		server.answers.set("/news?a=1&b=2", body(fixture("feed/parley-open.xml"), "application/atom+xml"));
		expect(await inspect(HOST)).toMatchObject({ kind: "page", url: `${HOST}/news?a=1&b=2`, page: { format: "feed" } });
		expect(paths()).toEqual([
			"/",
			"/api/v2/summary.json",
			"/summary.json",
			"/index.json",
			"/api/v1/components?per_page=200",
			"/news?a=1&b=2",
		]);
		expect(new Set(server.asked.map((asked) => asked.split("/")[0]))).toEqual(new Set(["status.parley.example"]));
	});

	it("tells where it was sent to another host", async () => {
		server.answers.set("/", redirect(`${HOST}/home`));
		server.answers.set("/home", body("<!doctype html><title>Parley</title>", HTML));
		server.answers.set("/api/v2/summary.json", body(fixture("statuspage/parley-operational.json"), JSON_TYPE));
		expect(await inspect("http://old.parley.example")).toMatchObject({
			kind: "page",
			url: `${HOST}/api/v2/summary.json`,
			movedFrom: "http://old.parley.example/",
		});
	});

	it("finds what is real behind a page that answers every other address", async () => {
		server.answers.set("*", body("<!doctype html><html><title>Meta Status</title></html>", HTML));
		server.answers.set("/data/orgs.json", body(fixture("meta/orgs-no-known-issues.json"), JSON_TYPE));
		expect(await inspect(`${HOST}/graph-api`)).toMatchObject({ kind: "page", url: `${HOST}/data/orgs.json` });
		expect(paths()).toEqual(["/graph-api", "/data/orgs.json"]);
	});

	it("tells a page that answers every address with the same HTML from a status page, in four requests", async () => {
		server.answers.set("*", body("<!doctype html><html><title>App</title></html>", HTML));
		const result = await inspect(HOST);
		expect(result).toMatchObject({
			kind: "failed",
			failure: {
				kind: "unreadable",
				detail:
					"status.parley.example: no status page in a format known here; the address itself gave an HTML page titled “App”, and so did all others",
			},
		});
		expect(result.kind === "failed" && result.tried[1]).toEqual({
			url: `${HOST}/api/v2/summary.json`,
			what: "an HTML page titled “App”",
		});
		expect(server.asked).toHaveLength(4);
	});

	it("looks further after a 404, a 403 or a redirect in circles", async () => {
		server.answers.set("/a", status(403));
		server.answers.set("/loop", redirect(`${HOST}/loop`));
		server.answers.set("/api/v2/summary.json", body(fixture("statuspage/parley-operational.json"), JSON_TYPE));
		for (const path of ["/a", "/loop", "/missing"]) expect(await inspect(HOST + path)).toMatchObject({ kind: "page" });
	});

	it("stops at once where the server asks to be left alone", async () => {
		server.answers.set("*", status(429, { "retry-after": "60" }));
		expect(await inspect(HOST)).toMatchObject({
			kind: "failed",
			failure: { kind: "http", status: 429, retryAfterMs: 60_000 },
			tried: [{ what: "HTTP 429 with an HTML page titled “Oops”" }],
		});
		expect(server.asked).toHaveLength(1);
	});

	it("stops at once where nothing answers", async () => {
		server.answers.set("*", (_request, response) => void response.destroy());
		const result = await inspect(HOST);
		expect(result).toMatchObject({ kind: "failed", failure: { kind: "reset" } });
		expect(server.asked).toHaveLength(1);
	});
});

describe("what is not opened", () => {
	it.each([
		["a literal loopback address", "http://127.0.0.1/"],
		["the same, in IPv6 clothes", "http://[::ffff:127.0.0.1]/"],
		["the same, as one number", "http://2130706433/"],
		["where clouds keep their secrets", "http://169.254.169.254/latest/meta-data/"],
		["a name that means this computer", `${HOST}/`],
	])("%s, unless the local network is allowed", async (_what, address) => {
		server.answers.set("*", body(fixture("statuspage/parley-operational.json"), JSON_TYPE));
		const result = await inspect(address, false);
		expect(result).toMatchObject({ kind: "failed", failure: { kind: "unreachable" } });
		expect(result.kind === "failed" && result.failure.detail).toMatch(
			/is an address of this computer or a local network/,
		);
		expect(server.asked).toEqual([]);
	});

	it.each([
		["ftp://status.parley.example/", "only http and https addresses can be inspected, not ftp:"],
		["file:///etc/passwd", "not a web address: file:///etc/passwd"],
		[
			"https://user:secret@status.parley.example/",
			"an address with a user name or password in it is not opened; leave them out",
		],
		["javascript:alert(1)", "not a web address: javascript:alert(1)"],
		["", "not a web address:"],
		["https://", "not a web address: https://"],
		["two words", "not a web address: two words"],
		[`https://x.example/${"a".repeat(3000)}`, "not a web address: https://x.example/aaa"],
	])("%j, with a clear sentence and no request", async (address, detail) => {
		const result = await inspect(address);
		expect(result).toMatchObject({ kind: "failed", failure: { kind: "unreadable" }, tried: [] });
		expect(result.kind === "failed" && result.failure.detail.startsWith(detail)).toBe(true);
		expect(server.asked).toEqual([]);
	});

	it("takes an address without a scheme as https", async () => {
		const asked: string[] = [];
		await inspectPage(" Status.Parley.example:8443/x ", {
			fetchPage: async (url) => {
				asked.push(url);
				return server.fetchPage("http://old.parley.example/", { accept: "*/*", signal: AbortSignal.abort() });
			},
			signal: new AbortController().signal,
			now: () => NOW,
		});
		expect(asked).toEqual(["https://status.parley.example:8443/x"]);
	});
});

describe("an inspection for machines", () => {
	it("has times in RFC 3339 and leaves out what there is not", async () => {
		server.answers.set("/s", body(fixture("statuspage/parley-photos-major.json"), JSON_TYPE));
		expect(inspectJson(await inspect(`${HOST}/s`))).toEqual({
			format: "statuspage",
			page: { name: "Parley", url: "https://status.parley.example" },
			level: "degraded",
			components: [
				{ id: "c0send000001", name: "Sending and receiving", group: "Messaging", level: "operational" },
				{ id: "c0media00001", name: "Photos and videos", group: "Messaging", level: "partial_outage" },
				{ id: "c0call000001", name: "Calls", level: "operational" },
				{ id: "c0cdn0000001", name: "EdgeCo CDN", level: "operational" },
			],
			incidents: [
				{
					id: "i0photos0001",
					title: "Photos & videos do not load",
					level: "partial_outage",
					state: "identified",
					open: true,
					startedAt: "2026-05-12T07:51:00.000Z",
					updatedAt: "2026-05-12T08:19:30.250Z",
				},
			],
			maintenances: [],
		});
	});

	it("tells maintenances and unknown words", async () => {
		const summary = JSON.parse(fixture("statuspage/parley-maintenance.json"));
		server.answers.set("/s", body(JSON.stringify({ ...summary, status: { indicator: "odd" } }), JSON_TYPE));
		expect(inspectJson(await inspect(`${HOST}/s`))).toMatchObject({
			level: "unknown",
			maintenances: [
				{
					id: "m0planned001",
					title: "Database upgrade",
					state: "in_progress",
					active: true,
					from: "2026-05-12T07:30:00.000Z",
					until: "2026-05-12T09:30:00.000Z",
				},
				{ id: "m0later00001", active: false },
			],
			unknownWords: ["odd"],
		});
	});

	it("says what was tried where nothing was found", async () => {
		const failed = inspectJson(await inspect(HOST));
		expect(failed).toMatchObject({ failure: { kind: "http", status: 404 }, tried: { length: 11 } });
		expect(JSON.stringify(failed)).not.toMatch(/null|undefined/);
	});
});
