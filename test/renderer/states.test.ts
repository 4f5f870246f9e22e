import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { STATE_NAMES, type StateName } from "./gallery/states.ts";
import { HAS_CHROMIUM, type OpenPage, theatre } from "./stage.ts";

/** What a page must keep to whatever it shows. */
async function layout(page: Page) {
	return page.evaluate(() => {
		const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
		const [head, foot, main] = [box(".head"), box(".foot"), document.querySelector("main")];
		const wide = [...document.querySelectorAll("main *")].filter(
			(each) => !each.closest(".unseen") && each.getBoundingClientRect().right > innerWidth + 1,
		);
		return {
			sideways:
				document.documentElement.scrollWidth > innerWidth || (main?.scrollWidth ?? 0) > (main?.clientWidth ?? 0),
			wide: wide.map(({ className }) => String(className)),
			headAtTop: head?.top === 0,
			footAtBottom: Math.abs((foot?.bottom ?? 0) - innerHeight) < 1,
			room: (foot?.top ?? 0) - (head?.bottom ?? 0),
		};
	});
}

const SOUND = { sideways: false, wide: [], headAtTop: true, footAtBottom: true };

/** What keeps somebody out, as axe finds it: of all its rules, or of these. */
async function barriers(page: Page, rules?: string[]): Promise<string[]> {
	const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"], ...(rules && { runOnly: rules }) });
	const { violations } = await axe.analyze();
	return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

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
	test.each(STATE_NAMES)(
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

	test.each<[StateName, string, object]>([
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
		await page.evaluate(() => {
			document.documentElement.dir = "rtl";
			const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
			for (let text = texts.nextNode(); text; text = texts.nextNode()) {
				const { data } = text as Text;
				(text as Text).data = data + data.slice(0, Math.ceil(data.length * 0.4));
			}
		});
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
