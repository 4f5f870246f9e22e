import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type BrowserContextOptions, chromium, type Page } from "playwright";
import { NOW } from "./gallery/build.ts";
import type { StateName } from "./gallery/states.ts";
import { servePages } from "./pages.ts";

const ROOT = join(import.meta.dirname, "../..");
const SCREENS = join(ROOT, "docs/screens");

interface Picture {
	readonly name: string;
	readonly state: StateName;
	readonly lang?: "it";
	readonly options?: BrowserContextOptions;
	readonly act?: (page: Page) => Promise<void>;
}

/** The pictures of `docs/screens.md`. */
const PICTURES: readonly Picture[] = [
	{ name: "calm-light-it", state: "calm", lang: "it" },
	{ name: "outage-light", state: "meta" },
	{
		name: "outage-dark",
		state: "outage",
		options: { colorScheme: "dark" },
		act: (page) => page.locator(".why-asked").click(),
	},
	{ name: "upstream-dark-it", state: "upstream", lang: "it", options: { colorScheme: "dark" } },
	{ name: "offline-it", state: "offline", lang: "it" },
	{ name: "service-light", state: "calm", act: (page) => page.locator(".row-head").nth(1).click() },
	{ name: "contrast", state: "meta", options: { contrast: "more" } },
	{ name: "keys", state: "degraded", act: (page) => page.keyboard.press("F1") },
];

mkdirSync(SCREENS, { recursive: true });
const pages = await servePages(join(ROOT, "out/renderer"));
const browser = await chromium.launch({
	executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
	args: ["--no-sandbox"],
});
for (const { name, state, lang = "en", options = {}, act } of PICTURES) {
	const viewport = { width: 380, height: 600 };
	const context = await browser.newContext({
		viewport,
		locale: "en-GB",
		timezoneId: "Europe/Rome",
		reducedMotion: "reduce",
		...options,
	});
	const page = await context.newPage();
	await page.addInitScript((now) => {
		Date.now = () => now;
	}, NOW);
	await page.goto(`${pages.url}popover.html?state=${state}&lang=${lang}`);
	await page.locator(".row").first().waitFor();
	await act?.(page);
	await page.mouse.move(0, 0);
	await page.screenshot({ path: join(SCREENS, `${name}.png`) });
	await context.close();
}
await browser.close();
pages.close();
