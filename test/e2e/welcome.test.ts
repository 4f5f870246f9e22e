import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Host, HostOptions } from "./host/host.ts";
import { onEachHost } from "./host/on-each-host.ts";
import { built, type Home, newHome } from "./host/program.ts";
import { MINUTE, NOON, OUTAGE } from "./host/stage.ts";

const ROOT = join(import.meta.dirname, "../..");
const WELCOME = "app://semaforo/welcome.html";
const POPOVER = "app://semaforo/popover.html";

onEachHost("the first start", (kind) => {
	let program: string;
	let home: Home;
	const running: Host[] = [];

	beforeAll(async () => {
		program = await built();
		const outDir = join(program, "out/renderer");
		await build({ configFile: join(ROOT, "vite.renderer.config.ts"), logLevel: "error", build: { outDir } });
		home = newHome();
	}, 90_000);
	afterEach(async () => {
		await Promise.all(running.splice(0).map((host) => host.kill()));
		home.remove();
		home = newHome();
	});
	afterAll(() => {
		home.remove();
		rmSync(program, { recursive: true, force: true, maxRetries: 5 });
	});

	async function start(more: Partial<HostOptions> = {}): Promise<Host> {
		const host = await kind.open({ program, world: OUTAGE, at: NOON, home: home.home, ...more });
		running.push(host);
		return host;
	}
	const shown = async (host: Host) =>
		(await host.state()).windows.filter(({ visible }) => visible).map(({ url }) => url);
	/** Presses the first of these in a window, as soon as there is one. */
	async function press(host: Host, window: number, selector: string): Promise<void> {
		const script = `(() => { const found = document.querySelector(${JSON.stringify(selector)}); found?.click(); return found !== null; })()`;
		await expect.poll(() => host.inPage(window, script)).toBe(true);
	}
	const chosen = () => JSON.parse(readFileSync(home.file, "utf8")) as unknown;

	test("welcomes people once, keeps the defaults where they close it, and then shows where it is", async () => {
		const first = await start();
		await expect.poll(() => shown(first)).toEqual([WELCOME]);
		await first.call("close");
		await expect.poll(() => shown(first)).toEqual([POPOVER]);
		expect(chosen()).toEqual({ version: 1, settings: {} });
		await first.kill();
		const second = await start();
		await expect.poll(() => shown(second)).toEqual([POPOVER]);
	});

	test("started at login it does not, and does so when people start it themselves", async () => {
		const hidden = await start({ args: ["--hidden"] });
		await hidden.advance(MINUTE);
		expect(await shown(hidden)).toEqual([]);
		await hidden.kill();
		const seen = await start();
		await expect.poll(() => shown(seen)).toEqual([WELCOME]);
	});

	test.skipIf(!kind.showsPages)("keeps what people choose, and watches it", async () => {
		const host = await start({ pages: true });
		const text = () => host.inPage(0, "document.body.innerText");
		await expect.poll(text).toContain("What matters to you?");
		await press(host, 0, ".tile[aria-pressed=true]");
		await press(host, 0, "[role=switch]");
		await press(host, 0, ".welcome-foot .primary");
		await expect.poll(() => shown(host)).toEqual([POPOVER]);
		const { settings } = chosen() as { settings: { services: { id: string }[]; notify: boolean } };
		expect(settings.notify).toBe(false);
		expect(settings.services).toHaveLength(11);
		expect(await host.call("settings")).toMatchObject({ settings: { services: settings.services } });
		expect(await host.complaints(0)).toEqual([]);
	});

	test.skipIf(!kind.showsPages)(
		"the settings window moves a service over the real bridge, and takes it back",
		async () => {
			const host = await start({ pages: true });
			await expect.poll(() => host.inPage(0, "document.body.innerText")).toContain("What matters to you?");
			const before = ((await host.call("settings")) as { settings: { services: unknown[] } }).settings.services;
			await host.inPage(0, "window.semaforo.openWindow('settings')");
			await expect.poll(() => host.inPage(1, "document.querySelectorAll('.watched-row').length")).toBe(before.length);
			const services = async () =>
				((await host.call("settings")) as { settings: { services: unknown[] } }).settings.services;
			await press(host, 1, ".watched-acts button:nth-child(2)");
			await expect.poll(services).toEqual([before[1], before[0], ...before.slice(2)]);
			await press(host, 1, ".last-change button");
			await expect.poll(services).toEqual(before);
			expect(await host.complaints(1)).toEqual([]);
		},
	);
});
