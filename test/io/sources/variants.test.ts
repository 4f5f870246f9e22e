import { describe, expect, it } from "vitest";
import type { SourceFormat } from "../../../src/core/check.ts";
import type { Level } from "../../../src/core/level.ts";
import { answerOf } from "../../../src/io/sources/describe.ts";
import { SOURCES } from "../../../src/io/sources/registry.ts";
import { type Source, Unreadable } from "../../../src/io/sources/source.ts";
import { fixture, NOW } from "./fixture.ts";

const read = (format: SourceFormat, text: string, now = NOW) => (SOURCES[format] as Source).parse(answerOf(text), now);
const json = (path: string) => JSON.parse(fixture(path));

describe("a state that no table knows", () => {
	it.each<[SourceFormat, string, string, string]>([
		["statuspage", "statuspage/parley-incidents.json", '"identified"', '"pondering"'],
		["incidentio", "incidentio/glimpse-native-login.json", '"status": "identified"', '"status": "pondering"'],
		["incidentio", "incidentio/glimpse-widget-login.json", '"identified"', '"pondering"'],
		["instatus", "instatus/tideline-one-major.json", '"MONITORING"', '"pondering"'],
		["cachet", "cachet/mill-incidents.json", '"status": 2', '"status": 77'],
		[
			"checkly",
			"checkly/brook-voice-minor.json",
			'"lastUpdateStatus": "IDENTIFIED"',
			'"lastUpdateStatus": "pondering"',
		],
		["sorry", "sorry/ledger-notices.json", '"identified"', '"pondering"'],
		["pagerduty", "pagerduty/relay-us-minor.html", '"status": "investigating"', '"status": "pondering"'],
		["slack", "slack/slack-huddles-incident.json", '"status": "active",\n   "url"', '"status": "pondering",\n   "url"'],
		["uptimecom", "uptimecom/kiln-photos-out.html", '"identified"', '"pondering"'],
		["apple", "apple/developer-imessage-issue.js", '"ongoing"', '"pondering"'],
	])("%s: leaves the incident of %s open, and is noted", (format, path, known, strange) => {
		const open = (text: string) => read(format, text).incidents.filter((each) => each.open).length;
		const text = fixture(path).replace(known, strange);
		expect(text).not.toBe(fixture(path));
		expect(open(text)).toBe(open(fixture(path)));
		expect(read(format, text).unknownWords.join()).toMatch(/pondering|77/);
	});
});

describe("one page of several never says that all is well", () => {
	const mill = json("cachet/mill-operational.json");
	mill.meta.pagination.total = 60;
	const loom = json("cachet/loom-v3-components.json");
	loom.meta.last_page = 2;
	const ledger = json("sorry/ledger-operational.json");
	ledger.meta.next_page = 2;
	const cellar = json("uptimerobot/cellar-up.json");
	cellar.psp.totalMonitors = 3;

	it.each<[SourceFormat, object]>([
		["cachet", mill],
		["cachet", loom],
		["sorry", ledger],
		["uptimerobot", cellar],
	])("%s", (format, body) => {
		expect(read(format, JSON.stringify(body)).level).toBe("unknown");
	});

	it("but tells the trouble on it", () => {
		cellar.data[0].statusClass = "danger";
		expect(read("uptimerobot", JSON.stringify(cellar)).level).toBe("major_outage");
	});
});

describe("other shapes of the same vendors", () => {
	const [instance] = json("salesforce/instances-ok.json");
	const { data, psp } = json("uptimerobot/cellar-up.json");
	const quarry = json("statusio/quarry-asia-disrupted.json");
	const [kiln] = /\{"siteURL".*\}(?=\))/.exec(fixture("uptimecom/kiln-operational.html")) ?? [];

	it.each<[SourceFormat, string, object, Level]>([
		[
			"statuspal",
			"its short status",
			{ status_page: { name: "Fern", url: null, current_incident_type: null } },
			"operational",
		],
		["uptimerobot", "its older list", { psp: { monitors: data, totalMonitors: psp.totalMonitors } }, "operational"],
		["uptimecom", "what its script asks for", { error: null, data: JSON.parse(kiln ?? "").statuspage }, "operational"],
		["salesforce", "a single instance", instance, "operational"],
		["aws", "events inside of an object", { current: json("aws/events-ec2-disrupted.json") }, "partial_outage"],
		["microsoft", "a single post", json("microsoft/consumer-operational.json")[0], "operational"],
		["cstate", "an informational issue", withIssue({ informational: true }), "operational"],
		[
			"statusio",
			"one list of maintenances",
			{ result: { ...quarry.result, maintenance: quarry.result.maintenance.upcoming } },
			"partial_outage",
		],
	])("%s: %s", (format, _what, body, level) => {
		expect(read(format, JSON.stringify(body))).toMatchObject({ format, level });
	});

	function withIssue(more: object) {
		const index = json("cstate/orchard-ok.json");
		const [{ unresolvedIssues }] = json("cstate/orchard-disrupted.json").systems;
		index.systems[0].unresolvedIssues = unresolvedIssues.map((issue: object) => ({ ...issue, ...more }));
		return index;
	}
});

describe("what each vendor means", () => {
	it("incident.io: an incident that is over on its components, and still watched, is not bad now", () => {
		const body = json("incidentio/glimpse-native-login.json");
		body.summary.affected_components = [];
		body.summary.ongoing_incidents = [body.summary.ongoing_incidents[0]];
		body.summary.ongoing_incidents[0].affected_components[0].current_status = "operational";
		const page = read("incidentio", JSON.stringify(body));
		expect(page).toMatchObject({ level: "operational", incidents: [{ open: true, level: "operational" }] });
	});

	it("incident.io: a parent page does not know how its sub-pages are", () => {
		const page = read("incidentio", fixture("incidentio/glimpse-native-parent.json"));
		expect(page.level).toBe("unknown");
		expect(page.components.map(({ level }) => level)).toEqual(["unknown", "unknown", "unknown", "unknown"]);
	});

	it("incident.io: a re-opened incident is one, with its first id", () => {
		expect(read("incidentio", fixture("incidentio/glimpse-native-incidents.json")).incidents).toMatchObject([
			{ id: "01JV1N8K3Y6D0Z4QW2C7XTRM5B", open: true, updatedAt: Date.parse("2026-05-12T08:10:00Z") },
		]);
	});

	it("Uptime Kuma: the newest beat counts wherever it stands, and an old one says nothing", () => {
		const page = read("uptimekuma", fixture("uptimekuma/attic-up.json"));
		expect(page.components.map(({ id, level }) => [id, level])).toEqual([
			["1", "operational"],
			["2", "operational"],
		]);
		expect(read("uptimekuma", fixture("uptimekuma/attic-up.json"), NOW + 3 * 3_600_000).level).toBe("unknown");
		expect(read("uptimekuma", '{"heartbeatList":{},"uptimeList":{}}').level).toBe("unknown");
	});

	it("Slack: active without an incident is a contradiction, and so is any other word", () => {
		for (const status of ["active", "zonked"]) {
			const page = read("slack", JSON.stringify({ status, active_incidents: [] }));
			expect(page).toMatchObject({ level: "unknown", unlisted: "unknown" });
		}
	});

	it("Uptime.com: a page that is not operational with nothing but green components is a contradiction", () => {
		const text = fixture("uptimecom/kiln-operational.html").replace(
			'"global_is_operational": true',
			'"global_is_operational": false',
		);
		expect(read("uptimecom", text).level).toBe("unknown");
	});

	it("Google: an end to come is not an end", () => {
		const [open] = json("google/dashboard-meet-open.json");
		const ending = (end: string) => read("google", JSON.stringify([{ ...open, end }])).level;
		expect(ending("2026-05-12T09:00:00+00:00")).toBe("partial_outage");
		expect(ending("2026-05-12T08:29:00+00:00")).toBe("operational");
		expect(() => read("google", "[]")).toThrow(Unreadable);
	});

	it("AWS: an event left open for months is not believed", () => {
		const page = read("aws", fixture("aws/events-ec2-disrupted.json"), NOW + 90 * 24 * 3_600_000);
		expect(page.level).toBe("operational");
		expect(new Set(page.components.map(({ level }) => level))).toEqual(new Set(["operational"]));
	});

	it("Azure, AWS and Meta: an empty feed that was made days ago says nothing", () => {
		for (const [format, path] of [
			["azure", "azure/azure-empty.xml"],
			["aws", "aws/feed-empty.xml"],
			["meta", "meta/feed-empty.xml"],
		] as const) {
			expect(read(format, fixture(path)).level).toBe("operational");
			expect(read(format, fixture(path), NOW + 3 * 24 * 3_600_000).level).toBe("unknown");
			expect(read(format, fixture(path).replace(/<lastBuildDate>.*<\/lastBuildDate>/, "")).level).toBe("unknown");
		}
	});

	it("Azure: the address of a host of Microsoft's own is not shown", () => {
		expect(read("azure", fixture("azure/azure-front-door.xml")).page).toEqual({ name: "Azure Status" });
	});

	it("StatusCast: hope is not an end, and a look back is no incident", () => {
		const page = read("statuscast", fixture("statuscast/edgeworks-open.xml"));
		expect(page.incidents.map(({ id, open }) => [id, open])).toEqual([
			["378", true],
			["377", false],
			["370", false],
		]);
		expect(page.incidents[0]).toMatchObject({ startedAt: Date.parse("2026-05-12T07:40:00Z") });
	});

	it("Signal: the sentence is read from the page, not from its style sheet", () => {
		expect(read("signal", fixture("signal/signal-other-words.html"))).toMatchObject({
			level: "unknown",
			unknownWords: ["Signal is having a rest."],
		});
		const difficult = fixture("signal/signal-up.html").replace("up and running", "experiencing technical difficulties");
		expect(read("signal", difficult).level).toBe("partial_outage");
	});

	it("Hund, by its feed: what has ended is over, what is pending is to come", () => {
		const page = read("feed", fixture("feed/vault-hund.xml"));
		expect(page).toMatchObject({ level: "operational", maintenances: [{ state: "pending", active: false }] });
		expect(page.incidents.map(({ state, open }) => [state, open])).toEqual([
			["ended", false],
			["resolved", false],
		]);
	});

	it("Better Stack: a resource that nobody watches is unknown, and no strange word", () => {
		const page = read("betterstack", fixture("betterstack/harbour-operational.json"));
		expect(page.components.find(({ name }) => name === "Search")?.level).toBe("unknown");
		expect(page.unknownWords).toEqual([]);
	});
});
