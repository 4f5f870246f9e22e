import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CATEGORIES } from "../../src/catalogue/categories.ts";
import { byCategory } from "../../src/renderer/settings/categories.ts";
import { barriers, layout, turnAndLengthen } from "./checks.ts";
import { CATALOGUE } from "./gallery/catalogue.ts";
import { write } from "./own-forms.ts";
import { callsOf, HAS_CHROMIUM, type OpenPage, theatre } from "./stage.ts";

const STATES = [
	"services",
	"mine",
	"alone",
	"locked",
	"refusing",
	"unread",
	"own",
	"ownNone",
	"ownFails",
	"hostileServices",
] as const;
const HOLDS = { sideways: false, wide: [] };

/** Nothing sideways, nothing outside. */
async function holds(page: Page) {
	const { sideways, wide } = await layout(page);
	return { sideways, wide };
}

/** Shows what is there only once somebody asks for it. */
async function unfold(page: Page): Promise<void> {
	for (const each of await page.locator(".watched-head").all()) await each.click();
	for (const each of await page.locator(".category > summary").all()) await each.click();
}

const focused = (page: Page) =>
	page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent);
const changes = (page: Page) => callsOf(page, "changeSettings");
const order = (page: Page) => page.locator(".watched-row b").allTextContents();

test("every category of the catalogue has its place in the list", () => {
	const [first] = CATALOGUE;
	if (!first) throw new Error("expected a catalogue");
	const entries = CATEGORIES.map((category) => ({ ...first, category }));
	expect(
		byCategory(entries)
			.map(({ name }) => name)
			.toSorted(),
	).toEqual([...CATEGORIES].toSorted());
});

describe.skipIf(!HAS_CHROMIUM)("services and own pages", () => {
	const { show } = theatre();
	let open: OpenPage;
	beforeAll(async () => {
		open = await show({ window: "settings", state: "services" });
	});
	afterAll(() => open.close());

	test.each(STATES)(
		"in the state %s: sound and open to everybody, light and dark, in both languages",
		async (state) => {
			const { page, complaints, turn } = open;
			for (const [lang, theme, other] of [
				["en", "light", "dark"],
				["it", "dark", "light"],
			] as const) {
				await page.emulateMedia({ colorScheme: theme });
				await turn({ state, lang });
				await unfold(page);
				expect(await holds(page)).toEqual(HOLDS);
				expect(await barriers(page)).toEqual([]);
				await page.emulateMedia({ colorScheme: other });
				expect(await barriers(page, ["color-contrast"])).toEqual([]);
			}
			expect(complaints).toEqual([]);
		},
		60_000,
	);

	test.each(["page", "probe"] as const)(
		"the form of a %s is sound, whatever comes of it",
		async (kind) => {
			const { page, turn } = open;
			await page.emulateMedia({ colorScheme: "light" });
			for (const state of ["ownNone", "ownFails", "hostileServices"]) {
				await turn({ state, lang: "it" });
				await write(page, kind);
				expect(await holds(page)).toEqual(HOLDS);
				expect(await barriers(page)).toEqual([]);
				expect(await page.locator("img").count()).toBe(0);
				expect(await page.locator("main").textContent()).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
			}
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
			const { page, close, turn } = await show({ window: "settings", state: "mine", lang: "it", options });
			await unfold(page);
			expect(await holds(page)).toEqual(HOLDS);
			expect(await barriers(page)).toEqual([]);
			for (const kind of ["page", "probe"] as const) {
				await turn({ state: "own", lang: "it" });
				await write(page, kind);
				expect(await holds(page)).toEqual(HOLDS);
				expect(await barriers(page)).toEqual([]);
			}
			await close();
		},
		60_000,
	);

	test("hold from right to left, and with longer words", async () => {
		const { page, turn } = open;
		await turn({ state: "mine", lang: "it" });
		await unfold(page);
		await turnAndLengthen(page);
		expect(await holds(page)).toEqual(HOLDS);
		for (const kind of ["page", "probe"] as const) {
			await turn({ state: "own", lang: "it" });
			await write(page, kind);
			await turnAndLengthen(page);
			expect(await holds(page)).toEqual(HOLDS);
		}
	}, 60_000);

	test("a section is found by its address, and stays there when the page is loaded again", async () => {
		const { page, turn } = open;
		await turn({ state: "own" });
		await page.getByRole("heading", { level: 2, name: "Own pages" }).waitFor();
		await page.getByRole("navigation").getByText("Network", { exact: true }).click();
		await page.reload();
		await page.getByRole("heading", { level: 2, name: "Network" }).waitFor();
	});

	test("choosing a section moves the focus to its heading", async () => {
		const { page, turn } = open;
		await turn({ state: "services" });
		await page.getByRole("button", { name: "Own pages" }).press("Enter");
		await expect.poll(() => focused(page)).toBe("Own pages");
	});

	test("services are moved by keys and buttons, keep the focus, and go back with Ctrl+Z", async () => {
		const { page, turn } = open;
		await turn({ state: "services" });
		await page.getByRole("button", { name: /^X X Corp/ }).focus();
		await page.keyboard.press("Alt+ArrowUp");
		await page.keyboard.press("Alt+ArrowUp");
		await page.keyboard.press("Alt+ArrowUp");
		const [whatsapp, instagram, x] = [
			{ id: "whatsapp" },
			{ id: "instagram", features: ["feed", "media"] },
			{ id: "x" },
		];
		expect(await changes(page)).toEqual([
			[{ services: [whatsapp, x, instagram] }],
			[{ services: [x, whatsapp, instagram] }],
		]);
		expect(await focused(page)).toContain("X Corp");
		expect(await order(page)).toEqual(["X", "WhatsApp", "Instagram"]);
		await page.keyboard.press("Control+z");
		expect((await changes(page)).at(-1)).toEqual([{ services: [whatsapp, x, instagram] }]);
		await page.getByRole("button", { name: "Redo" }).waitFor();
		await page.getByRole("button", { name: "Move down: WhatsApp" }).press("Enter");
		expect((await changes(page)).at(-1)).toEqual([{ services: [x, whatsapp, instagram] }]);
	});

	test("two features in a row are both chosen", async () => {
		const { page, turn } = open;
		await turn({ state: "services" });
		const box = page.getByRole("button", { name: /^Instagram Meta/ });
		await box.click();
		await page.getByLabel("Posting").check();
		await page.getByLabel("Stories").check();
		expect((await changes(page)).at(-1)).toEqual([
			{
				services: [
					{ id: "whatsapp" },
					{ id: "instagram", features: ["feed", "publishing", "media", "stories"] },
					{ id: "x" },
				],
			},
		]);
	});

	test("a feature is chosen, all of them are as if none were, and the last one stays", async () => {
		const { page, turn } = open;
		await turn({ state: "alone" });
		await page.getByRole("button", { name: /^Signal/ }).press("Enter");
		await page.getByLabel("Calls").press("Space");
		await page.getByLabel("Messages", { exact: true }).press("Space");
		await page.getByRole("alert").waitFor();
		expect(await page.getByRole("alert").textContent()).toBe("At least one feature stays.");
		expect(await page.getByLabel("Messages", { exact: true }).isChecked()).toBe(true);
		await page.getByLabel("Calls").press("Space");
		expect(await changes(page)).toEqual([
			[{ services: [{ id: "signal", features: ["messaging"] }] }],
			[{ services: [{ id: "signal" }] }],
		]);
	});

	test("the last service stays, and the window says so", async () => {
		const { page, turn } = open;
		await turn({ state: "alone" });
		await page.getByRole("button", { name: "Remove: Signal" }).press("Enter");
		expect(await page.getByRole("alert").textContent()).toContain("At least one service stays");
		expect(await changes(page)).toEqual([]);
	});

	test("a service is found by another of its names and whatever the accents, and watched", async () => {
		const { page, turn } = open;
		await turn({ state: "alone" });
		await page.getByRole("searchbox").fill("TELE");
		expect(await page.locator(".service-entry b").allTextContents()).toEqual(["Telegram", "Télé Santé"]);
		await page.getByRole("searchbox").fill("twitter");
		await page.getByRole("button", { name: "Watch: X" }).press("Enter");
		expect(await changes(page)).toEqual([[{ services: [{ id: "signal" }, { id: "x" }] }]]);
		await page.getByRole("searchbox").press("Escape");
		expect(await order(page)).toHaveLength(2);
		expect(await callsOf(page, "close")).toEqual([]);
	});

	test("what was refused goes back, and says why in place", async () => {
		const { page, turn } = open;
		await turn({ state: "refusing" });
		await page.getByRole("button", { name: "Remove: Instagram" }).press("Enter");
		expect(await page.getByRole("alert").textContent()).toBe("Services: too many for this computer");
		expect(await page.locator(".watched-row").count()).toBe(3);
		expect(await page.getByRole("button", { name: "Undo" }).count()).toBe(0);
	});

	test("nothing that is locked can be turned", async () => {
		const { page, turn } = open;
		await turn({ state: "locked" });
		expect(await page.getByText("Set by your organisation").count()).toBe(1);
		await page.locator(".watched-head").first().press("Alt+ArrowDown");
		expect(await page.getByRole("button", { name: /^(Remove|Move|Watch)/ }).count()).toBe(0);
		await page.getByRole("button", { name: "Own pages" }).click();
		expect(await page.getByRole("button", { name: /^(Add|Remove|Delete|Change)/ }).count()).toBe(0);
		expect(await changes(page)).toEqual([]);
	});
});
