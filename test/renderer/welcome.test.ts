import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { regionOf, suggested } from "../../src/renderer/welcome/suggestions.ts";
import { barriers, layout, turnAndLengthen } from "./checks.ts";
import { CATALOGUE } from "./gallery/catalogue.ts";
import { WELCOME } from "./gallery/welcome.ts";
import { callsOf, HAS_CHROMIUM, type OpenPage, theatre } from "./stage.ts";

const HOLDS = { sideways: false, wide: [] };

async function holds(page: Page) {
	const { sideways, wide } = await layout(page);
	return { sideways, wide };
}

describe("what is offered first", () => {
	const names = (region: string, chosen: string[] = []) =>
		suggested(CATALOGUE, region, new Set(chosen)).map(({ name }) => name);

	test("is what is used where the system's language is spoken, and nowhere else", () => {
		expect(names("it")).toEqual(expect.arrayContaining(["Satispay", "IO", "Poste ID", "WhatsApp"]));
		expect(names("it")).not.toContain("Télé Santé");
		expect(names("fr")).toContain("Télé Santé");
		expect(names("fr")).not.toContain("Satispay");
	});

	test("is led by what is chosen already, holds nothing twice, and no provider", () => {
		const offered = names("it", ["zoom", "satispay"]);
		expect(offered.slice(0, 2)).toEqual(["Zoom", "Satispay"]);
		expect(new Set(offered).size).toBe(offered.length);
		expect(names("us")).not.toContain("Cloudflare");
	});

	test.each([
		["it", "it"],
		["it-CH", "ch"],
		["pt", "br"],
		["not a language", ""],
	])("a system that speaks %s is in %s", (tag, region) => expect(regionOf(tag)).toBe(region));
});

describe.skipIf(!HAS_CHROMIUM)("the first start", () => {
	const { show } = theatre();
	let open: OpenPage;
	beforeAll(async () => {
		open = await show({ window: "welcome", state: "first" });
	});
	afterAll(() => open.close());
	const changes = (page: Page) => callsOf(page, "changeSettings");

	test.each(Object.keys(WELCOME))(
		"in the state %s: sound and open to everybody, light and dark, in both languages",
		async (state) => {
			const { page, complaints, turn } = open;
			for (const [lang, theme, other] of [
				["en", "light", "dark"],
				["it", "dark", "light"],
			] as const) {
				await page.emulateMedia({ colorScheme: theme });
				await turn({ state, lang });
				expect(await holds(page)).toEqual(HOLDS);
				expect(await barriers(page)).toEqual([]);
				expect(await page.locator("img").count()).toBe(0);
				await page.emulateMedia({ colorScheme: other });
				expect(await barriers(page, ["color-contrast"])).toEqual([]);
			}
			expect(complaints).toEqual([]);
		},
		60_000,
	);

	test.each<[string, object]>([
		["more contrast", { contrast: "more" }],
		["forced colours", { forcedColors: "active" }],
		["twice the size", { viewport: { width: 310, height: 320 }, deviceScaleFactor: 2 }],
	])("holds with %s", async (_, options) => {
		const { page, close } = await show({ window: "welcome", state: "first", lang: "it", options });
		expect(await holds(page)).toEqual(HOLDS);
		expect(await barriers(page)).toEqual([]);
		await close();
	});

	test("holds from right to left, and with longer words", async () => {
		const { page, turn } = open;
		await turn({ state: "first", lang: "it" });
		await turnAndLengthen(page);
		expect(await holds(page)).toEqual(HOLDS);
	});

	test("is one screen: nothing to scroll for", async () => {
		const { page, turn } = open;
		await turn({ state: "first", lang: "it" });
		const { height, room } = await page
			.locator("main")
			.evaluate((main) => ({ height: main.scrollHeight, room: main.clientHeight }));
		expect(height).toBeLessThanOrEqual(room);
		expect(await page.getByRole("button", { pressed: true }).count()).toBe(12);
	});

	test("by keyboard alone one searches, chooses, tries a notification and starts; until then nothing is kept", async () => {
		const { page, turn } = open;
		await turn({ state: "first" });
		await page.keyboard.press("Tab");
		await page.keyboard.type("twitt");
		await page.keyboard.press("Tab");
		await page.keyboard.press("Space");
		await page.getByRole("searchbox").press("Escape");
		await page.getByRole("searchbox").fill("gmail");
		await page.getByRole("button", { name: "Gmail" }).press("Space");
		await page.getByRole("searchbox").press("Escape");
		await page.getByRole("button", { name: "Try it" }).press("Enter");
		await page.getByText("The system took it.").first().waitFor();
		await page.getByRole("switch", { name: "Start when you sign in" }).press("Space");
		expect(await changes(page)).toEqual([]);
		await page.getByRole("button", { name: "Start", exact: true }).press("Enter");
		const services =
			"whatsapp instagram facebook messenger threads telegram signal discord youtube tiktok reddit gmail";
		expect(await changes(page)).toEqual([
			[{ services: services.split(" ").map((id) => ({ id })), notify: true, startAtLogin: true }],
		]);
		expect(await callsOf(page, "close")).toEqual([[]]);
	});

	test("closing it keeps everything as it was", async () => {
		const { page, turn } = open;
		await turn({ state: "first" });
		await page.getByRole("button", { name: "Reddit" }).press("Space");
		await page.keyboard.press("Escape");
		expect([await callsOf(page, "close"), await changes(page)]).toEqual([[[]], []]);
	});

	test("does not start with nothing chosen, and says why", async () => {
		const { page, turn } = open;
		await turn({ state: "first" });
		await page.getByText("12 chosen").waitFor();
		const tiles = await page.locator('.tile[aria-pressed="true"] > bdi').allTextContents();
		for (const name of tiles) await page.getByRole("button", { name, exact: true }).press("Space");
		await page.getByText("0 chosen").waitFor();
		await page.getByRole("button", { name: "Start", exact: true }).click();
		expect(await page.getByRole("alert").textContent()).toBe("Choose at least one.");
		expect([await callsOf(page, "close"), await changes(page)]).toEqual([[], []]);
	});

	test("what was refused is said in place, and the window stays", async () => {
		const { page, turn } = open;
		await turn({ state: "refusing" });
		await page.getByRole("button", { name: "Start", exact: true }).click();
		expect(await page.getByRole("alert").textContent()).toBe("the settings could not be written");
		expect(await callsOf(page, "close")).toEqual([]);
	});

	test("leaves alone what is locked", async () => {
		const { page, turn } = open;
		await turn({ state: "managed" });
		await page.getByRole("button", { name: "Reddit" }).press("Space");
		await page.getByRole("switch", { name: "Start when you sign in" }).press("Space");
		await page.getByRole("button", { name: "Start", exact: true }).click();
		expect(await changes(page)).toEqual([[{ notify: true }]]);
	});
});
