import { rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CALLS } from "../../src/ipc/contract.ts";
import { built, chromium, type Host, newHome, openHost } from "./host/host.ts";

const OUTAGE = join(import.meta.dirname, "host/outage.json");
const NOON = Date.parse("2026-03-01T12:00:00Z");
const MINUTE = 60_000;

let program: string;
let host: Host;
const { home, remove } = newHome({ version: 1, settings: { services: [{ id: "discord" }, { id: "telegram" }] } });

beforeAll(async () => {
	program = await built();
	host = await openHost({ program, world: OUTAGE, at: NOON, home, pages: true });
	if (chromium) await host.run("painted", 0);
}, 30_000);
afterAll(async () => {
	await host.kill();
	remove();
	rmSync(program, { recursive: true, force: true });
});

describe("Electron's security checklist", () => {
	test("1, 18: everything is loaded from the app's own scheme, which is secure and no file:", async () => {
		const { schemes } = await host.run("safety");
		expect(schemes).toEqual([{ scheme: "app", privileges: { standard: true, secure: true } }]);
		const { windows } = await host.run("state");
		for (const { url } of windows) expect(url).toMatch(/^app:\/\/semaforo\//);
	});

	test("2, 3, 4, 6, 8, 9, 10, 11: every page is sandboxed and isolated, and nothing is relaxed", async () => {
		const { preferences, sandboxed } = await host.run("safety");
		expect(sandboxed).toBe(true);
		expect(preferences.length).toBeGreaterThan(0);
		for (const each of preferences) {
			expect(each).toMatchObject({
				sandbox: true,
				contextIsolation: true,
				nodeIntegration: false,
				nodeIntegrationInWorker: false,
				nodeIntegrationInSubFrames: false,
				webSecurity: true,
				allowRunningInsecureContent: false,
				experimentalFeatures: false,
				webviewTag: false,
			});
			expect(each).not.toHaveProperty("enableBlinkFeatures");
		}
	});

	test("5: no permission is granted, asked or checked, and no device", async () => {
		expect((await host.run("safety")).permissions).toEqual([false, false, false]);
	});

	test("7: a strict policy goes with every page", async () => {
		const { headers } = await host.run("page", "app://semaforo/popover.html");
		const policy = String(headers["content-security-policy"]);
		expect(policy).toContain("default-src 'none'");
		expect(policy).toContain("script-src 'self'");
		expect(policy).toContain("connect-src 'none'");
		expect(policy).not.toMatch(/unsafe|https?:|\*/);
	});

	test("12, 13, 14: a page goes nowhere, opens nothing, holds no web view", async () => {
		const { navigation, openWindow } = await host.run("safety");
		expect(openWindow[0]).toEqual({ action: "deny" });
		expect(navigation[0]).toEqual({
			away: true,
			file: true,
			lookalike: true,
			own: false,
			frame: true,
			redirect: true,
			webview: true,
		});
	});

	test("15: only pages that the catalogue knows are opened, only over https, and never with a login", async () => {
		const open = (page: unknown) => host.run("call", "openPage", [page]);
		expect(await open({ service: "discord" })).toBe(true);
		for (const url of [
			"http://discordstatus.com/",
			"https://example.com/",
			"https://discordstatus.com.example.com/",
			"https://user:password@discordstatus.com/",
			"https://discordstatus.com:8443/",
			"file:///etc/passwd",
			"javascript:alert(1)",
			"ms-settings:",
			"nonsense",
		]) {
			expect(await open({ url }), url).toBe(false);
		}
		expect((await host.run("state")).opened).toEqual(["https://discordstatus.com/"]);
	});

	test("15: a page of the user's own is opened with their word, and not without", async () => {
		const own = {
			id: "shop",
			name: "My shop",
			features: { web: { probes: [{ type: "http", url: "https://shop.example/" }] } },
			sources: [{ format: "feed", url: "https://status.shop.example/feed.xml", speaksForWhole: true, components: {} }],
		};
		expect(await host.run("call", "changeSettings", [{ own: [own] }])).toMatchObject({ problems: [] });
		const url = "https://status.shop.example/";
		await host.run("answer", 1);
		expect(await host.run("call", "openPage", [{ url }])).toBe(false);
		await host.run("answer", 0);
		expect(await host.run("call", "openPage", [{ url }])).toBe(true);
		expect((await host.run("state")).asked).toEqual([url, url]);
		expect(await host.run("call", "changeSettings", [{ own: [] }])).toMatchObject({ problems: [] });
	});

	test.each(Object.keys(CALLS))("17: %s answers no other page, and no frame inside a page", async (call) => {
		const refused = "not for this page";
		await expect(host.run("call", call, [], { url: "https://example.com/" })).rejects.toThrow(refused);
		await expect(host.run("call", call, [], { url: "app://semaforo.evil/x.html" })).rejects.toThrow(refused);
		const inside = { url: "app://semaforo/popover.html", parent: {} };
		await expect(host.run("call", call, [], inside)).rejects.toThrow(refused);
	});

	test("17: what is not understood reaches no handler, whatever it is", async () => {
		const risky = new Set(["quit", "close", "openWindow", "changeSettings"]);
		const calls = Object.keys(CALLS).filter((call) => !risky.has(call));
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(...calls),
				fc.array(fc.oneof(fc.object(), fc.double(), fc.constant(null)), { minLength: 3, maxLength: 4 }),
				async (call, args) => {
					await expect(host.run("call", call, args)).rejects.toThrow("arguments not understood");
				},
			),
			{ numRuns: 60 },
		);
		for (const patch of [{ nonsense: 1 }, [], "language", null]) {
			await expect(host.run("call", "changeSettings", [patch])).rejects.toThrow("arguments not understood");
		}
	});

	test("18: a page can ask for no file but those beside it", async () => {
		for (const path of [
			"app://semaforo/../main/main.js",
			"app://semaforo/%2e%2e/main/main.js",
			"app://semaforo/..%2fmain%2fmain.js",
			"app://semaforo/%00popover.html",
			"app://semaforo/%zz",
			"app://other/popover.html",
			"app://semaforo/",
			"app://semaforo/popover",
		]) {
			expect((await host.run("page", path)).status, path).toBe(404);
		}
	});
});

if (!chromium) process.stdout.write("pages in Chromium: skipped, there is none on this computer\n");

describe.skipIf(!chromium)("a page in Chromium", () => {
	test("is shown the Snapshot over the bridge, and breaks no rule", async () => {
		await host.run("advance", 6 * MINUTE);
		expect(await host.run("inPage", 0, "document.querySelector('#level').textContent")).toBe("operational");
		expect(await host.run("complaints", 0)).toEqual([]);
	});

	test("hostile text of a status page stays text", async () => {
		await host.run("advance", 12 * MINUTE);
		expect(await host.run("inPage", 0, "document.querySelector('#level').textContent")).toBe("major_outage");
		const shown = await host.run("inPage", 0, "document.querySelector('#titles').textContent");
		expect(shown).toContain("<img src=x onerror=alert(1)>");
		expect(await host.run("inPage", 0, "document.querySelectorAll('img, b').length")).toBe(0);
		const { tooltip, menu, notifications } = await host.run("state");
		expect(JSON.stringify([tooltip, menu, notifications])).not.toMatch(/<img|\u202e/);
	});

	test("sees the contract, and neither Electron nor Node nor a way past it", async () => {
		const names = await host.run("inPage", 0, "Object.keys(window.semaforo).sort()");
		expect(names).toEqual([...Object.keys(CALLS), "on"].sort());
		expect(await host.run("inPage", 0, "[typeof require, typeof process, typeof __invoke]")).toEqual([
			"undefined",
			"undefined",
			"undefined",
		]);
		const replaced =
			"try { window.semaforo.quit = 1 } catch {} try { window.semaforo = 1 } catch {} typeof window.semaforo.quit";
		expect(await host.run("inPage", 0, replaced)).toBe("function");
		const wrong = "window.semaforo.on('electron-store-get-data', () => {})";
		await expect(host.run("inPage", 0, wrong)).rejects.toThrow("no such event");
		const told = "window.semaforo.wish({ kind: 'locked' }).then(() => 'done', (error) => error.message)";
		expect(await host.run("inPage", 0, told)).toBe("wish: arguments not understood");
	});

	test("can run no script of anybody else, nor reach the network", async () => {
		const attempts = `(async () => {
			const inline = document.createElement("script");
			try { inline.textContent = "window.harmed = true"; } catch {}
			inline.append("window.harmed = true");
			try { document.body.append(inline); } catch {}
			try { document.body.innerHTML += "<i>x</i>"; } catch {}
			const reached = await fetch("https://example.com/").then(() => true, () => false);
			return [window.harmed === true, document.querySelectorAll("i").length, reached];
		})()`;
		expect(await host.run("inPage", 0, attempts)).toEqual([false, 0, false]);
	});
});
