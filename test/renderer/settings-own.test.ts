import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { write } from "./own-forms.ts";
import { callsOf, HAS_CHROMIUM, type OpenPage, theatre } from "./stage.ts";

const focused = (page: Page) =>
	page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent);
const changes = (page: Page) => callsOf(page, "changeSettings");

describe.skipIf(!HAS_CHROMIUM)("own pages and probes", () => {
	const { show } = theatre();
	let open: OpenPage;
	beforeAll(async () => {
		open = await show({ window: "settings", state: "own" });
	});
	afterAll(() => open.close());

	test("an address becomes a page that is watched: looked at, understood, saved", async () => {
		const { page, turn } = open;
		await turn({ state: "ownNone" });
		await page.getByRole("button", { name: "Add a status page" }).press("Enter");
		expect(await changes(page)).toEqual([]);
		await page.keyboard.type("status.shop.example");
		await page.keyboard.press("Enter");
		await page.getByText("Orders are slow to arrive").waitFor();
		expect(await callsOf(page, "lookAt")).toEqual([["status.shop.example"]]);
		await page.getByLabel("Tills").selectOption({ label: "Messages" });
		await page.getByLabel("Name").fill("Shop");
		expect(await changes(page)).toEqual([]);
		await page.getByRole("button", { name: "Save" }).press("Enter");
		await page.getByRole("heading", { name: "Shop" }).waitFor();
		const blind = { blind: "Only its status page tells of it." };
		expect(await changes(page)).toEqual([
			[
				{
					own: [
						{
							id: "own-shop",
							name: "Shop",
							features: { api: blind, login: blind, media: blind, messaging: blind },
							sources: [
								{
									format: "statuspage",
									url: "https://status.shop.example/api/v2/summary.json",
									components: { "c-api": "api", "c-login": "login", "c-images": "media", "c-till": "messaging" },
									speaksForWhole: true,
								},
							],
						},
					],
				},
			],
		]);
	});

	test("an address that is no page says so, and there is nothing to save", async () => {
		const { page, turn } = open;
		await turn({ state: "ownFails" });
		await write(page, "page");
		expect(await page.getByRole("alert").textContent()).toContain("No status page was found there.");
		expect(await page.getByRole("button", { name: "Save" }).count()).toBe(0);
		await page.getByRole("button", { name: "Cancel" }).press("Enter");
		await expect.poll(() => focused(page)).toBe("Own pages");
		expect(await changes(page)).toEqual([]);
	});

	test("a probe is tried before it can be saved, and tried again once it is written anew", async () => {
		const { page, turn } = open;
		await turn({ state: "ownNone" });
		await page.getByRole("button", { name: "Add a website or server" }).press("Enter");
		await page.getByLabel("A port of a server").press("Space");
		await page.getByLabel("Server", { exact: true }).fill("Mail.Example");
		await page.getByLabel("Port", { exact: true }).fill("99999");
		await page.getByRole("button", { name: "Try it" }).press("Enter");
		await page.getByText("Something is missing").waitFor();
		expect(await callsOf(page, "tryProbe")).toEqual([]);
		await page.getByLabel("Port", { exact: true }).fill("993");
		await page.keyboard.press("Enter");
		await page.getByText("It answers, after 84 ms.").first().waitFor();
		expect(await callsOf(page, "tryProbe")).toEqual([[{ type: "tcp", host: "mail.example", port: 993 }]]);
		await page.getByLabel("Server", { exact: true }).fill("imap.example");
		expect(await page.getByRole("button", { name: "Save" }).count()).toBe(0);
		await page.keyboard.press("Enter");
		await page.locator(".ink-ok").waitFor();
		await page.getByLabel("It stands for").selectOption({ label: "Messages" });
		await page.getByRole("button", { name: "Save" }).press("Enter");
		await page.getByRole("heading", { name: "imap.example:993" }).waitFor();
		expect(await changes(page)).toEqual([
			[
				{
					own: [
						{
							id: "own-imap-example-993",
							name: "imap.example:993",
							features: { messaging: { probes: [{ type: "tcp", host: "imap.example", port: 993 }] } },
							sources: [],
						},
					],
				},
			],
		]);
	});

	test("a probe that fails says why, and is saved only by who wants it anyway", async () => {
		const { page, turn } = open;
		await turn({ state: "ownFails" });
		await write(page, "probe");
		expect(await page.locator(".ink-bad").textContent()).toBe("It does not: connection refused.");
		await page.getByRole("button", { name: "Save anyway" }).press("Enter");
		await page.getByRole("heading", { name: "status.shop.example" }).waitFor();
		expect(await changes(page)).toHaveLength(1);
	});

	test("an own service is renamed, loses one check, and is deleted with its place among the services", async () => {
		const { page, turn } = open;
		await turn({ state: "own" });
		const name = page.getByLabel("Name").first();
		await name.fill("Our intranet");
		await name.press("Enter");
		await page.getByRole("heading", { name: "Our intranet" }).waitFor();
		await page.getByRole("button", { name: "Remove: intranet.example", exact: true }).press("Enter");
		await expect.poll(() => page.locator(".own-check").count()).toBe(2);
		await page.getByRole("button", { name: "Delete: Our shop" }).press("Enter");
		await expect.poll(() => page.locator(".own-card").count()).toBe(1);
		const last = (await changes(page)).at(-1) as [{ own: { id: string; name: string; features: object }[] }];
		expect(last[0].own).toMatchObject([{ id: "own-intranet", name: "Our intranet" }]);
		expect(Object.keys(last[0].own[0]?.features ?? {})).toEqual(["web"]);
	});
});
