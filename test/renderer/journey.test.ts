import type { Page } from "playwright";
import { describe, expect, test } from "vitest";
import { shifts } from "./checks.ts";
import { NOW, service, snapshot } from "./gallery/build.ts";
import { POPOVER } from "./gallery/popover.ts";
import { STATES } from "./gallery/states.ts";
import { callsOf, HAS_CHROMIUM, theatre } from "./stage.ts";

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");

describe.skipIf(!HAS_CHROMIUM)("by keyboard alone", () => {
	const { show } = theatre();

	test("one reads why, mutes, asks to be told, copies and opens the official page of an outage", async () => {
		const { page, close } = await show({ state: "outage" });
		await page.keyboard.press("ArrowDown");
		expect(await focused(page)).toBe("Why we think so");
		await page.keyboard.press("Enter");
		await page.getByText("i.instagram.com fails: no answer in time, 6 times in a row", { exact: true }).waitFor();
		await page.keyboard.press("m");
		await page.keyboard.press("Tab");
		await page.keyboard.press("b");
		await page.keyboard.press("c");
		await page.keyboard.press("o");
		await page.getByRole("button", { name: "For an hour" }).focus();
		await page.keyboard.press("Enter");
		await page.getByText("Muted until 19:09").waitFor();
		expect(await callsOf(page, "wish")).toEqual([
			[{ kind: "back_wanted", service: "instagram" }],
			[{ kind: "muted", service: "instagram", until: NOW + 3_600_000 }],
		]);
		expect(await callsOf(page, "copy")).toEqual([
			[
				"Trouble on Instagram: feed, posting and media. It is not just you: the trouble is at Meta. It began at 17:58. No official page says so yet.",
			],
		]);
		expect(await callsOf(page, "openPage")).toEqual([[{ service: "instagram" }]]);
		expect(await page.getByRole("status").textContent()).toBe("Copied");
		await page.keyboard.press("m");
		expect((await callsOf(page, "wish")).at(-1)).toEqual([{ kind: "unmuted", service: "instagram" }]);
		await close();
	});

	test("one moves along the services and unfolds one", async () => {
		const { page, close } = await show({ state: "calm" });
		for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"]) await page.keyboard.press(key);
		expect(await focused(page)).toContain("Instagram");
		await page.keyboard.press("Space");
		const list = page.getByRole("list", { name: "Instagram, feature by feature" });
		expect(await list.getByRole("listitem").count()).toBe(6);
		expect(await list.textContent()).toContain("Signing in cannot be seen from here");
		await close();
	});

	test("one searches, whatever the accents, and leaves step by step", async () => {
		const { page, close } = await show({ state: "calm", lang: "it" });
		await page.keyboard.press("Control+f");
		await page.keyboard.type("TÉL");
		expect(await page.locator(".row").count()).toBe(1);
		await page.keyboard.type("x");
		await page.getByText("Qui non si conosce nessun servizio con quel nome.").waitFor();
		await page.keyboard.press("Escape");
		expect(await page.locator(".row").count()).toBe(10);
		expect(await callsOf(page, "close")).toEqual([]);
		await page.keyboard.press("Escape");
		await page.keyboard.press("Control+w");
		expect(await callsOf(page, "close")).toEqual([[], []]);
		await close();
	});

	test("one searches for what is not watched yet, watches it, and takes that back with the same key", async () => {
		const { page, close } = await show({ state: "calm" });
		const before = POPOVER["calm"]?.().answers?.settings?.settings.services ?? [];
		expect(before).toHaveLength(10);
		await page.keyboard.press("Control+f");
		await page.keyboard.type("tele2");
		const watch = page.getByRole("button", { name: "Watch: Télé2" });
		await watch.waitFor();
		for (let stop = 0; stop < 9 && !(await focused(page)).startsWith("Watch"); stop += 1)
			await page.keyboard.press("Tab");
		await page.keyboard.press("Enter");
		await expect.poll(() => watch.getAttribute("aria-pressed")).toBe("true");
		expect(await callsOf(page, "changeSettings")).toEqual([[{ services: [...before, { id: "tele2" }] }]]);
		// it is watched now, and stays where it was
		const watched = [...STATES.calm().services, service("tele2", {}, { name: "Télé2" })];
		await page.evaluate((next) => window.stage.push(next), snapshot(watched));
		expect(await page.getByText("Télé2").count()).toBe(1);
		expect(await focused(page)).toBe("Watched");
		await page.keyboard.press("Space");
		await expect.poll(() => watch.getAttribute("aria-pressed")).toBe("false");
		expect((await callsOf(page, "changeSettings")).at(-1)).toEqual([{ services: before }]);
		await close();
	});

	test("one is told where what is watched is not one's own to choose", async () => {
		const { page, close } = await show({ state: "managed" });
		await page.keyboard.press("Control+f");
		await page.keyboard.type("tele2");
		await page.getByText("What is watched was chosen by whoever set this computer up.").waitFor();
		expect(await page.getByText("Télé2").count()).toBe(1);
		expect(await page.getByRole("button", { name: /Watch/ }).count()).toBe(0);
		await close();
	});

	test("one is told why a service could not be added", async () => {
		const { page, close } = await show({ state: "refusing" });
		await page.keyboard.press("Control+f");
		await page.keyboard.type("tele2");
		await page.getByRole("button", { name: "Watch: Télé2" }).press("Enter");
		await expect.poll(() => page.getByRole("alert").textContent()).toBe("services: at most 10 may be watched.");
		expect(await page.getByRole("button", { name: "Watch: Télé2" }).getAttribute("aria-pressed")).toBe("false");
		await close();
	});

	test("one opens the details of an outage, of a service, and of one that is unfolded", async () => {
		const { page, close } = await show({ state: "outage" });
		await page.keyboard.press("ArrowDown");
		await page.keyboard.press("d");
		await page.keyboard.press("ArrowDown");
		await page.keyboard.press("d");
		await page.keyboard.press("ArrowDown");
		await page.keyboard.press("Enter");
		await page.getByRole("button", { name: "Details: Instagram" }).waitFor();
		await page.keyboard.press("d");
		await page.getByRole("button", { name: "Is it just me? Instagram" }).press("Enter");
		expect(await callsOf(page, "openWindow")).toEqual([
			["details", { incident: "i-meta" }],
			["details", { service: "whatsapp" }],
			["details", { service: "instagram" }],
			["diagnosis", { service: "instagram" }],
		]);
		await close();
	});

	test("one opens the page where a network wants a login", async () => {
		const { page, close } = await show({ state: "portal" });
		await page.keyboard.press("Tab");
		expect(await focused(page)).toBe("Open the sign-in page");
		await page.keyboard.press("Enter");
		expect(await callsOf(page, "openPage")).toEqual([[{ signIn: true }]]);
		await close();
	});

	test("one checks now, once, and sees how far it is", async () => {
		const { page, close } = await show({ state: "calm" });
		await page.keyboard.press("Control+r");
		const progress = page.getByRole("progressbar", { name: /\d+ of 24 checked/ });
		await progress.waitFor();
		await page.keyboard.press("Control+r");
		expect(await callsOf(page, "checkNow")).toEqual([[]]);
		await progress.waitFor({ state: "detached" });
		await page.getByRole("button", { name: "Check now" }).waitFor();
		await close();
	});

	test("one reads the keys, asks whether it is them, and opens the settings", async () => {
		const { page, close } = await show({ state: "calm" });
		await page.keyboard.press("F1");
		const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
		expect(await help.getByText("Why we think so").count()).toBe(1);
		await page.keyboard.press("Control+i");
		expect(await callsOf(page, "openWindow")).toEqual([]);
		await page.keyboard.press("Escape");
		await help.waitFor({ state: "detached" });
		await page.keyboard.press("Control+i");
		await page.keyboard.press("Control+,");
		expect(await callsOf(page, "openWindow")).toEqual([["diagnosis"], ["settings"]]);
		await close();
	});

	test("every stop has a name and a focus that can be seen, in the order of the page", async () => {
		const { page, close } = await show({ state: "outage" });
		const tops: number[] = [];
		const stops = await page.locator("button, summary").count();
		for (let stop = 0; stop < stops; stop += 1) {
			await page.keyboard.press("Tab");
			const at = await page.evaluate(() => {
				const focus = document.activeElement as HTMLElement;
				const { outlineStyle, outlineWidth } = getComputedStyle(focus);
				const name = focus.getAttribute("aria-label") ?? focus.textContent ?? "";
				const { top } = focus.getBoundingClientRect();
				return {
					outline: `${outlineStyle} ${outlineWidth}`,
					name,
					top: top + (document.querySelector("main")?.scrollTop ?? 0),
				};
			});
			expect(at.outline).toBe("solid 2px");
			expect(at.name.trim()).not.toBe("");
			tops.push(at.top);
		}
		expect(new Set(tops).size).toBeGreaterThan(10);
		// buttons of one line differ by their heights
		expect(tops.filter((top, stop) => top < (tops[stop - 1] ?? 0) - 12)).toEqual([]);
		await close();
	});
});

describe.skipIf(!HAS_CHROMIUM)("who listens", () => {
	const { show } = theatre();

	test("hears of a change once, and not of what is as it was", async () => {
		const { page, close } = await show({ state: "calm" });
		const status = page.getByRole("status");
		expect(await status.textContent()).toBe("");
		const outage = STATES.outage();
		await page.evaluate((next) => window.stage.push(next), { ...STATES.calm(), at: NOW + 1000 });
		expect(await status.textContent()).toBe("");
		await page.evaluate((next) => window.stage.push(next), outage);
		await expect.poll(() => status.textContent()).toBe("Feeds are not loading on Instagram");
		expect(await page.getByRole("status").count()).toBe(1);
		await close();
	});

	test("keeps the focus and what is unfolded when a snapshot comes", async () => {
		const { page, close } = await show({ state: "calm" });
		await page.getByRole("button", { name: /^Instagram/ }).press("Enter");
		const services = ["telegram", "instagram", "x"].map((id) => service(id));
		await page.evaluate((next) => window.stage.push(next), snapshot(services));
		await expect.poll(() => page.locator(".row").count()).toBe(3);
		expect(await focused(page)).toContain("Instagram");
		expect(await page.locator(".row-body").count()).toBe(1);
		await close();
	});
});

describe.skipIf(!HAS_CHROMIUM)("a popover without an answer", () => {
	const { show } = theatre();

	test("says so, and tries again when asked", async () => {
		const { page, close } = await show({ state: "lost" });
		await page.getByRole("heading", { name: "This window has lost touch with Semaforo" }).waitFor();
		const asked = (await callsOf(page, "current")).length;
		await page.getByRole("button", { name: "Try again" }).click();
		expect(await callsOf(page, "current")).toHaveLength(asked + 1);
		await page.evaluate((next) => window.stage.push(next), STATES.calm());
		await page.getByRole("heading", { name: "Everything that can be seen from here works" }).waitFor();
		await close();
	});
});

describe.skipIf(!HAS_CHROMIUM)("the popover", () => {
	const { show } = theatre();

	test("says how high it would like to be: as high as what it shows, and higher once that unfolds", async () => {
		const { page, close } = await show({ state: "one" });
		const wanted = async () => Number((await callsOf(page, "fit")).at(-1)?.[0]);
		await expect.poll(wanted).toBeGreaterThan(150);
		const folded = await wanted();
		expect(folded).toBeLessThan(300);
		await page.locator(".row-head").click();
		await expect.poll(wanted).toBeGreaterThan(folded + 50);
		await close();
	});

	test("shows the last day of each service once it is known, in room that was there before", async () => {
		const { page, close } = await show({ state: "calm" });
		await page.locator(".bars").last().waitFor();
		expect(await page.locator(".bars").count()).toBe(10);
		expect(await shifts(page)).toEqual([]);
		const name = "trouble in 2 of the last 24 hours";
		expect(
			await page
				.getByRole("button", { name: /^Instagram/ })
				.getByRole("img", { name })
				.count(),
		).toBe(1);
		await close();
	});

	test("asks for the last day again when it is shown again, and lives without", async () => {
		const { page, close } = await show({ state: "no-history" });
		await expect.poll(() => page.locator(".dayless").count()).toBe(10);
		expect(await shifts(page)).toEqual([]);
		await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
		expect(await callsOf(page, "bars")).toEqual([[], []]);
		await close();
	});

	test.each([
		["calm", "ok"],
		["gaps", "unknown"],
		["unknown", "unknown"],
		["outage", "bad"],
	])("leads %s on a ground of %s: green only where all that can be seen has been", async (state, tone) => {
		const { page, close } = await show({ state });
		expect(await page.locator(".head").getAttribute("class")).toBe(`head soft-${tone}`);
		await close();
	});
});
