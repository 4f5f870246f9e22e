import { rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { built, chromium, type Host, newHome, openHost } from "./host/host.ts";

const ROOT = join(import.meta.dirname, "../..");
const OUTAGE = join(import.meta.dirname, "host/outage.json");
const NOON = Date.parse("2026-03-01T12:00:00Z");
const MINUTE = 60_000;

let program: string;
let host: Host;
const { home, remove } = newHome({ version: 1, settings: { services: [{ id: "discord" }, { id: "telegram" }] } });

if (!chromium) process.stdout.write("the popover in Chromium: skipped, there is none on this computer\n");

describe.skipIf(!chromium)("the popover that people get, over the real bridge", () => {
	beforeAll(async () => {
		program = await built();
		const outDir = join(program, "out/renderer");
		await build({ configFile: join(ROOT, "vite.renderer.config.ts"), logLevel: "error", build: { outDir } });
		host = await openHost({ program, world: OUTAGE, at: NOON, home, pages: true });
		await host.run("painted", 0);
	}, 30_000);
	afterAll(async () => {
		await host?.kill();
		remove();
		if (program) rmSync(program, { recursive: true, force: true });
	});

	const text = () => host.run("inPage", 0, "document.body.innerText");

	test("says what the outage is as the icon does, and breaks no rule of the policy", async () => {
		await host.run("advance", 6 * MINUTE);
		await expect.poll(text).toContain("Discord");
		await host.run("advance", 10 * MINUTE);
		const { tooltip, icon } = await host.run("state");
		expect(icon).toBe("down-light.png");
		const [first = ""] = tooltip.split(".");
		await expect.poll(text).toContain(first);
		expect(await host.run("complaints", 0)).toEqual([]);
	});

	test("takes the height that it needs, and stays on the screen", async () => {
		const [popover] = (await host.run("state")).windows;
		const { y = 0, height = 0 } = popover?.bounds ?? {};
		expect(height).not.toBe(480);
		expect(height).toBeGreaterThan(160);
		expect(y + height).toBeLessThanOrEqual(1040);
	});
});
