import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CALLS, EVENTS, WINDOWS } from "../../src/ipc/contract.ts";
import type { Host } from "./host/host.ts";
import { onEachHost } from "./host/on-each-host.ts";
import { built, newHome } from "./host/program.ts";
import { MINUTE, NOON, OUTAGE, WATCHED } from "./host/stage.ts";

const PAGES = ["popover", ...WINDOWS];

onEachHost("Electron's security checklist", (kind) => {
	let program: string;
	let host: Host;
	const { home, remove } = newHome(WATCHED);

	beforeAll(async () => {
		program = await built();
		host = await kind.open({ program, world: OUTAGE, at: NOON, home, pages: true });
		for (const window of WINDOWS) await host.call("openWindow", [window]);
	}, 90_000);
	afterAll(async () => {
		await host?.kill();
		remove();
		rmSync(program, { recursive: true, force: true });
	});

	test("1, 18: everything is loaded from the app's own scheme, which is secure and no file:", async () => {
		const { schemes } = await host.safety();
		expect(schemes).toEqual([{ scheme: "app", privileges: { standard: true, secure: true } }]);
		const { windows } = await host.state();
		expect(windows.map(({ url }) => url)).toEqual(PAGES.map((page) => `app://semaforo/${page}.html`));
	});

	test("2, 3, 4, 6, 8, 9, 10, 11: every page is sandboxed and isolated, and nothing is relaxed", async () => {
		const { preferences, sandboxed } = await host.safety();
		expect(sandboxed).toBe(true);
		expect(preferences).toHaveLength(PAGES.length);
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
			expect(each?.enableBlinkFeatures ?? "").toBe("");
		}
	});

	test("5: no permission is granted, asked or checked, no device, and no download", async () => {
		expect(await host.safety()).toMatchObject({ permissions: [false, false, false], download: true });
	});

	test.each(PAGES)("7: a strict policy goes with %s", async (page) => {
		const { status, headers } = await host.page(`app://semaforo/${page}.html`);
		expect(status).toBe(200);
		const policy = String(headers["content-security-policy"]).split("; ");
		expect(policy).toEqual([
			"default-src 'none'",
			"script-src 'self'",
			"style-src 'self'",
			"img-src 'self' data:",
			"font-src 'self'",
			"connect-src 'none'",
			"base-uri 'none'",
			"form-action 'none'",
			"frame-ancestors 'none'",
			"require-trusted-types-for 'script'",
			"trusted-types 'none'",
		]);
		expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" });
	});

	test("12, 13, 14: no page goes anywhere, opens anything, or holds a web view", async () => {
		const { navigation, openWindow } = await host.safety();
		expect(navigation).toHaveLength(PAGES.length);
		for (const each of openWindow) expect(each).toEqual({ action: "deny" });
		for (const each of navigation) {
			expect(each).toEqual({
				away: true,
				file: true,
				lookalike: true,
				own: false,
				frame: true,
				redirect: true,
				webview: true,
			});
		}
	});

	test("15: only pages that the catalogue knows are opened, only over https, and never with a login", async () => {
		const open = (page: unknown) => host.call("openPage", [page]);
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
			"\\\\example.com\\share",
			"https:\\\\example.com",
			" https://discordstatus.com.example/ ",
			"nonsense",
		]) {
			expect(await open({ url }), url).toBe(false);
		}
		expect((await host.state()).opened).toEqual(["https://discordstatus.com/"]);
	});

	test("15: a page of the user's own is opened with their word, and not without", async () => {
		const own = {
			id: "shop",
			name: "My shop",
			features: { web: { probes: [{ type: "http", url: "https://shop.example/" }] } },
			sources: [{ format: "feed", url: "https://status.shop.example/feed.xml", speaksForWhole: true, components: {} }],
		};
		expect(await host.call("changeSettings", [{ own: [own] }])).toMatchObject({ problems: [] });
		const url = "https://status.shop.example/";
		await host.system({ answer: 1 });
		expect(await host.call("openPage", [{ url }])).toBe(false);
		await host.system({ answer: 0 });
		expect(await host.call("openPage", [{ url }])).toBe(true);
		expect((await host.state()).asked).toEqual([url, url]);
		expect(await host.call("changeSettings", [{ own: [] }])).toMatchObject({ problems: [] });
	});

	test.each(Object.keys(CALLS))("17: %s answers no other page, and no frame inside a page", async (call) => {
		const refused = `${call}: not for this page`;
		for (const url of [
			"https://example.com/",
			"app://semaforo.evil/x.html",
			"app://semaforo@evil/x.html",
			"file:///app://semaforo/popover.html",
			"about:blank",
			"",
		]) {
			await expect(host.call(call, [], { url }), url).rejects.toThrow(refused);
		}
		const inside = { url: "app://semaforo/popover.html", parent: {} };
		await expect(host.call(call, [], inside)).rejects.toThrow(refused);
		// a frame that is gone before its message is read
		await expect(host.call(call, [], null)).rejects.toThrow(refused);
	});

	test("18: a page can ask for no file but those beside it", async () => {
		for (const path of [
			"app://semaforo/../main/main.js",
			"app://semaforo/%2e%2e/main/main.js",
			"app://semaforo/..%2fmain%2fmain.js",
			"app://semaforo/..%5cmain%5cmain.js",
			"app://semaforo/%00popover.html",
			"app://semaforo/%zz",
			"app://other/popover.html",
			"app://semaforo/",
			"app://semaforo/popover",
		]) {
			expect((await host.page(path)).status, path).toBe(404);
		}
	});

	test.skipIf(!kind.showsPages)("a page is shown the Snapshot over the bridge, and breaks no rule", async () => {
		await host.advance(6 * MINUTE);
		await expect.poll(() => host.inPage(0, "document.querySelector('#level').textContent")).toBe("operational");
		expect(await host.complaints(0)).toEqual([]);
	});

	test.skipIf(!kind.showsPages)(
		"20: a page sees the contract, and neither Electron nor Node nor a way past it",
		async () => {
			const names = await host.inPage(0, "Object.keys(window.semaforo).sort()");
			expect(names).toEqual([...Object.keys(CALLS), "on"].sort());
			const kinds = await host.inPage(0, "[...new Set(Object.values(window.semaforo).map((each) => typeof each))]");
			expect(kinds).toEqual(["function"]);
			expect(await host.inPage(0, "[typeof require, typeof process, typeof module, typeof __invoke]")).toEqual(
				Array.from({ length: 4 }, () => "undefined"),
			);
			const replaced =
				"try { window.semaforo.quit = 1 } catch {} try { window.semaforo = 1 } catch {} typeof window.semaforo.quit";
			expect(await host.inPage(0, replaced)).toBe("function");
		},
	);

	test.skipIf(!kind.showsPages)(
		"20: a page that has been taken over can call nothing outside the contract",
		async () => {
			const calls = Object.keys(CALLS).filter((call) => !Object.hasOwn(EVENTS, call));
			const names = ["electron-store-get-data", "__proto__", "constructor", "toString", "", ...calls];
			const told = (name: string) =>
				`(() => { try { window.semaforo.on(${JSON.stringify(name)}, () => {}); return "heard"; } catch (error) { return error.message; } })()`;
			for (const name of names) expect(await host.inPage(0, told(name)), name).toContain("no such event");
			for (const name of Object.keys(EVENTS)) expect(await host.inPage(0, told(name)), name).toBe("heard");
			const misused = [
				"wish({ kind: 'locked' })",
				"openPage({ url: 'https://discordstatus.com/', confirm: true })",
				"changeSettings({ __proto__: null, policy: {} })",
				"fit('480')",
				"copy({ toString: () => 'x' })",
				"current('everything')",
			];
			for (const call of misused) {
				const outcome = `window.semaforo.${call}.then(() => 'done', (error) => error.message)`;
				expect(await host.inPage(0, outcome), call).toContain(`${call.split("(")[0]}: arguments not understood`);
			}
			const polluting = `window.semaforo.changeSettings(JSON.parse('{"__proto__": {"notify": false}}')).catch(() => {})`;
			await host.inPage(0, polluting);
			expect(await host.call("settings")).toMatchObject({ settings: { notify: true } });
		},
	);

	test.skipIf(!kind.showsPages)(
		"can run no script of anybody else, nor reach the network, nor hold a frame",
		async () => {
			const attempts = `(async () => {
			const inline = document.createElement("script");
			try { inline.textContent = "window.harmed = true"; } catch {}
			inline.append("window.harmed = true");
			try { document.body.append(inline); } catch {}
			try { document.body.innerHTML += "<i>x</i>"; } catch {}
			// whoever evaluates this from outside may do more than the page until it first waits
			await new Promise((resolve) => setTimeout(resolve, 10));
			let evaluated = false;
			try { evaluated = new Function("return true")(); } catch {}
			const reached = await fetch("https://example.com/").then(() => true, () => false);
			let socket = true;
			try { new WebSocket("wss://example.com/").close(); socket = false; } catch { socket = false; }
			const frame = Object.assign(document.createElement("iframe"), { src: "app://semaforo/details.html" });
			const held = await new Promise((resolve) => {
				frame.onload = () => { try { resolve(Boolean(frame.contentDocument?.querySelector("#level"))); } catch { resolve(false); } };
				document.body.append(frame);
				setTimeout(() => resolve(false), 500);
			});
			frame.remove();
			return [window.harmed === true, document.querySelectorAll("i").length, evaluated, reached, socket, held];
		})()`;
			expect(await host.inPage(0, attempts)).toEqual([false, 0, false, false, false, false]);
			expect((await host.state()).windows).toHaveLength(PAGES.length);
		},
	);
});
