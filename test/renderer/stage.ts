import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright";
import { build } from "vite";
import { afterAll, beforeAll, vi } from "vitest";
import type { Language } from "../../src/words/language.ts";
import { playBridge } from "./fake-bridge.ts";
import { NOW } from "./gallery/build.ts";
import { SIZES, sceneOf, type WindowPage } from "./gallery/scenes.ts";
import { type Pages, servePages } from "./pages.ts";

const ROOT = join(import.meta.dirname, "../..");

/** The system's Chromium; `CHROMIUM` names another. */
const CHROMIUM = [
	process.env["CHROMIUM"],
	"/usr/bin/chromium",
	"/usr/bin/chromium-browser",
	"/usr/bin/google-chrome",
].find((path) => path !== undefined && existsSync(path));

/** False where there is no Chromium: what needs one is skipped, and says so. */
export const HAS_CHROMIUM = CHROMIUM !== undefined;
if (!HAS_CHROMIUM) process.stderr.write("No Chromium here (apt-get install chromium): the windows are NOT tested.\n");

interface Shown {
	/** The name of a scene of that window. */
	readonly state: string;
	readonly lang?: Language;
}

interface Circumstances {
	/** The popover unless told. */
	readonly window?: WindowPage;
	readonly options?: BrowserContextOptions;
	/** A page that is loaded with its bridge in place, as the app does it: what that takes is the page's own. */
	readonly preloaded?: "popover.html" | "plain.html";
}

/** A window on the screen, and what went wrong in it. */
export interface OpenPage {
	readonly page: Page;
	/** Shows another state, or another language, in the same place. */
	turn(shown: Shown): Promise<void>;
	/** What the page's console complains of, refusals by its own policy among it. */
	readonly complaints: string[];
	close(): Promise<void>;
}

export interface Theatre {
	/** Where the pages are built. */
	readonly folder: string;
	show(shown: Shown & Circumstances): Promise<OpenPage>;
}

/** Builds the windows once for a test file and shows them as large as the app does in the system's Chromium. */
export function theatre(): Theatre {
	// a browser on a busy computer takes its time
	vi.setConfig({ testTimeout: 30_000 });
	const folder = mkdtempSync(join(tmpdir(), "windows-"));
	let browser: Browser | undefined;
	let pages: Pages | undefined;
	beforeAll(async () => {
		await build({ configFile: join(ROOT, "vite.renderer.config.ts"), logLevel: "error", build: { outDir: folder } });
		pages = await servePages(folder);
		browser = await chromium.launch({ executablePath: CHROMIUM ?? "", args: ["--no-sandbox"] });
	}, 60_000);
	afterAll(async () => {
		await browser?.close();
		pages?.close();
		rmSync(folder, { recursive: true, force: true });
	});
	const show: Theatre["show"] = async ({ options = {}, preloaded, window = "popover", ...shown }) => {
		if (!browser || !pages) throw new Error("expected the pages to be built before one is shown");
		const { url } = pages;
		const context = await browser.newContext({
			viewport: SIZES[window],
			locale: "en-GB",
			timezoneId: "UTC",
			...options,
		});
		const page = await context.newPage();
		const complaints: string[] = [];
		page.on("console", (message) => void (message.type() === "error" && complaints.push(message.text())));
		page.on("pageerror", (error) => void complaints.push(String(error)));
		await page.addInitScript((now) => {
			Date.now = () => now;
		}, NOW);
		// there before anything else, as a preload script's is
		const played = { ...sceneOf(window, shown.state), language: shown.lang ?? "en" };
		if (preloaded) await page.addInitScript(playBridge, played);
		const turn = async ({ state, lang = "en" }: Shown) => {
			const { about = "" } = sceneOf(window, state);
			await page.goto(url + (preloaded ?? `${window}.html?state=${state}&lang=${lang}&${about}`));
			await page.locator("h1").waitFor();
		};
		await turn(shown);
		return { page, complaints, turn, close: () => context.close() };
	};
	return { folder, show };
}

/** The calls of one kind that the page has made so far, without the name. */
export async function callsOf(page: Page, name: string): Promise<unknown[][]> {
	const calls = await page.evaluate(() => window.stage.calls);
	return calls.filter(([called]) => called === name).map(([, ...args]) => args);
}
