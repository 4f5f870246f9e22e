import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { barriers, layout, shifts, turnAndLengthen } from "./checks.ts";
import { NOW } from "./gallery/build.ts";
import { DETAILS } from "./gallery/details.ts";
import { STATES } from "./gallery/states.ts";
import { callsOf, HAS_CHROMIUM, type OpenPage, theatre } from "./stage.ts";

const details = { window: "details" } as const;
const title = (page: Page) => page.getByRole("heading", { level: 1 });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");

async function sides(page: Page) {
	const { sideways, wide } = await layout(page);
	return { sideways, wide };
}
const SOUND = { sideways: false, wide: [] };

/** Until the chart is drawn, where there is to be one. */
async function drawn(page: Page): Promise<void> {
	if ((await page.locator(".chart").count()) > 0) await page.locator(".chart canvas").waitFor();
}

async function unfoldAll(page: Page): Promise<void> {
	await drawn(page);
	await page.evaluate(() => {
		for (const part of document.querySelectorAll("details")) part.open = true;
		document.querySelector<HTMLElement>(".export > button")?.click();
	});
}

/** The headings' levels, in the order of the page. */
const levels = (page: Page) =>
	page.evaluate(() => [...document.querySelectorAll("h1,h2,h3,h4")].map(({ tagName }) => Number(tagName[1])));

describe.skipIf(!HAS_CHROMIUM)("the details", () => {
	const { show } = theatre();

	let open: OpenPage;
	beforeAll(async () => {
		open = await show({ ...details, state: "calm" });
	});
	afterAll(() => open.close());

	test.each(Object.keys(DETAILS))(
		"in the state %s: are sound and open to everybody, light and dark, in both languages",
		async (state) => {
			const { page, complaints, turn } = open;
			for (const [lang, theme, other] of [
				["en", "light", "dark"],
				["it", "dark", "light"],
			] as const) {
				await page.emulateMedia({ colorScheme: theme });
				await turn({ state, lang });
				await drawn(page);
				expect(await sides(page)).toEqual(SOUND);
				expect(await barriers(page)).toEqual([]);
				await page.emulateMedia({ colorScheme: other });
				expect(await barriers(page, ["color-contrast"])).toEqual([]);
			}
			const order = await levels(page);
			expect(order.filter((level, index) => level > (order[index - 1] ?? 0) + 1)).toEqual([]);
			expect(complaints).toEqual([]);
		},
		40_000,
	);

	test.each<[string, string, object]>([
		["outage", "more contrast", { contrast: "more" }],
		["outage", "more contrast in the dark", { contrast: "more", colorScheme: "dark" }],
		["outage", "forced colours", { forcedColors: "active" }],
		["all", "forced colours", { forcedColors: "active" }],
		["outage", "twice the size", { viewport: { width: 430, height: 340 }, deviceScaleFactor: 2 }],
		["incident", "twice the size", { viewport: { width: 430, height: 340 }, deviceScaleFactor: 2 }],
		["all", "twice the size", { viewport: { width: 430, height: 340 }, deviceScaleFactor: 2 }],
	])("unfold all of %s with %s", async (state, _, options) => {
		const { page, complaints, close } = await show({ ...details, state, lang: "it", options });
		await unfoldAll(page);
		expect(await sides(page)).toEqual(SOUND);
		expect(await barriers(page)).toEqual([]);
		expect(complaints).toEqual([]);
		await close();
	});

	test.each(["outage", "incident", "all"])("hold from right to left, and with longer words: %s", async (state) => {
		const { page, close } = await show({ ...details, state, lang: "it" });
		await drawn(page);
		await turnAndLengthen(page);
		expect(await sides(page)).toEqual(SOUND);
		await close();
	});

	test("stay whole before hostile text: it is text, bounded, and turns nothing around", async () => {
		const { page, complaints, close } = await show({ ...details, state: "hostile" });
		await unfoldAll(page);
		expect(await sides(page)).toEqual(SOUND);
		const seen = await page.evaluate(() => ({
			text: document.body.textContent ?? "",
			made: document.querySelectorAll("img, script:not([src])").length,
			top: document.querySelector(".top")?.getBoundingClientRect().height ?? 0,
			title: document.title,
		}));
		expect(seen).toMatchObject({ made: 0, title: "Semaforo" });
		expect(seen.text).toContain("<img src=x");
		expect(seen.text).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200E\u200F]/);
		expect(seen.text.length).toBeLessThan(20_000);
		expect(seen.top).toBeLessThan(150);
		expect(complaints).toEqual([]);
		await close();
	});

	test("show at once what is known, and move nothing when the rest comes", async () => {
		const { page, close } = await show({ ...details, state: "outage" });
		await drawn(page);
		expect((await shifts(page)).reduce((sum, each) => sum + each, 0)).toBeLessThan(0.01);
		await close();
	});

	test("say what they cannot know: no history, a service or an outage that is gone, nothing watched", async () => {
		const { page, turn } = open;
		await turn({ state: "unkept" });
		await page.getByText("No history is kept: only what is so now can be shown.").waitFor();
		expect(await page.locator(".chart, .bars").count()).toBe(0);
		await turn({ state: "gone" });
		expect(await title(page).textContent()).toBe("This service is not watched any more");
		await turn({ state: "forgotten" });
		await page.getByRole("heading", { name: "Nothing is remembered of this outage any more" }).waitFor();
		await turn({ state: "empty" });
		await page.getByRole("button", { name: "Choose services" }).click();
		expect(await callsOf(page, "openWindow")).toEqual([["settings"]]);
	});

	test("without an answer say so, and try again when asked", async () => {
		const { page, close } = await show({ ...details, state: "lost" });
		await page.getByRole("heading", { name: "This window has lost touch with Semaforo" }).waitFor();
		const asked = (await callsOf(page, "current")).length;
		await page.getByRole("button", { name: "Try again" }).click();
		expect(await callsOf(page, "current")).toHaveLength(asked + 1);
		await page.evaluate((next) => window.stage.push(next), STATES.calm());
		await page.getByRole("heading", { name: "Your services over 90 days" }).waitFor();
		await close();
	});
});

describe.skipIf(!HAS_CHROMIUM)("by keyboard alone, in the details", () => {
	const { show } = theatre();

	test("one goes from the list to a service, to an outage of it, and back", async () => {
		const { page, close } = await show({ ...details, state: "all" });
		for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"]) await page.keyboard.press(key);
		expect(await focused(page)).toContain("Instagram");
		await page.keyboard.press("Enter");
		await expect.poll(() => title(page).textContent()).toBe("Instagram");
		// who listens hears where they are
		expect(await focused(page)).toBe("Instagram");
		await page.getByRole("button", { name: "The whole outage" }).first().focus();
		await page.keyboard.press("Enter");
		await page.getByRole("heading", { name: "What it touches" }).waitFor();
		await page.getByRole("button", { name: "Threads" }).press("Enter");
		await expect.poll(() => title(page).textContent()).toBe("Threads");
		await page.keyboard.press("Alt+ArrowLeft");
		await page.keyboard.press("Alt+ArrowLeft");
		await expect.poll(() => title(page).textContent()).toBe("Instagram");
		await page.getByRole("button", { name: "Back" }).press("Enter");
		await expect.poll(() => title(page).textContent()).toBe("Your services over 90 days");
		expect(await page.getByRole("button", { name: "Back" }).count()).toBe(0);
		await close();
	});

	test("one leads from a service alone to all of them, and closes the window by either key", async () => {
		const { page, close } = await show({ ...details, state: "outage" });
		await page.getByRole("button", { name: "Back" }).press("Enter");
		await expect.poll(() => title(page).textContent()).toBe("Your services over 90 days");
		await page.keyboard.press("Escape");
		await page.keyboard.press("Control+w");
		expect(await callsOf(page, "close")).toEqual([[], []]);
		await close();
	});

	test("one looks further back with the arrow keys", async () => {
		const { page, close } = await show({ ...details, state: "outage" });
		const choice = page.getByRole("radio", { name: "the last 24 hours" });
		await choice.focus();
		for (const _ of [1, 2, 3]) await page.keyboard.press("ArrowRight");
		expect(await page.getByRole("radio", { name: "the last 90 days" }).isChecked()).toBe(true);
		const asked = (await callsOf(page, "history")).map(([wanted]) => (wanted as { span: string }).span);
		expect(asked).toEqual(["day", "week", "month", "quarter"]);
		await close();
	});

	test("one keeps a table, data, a report and a picture of the chart", async () => {
		const { page, close } = await show({ ...details, state: "outage" });
		await drawn(page);
		const button = page.getByRole("button", { name: "Export", exact: true });
		for (const kind of ["Table (CSV)", "Data (JSON)", "Report (Markdown)", "Chart (PNG)"]) {
			await button.press("Enter");
			const before = (await callsOf(page, "save")).length;
			await page.getByRole("button", { name: kind }).press("Enter");
			await expect.poll(async () => (await callsOf(page, "save")).length).toBe(before + 1);
			await expect.poll(() => page.getByRole("status").textContent()).toBe("Saved");
			expect(await focused(page)).toBe("Export");
		}
		const saved = (await callsOf(page, "save")).map(([file]) => file as Record<"name" | "type" | "content", string>);
		expect(saved.map(({ name, type }) => `${name}.${type}`)).toEqual(
			["csv", "json", "md", "png"].map((type) => `Semaforo Instagram.${type}`),
		);
		const picture = Buffer.from(saved[3]?.content ?? "", "base64");
		expect(picture.subarray(1, 4).toString()).toBe("PNG");
		expect(picture.readUInt32BE(16)).toBeGreaterThan(700);
		await close();
	});

	test("one hears why something was not saved, and nothing where one has changed one's mind", async () => {
		const { page, close } = await show({ ...details, state: "incident" });
		const answer = (result: object) =>
			page.evaluate((given) => {
				Reflect.set(Reflect.get(window, "semaforo"), "save", async () => given);
			}, result);
		const save = async () => {
			await page.getByRole("button", { name: "Export", exact: true }).press("Enter");
			await page.getByRole("button", { name: "Report (Markdown)" }).press("Enter");
		};
		await answer({ kind: "cancelled" });
		await save();
		expect(await page.locator(".said").count()).toBe(0);
		await answer({ kind: "failed", why: "the disk is full" });
		await save();
		await page.locator(".said").getByText("It could not be saved: the disk is full").waitFor();
		await close();
	});

	test("one leaves what can be kept without leaving the window", async () => {
		const { page, close } = await show({ ...details, state: "outage" });
		const button = page.getByRole("button", { name: "Export", exact: true });
		const offers = page.locator(".offers");
		await button.press("Enter");
		await page.keyboard.press("Tab");
		await page.keyboard.press("Escape");
		expect(await offers.count()).toBe(0);
		expect(await focused(page)).toBe("Export");
		await button.press("Enter");
		await page.keyboard.press("Shift+Tab");
		expect(await offers.count()).toBe(0);
		expect(await callsOf(page, "close")).toEqual([]);
		await close();
	});

	test("one opens the official page that is read", async () => {
		const { page, close } = await show({ ...details, state: "outage" });
		await page.getByRole("button", { name: "Open the status page: Meta" }).press("Enter");
		expect(await callsOf(page, "openPage")).toEqual([[{ url: "https://metastatus.com/data/instagram.json" }]]);
		await close();
	});
});

/** The colours of the drawn chart, as `r,g,b`, with how many pixels have them. */
const coloursOf = (page: Page) =>
	page.locator(".chart canvas").evaluate((canvas: HTMLCanvasElement) => {
		const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
		const counts: Record<string, number> = {};
		for (let at = 0; at < data.length; at += 4) {
			if (data[at + 3] !== 255) continue;
			const colour = `${data[at]},${data[at + 1]},${data[at + 2]}`;
			counts[colour] = (counts[colour] ?? 0) + 1;
		}
		return counts;
	});

describe.skipIf(!HAS_CHROMIUM)("the chart", () => {
	const { show } = theatre();

	test("shades the outage and stacks the phases, in the colours of the page, and again when the system turns dark", async () => {
		const { page, close } = await show({ ...details, state: "outage", options: { colorScheme: "light" } });
		await drawn(page);
		const light = await coloursOf(page);
		expect(light["251,228,226"]).toBeGreaterThan(3000);
		for (const phase of ["227,233,247", "207,218,242", "185,201,236", "160,181,228", "134,160,220"])
			expect(light[phase]).toBeGreaterThan(300);
		await page.emulateMedia({ colorScheme: "dark" });
		await expect.poll(async () => (await coloursOf(page))["67,32,30"] ?? 0).toBeGreaterThan(3000);
		expect((await coloursOf(page))["251,228,226"]).toBeUndefined();
		await close();
	});

	test("says in words what it shows, and what a single point is made of", async () => {
		const { page, close } = await show({ ...details, state: "outage", options: { timezoneId: "America/New_York" } });
		await drawn(page);
		const chart = page.getByRole("img", {
			name: /^Response time of Instagram, feed, in the last 24 hours\. Usually \d+ ms; \d+ ms at worst, 4 Mar, 0?4:09\.$/,
		});
		expect(await chart.count()).toBe(1);
		const box = await page.locator(".u-over").boundingBox();
		await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) / 4, (box?.y ?? 0) + 20);
		await page
			.locator("figcaption")
			.getByText(/: \d+ ms \(name \d+ ms, connection \d+ ms, encryption/)
			.waitFor();
		await close();
	});

	test("has bars that tell their time and state to whoever points at one", async () => {
		const { page, close } = await show({ ...details, state: "outage" });
		const bars = page.locator(".feature-card .bars").first();
		await bars.waitFor();
		const box = await bars.boundingBox();
		const pointAt = async (share: number) => {
			await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) * share, (box?.y ?? 0) + 12);
			return bars.locator("xpath=..").getAttribute("title");
		};
		expect(await pointAt(0.99)).toBe("17:39 – 18:09: down");
		expect(await pointAt(0.5)).toBe("6:09 – 6:39: not looked at");
		await close();
	});

	test("shows the feature that is worst, and any other that is chosen", async () => {
		const { page, close } = await show({ ...details, state: "outage" });
		await drawn(page);
		const choice = page.getByRole("combobox", { name: "Feature" });
		expect(await choice.inputValue()).toBe("feed");
		await choice.selectOption("Stories");
		await page.getByRole("img", { name: /^Response time of Instagram, stories/ }).waitFor();
		await expect.poll(async () => (await coloursOf(page))["251,228,226"]).toBeUndefined();
		await close();
	});
});

describe.skipIf(!HAS_CHROMIUM)("ninety days of eighty services", () => {
	const { show } = theatre();

	test("are drawn with one path for each colour, and scroll at the screen's own pace", async () => {
		const { page, close } = await show({ ...details, state: "eighty" });
		await page.locator(".bars").nth(79).waitFor({ state: "attached" });
		const most = await page.evaluate(() =>
			Math.max(...[...document.querySelectorAll(".bars")].map((bars) => bars.childElementCount)),
		);
		expect(most).toBeLessThanOrEqual(6);
		const frames = await page.evaluate(async () => {
			const main = document.querySelector("main");
			const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
			const took: number[] = [];
			let before = await frame();
			for (let step = 0; main && step < 90; step += 1) {
				main.scrollTop += main.scrollTop + main.clientHeight >= main.scrollHeight ? -main.scrollHeight : 40;
				const now = await frame();
				took.push(now - before);
				before = now;
			}
			return took.sort((a, b) => a - b);
		});
		// every second frame: a computer that is busy with something else only ever adds to it
		expect(frames[45]).toBeLessThanOrEqual(17.5);
		await close();
	});

	test("cost little to hear of again", async () => {
		const { page, close } = await show({ ...details, state: "eighty" });
		await page.locator(".bars").nth(79).waitFor({ state: "attached" });
		const times = await page.evaluate(
			async ({ snapshot }) => {
				const took: number[] = [];
				for (let turn = 0; turn < 21; turn += 1) {
					const next = structuredClone({ ...snapshot, at: snapshot.at + turn * 1000 });
					const began = performance.now();
					window.stage.push(next);
					await Promise.resolve();
					await Promise.resolve();
					took.push(performance.now() - began);
					await new Promise((resolve) => requestAnimationFrame(resolve));
				}
				return took.sort((a, b) => a - b);
			},
			{ snapshot: { ...STATES.eighty(), at: NOW } },
		);
		expect(times[5]).toBeLessThanOrEqual(8);
		await close();
	});
});
