import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { barriers, layout, turnAndLengthen } from "./checks.ts";
import type { MORE_SETTINGS } from "./gallery/settings-more.ts";
import { HAS_CHROMIUM, type OpenPage, theatre } from "./stage.ts";

const SECTIONS = {
	en: ["Notifications", "Network", "General", "Data", "Managed", "About"],
	it: ["Notifiche", "Rete", "Generali", "Dati", "Gestite", "Informazioni"],
};
/** Which sections each state has something of its own to show in. */
const STATES: readonly (readonly [keyof typeof MORE_SETTINGS, readonly number[]])[] = [
	["usual", [0, 1, 2, 3, 4, 5]],
	["busy", [0, 1, 3]],
	["troubled", [0, 2, 3, 5]],
	["managed", [0, 1, 4]],
	["hostileSettings", [0, 1, 3, 4, 5]],
];

async function turnTo(page: Page, section: string): Promise<void> {
	await page.getByRole("navigation").getByText(section, { exact: true }).click();
	await page.getByRole("heading", { level: 2, name: section }).waitFor();
}

/** Nothing sideways, nothing outside. */
async function holds(page: Page) {
	const { sideways, wide } = await layout(page);
	return { sideways, wide };
}
const HOLDS = { sideways: false, wide: [] };

/** Shows what is there only once somebody asks for it. */
async function unfold(page: Page): Promise<void> {
	for (const name of [/^Import/, /^Add a file|^Aggiungi un file/]) {
		const button = page.getByRole("button", { name });
		if ((await button.count()) > 0 && (await button.first().isEnabled())) await button.first().click();
	}
}

describe.skipIf(!HAS_CHROMIUM)("the settings beyond services", () => {
	const { show } = theatre();

	let open: OpenPage;
	beforeAll(async () => {
		open = await show({ window: "settings", state: "usual" });
	});
	afterAll(() => open.close());

	test.each(STATES)(
		"in the state %s: every section is sound and open to everybody, light and dark, in both languages",
		async (state, sections) => {
			const { page, complaints, turn } = open;
			for (const [lang, theme] of [
				["en", "light"],
				["it", "dark"],
			] as const) {
				await page.emulateMedia({ colorScheme: theme });
				await turn({ state, lang });
				for (const section of sections.map((index) => SECTIONS[lang][index] ?? "")) {
					await turnTo(page, section);
					await unfold(page);
					expect([section, await holds(page)]).toEqual([section, HOLDS]);
					// in one language for everything, in the other for what words and colours can spoil
					const rules = lang === "en" ? undefined : ["color-contrast"];
					expect([section, await barriers(page, rules)]).toEqual([section, []]);
				}
			}
			expect(complaints).toEqual([]);
		},
		60_000,
	);

	test.each<[string, object]>([
		["more contrast", { contrast: "more" }],
		["forced colours", { forcedColors: "active" }],
		["twice the size", { viewport: { width: 380, height: 320 }, deviceScaleFactor: 2 }],
	])(
		"hold with %s",
		async (_, options) => {
			const { page, complaints, close } = await show({ window: "settings", state: "busy", lang: "it", options });
			for (const section of SECTIONS.it) {
				await turnTo(page, section);
				await unfold(page);
				expect([section, await holds(page)]).toEqual([section, HOLDS]);
				expect([section, await barriers(page)]).toEqual([section, []]);
			}
			expect(complaints).toEqual([]);
			await close();
		},
		60_000,
	);

	test("hold from right to left, and with longer words", async () => {
		const { page, turn } = open;
		for (const [index] of SECTIONS.it.entries()) {
			await turn({ state: "busy", lang: "it" });
			await turnTo(page, SECTIONS.it[index] ?? "");
			await unfold(page);
			await turnAndLengthen(page);
			expect([index, await holds(page)]).toEqual([index, HOLDS]);
		}
	}, 30_000);

	test("hostile text stays text", async () => {
		const { page, complaints, turn } = open;
		await turn({ state: "hostileSettings" });
		for (const section of SECTIONS.en) {
			await turnTo(page, section);
			await unfold(page);
			expect(await page.locator("img").count()).toBe(0);
			expect(await page.locator("main").textContent()).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
		}
		expect(complaints).toEqual([]);
	});
});
