import { describe, expect, it } from "vitest";
import type { FeatureName } from "../../../src/core/model.ts";
import { officialLevels } from "../../../src/core/official-levels.ts";
import { recognise } from "../../../src/io/sources/recognise.ts";
import { Unreadable } from "../../../src/io/sources/source.ts";
import { HAS_PAYLOADS, payload } from "./fixture.ts";

if (!HAS_PAYLOADS)
	process.stderr.write("skipped: recorded answers of real pages are not at hand (../shared/payloads)\n");

function read(name: string, now: string) {
	const expected = name.endsWith(".xml") ? "feed" : "statuspage";
	return recognise(payload(name), Date.parse(now), expected).page;
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

	it.each([
		"statuspage-discord-components.json",
		"statuspage-discord-status-none.json",
		"statuspage-discord-unresolved-empty.json",
		"statuspage-discord-incidents-resolved.json",
		"statuspage-discord-maintenances-completed.json",
		"instatus_embedded-whereby-up.json",
		"incidentio_embedded-linear.json",
		"betterstack-huggingface-downtime.json",
		"slack-slack-ok-docs.json",
		"m365_posts-mac-available.json",
		"upptime-npmcdn-up-trimmed.json",
		"gcp_incidents-gcp-bigquery-2023.json",
	])("%s is no summary: unreadable, however healthy it sounds", (name) => {
		expect(() => read(name, "2026-07-30T00:00:00Z")).toThrow(Unreadable);
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
			["INC548339c6", "resolved", false],
			["INC5068f51b", "resolved", false],
			["INC3d7f8a82", "resolved", false],
		]);
	});

	it("AWS, February 2023: Pacific dates; one item over, one that states nothing and falls closed after a day", () => {
		const open = read("aws_rss-aws-2023-items.xml", "2023-02-03T00:00:00Z");
		expect(open.incidents.map(({ open, level }) => [open, level])).toEqual([
			[false, "degraded"],
			[true, "degraded"],
		]);
		expect(open.incidents[1]?.updatedAt).toBe(Date.parse("2023-02-02T22:19:24Z"));
		expect(open.level).toBe("degraded");
		expect(read("aws_rss-aws-2023-items.xml", "2023-02-13T00:00:00Z").level).toBe("operational");
	});

	it("Azure, 23 July 2026: an open item with a bare Z in its date; empty, it says nothing", () => {
		const page = read("azure_rss-azure-westus-early.xml", "2026-07-23T17:00:00Z");
		expect(page.level).toBe("degraded");
		expect(page.incidents).toMatchObject([{ open: true, startedAt: Date.parse("2026-07-23T16:29:09Z") }]);
		expect(read("azure_rss-azure-healthy-empty.xml", "2026-08-01T23:10:00Z").level).toBe("unknown");
		expect(read("aws_rss-aws-2023-empty.xml", "2023-02-16T00:00:00Z").level).toBe("unknown");
	});
});
