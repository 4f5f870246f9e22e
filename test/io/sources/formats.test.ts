import { describe, expect, it } from "vitest";
import type { SourceFormat } from "../../../src/core/check.ts";
import type { Level } from "../../../src/core/level.ts";
import { FORGOTTEN_AFTER_MS, officialLevels } from "../../../src/core/official-levels.ts";
import { answerOf } from "../../../src/io/sources/describe.ts";
import { SOURCES } from "../../../src/io/sources/registry.ts";
import { type Source, Unreadable } from "../../../src/io/sources/source.ts";
import { fixture, NOW } from "./fixture.ts";

/** What holds for every format, on pages written in each vendor's shape. */
interface Row {
	readonly format: SourceFormat;
	/** A page on a good day. */
	readonly well: string;
	/** A page on a bad day, and what it says: its level, and its components by `Group / Name` or name. */
	readonly bad: string;
	readonly level: Level;
	readonly components: Readonly<Record<string, Level>>;
	/** Title, level and components of its open incident, which began at 07:40 and was updated at 08:10. */
	readonly incident?: readonly [title: string, level: Level, components: readonly string[]];
	/** Titles of the work going on and of the work to come, for the formats that have any. */
	readonly work?: readonly [now: string | undefined, later: string | undefined];
	/** What the page says when its open incident has not been touched for weeks, where only incidents say anything. */
	readonly forgotten?: Level;
	/** A page whose word for the whole, or for its only open incident, is replaced by one that no table knows. */
	readonly word?: readonly [page: string, known: string, strange: string];
	/** A key that the format is known by. */
	readonly key?: string;
}

const ROWS: readonly Row[] = [
	{
		format: "statuspage",
		well: "statuspage/parley-operational.json",
		bad: "statuspage/parley-incidents.json",
		level: "degraded",
		components: {},
		incident: ["Calls drop", "degraded", ["c0call000001"]],
		forgotten: "operational",
		word: ["statuspage/parley-operational.json", '"none"', '"zonked"'],
		key: "page",
	},
	{
		format: "incidentio",
		well: "incidentio/glimpse-native-operational.json",
		bad: "incidentio/glimpse-native-login.json",
		level: "partial_outage",
		components: {
			"App / Login": "partial_outage",
			"App / Photos": "operational",
			"API / Login": "operational",
			Search: "maintenance",
		},
		incident: ["People cannot log in", "partial_outage", ["C1"]],
		work: ["Key rotation", "New disks"],
		word: ["incidentio/glimpse-native-login.json", '"partial_outage"', '"zonked"'],
		key: "affected_components",
	},
	{
		format: "incidentio",
		well: "incidentio/glimpse-widget-none.json",
		bad: "incidentio/glimpse-widget-login.json",
		level: "partial_outage",
		components: { "App / Login": "partial_outage" },
		work: ["Key rotation", "New disks"],
		forgotten: "operational",
		word: ["incidentio/glimpse-widget-login.json", '"partial_outage"', '"zonked"'],
		key: "ongoing_incidents",
	},
	{
		format: "incidentio",
		well: "incidentio/glimpse-operational.json",
		bad: "incidentio/glimpse-page.html",
		level: "partial_outage",
		components: {
			"App / Login": "partial_outage",
			"App / Photos": "operational",
			"API / Login": "operational",
			Search: "maintenance",
		},
		key: "structure",
		incident: ["People cannot log in", "partial_outage", ["C1"]],
		work: ["Key rotation", "New disks"],
	},
	{
		format: "instatus",
		well: "instatus/tideline-page-older.html",
		bad: "instatus/tideline-page.html",
		level: "degraded",
		components: { Uploads: "major_outage", Login: "operational" },
		work: [undefined, "New disks"],
		word: ["instatus/tideline-page-older.html", '"UP"', '"zonked"'],
		key: "site",
	},
	{
		format: "instatus",
		well: "instatus/tideline-up.json",
		bad: "instatus/tideline-components.json",
		level: "partial_outage",
		components: { "App / Uploads": "partial_outage", "App / Feed": "operational", Login: "operational" },
		word: ["instatus/tideline-up.json", '"UP"', '"zonked"'],
		key: "components",
	},
	{
		format: "betterstack",
		well: "betterstack/harbour-operational.json",
		bad: "betterstack/harbour-photos-down.json",
		level: "partial_outage",
		components: {
			"Messages / Sending": "maintenance",
			"Media / Photos": "major_outage",
			"Media / Search": "operational",
		},
		incident: ["Photos do not load", "partial_outage", ["2101"]],
		work: ["Key rotation", "New disks"],
		word: ["betterstack/harbour-operational.json", '"aggregate_state": "operational"', '"aggregate_state": "zonked"'],
		key: "aggregate_state",
	},
	{
		format: "statusio",
		well: "statusio/quarry-operational.json",
		bad: "statusio/quarry-asia-disrupted.json",
		level: "partial_outage",
		components: {
			Uploads: "major_outage",
			"Uploads / Europe": "operational",
			"Uploads / Asia": "major_outage",
			Login: "maintenance",
		},
		incident: ["Uploads fail in Asia", "partial_outage", ["5a01"]],
		work: ["Key rotation", "New disks"],
		word: ["statusio/quarry-operational.json", "100", "999"],
		key: "status_overall",
	},
	{
		format: "cachet",
		well: "cachet/mill-operational.json",
		bad: "cachet/mill-login-us-out.json",
		level: "partial_outage",
		components: { Feed: "operational", "EU / Login": "operational", "US / Login": "partial_outage" },
		word: ["cachet/mill-operational.json", '"status": 1', '"status": 9'],
		key: "status_name",
	},
	{
		format: "cachet",
		well: "cachet/loom-v3-status.json",
		bad: "cachet/mill-incidents.json",
		level: "degraded",
		components: {},
		incident: ["Login fails in the US", "degraded", ["3"]],
		work: [undefined, "New disks"],
		forgotten: "operational",
		word: ["cachet/loom-v3-status.json", '"operational"', '"zonked"'],
		key: "message",
	},
	{
		format: "cachet",
		well: "cachet/loom-v3-components.json",
		bad: "cachet/loom-v3-incidents.json",
		level: "degraded",
		components: {},
		incident: ["Feed is slow", "degraded", []],
		forgotten: "operational",
		word: ["cachet/loom-v3-components.json", '"value": 1', '"value": 9'],
		key: "attributes",
	},
	{
		format: "cachet",
		well: "cachet/loom-v3-components.json",
		bad: "cachet/loom-v3-schedules.json",
		level: "maintenance",
		components: {},
		work: ["Key rotation", "New disks"],
		key: "attributes",
	},
	{
		format: "cstate",
		well: "cstate/orchard-ok.json",
		bad: "cstate/orchard-disrupted.json",
		level: "partial_outage",
		components: { "Apps / Uploads": "partial_outage", "Apps / Search": "partial_outage" },
		incident: ["Uploads are disrupted", "partial_outage", ["Uploads", "Search"]],
		word: ["cstate/orchard-ok.json", '"summaryStatus": "ok"', '"summaryStatus": "zonked"'],
		key: "summaryStatus",
	},
	{
		format: "checkly",
		well: "checkly/brook-none.json",
		bad: "checkly/brook-voice-minor.json",
		level: "degraded",
		components: { Voice: "degraded" },
		incident: ["Voice is slow", "degraded", ["s1"]],
		work: ["Key rotation", undefined],
		forgotten: "maintenance",
		word: ["checkly/brook-voice-minor.json", '"MINOR"', '"zonked"'],
		key: "severity",
	},
	{
		format: "statuspal",
		well: "statuspal/fern-none.json",
		bad: "statuspal/fern-photos-major.json",
		level: "partial_outage",
		components: { Chat: "maintenance", "Media / Photos": "partial_outage", "Media / Voice": "operational" },
		incident: ["Photos do not load", "partial_outage", ["3"]],
		work: ["Key rotation", "New disks"],
		word: ["statuspal/fern-photos-major.json", '"current_incident_type": "major"', '"current_incident_type": "zonked"'],
		key: "current_incident_type",
	},
	{
		format: "sorry",
		well: "sorry/ledger-operational.json",
		bad: "sorry/ledger-invoices-degraded.json",
		level: "partial_outage",
		components: { "Apps / Invoices": "partial_outage", Login: "degraded" },
		word: ["sorry/ledger-operational.json", '"operational"', '"zonked"'],
		key: "state",
	},
	{
		format: "sorry",
		well: "sorry/ledger-page.json",
		bad: "sorry/ledger-notices.json",
		level: "degraded",
		components: {},
		incident: ["Invoices fail", "degraded", []],
		work: ["Key rotation", "New disks"],
		forgotten: "operational",
		word: ["sorry/ledger-page.json", '"operational"', '"zonked"'],
		key: "notices",
	},
	{
		format: "statushub",
		well: "statushub/canal-up.json",
		bad: "statushub/canal-one-down.json",
		level: "partial_outage",
		components: {},
		word: ["statushub/canal-up.json", "count_status_1", "count_status_9"],
		key: "counters",
	},
	{
		format: "pagerduty",
		well: "pagerduty/relay-good.html",
		bad: "pagerduty/relay-us-minor.html",
		level: "degraded",
		components: { "Messages (EU)": "operational", "Messages (US)": "degraded" },
		incident: ["Messages are late in the US", "degraded", ["PS2"]],
		work: ["Key rotation", "New disks"],
		forgotten: "operational",
		word: ["pagerduty/relay-us-minor.html", '"minor"', '"zonked"'],
		key: "open_incidents",
	},
	{
		format: "uptimekuma",
		well: "uptimekuma/attic-up.json",
		bad: "uptimekuma/attic-two-down.json",
		level: "major_outage",
		components: { 1: "major_outage", 2: "maintenance" },
		word: ["uptimekuma/attic-up.json", '"status": 1', '"status": 9'],
		key: "heartbeatList",
	},
	{
		format: "uptimekuma",
		well: "uptimekuma/attic-up.json",
		bad: "uptimekuma/attic-config.json",
		level: "partial_outage",
		components: { "Media / Photos": "unknown" },
		incident: ["Photos are gone", "partial_outage", []],
		work: ["Key rotation", "New disks"],
		key: "publicGroupList",
	},
	{
		format: "upptime",
		well: "upptime/garden-up.json",
		bad: "upptime/garden-shop-down.json",
		level: "major_outage",
		components: { Garden: "degraded", "Garden shop": "major_outage" },
		word: ["upptime/garden-up.json", '"up"', '"zonked"'],
		key: "dailyMinutesDown",
	},
	{
		format: "uptimecom",
		well: "uptimecom/kiln-operational.html",
		bad: "uptimecom/kiln-photos-out.html",
		level: "major_outage",
		components: { API: "maintenance", "Media / Photos": "major_outage" },
		incident: ["Photos do not load", "degraded", ["3"]],
		work: ["Key rotation", "New disks"],
		word: ["uptimecom/kiln-operational.html", '"operational"', '"zonked"'],
		key: "global_is_operational",
	},
	{
		format: "uptimerobot",
		well: "uptimerobot/cellar-up.json",
		bad: "uptimerobot/cellar-relay-down.json",
		level: "major_outage",
		components: { Web: "operational", "Relay one": "major_outage", "Old relay": "unknown" },
		word: ["uptimerobot/cellar-up.json", '"success"', '"zonked"'],
		key: "statusClass",
	},
	{
		format: "slack",
		well: "slack/slack-ok.json",
		bad: "slack/slack-huddles-incident.json",
		level: "partial_outage",
		components: { Huddles: "partial_outage", Files: "operational" },
		incident: ["Huddles do not start", "partial_outage", ["Huddles"]],
		work: [undefined, "Work on search"],
		word: ["slack/slack-ok.json", '"ok"', '"zonked"'],
		key: "active_incidents",
		forgotten: "unknown",
	},
	{
		format: "google",
		well: "google/dashboard-all-closed.json",
		bad: "google/dashboard-meet-open.json",
		level: "partial_outage",
		components: { Meet: "partial_outage", Mail: "operational" },
		incident: ["Meetings fail to start", "partial_outage", ["prodMeet"]],
		forgotten: "operational",
		word: ["google/dashboard-meet-open.json", '"SERVICE_DISRUPTION"', '"zonked"'],
		key: "external_desc",
	},
	{
		format: "apple",
		well: "apple/consumer-available.json",
		bad: "apple/developer-imessage-issue.js",
		level: "degraded",
		components: { iMessage: "degraded", FaceTime: "operational", Photos: "maintenance" },
		incident: ["iMessage: Messages may be late.", "degraded", ["iMessage"]],
		work: ["Photos: Work on photos.", "Photos: More work on photos."],
		word: ["apple/developer-imessage-issue.js", '"Issue"', '"zonked"'],
		key: "services",
	},
	{
		format: "aws",
		well: "aws/events-none.json",
		bad: "aws/events-ec2-disrupted.json",
		level: "partial_outage",
		components: {
			"Oregon / Elastic Compute": "partial_outage",
			"Oregon / Load Balancing": "degraded",
			"Oregon / Notifications": "operational",
			"Oregon / Names": "operational",
		},
		incident: ["Connectivity", "partial_outage", ["ec2-us-west-2", "elb-us-west-2", "sns-us-west-2"]],
		forgotten: "operational",
		word: ["aws/events-ec2-disrupted.json", '"status": "3"', '"status": "zonked"'],
		key: "service",
	},
	{
		format: "aws",
		well: "aws/feed-empty.xml",
		bad: "aws/feed-disruption.xml",
		level: "partial_outage",
		components: {},
		forgotten: "unknown",
	},
	{
		format: "microsoft",
		well: "microsoft/consumer-operational.json",
		bad: "microsoft/consumer-onedrive-degraded.json",
		level: "degraded",
		components: { "Outlook.com": "operational", OneDrive: "degraded" },
		word: ["microsoft/consumer-operational.json", '"Operational"', '"zonked"'],
		key: "Status",
	},
	{
		format: "meta",
		well: "meta/orgs-no-known-issues.json",
		bad: "meta/orgs-cloud-api-high.json",
		level: "major_outage",
		components: {
			"WhatsApp Business Platform / Cloud API": "major_outage",
			"WhatsApp Business Platform / Embedded Signup": "degraded",
			"Graph API / Platform Status": "operational",
		},
		word: ["meta/orgs-no-known-issues.json", '"No known issues"', '"zonked"'],
		key: "status",
	},
	{
		format: "meta",
		well: "aws/events-none.json",
		bad: "meta/outages-cloud-api.json",
		level: "partial_outage",
		components: { 4: "partial_outage" },
		incident: ["Messages are late.", "partial_outage", ["4"]],
		forgotten: "operational",
		word: ["meta/outages-cloud-api.json", '"Medium disruptions"', '"zonked"'],
		key: "service_id",
	},
	{
		format: "meta",
		well: "meta/feed-empty.xml",
		bad: "meta/feed-open.xml",
		level: "degraded",
		components: {},
		forgotten: "unknown",
	},
	{
		format: "salesforce",
		well: "salesforce/instances-ok.json",
		bad: "salesforce/instances-na1-major.json",
		level: "major_outage",
		components: { "EMEA / EU1": "maintenance", "NA / NA1": "major_outage" },
		word: ["salesforce/instances-ok.json", '"OK"', '"zonked"'],
		key: "status",
	},
	{
		format: "heroku",
		well: "heroku/current-green.json",
		bad: "heroku/current-data-red.json",
		level: "major_outage",
		components: { Apps: "operational", Data: "major_outage", Tools: "maintenance" },
		incident: ["Databases do not answer", "degraded", []],
		work: ["Key rotation", "New disks"],
		word: ["heroku/current-green.json", '"green"', '"zonked"'],
		key: "system",
	},
	{
		format: "signal",
		well: "signal/signal-up.html",
		bad: "signal/signal-other-words.html",
		level: "unknown",
		components: {},
		word: ["signal/signal-up.html", "up and running", "having a rest"],
	},
	{
		format: "azure",
		well: "azure/azure-empty.xml",
		bad: "azure/azure-front-door.xml",
		level: "degraded",
		components: { "Azure Front Door": "degraded", "West Europe": "degraded" },
		forgotten: "unknown",
	},
	{
		format: "statuscast",
		well: "statuscast/edgeworks-resolved.xml",
		bad: "statuscast/edgeworks-open.xml",
		level: "degraded",
		components: {},
		work: [undefined, "Scheduled maintenance in Oslo (OSL)"],
		forgotten: "operational",
	},
];

const read = (format: SourceFormat, path: string, now = NOW) =>
	(SOURCES[format] as Source).parse(answerOf(fixture(path)), now);
const at = (time: string) => Date.parse(`2026-05-12T${time}:00Z`);
const LATER = NOW + FORGOTTEN_AFTER_MS + 24 * 3_600_000;

/** The rows that have a property, with their names for the report. */
function having<K extends keyof Row>(key: K) {
	return ROWS.filter((row): row is Row & Required<Pick<Row, K>> => row[key] !== undefined);
}

it("every format stands in the table", () => {
	expect(new Set([...ROWS.map(({ format }) => format), "feed"])).toEqual(new Set(Object.keys(SOURCES)));
});

describe.each(ROWS)("$format: $bad", ({ format, well, bad, level, components }) => {
	it("is operational on a good day, without a word that is not known", () => {
		expect(read(format, well)).toMatchObject({ format, level: "operational", unknownWords: [] });
	});

	it("says how bad it is, and where", () => {
		const page = read(format, bad);
		const seen = page.components.map(({ group, name, level }) => [group ? `${group} / ${name}` : name, level]);
		expect(Object.fromEntries(seen)).toEqual(components);
		expect(page).toMatchObject({ format, level });
	});
});

describe.each(having("incident"))(
	"$format: the incident of $bad",
	({ format, bad, incident: [title, level, names] }) => {
		it("is one entry with its newest state, its components by id, and its times", () => {
			const open = read(format, bad).incidents.filter((each) => each.open);
			expect(open).toHaveLength(1);
			expect(open[0]).toMatchObject({
				title,
				level,
				startedAt: at("07:40"),
				updatedAt: at("08:10"),
				components: names,
			});
		});

		it("is not believed once nobody has touched it for weeks", () => {
			const spec = { format, url: "", components: {}, speaksForWhole: true };
			expect(officialLevels(read(format, bad), spec, NOW).whole).toMatchObject({ title });
			expect(officialLevels(read(format, bad, LATER), spec, LATER).whole).not.toHaveProperty("incidentId");
		});
	},
);

describe.each(having("forgotten"))("$format: what is left of $bad", ({ format, bad, forgotten }) => {
	it(`weeks later is ${forgotten}`, () => {
		expect(read(format, bad, LATER).level).toBe(forgotten);
	});
});

describe.each(having("work"))("$format: the work of $bad", ({ format, bad, work: [now, later] }) => {
	it("is going on or to come, by its window", () => {
		const titles = (active: boolean) => {
			const [first] = read(format, bad).maintenances.filter((each) => each.active === active);
			return first?.title;
		};
		expect([titles(true), titles(false)]).toEqual([now, later]);
	});
});

describe.each(having("word"))(
	"$format: a word that no table knows, in $word.0",
	({ format, word: [path, known, strange] }) => {
		it("is unknown, noted, and never operational", () => {
			const text = fixture(path).replaceAll(known, strange);
			expect(text).not.toBe(fixture(path));
			const page = (SOURCES[format] as Source).parse(answerOf(text), NOW);
			expect(page.level).not.toBe("operational");
			expect(page.unknownWords.join()).toMatch(/zonked|9|having a rest/);
		});
	},
);

describe.each(having("key"))("$format: $bad, damaged", ({ format, bad, key }) => {
	const text = fixture(bad);
	const parse = (damaged: string) => () => (SOURCES[format] as Source).parse(answerOf(damaged), NOW);

	it("is unreadable when it breaks off", () => {
		for (const part of [0.3, 0.6, 0.9]) expect(parse(text.slice(0, text.length * part))).toThrow(Unreadable);
	});

	it("is unreadable without the key it is known by", () => {
		expect(parse(text)).not.toThrow();
		expect(parse(text.replaceAll(new RegExp(`(?<=\\W)${key}(?=\\W)`, "g"), "something"))).toThrow(Unreadable);
	});
});
