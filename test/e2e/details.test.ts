import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Incident } from "../../src/core/incidents.ts";
import { isProblem } from "../../src/core/level.ts";
import type { Band, ServiceBars, ServiceChecks, ServiceHistory } from "../../src/ipc/answers.ts";
import type { Host } from "./host/host.ts";
import { onEachHost } from "./host/on-each-host.ts";
import { builtWithPages, newHome } from "./host/program.ts";
import { MINUTE, NOON, OUTAGE, stageOn, WATCHED } from "./host/stage.ts";

const HOUR = 60 * MINUTE;
/** A page that opens on a busy computer takes its time. */
const PATIENT = { timeout: 10_000 };

async function barsOf(host: Host, service: string, span?: string): Promise<readonly Band[]> {
	const bars = (await host.call("bars", span ? [span] : [])) as readonly ServiceBars[];
	return bars.find((each) => each.service === service)?.bands ?? [];
}
const historyOf = async (host: Host) =>
	(await host.call("history", [{ service: "discord", span: "day" }])) as ServiceHistory;
const isTrouble = (band: Band | undefined) => band !== undefined && band !== "gap" && isProblem(band);

onEachHost("what the details ask for", (kind) => {
	const { start } = stageOn(kind);

	test("an outage is in the bars, the levels, the answers, the checks and the story, and nothing else is", async () => {
		const host = await start();
		await host.advance(16 * MINUTE);
		const checks = (await host.call("checks", ["discord"])) as ServiceChecks;
		expect(checks.probes.some(({ last }) => last?.outcome === "failed" && last.inRow > 1)).toBe(true);
		expect(checks.sources[0]).toMatchObject({ level: "major_outage", title: expect.stringContaining("<img") });
		await host.advance(40 * MINUTE);
		const bars = await barsOf(host, "discord");
		expect(bars).toHaveLength(24);
		expect(isTrouble(bars.at(-1))).toBe(true);
		expect(new Set(bars.slice(0, -1))).toEqual(new Set(["gap"]));
		expect((await barsOf(host, "telegram")).at(-1)).toBe("operational");
		expect(await barsOf(host, "discord", "quarter")).toHaveLength(90);

		const { features } = await historyOf(host);
		const web = features.find(({ feature }) => feature === "web");
		expect(web?.levels.some(({ level }) => isProblem(level))).toBe(true);
		expect(web?.levels.at(-1)?.level).toBe("operational");
		expect(web?.uptime).toBeGreaterThan(0.4);
		expect(web?.uptime).toBeLessThan(0.8);
		expect(web?.points.some(({ averageMs = 0 }) => averageMs > 0)).toBe(true);
		expect(web?.points.reduce((sum, { failed }) => sum + failed, 0)).toBeGreaterThan(3);

		const incident = (await host.call("incident", ["i1"])) as Incident;
		expect(incident.timeline?.map((happening) => happening.kind)).toEqual(
			expect.arrayContaining(["opened", "joined", "admitted", "well", "closed"]),
		);
		expect(incident.seenAt).toBeDefined();
		expect(await host.call("incident", ["i99"])).toBeFalsy();
		expect(await host.call("checks", ["whatsapp"])).toBeFalsy();
	});

	test("a computer that slept leaves a gap, and neither trouble nor a good time", async () => {
		const host = await start();
		await host.advance(20 * MINUTE);
		await host.sleep(5 * HOUR);
		await host.advance(30 * MINUTE);
		const bars = await barsOf(host, "telegram");
		expect(bars.slice(-5, -1)).toEqual(["gap", "gap", "gap", "gap"]);
		expect(bars.at(-1)).toBe("operational");
		expect(bars.at(-6)).toBe("operational");
		const { features } = await historyOf(host);
		// down for ten of the minutes that were seen, whatever was in force in the night
		expect(features.find(({ feature }) => feature === "web")?.uptime).toBeGreaterThan(0.6);
	});
});

onEachHost("the details that people get, over the real bridge", (kind) => {
	let program: string;
	let host: Host;
	const { home, remove } = newHome(WATCHED);

	beforeAll(async () => {
		if (!kind.showsPages) return;
		program = await builtWithPages();
		host = await kind.open({ program, world: OUTAGE, at: NOON, home, pages: true });
	}, 90_000);
	afterAll(async () => {
		await host?.kill();
		remove();
		if (program) rmSync(program, { recursive: true, force: true });
	});

	const page = async (script: string) => String(await host.inPage(-1, script));

	test.skipIf(!kind.showsPages)(
		"open on a notification's outage, lead to its service, and draw its chart, breaking no rule of the policy",
		async () => {
			await host.advance(20 * MINUTE);
			await host.clickNotification(0);
			await expect.poll(() => page("document.querySelector('h1')?.textContent"), PATIENT).toContain("Discord");
			await expect.poll(() => page("document.querySelector('.timeline')?.textContent"), PATIENT).toContain("Discord");
			await page("document.querySelector('.touched button')?.click()");
			await expect.poll(() => page("document.querySelector('h1')?.textContent"), PATIENT).toBe("Discord");
			await expect.poll(() => page("document.querySelectorAll('.feature-card .bars').length"), PATIENT).not.toBe("0");
			await expect.poll(() => page("document.querySelectorAll('.chart canvas').length"), PATIENT).toBe("1");
			expect(await page("document.querySelectorAll('.checks > .check').length")).not.toBe("0");
			// what the vendor's page says stays text
			expect(await page("document.querySelectorAll('img').length")).toBe("0");
			expect(await host.complaints(-1)).toEqual([]);
		},
		40_000,
	);
});
