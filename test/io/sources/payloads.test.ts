import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { SourceFormat } from "../../../src/core/check.ts";
import type { FeatureName } from "../../../src/core/model.ts";
import { officialLevels } from "../../../src/core/official-levels.ts";
import { recognise } from "../../../src/io/sources/recognise.ts";
import { HAS_PAYLOADS, payload } from "./fixture.ts";

if (!HAS_PAYLOADS)
	process.stderr.write("skipped: recorded answers of real pages are not at hand (../shared/payloads)\n");

function read(name: string, now: string, expected: SourceFormat = name.endsWith(".xml") ? "feed" : "statuspage") {
	return recognise(answered(name), Date.parse(now), expected).page;
}

/** Data that was taken out of a web page, put back into one as its vendor does. */
function answered(name: string): string {
	const text = payload(name);
	if (!name.includes("_embedded-") || name.endsWith("-incidents.json")) return text;
	const script = name.startsWith("pagerduty")
		? `<script id="data" type="application/json">${text}</script>`
		: `<script>self.__next_f.push([1,${JSON.stringify(`5:["$","$L1",null,${JSON.stringify(JSON.parse(text))}]\n`)}])</script>`;
	return `<!DOCTYPE html><html><head><title>Status</title></head><body>${script}</body></html>`;
}

function words(name: string, now: string, components: Record<string, FeatureName> = {}) {
	const page = read(name, now);
	return officialLevels(page, { format: "statuspage", url: "", components, speaksForWhole: true }, Date.parse(now));
}

describe.skipIf(!HAS_PAYLOADS)("recorded answers", () => {
	it("Claude, 29 July 2026: four of six components down, one critical incident", () => {
		const page = read("statuspage-anthropic-major.json", "2026-07-29T20:30:00Z");
		expect(page).toMatchObject({
			format: "statuspage",
			page: { name: "Claude" },
			level: "partial_outage",
			unknownWords: [],
		});
		expect(page.components.map(({ level }) => level)).toEqual([
			"major_outage",
			"operational",
			"major_outage",
			"major_outage",
			"major_outage",
			"operational",
		]);
		const said = words("statuspage-anthropic-major.json", "2026-07-29T20:30:00Z", {
			"claude.ai": "messaging",
			"Claude Console (platform.claude.com)": "web",
		});
		expect(said.features.get("messaging")).toEqual({
			level: "major_outage",
			title: "Elevated errors across all models",
			incidentId: "q2kg8n613kr3",
		});
		expect(said.features.get("web")).toEqual({ level: "operational" });
		expect(said.whole.level).toBe("partial_outage");
	});

	it("GitHub, 25 November 2022: a minor indicator over a major incident; Packages fails, Pages has recovered", () => {
		const name = "statuspage-github-2022-packages.json";
		const page = read(name, "2022-11-25T16:00:00Z");
		expect(page.level).toBe("degraded");
		expect(page.incidents).toMatchObject([
			{ level: "partial_outage", open: true, startedAt: Date.parse("2022-11-25T14:39:09.542Z") },
		]);
		expect(page.components).toHaveLength(10);
		expect(page.components.map(({ name }) => name).join()).not.toMatch(/visit/i);
		const said = words(name, "2022-11-25T16:00:00Z", { Packages: "api", Pages: "web" });
		expect(said.features.get("api")).toMatchObject({ level: "partial_outage", incidentId: "ljwdk6qml8z8" });
		expect(said.features.get("web")).toEqual({ level: "operational" });
		expect(said.whole.level).toBe("degraded");
		expect(words(name, "2023-01-25T16:00:00Z").whole).toEqual({ level: "operational" });
	});

	it("Discord, all well: an operational page", () => {
		expect(read("statuspage-discord-summary-operational.json", "2022-02-16T00:00:00Z")).toMatchObject({
			level: "operational",
			components: [{ name: "South Korea", level: "operational" }],
		});
	});

	it("Discord's incidents and maintenances, put into a summary: local offsets, an impact of old, nothing active", () => {
		const summary = JSON.parse(payload("statuspage-discord-summary-operational.json"));
		const { incidents } = JSON.parse(payload("statuspage-discord-incidents-resolved.json"));
		const { scheduled_maintenances } = JSON.parse(payload("statuspage-discord-maintenances-completed.json"));
		const text = JSON.stringify({ ...summary, incidents, scheduled_maintenances });
		const { page } = recognise(text, Date.parse("2022-02-16T00:00:00Z"), "statuspage");
		expect(page.incidents).toMatchObject([
			{
				state: "resolved",
				open: false,
				level: "degraded",
				startedAt: Date.parse("2022-02-15T21:14:17.737Z"),
				updatedAt: Date.parse("2022-02-15T21:37:37.404Z"),
				components: ["rhznvxg4v7yh"],
			},
		]);
		expect(page.maintenances).toMatchObject([
			{ state: "completed", active: false, from: Date.parse("2015-09-22T08:00:00Z"), components: [] },
		]);
	});

	it("Cohere, 23 July 2026: incident.io in Statuspage's shape, its login in trouble, its playground too", () => {
		const name = "incidentio_shim-cohere-major.json";
		const page = read(name, "2026-07-23T23:00:00Z");
		expect(page).toMatchObject({ format: "incidentio", level: "partial_outage", maintenances: [] });
		expect(page.components).toHaveLength(24);
		expect(page.components.filter(({ level }) => level !== "operational")).toMatchObject([
			{ name: "Playground", level: "partial_outage" },
		]);
		const said = words(name, "2026-07-23T23:00:00Z", { Website: "web" });
		expect(said.features.get("web")).toEqual({ level: "operational" });
		expect(said.whole).toMatchObject({ level: "partial_outage", title: "Dashboard Login Service Disruption" });
	});

	it("Perplexity, 23 July 2026: Instatus where Statuspage was, with a page word outside the documentation", () => {
		const page = read("instatus-perplexity-onemajoroutage.json", "2026-07-23T18:00:00Z");
		expect(page).toMatchObject({ format: "instatus", level: "partial_outage", components: [], maintenances: [] });
		expect(page.incidents).toMatchObject([
			{ title: "Computer sandbox issues", state: "MONITORING", level: "major_outage" },
		]);
	});

	it("xAI, July 2026: a feed whose state is in its bodies, all over", () => {
		const page = read("rss_custom-xai-resolved.xml", "2026-07-07T17:00:00Z");
		expect(page.level).toBe("operational");
		expect(page.incidents.map(({ id, state, open }) => [id, state, open])).toEqual([
			["https://status.x.ai/api-us-west-2/INC548339c6", "resolved", false],
			["https://status.x.ai/api-eu-west-1/INC5068f51b", "resolved", false],
			["https://status.x.ai/api-us-east-1/INC3d7f8a82", "resolved", false],
		]);
	});

	it("AWS, 2023: a feed that counts open items by its own day; Pacific dates; resolved events of the newer interface", () => {
		const open = read("aws_rss-aws-2023-items.xml", "2023-02-13T08:30:00Z", "aws");
		expect(open.format).toBe("aws");
		expect(open.incidents.map(({ open, level }) => [open, level])).toEqual([
			[false, "degraded"],
			[true, "degraded"],
		]);
		expect(open.incidents[1]?.updatedAt).toBe(Date.parse("2023-02-02T22:19:24Z"));
		expect(open.level).toBe("degraded");
		expect(read("aws_rss-aws-2023-items.xml", "2023-03-13T08:30:00Z", "aws").level).toBe("unknown");
		expect(read("aws_rss-aws-2023-empty.xml", "2023-02-16T09:00:00Z", "aws").level).toBe("operational");
		const events = read("aws_currentevents-aws-resolved-2023.json", "2023-03-14T00:00:00Z", "aws");
		expect(events.level).toBe("operational");
		expect(events.components.map(({ id, group, level }) => [id, group, level])).toEqual([
			["internetconnectivity-us-west-2", "Oregon", "operational"],
			["elb-us-west-2", "Oregon", "operational"],
			["natgateway-us-west-2", "Oregon", "operational"],
			["ec2-us-west-2", "Oregon", "operational"],
		]);
		expect(events.incidents).toMatchObject([{ open: false, startedAt: Date.parse("2023-03-13T16:57:31Z") }]);
	});

	it("Azure, 23 July 2026: an open item with a bare Z in its date, product and region; well when empty on its day", () => {
		const page = read("azure_rss-azure-westus-early.xml", "2026-07-23T17:00:00Z", "azure");
		expect(page).toMatchObject({ format: "azure", level: "degraded", page: { name: "Azure Status" } });
		expect(page.page).not.toHaveProperty("url");
		expect(page.incidents).toMatchObject([{ open: true, startedAt: Date.parse("2026-07-23T16:29:09Z") }]);
		expect(page.components.map(({ name }) => name)).toEqual(["Network Infrastructure", "West US"]);
		expect(read("azure_rss-azure-healthy-empty.xml", "2026-08-01T23:10:00Z", "azure").level).toBe("operational");
		expect(read("azure_rss-azure-healthy-empty.xml", "2026-08-05T23:10:00Z", "azure").level).toBe("unknown");
	});

	it("Discord's endpoints one by one: parts of a summary, and an empty list that says nothing", () => {
		const now = "2022-02-16T00:00:00Z";
		expect(read("statuspage-discord-components.json", now)).toMatchObject({
			level: "operational",
			components: [{ id: "rhznvxg4v7yh", name: "API" }],
		});
		expect(read("statuspage-discord-status-none.json", now)).toMatchObject({ level: "operational", components: [] });
		expect(read("statuspage-discord-unresolved-empty.json", now).level).toBe("unknown");
		expect(read("statuspage-discord-incidents-resolved.json", now)).toMatchObject({
			level: "operational",
			incidents: [{ title: "Messaging issues", state: "resolved", open: false, components: ["rhznvxg4v7yh"] }],
		});
		expect(read("statuspage-discord-maintenances-completed.json", now)).toMatchObject({
			level: "unknown",
			maintenances: [{ state: "completed", active: false }],
		});
	});

	it("OpenAI, 17 March 2026: a re-opened incident that is being watched, its component well again; Login stands in three groups", () => {
		const page = read("incidentio_embedded-openai.json", "2026-03-17T05:00:00Z");
		expect(page).toMatchObject({ format: "incidentio", level: "operational", maintenances: [], unknownWords: [] });
		expect(page.incidents).toMatchObject([
			{ id: "01KKWW47249GJZZP9ZGR1PTHV5", state: "monitoring", open: true, level: "operational" },
		]);
		const logins = page.components.filter(({ name }) => name === "Login");
		expect(new Set(logins.map(({ id }) => id)).size).toBe(logins.length);
		expect(new Set(logins.map(({ group }) => group)).size).toBe(logins.length);
		expect(logins.length).toBeGreaterThan(1);
	});

	it("Aiven, March 2026: one component partly out, its incident named by id", () => {
		const page = read("incidentio_embedded-aiven.json", "2026-03-04T05:00:00Z");
		expect(page).toMatchObject({
			level: "partial_outage",
			incidents: [{ open: true, level: "partial_outage", components: ["01H0FX8N7BQQ0RCMXSG3YPD5WW"] }],
		});
		expect(page.components.find(({ name }) => name === "Aiven")?.level).toBe("partial_outage");
	});

	it("Linear and Rollbar, all well; Rollbar's past; Miro's parent page, which says nothing", () => {
		const now = "2026-03-20T00:00:00Z";
		expect(read("incidentio_embedded-linear.json", now)).toMatchObject({ level: "operational", incidents: [] });
		const rollbar = read("incidentio_embedded-rollbar.json", now);
		expect(rollbar.level).toBe("operational");
		expect(rollbar.components.some(({ group }) => group !== undefined)).toBe(true);
		const past = read("incidentio_embedded-rollbar-incidents.json", now);
		expect(past.incidents.map(({ open }) => open)).not.toContain(true);
		expect(past.maintenances.map(({ active }) => active)).not.toContain(true);
		expect([past.incidents.length, past.maintenances.length]).toEqual([1, 5]);
		expect(past.maintenances[1]).toMatchObject({ from: Date.parse("2026-03-11T12:00:00Z") });
		const miro = read("incidentio_embedded-miro-parent.json", now);
		expect(miro.level).toBe("unknown");
		expect(new Set(miro.components.map(({ level }) => level))).toEqual(new Set(["unknown"]));
	});

	it("mastodon.social, January 2026: three of four components out, an incident with the impact OPERATIONAL; Whereby, all well", () => {
		const page = read("instatus_embedded-mastodonsocial-hasissues.json", "2026-01-08T00:00:00Z");
		expect(page).toMatchObject({ format: "instatus", level: "degraded", page: { name: "mastodon.social" } });
		expect(page.components.map(({ level }) => level)).toEqual([
			"operational",
			"major_outage",
			"major_outage",
			"major_outage",
		]);
		expect(page.incidents).toMatchObject([{ state: "MONITORING", level: "degraded", open: true }]);
		expect(page.incidents[0]?.components).toHaveLength(2);
		expect(read("instatus_embedded-whereby-up.json", "2026-01-08T00:00:00Z")).toMatchObject({
			level: "operational",
			incidents: [],
		});
	});

	it("Hugging Face, 19 July 2026: one of eight resources down without a report; work of next week is not work now", () => {
		const page = read("betterstack-huggingface-downtime.json", "2026-07-19T13:20:00Z");
		expect(page).toMatchObject({ format: "betterstack", level: "partial_outage", unknownWords: [] });
		expect(page.components.filter(({ level }) => level !== "operational")).toMatchObject([
			{ group: "Spaces", name: "Spaces Proxy", level: "major_outage" },
		]);
		expect(page.incidents.map(({ open }) => open)).toEqual([false, false, false]);
		const next = page.maintenances.find(({ title }) => title.endsWith("Inference Endpoints"));
		expect(next).toMatchObject({ active: false, from: Date.parse("2026-07-22T07:00:00Z") });
		const during = read("betterstack-huggingface-downtime.json", "2026-07-22T07:30:00Z");
		expect(during.maintenances.filter(({ active }) => active)).toHaveLength(1);
	});

	it("Mistral, 27 July 2026: a severity outside the documentation", () => {
		expect(read("checkly-mistral-medium.json", "2026-07-27T15:00:00Z")).toMatchObject({
			format: "checkly",
			level: "partial_outage",
			components: [{ name: "Audio API", level: "partial_outage" }],
			incidents: [{ title: "Audio API Degraded", open: true, state: "INVESTIGATING" }],
			unknownWords: [],
		});
	});

	it("PagerDuty, December 2023: an open incident under a headline that says that all is well", () => {
		const page = read("pagerduty_embedded-pagerduty-minor.json", "2023-12-16T00:00:00Z");
		expect(page).toMatchObject({ format: "pagerduty", level: "degraded", unknownWords: [] });
		expect(page.components.filter(({ level }) => level !== "operational").map(({ name }) => name)).toEqual([
			"Services (US)",
			"Services (EU)",
		]);
		expect(page.incidents).toMatchObject([
			{ open: true, startedAt: Date.parse("2023-12-14T21:57:30Z"), updatedAt: Date.parse("2023-12-15T20:53:44Z") },
		]);
		expect(read("pagerduty_embedded-pagerduty-good.json", "2023-12-16T00:00:00Z")).toMatchObject({
			level: "operational",
			incidents: [],
		});
	});

	it("BigQuery, March 2023: a closed incident that keeps its affected places", () => {
		const page = read("gcp_incidents-gcp-bigquery-2023.json", "2023-03-11T00:00:00Z");
		expect(page).toMatchObject({ format: "google", level: "operational", incidents: [{ open: false }] });
		expect(page.components).toMatchObject([{ id: "9CcrhHUcFevXPSVaSxkf", name: "Google BigQuery" }]);
		expect(read("gcp_incidents-gcp-bigquery-2023.json", "2023-03-10T14:30:00Z").level).toBe("degraded");
	});

	it("Slack's documented samples: all well, and an incident with a text for its id", () => {
		expect(read("slack-slack-ok-docs.json", "2018-09-08T00:00:00Z")).toMatchObject({
			format: "slack",
			level: "operational",
			unlisted: "operational",
		});
		expect(read("slack-slack-active-docs2018.json", "2018-09-08T02:00:00Z")).toMatchObject({
			level: "partial_outage",
			components: [{ name: "Apps/Integrations/APIs", level: "partial_outage" }],
			incidents: [{ id: "546", open: true }],
		});
	});

	it("Microsoft, Apple, Cachet, Status.io and Upptime, all well", () => {
		expect(read("m365_posts-mac-available.json", "2026-09-18T21:30:00Z")).toMatchObject({
			format: "microsoft",
			level: "operational",
			incidents: [],
		});
		const apple = read("apple_systemstatus-developer-resolved-2020.json", "2020-02-15T10:00:00Z");
		expect(apple).toMatchObject({
			format: "apple",
			level: "operational",
			incidents: [{ state: "resolved", open: false }],
		});
		expect(apple.components).toHaveLength(27);
		const during = read("apple_systemstatus-developer-resolved-2020.json", "2020-02-11T10:00:00Z");
		expect(during.components.find(({ name }) => name === "TestFlight")?.level).toBe("degraded");
		const cachet = read("cachet_v1-yoti-operational.json", "2020-10-12T13:00:00Z");
		expect(cachet).toMatchObject({ format: "cachet", level: "operational" });
		expect(cachet.components.filter(({ name }) => name === "Yoti Doc Scan").map(({ group }) => group)).toEqual([
			"CA",
			"Global",
		]);
		const docker = read("statusio-docker-operational-trimmed.json", "2026-07-13T11:00:00Z");
		expect(docker).toMatchObject({ format: "statusio", level: "operational", incidents: [], maintenances: [] });
		expect(docker.components.map(({ level }) => level)).not.toContain("unknown");
		expect(read("upptime-npmcdn-up-trimmed.json", "2023-11-22T00:00:00Z")).toMatchObject({
			format: "upptime",
			level: "operational",
			components: { length: 3 },
		});
	});

	it("not one of them is forgotten here", () => {
		const tested = readFileSync(new URL(import.meta.url), "utf8");
		const listed = payload("INDEX.tsv")
			.split("\n")
			.slice(1)
			.flatMap((line) => line.split("\t")[0] || []);
		expect(listed.filter((name) => !tested.includes(`"${name}"`))).toEqual([]);
		expect(listed.length).toBeGreaterThan(30);
	});
});
