import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type BrowserContextOptions, chromium, type Page } from "playwright";
import { NOW } from "./gallery/build.ts";
import { SIZES, sceneOf, type WindowPage } from "./gallery/scenes.ts";
import { servePages } from "./pages.ts";

const ROOT = join(import.meta.dirname, "../..");
const SCREENS = join(ROOT, "docs/screens");

interface Picture {
	readonly name: string;
	/** The popover unless told. */
	readonly window?: WindowPage;
	readonly state: string;
	readonly lang?: "it";
	readonly options?: BrowserContextOptions;
	readonly act?: (page: Page) => Promise<void>;
}

async function search(page: Page, text: string): Promise<void> {
	await page.keyboard.press("Control+f");
	await page.keyboard.type(text);
	await page.locator(".entry").first().waitFor();
}

/** The pictures of `docs/screens.md`; those alone whose names are given. */
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
	{
		name: "details-light",
		window: "details",
		state: "outage",
		act: (page) => page.locator(".chart canvas").waitFor(),
	},
	{
		name: "details-dark-it",
		window: "details",
		state: "incident",
		lang: "it",
		options: { colorScheme: "dark" },
	},
	{ name: "details-all", window: "details", state: "all", act: (page) => page.locator(".bars").first().waitFor() },
	{
		name: "search-light",
		state: "calm",
		act: (page) => search(page, "tel"),
	},
	{
		name: "managed-dark-it",
		state: "managed",
		lang: "it",
		options: { colorScheme: "dark" },
		act: (page) => search(page, "tel"),
	},
	{ name: "gaps-light", state: "gaps" },
	{ name: "portal-it", state: "portal", lang: "it" },
	{
		name: "welcome-dark-it",
		window: "welcome",
		state: "first",
		lang: "it",
		options: { colorScheme: "dark", locale: "it-IT" },
	},
	{
		name: "settings-services-light",
		window: "settings",
		state: "services",
		act: (page) => page.locator(".watched-head").nth(1).click(),
	},
	{
		name: "settings-own-page-it",
		window: "settings",
		state: "ownNone",
		lang: "it",
		act: async (page) => {
			await page.locator(".own-add button").first().click();
			await page.keyboard.type("status.shop.example");
			await page.keyboard.press("Enter");
			await page.locator(".page-preview").waitFor();
		},
	},
	{
		name: "settings-own-probe-dark",
		window: "settings",
		state: "ownNone",
		options: { colorScheme: "dark" },
		act: async (page) => {
			await page.locator(".own-add button").nth(1).click();
			await page.locator(".own-form input[type=text]").first().fill("intranet.example");
			await page.keyboard.press("Enter");
			await page.locator(".ink-ok").waitFor();
		},
	},
	{
		name: "settings-notifications-light",
		window: "settings",
		state: "busy",
		act: (page) => page.getByRole("navigation").getByText("Notifications").click(),
	},
	{
		name: "settings-network-dark-it",
		window: "settings",
		state: "busy",
		lang: "it",
		options: { colorScheme: "dark" },
		act: (page) => page.getByRole("navigation").getByText("Rete").click(),
	},
	{
		name: "settings-data-light",
		window: "settings",
		state: "busy",
		act: async (page) => {
			await page.getByRole("navigation").getByText("Data").click();
			await page.getByRole("button", { name: "Import…" }).click();
		},
	},
	{
		name: "settings-about-dark-it",
		window: "settings",
		state: "usual",
		lang: "it",
		options: { colorScheme: "dark" },
		act: (page) => page.getByRole("navigation").getByText("Informazioni").click(),
	},
	{ name: "diagnosis-looking", window: "diagnosis", state: "looking" },
	{
		name: "diagnosis-service",
		window: "diagnosis",
		state: "service",
		act: (page) => page.locator(".layer summary").last().click(),
	},
	{
		name: "diagnosis-dark-it",
		window: "diagnosis",
		state: "filtered",
		lang: "it",
		options: { colorScheme: "dark" },
	},
];

mkdirSync(SCREENS, { recursive: true });
const pages = await servePages(join(ROOT, "out/renderer"));
const browser = await chromium.launch({
	executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
	args: ["--no-sandbox"],
});
const wanted = process.argv.slice(2);
const taken = PICTURES.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
for (const { name, window = "popover", state, lang = "en", options = {}, act } of taken) {
	const context = await browser.newContext({
		viewport: SIZES[window],
		locale: "en-GB",
		timezoneId: "Europe/Rome",
		reducedMotion: "reduce",
		...options,
	});
	const page = await context.newPage();
	await page.addInitScript((now) => {
		Date.now = () => now;
	}, NOW);
	await page.goto(`${pages.url}${window}.html?state=${state}&lang=${lang}&${sceneOf(window, state).about ?? ""}`);
	await page.locator("h1").waitFor();
	// the last day comes after the first paint
	if (window === "popover") await page.locator(".bars").first().waitFor();
	await act?.(page);
	await page.mouse.move(0, 0);
	await page.screenshot({ path: join(SCREENS, `${name}.png`) });
	await context.close();
}
await browser.close();
pages.close();
