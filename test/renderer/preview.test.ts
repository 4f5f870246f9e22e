import { describe, expect, test } from "vitest";
import { HAS_CHROMIUM, theatre } from "./stage.ts";

/** Faster than the preview's usual: its quiet ten minutes take a second. */
const DEMO = "demo=2019-07-03-meta-pictures&speed=600";

describe.skipIf(!HAS_CHROMIUM)("the preview", () => {
	const { show } = theatre();

	test("follows a scripted outage by its own time, and grants what people wish", async () => {
		const { page, complaints, close } = await show({ state: "calm" });
		await page.goto(new URL(`popover.html?${DEMO}`, page.url()).href);
		const card = page.getByRole("article");
		await card.getByText("Media").first().waitFor();
		await expect.poll(() => page.getByRole("heading", { level: 1 }).textContent()).toMatch(/not loading/);
		await expect.poll(() => page.locator(".fresh").textContent()).toMatch(/Checked \d+ (?:s|min) ago/);
		await card.getByRole("button", { name: /^Mute/ }).click();
		await page.getByRole("button", { name: "For an hour" }).click();
		await card.getByText(/Muted until/).waitFor();
		await page.getByRole("button", { name: "Check now" }).click();
		await page.getByRole("progressbar").waitFor();
		expect(complaints).toEqual([]);
		await close();
	});

	test("says why where there is no scenario of that name", async () => {
		const { page, close } = await show({ state: "calm" });
		const answer = await page.request.get(new URL("bridge.js?window=popover&demo=no-such", page.url()).href);
		expect([answer.status(), await answer.text()]).toEqual([404, expect.stringContaining("no-such")]);
		await close();
	});
});
