import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { host, line } from "../helpers/findings.ts";
import { barriers, layout, SOUND, shifts, turnAndLengthen } from "./checks.ts";
import { DIAGNOSIS, examinationOf } from "./gallery/diagnosis.ts";
import { callsOf, HAS_CHROMIUM, type OpenPage, theatre } from "./stage.ts";

const WINDOW = { window: "diagnosis" } as const;

const unfoldAll = ({ page }: OpenPage) =>
	page.evaluate(() => {
		for (const part of document.querySelectorAll<HTMLElement>("summary, [aria-expanded=false]")) part.click();
	});

describe.skipIf(!HAS_CHROMIUM)("is it just me: the window", () => {
	const { show } = theatre();

	let open: OpenPage;
	beforeAll(async () => {
		open = await show({ ...WINDOW, state: "fine" });
	});
	afterAll(() => open.close());

	test.each(Object.keys(DIAGNOSIS))(
		"in the scene %s: is sound and open to everybody, light and dark, in both languages",
		async (state) => {
			const { page, complaints, turn } = open;
			for (const [lang, theme, other] of [
				["en", "light", "dark"],
				["it", "dark", "light"],
			] as const) {
				await page.emulateMedia({ colorScheme: theme });
				await turn({ state, lang });
				const { room, ...rest } = await layout(page);
				expect(rest).toEqual(SOUND);
				expect(room).toBeGreaterThan(240);
				expect(await barriers(page)).toEqual([]);
				await unfoldAll(open);
				expect((await layout(page)).wide).toEqual([]);
				await page.emulateMedia({ colorScheme: other });
				expect(await barriers(page, ["color-contrast"])).toEqual([]);
			}
			expect(complaints).toEqual([]);
		},
	);

	test.each<[string, string, object]>([
		["service", "more contrast", { contrast: "more" }],
		["noted", "forced colours", { forcedColors: "active" }],
		["filtered", "twice the size", { viewport: { width: 310, height: 320 }, deviceScaleFactor: 2 }],
		["looking", "twice the size", { viewport: { width: 310, height: 320 }, deviceScaleFactor: 2 }],
	])("unfolds all of %s with %s", async (state, _, options) => {
		const shown = await show({ ...WINDOW, state, lang: "it", options });
		await unfoldAll(shown);
		const { sideways, wide } = await layout(shown.page);
		expect({ sideways, wide }).toEqual({ sideways: false, wide: [] });
		expect(await barriers(shown.page)).toEqual([]);
		await shown.close();
	});

	test.each(["service", "looking"])("holds from right to left, and with longer words: %s", async (state) => {
		const shown = await show({ ...WINDOW, state, lang: "it" });
		await unfoldAll(shown);
		await turnAndLengthen(shown.page);
		const { room: _, ...rest } = await layout(shown.page);
		expect(rest).toEqual(SOUND);
		await shown.close();
	});

	test("stays whole before hostile text: it is text, and bounded", async () => {
		const shown = await show({ ...WINDOW, state: "hostile" });
		await unfoldAll(shown);
		const seen = await shown.page.evaluate(() => ({
			text: document.body.textContent ?? "",
			made: document.querySelectorAll("img, script:not([src])").length,
		}));
		expect(seen.made).toBe(0);
		expect(/[\u202A-\u202E\u2066-\u2069]/.test(seen.text)).toBe(false);
		expect(seen.text.length).toBeLessThan(12_000);
		await shown.close();
	});
});

describe.skipIf(!HAS_CHROMIUM)("is it just me: a look", () => {
	const { show } = theatre();

	test("begins at once about the service in the address, and fills in layer by layer where each stands", async () => {
		const { page, close } = await show({ ...WINDOW, state: "looking" });
		expect(await callsOf(page, "diagnose")).toEqual([["instagram"]]);
		const rows = page.locator(".layer");
		expect(await rows.count()).toBe(11);
		const text = (row: number) => rows.nth(row).locator(".layer-found").textContent();
		// the router is asked once the addresses have answered, the clock is read off the login pages
		expect([await text(0), await text(1), await text(4)]).toEqual([
			"connected by cable",
			"looking …",
			"0 of 2 answer: no answer in time",
		]);
		expect([await text(5), await text(7), await text(9)]).toEqual([
			"looking …",
			"waiting for its turn",
			"waiting for its turn",
		]);
		const bar = page.getByRole("progressbar", { name: "4 of 11 looked at" });
		expect(await bar.count()).toBe(1);
		const tops = () => rows.evaluateAll((all) => all.map((row) => row.getBoundingClientRect().top));
		const before = await tops();
		const all = examinationOf([...line({ addresses: "timeout" }), host("instagram", "i.instagram.com", "ok")], {
			service: "instagram",
		});
		for (const layer of all.layers) await page.evaluate((told) => window.stage.tell("diagnosis", told), layer);
		await expect.poll(() => text(9)).toBe("right");
		expect(await tops()).toEqual(before);
		expect(await shifts(page)).toEqual([]);
		// nobody is told of each layer
		expect(await page.getByRole("status").textContent()).toBe("");
		await close();
	});

	test("is heard once when it is over, and moves nothing", async () => {
		const { page, close } = await show({ ...WINDOW, state: "service" });
		const verdict = "It is not just you: Instagram answers with errors, while your connection is fine";
		await expect.poll(() => page.getByRole("status").textContent()).toBe(verdict);
		expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(verdict);
		expect(await page.locator(".head").getAttribute("class")).toBe("head soft-bad");
		await page.getByText("There is nothing to mend here: wait until Meta is well again.").waitFor();
		expect(await shifts(page)).toEqual([]);
		await close();
	});

	test("tells what to try in order, and whose side it is on", async () => {
		const { page, close } = await show({ ...WINDOW, state: "filtered" });
		await page.getByText("It is on your side.").waitFor();
		expect(await page.locator(".steps > li").allTextContents()).toEqual([
			"Try another network.",
			"If it works there, ask whoever runs this one what it holds back.",
			"Then look again.",
		]);
		await close();
	});

	test("leaves the layers where they are, however much there is to try", async () => {
		const { page, turn, close } = await show({ ...WINDOW, state: "looking" });
		const tops = new Set<number>();
		for (const state of ["looking", "service", "filtered", "portal", "isp", "stopped"]) {
			await turn({ state });
			if (state !== "looking") await page.getByRole("heading", { name: "What to try" }).waitFor();
			tops.add(await page.locator(".layers").evaluate((list) => list.getBoundingClientRect().top));
		}
		expect([...tops]).toHaveLength(1);
		await close();
	});

	test("that another look ended says so, and blames nobody", async () => {
		const { page, close } = await show({ ...WINDOW, state: "stopped" });
		await page.getByRole("heading", { name: "Another look has begun, which ended this one" }).waitFor();
		await page.getByText("Look again when the other one is over.").waitFor();
		expect(await page.locator(".head .says").textContent()).toMatch(/^\s*$/);
		await close();
	});

	test("that cannot be had says so, and is begun again when asked", async () => {
		const { page, close } = await show({ ...WINDOW, state: "failed" });
		await page.getByRole("heading", { name: "Nothing could be looked at" }).waitFor();
		await page.getByRole("button", { name: "Look again" }).click();
		expect(await callsOf(page, "diagnose")).toEqual([["instagram"], ["instagram"]]);
		await close();
	});

	test("is not begun twice, and there is nothing to copy while it lasts", async () => {
		const { page, close } = await show({ ...WINDOW, state: "looking" });
		await page.keyboard.press("Control+r");
		await page.getByRole("button", { name: "Look again" }).press("Enter");
		await page.getByRole("button", { name: "Copy the report" }).press("Enter");
		expect(await callsOf(page, "diagnose")).toHaveLength(1);
		expect(await callsOf(page, "copy")).toEqual([]);
		await close();
	});
});

describe.skipIf(!HAS_CHROMIUM)("is it just me: by keyboard alone", () => {
	const { show } = theatre();

	test("one unfolds what was measured, copies the report, and goes on to the details and the official page", async () => {
		const { page, close } = await show({ ...WINDOW, state: "service" });
		await page.getByText("answers with errors").first().waitFor();
		const tabTo = async (name: RegExp) => {
			for (let stop = 0; stop < 30; stop += 1) {
				await page.keyboard.press("Tab");
				const at = await page.evaluate(
					() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "",
				);
				if (name.test(at)) return;
			}
			throw new Error(`expected a stop called ${name}`);
		};
		await tabTo(/^Instagram/);
		await page.keyboard.press("Enter");
		const tests = await page.locator("details[open] .test").allTextContents();
		expect(tests).toContain(
			"i.instagram.comerror 503; tried againname 3 ms, connection 12 ms, encryption 31 ms, answer 41 ms",
		);
		await tabTo(/^Copy the report/);
		await page.keyboard.press("Enter");
		await expect.poll(() => page.getByRole("status").textContent()).toBe("The report is copied");
		expect(await callsOf(page, "copy")).toEqual([["# Is it just me?\n\nA report to hand on.\n"]]);
		await tabTo(/^Details of Instagram/);
		await page.keyboard.press("Enter");
		expect(await callsOf(page, "openWindow")).toEqual([["details", { service: "instagram" }]]);
		await tabTo(/^Open the status page/);
		await page.keyboard.press("Enter");
		expect(await callsOf(page, "openPage")).toEqual([[{ service: "instagram" }]]);
		await close();
	});

	test("one asks about another service, and leaves step by step", async () => {
		const { page, close } = await show({ ...WINDOW, state: "connection" });
		expect(await callsOf(page, "diagnose")).toEqual([[]]);
		await page.getByRole("heading", { name: "Your connection is fine" }).waitFor();
		await page.keyboard.press("Control+f");
		await page.keyboard.type("vim");
		await page.getByRole("button", { name: "Vimeo" }).waitFor();
		await page.keyboard.press("Tab");
		await page.keyboard.press("Enter");
		await expect.poll(() => callsOf(page, "diagnose")).toEqual([[], ["vimeo"]]);
		expect(await page.getByRole("searchbox").count()).toBe(0);
		await page.keyboard.press("Control+f");
		await page.keyboard.press("Escape");
		expect(await callsOf(page, "close")).toEqual([]);
		await page.keyboard.press("Escape");
		await page.keyboard.press("Control+w");
		expect(await callsOf(page, "close")).toEqual([[], []]);
		await close();
	});

	test("one opens the page where the network wants a login", async () => {
		const { page, close } = await show({ ...WINDOW, state: "portal" });
		await page.getByRole("button", { name: "Open the sign-in page" }).press("Enter");
		expect(await callsOf(page, "openPage")).toEqual([[{ signIn: true }]]);
		await close();
	});
});
