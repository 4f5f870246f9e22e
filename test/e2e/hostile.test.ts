import { expect, test } from "vitest";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { onEachHost } from "./host/on-each-host.ts";
import { MINUTE, stageOn } from "./host/stage.ts";

const SUMMARY = "https://discordstatus.com/api/v2/summary.json";
const RIGHT_TO_LEFT = "\u202e\u2066\u200f";
const HOSTILE = [
	"<img src=x onerror=alert(1)>",
	"<script>window.harmed = true</script>",
	"</li><b>bold</b>&amp;&#60;i&#62;",
	`${RIGHT_TO_LEFT}gnp.exe`,
	"\u0000\u001b[31m\u0007\r\nsecond line",
	"javascript:alert(1)",
	"%s %n {{title}} #{title}",
];

/** A status page that says this of an outage which goes on. */
function summary(title: string): string {
	const at = "2026-03-01T12:09:00.000Z";
	const component = (name: string) => ({
		id: name.toLowerCase().padEnd(12, "0"),
		name,
		status: "major_outage",
		created_at: at,
		updated_at: at,
		position: 1,
		description: title.slice(0, 2000),
		showcase: true,
		group_id: null,
		page_id: "srhpyqt94yxb",
		group: false,
		only_show_if_degraded: false,
	});
	const incident = {
		id: "h0st1le00001",
		name: title,
		status: "investigating",
		created_at: at,
		updated_at: at,
		monitoring_at: null,
		resolved_at: null,
		impact: "critical",
		shortlink: "javascript:alert(1)",
		started_at: at,
		page_id: "srhpyqt94yxb",
		incident_updates: [
			{ id: "u1", status: "investigating", body: title, created_at: at, updated_at: at, display_at: at },
		],
		components: [component("API")],
	};
	return JSON.stringify({
		page: { id: "srhpyqt94yxb", name: "Discord", url: "https://discordstatus.com", time_zone: "UTC", updated_at: at },
		components: [component("API"), component("Gateway")],
		incidents: [incident],
		scheduled_maintenances: [],
		status: { indicator: "critical", description: title.slice(0, 2000) },
	});
}

onEachHost("what a status page says to do harm", (kind) => {
	const { start } = stageOn(kind);

	test.each([
		["markup, script, control characters and turned writing", HOSTILE.join(" "), "<i>"],
		["a title of a megabyte", `${"<b>".repeat(10)}${"A".repeat(1_000_000)}`, "AAAA"],
	])("%s: is text, short, on one line", async (_, title, left) => {
		const host = await start({ officialPages: { [SUMMARY]: summary(title) }, pages: true });
		await host.advance(18 * MINUTE);
		const { tooltip, menu, notifications, icon } = await host.state();
		expect(icon).toBe("down");
		const everywhere = JSON.stringify([tooltip, menu, notifications]);
		expect(everywhere.length).toBeLessThan(5000);
		expect(everywhere).not.toMatch(/<img|<script|<b>|\\u00|[\u202a-\u202e\u2066-\u2069\u200f]/);
		const { services } = (await host.call("current")) as Snapshot;
		const [shown = ""] = services.flatMap(({ sources }) => sources.map((source) => source.title ?? ""));
		expect(shown).toContain(left);
		expect(shown.length).toBeLessThanOrEqual(300);
		expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
		if (!kind.showsPages) return;
		await expect.poll(() => host.inPage(0, "document.querySelector('#titles').textContent")).toBe(shown);
		expect(await host.inPage(0, "[document.querySelectorAll('img, b, i').length, 'harmed' in window]")).toEqual([
			0,
			false,
		]);
		expect(await host.complaints(0)).toEqual([]);
	});

	test("a page without sense is unreadable, and no outage", async () => {
		const host = await start({ officialPages: { [SUMMARY]: "{".repeat(100_000) }, args: ["--hidden"] });
		await host.advance(9 * MINUTE);
		expect((await host.state()).icon).toBe("well");
		expect((await host.state()).notifications).toEqual([]);
	});
});
