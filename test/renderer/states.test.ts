import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { barriers, layout, SOUND, turnAndLengthen } from "./checks.ts";
import { POPOVER } from "./gallery/popover.ts";
import { HAS_CHROMIUM, type OpenPage, theatre } from "./stage.ts";

async function unfoldAll(page: Page): Promise<void> {
	await page.evaluate(() => {
		for (const part of document.querySelectorAll<HTMLElement>(".why-asked, .row-head, [data-key=m]")) part.click();
	});
}

describe.skipIf(!HAS_CHROMIUM)("the popover", () => {
	const { show } = theatre();

	let open: OpenPage;
	beforeAll(async () => {
		open = await show({ state: "calm" });
	});
	afterAll(() => open.close());

	// one theme of each language is looked at for everything, the other for what a theme can spoil
	test.each(Object.keys(POPOVER))(
		"in the state %s: is sound and open to everybody, light and dark, in both languages",
		async (state) => {
			const { page, complaints, turn } = open;
			for (const [lang, theme, other] of [
				["en", "light", "dark"],
				["it", "dark", "light"],
			] as const) {
				await page.emulateMedia({ colorScheme: theme });
				await turn({ state, lang });
				expect(await page.locator("html").getAttribute("lang")).toBe(lang);
				const { room, ...rest } = await layout(page);
				expect(rest).toEqual(SOUND);
				expect(room).toBeGreaterThan(200);
				expect(await barriers(page)).toEqual([]);
				await page.emulateMedia({ colorScheme: other });
				expect(await barriers(page, ["color-contrast"])).toEqual([]);
			}
			expect(complaints).toEqual([]);
		},
		20_000,
	);

	test.each<[string, string, object]>([
		["meta", "more contrast", { contrast: "more" }],
		["meta", "more contrast in the dark", { contrast: "more", colorScheme: "dark" }],
		["unknown", "forced colours", { forcedColors: "active" }],
		["upstream", "twice the size", { viewport: { width: 190, height: 300 }, deviceScaleFactor: 2 }],
	])("unfolds all of %s with %s", async (state, _, options) => {
		const { page, complaints, close } = await show({ state, lang: "it", options });
		await unfoldAll(page);
		const { sideways, wide } = await layout(page);
		expect({ sideways, wide }).toEqual({ sideways: false, wide: [] });
		expect(await barriers(page)).toEqual([]);
		expect(complaints).toEqual([]);
		await close();
	});

	test.each(["meta", "calm"] as const)("holds from right to left, and with longer words: %s", async (state) => {
		const { page, close } = await show({ state, lang: "it" });
		await unfoldAll(page);
		await turnAndLengthen(page);
		const { room: _, ...rest } = await layout(page);
		expect(rest).toEqual(SOUND);
		const [shape, title] = await page.evaluate(() =>
			[".head > .shape", "h1"].map((part) => document.querySelector(part)?.getBoundingClientRect().left ?? 0),
		);
		expect(shape).toBeGreaterThan(title ?? 0);
		await close();
	});

	test("shows every state by a shape of its own, so that colour is never alone", async () => {
		const outlines = new Set<string>();
		for (const state of ["calm", "degraded", "outage", "offline", "maintenance"] as const) {
			await open.turn({ state });
			outlines.add(await open.page.locator(".head > .shape").evaluate((shape) => shape.innerHTML));
		}
		// the ring of what cannot be told is the disc's circle, smaller and hollow
		expect(outlines.size).toBe(5);
	});

	test("stays whole before hostile text: it is text, bounded, and turns nothing around", async () => {
		const { page, close } = await show({ state: "hostile" });
		await unfoldAll(page);
		const { room, ...rest } = await layout(page);
		expect(rest).toEqual(SOUND);
		expect(room).toBeGreaterThan(200);
		const seen = await page.evaluate(() => ({
			text: document.body.textContent ?? "",
			made: document.querySelectorAll("img, script:not([src])").length,
			highest: Math.max(...[...document.querySelectorAll(".card")].map((card) => card.getBoundingClientRect().height)),
			title: document.title,
		}));
		expect(seen).toMatchObject({ made: 0, title: "Semaforo" });
		expect(seen.text).toContain("<img src=x");
		expect(seen.text).toContain("{{page}} $t(level.unknown)");
		expect(seen.text).toContain("مرحبا بالعالم");
		expect(seen.text).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200E\u200F]/);
		expect(seen.text.length).toBeLessThan(20_000);
		expect(seen.highest).toBeLessThan(1500);
		await close();
	});
});
