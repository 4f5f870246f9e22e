import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright";
import { ordersIn } from "../orders.ts";
import { called, pageFor } from "../witness.ts";

/** A page in a real Chromium. */
export interface Frame {
	readonly page: Page;
	/** What the page wrote to its console as an error, and every policy it broke. */
	readonly complaints: string[];
	load(url: string): Promise<void>;
	receive(channel: string, payload: unknown): Promise<void>;
	close(): Promise<void>;
}

/** Chromium knows no scheme of ours: pages are asked for here, and answered by the handler of `app:`. */
const WEB_ORIGIN = "https://semaforo.test";
const APP_ORIGIN = "app://semaforo";

let browser: Promise<Browser> | undefined;

/** No page at all where there is no Chromium to show it. */
export async function openFrame(sender: unknown): Promise<Frame | undefined> {
	const executablePath = process.env["SEMAFORO_TEST_CHROMIUM"];
	if (!executablePath) return undefined;
	const preload = join(ordersIn(process.env).built, "preload/preload.cjs");
	browser ??= launched(executablePath);
	const page = await (await browser).newPage();
	const complaints: string[] = [];
	page.on("console", (message) => {
		if (message.type() === "error") complaints.push(message.text());
	});
	page.on("pageerror", (error) => complaints.push(error.message));
	await page.route("**/*", async (route) => {
		const url = route.request().url();
		if (!url.startsWith(WEB_ORIGIN)) return route.abort();
		const response = await pageFor(new Request(url.replace(WEB_ORIGIN, APP_ORIGIN)));
		await route.fulfill({
			status: response.status,
			headers: Object.fromEntries(response.headers),
			body: Buffer.from(await response.arrayBuffer()),
		});
	});
	await page.exposeFunction("__invoke", async (channel: string, args: unknown[]) => {
		try {
			const frame = { parent: null, url: page.url().replace(WEB_ORIGIN, APP_ORIGIN) };
			return { value: await called(channel, args, sender, frame) };
		} catch (error) {
			return { error: error instanceof Error ? error.message : String(error) };
		}
	});
	await page.addInitScript({ content: preloaded(readFileSync(preload, "utf8")) });
	return {
		page,
		complaints,
		load: async (url) => void (await page.goto(url.replace(APP_ORIGIN, WEB_ORIGIN))),
		receive: (channel, payload) =>
			page
				.evaluate(
					`dispatchEvent(new CustomEvent(${JSON.stringify(`ipc:${channel}`)}, { detail: ${JSON.stringify(payload)} }))`,
				)
				.then(
					() => {},
					// the page went away in between, as pages do
					() => {},
				),
		close: () => page.close(),
	};
}

/** Loaded only where it is used: most tests show no page. */
async function launched(executablePath: string): Promise<Browser> {
	const { chromium } = await import("playwright");
	return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
}

/** The preload as it was built, with what a sandboxed one may ask for; its own scope stands in for its own world. */
function preloaded(source: string): string {
	return `(() => {
		const invoke = globalThis.__invoke;
		delete globalThis.__invoke;
		const relays = new Map();
		const electron = {
			contextBridge: { exposeInMainWorld(name, api) { Object.defineProperty(globalThis, name, { value: Object.freeze(api) }); } },
			ipcRenderer: {
				async invoke(channel, ...args) {
					const { value, error } = await invoke(channel, args);
					if (error !== undefined) throw new Error(error);
					return value;
				},
				on(channel, listener) {
					const relay = (event) => listener({}, event.detail);
					relays.set(listener, relay);
					globalThis.addEventListener("ipc:" + channel, relay);
				},
				off(channel, listener) { globalThis.removeEventListener("ipc:" + channel, relays.get(listener)); },
			},
		};
		const require = (name) => { if (name === "electron") return electron; throw new Error("a sandboxed preload may not ask for " + name); };
		const module = { exports: {} };
		((require, module, exports) => { ${source} })(require, module, module.exports);
	})();`;
}
