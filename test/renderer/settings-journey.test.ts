import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callsOf, HAS_CHROMIUM, type OpenPage, theatre } from "./stage.ts";

const ROOT = join(import.meta.dirname, "../..");

async function turnTo(page: Page, section: string): Promise<void> {
	await page.getByRole("navigation").getByText(section, { exact: true }).click();
	await page.getByRole("heading", { level: 2, name: section }).waitFor();
}

describe.skipIf(!HAS_CHROMIUM)("the settings beyond services, with the keyboard alone", () => {
	const { show } = theatre();
	let open: OpenPage;
	beforeAll(async () => {
		open = await show({ window: "settings", state: "usual" });
	});
	afterAll(() => open.close());

	/** The page in that state, at that section, with nothing called yet that changes anything. */
	async function at(state: string, section: string): Promise<Page> {
		await open.turn({ state });
		await turnTo(open.page, section);
		return open.page;
	}
	const changes = (page: Page) => callsOf(page, "changeSettings");

	test("one switch of the matrix is turned, and turned back", async () => {
		const page = await at("usual", "Notifications");
		const cell = page.getByRole("switch", { name: "Instagram: Unreliable" });
		await cell.focus();
		await page.keyboard.press("Space");
		expect(await cell.getAttribute("aria-checked")).toBe("true");
		expect(await changes(page)).toEqual([
			[{ notifications: { rules: [{ services: ["instagram"], levels: ["degraded"], notify: true }] } }],
		]);
		await page.getByRole("button", { name: "Undo" }).press("Enter");
		expect(await cell.getAttribute("aria-checked")).toBe("false");
		expect((await changes(page)).at(-1)).toEqual([{ notifications: { rules: [] } }]);
	});

	test("finer rules are told in words, and outlive a switch", async () => {
		const page = await at("busy", "Notifications");
		expect(await page.getByText("2 finer rules from the settings file").count()).toBe(1);
		expect(await page.getByText("WhatsApp · calls · partly down · a single feature: not told").count()).toBe(1);
		await page.getByRole("switch", { name: "WhatsApp: Down" }).press("Space");
		expect(await page.getByText("2 finer rules from the settings file").count()).toBe(1);
	});

	test("quiet hours begin with the night, and change by day and time", async () => {
		const page = await at("usual", "Notifications");
		await page.getByRole("switch", { name: "Quiet hours" }).press("Space");
		await page.getByRole("checkbox", { name: "Sun" }).press("Space");
		await page.getByLabel("From").fill("23:30");
		await page.getByLabel("From").blur();
		const last = (await changes(page)).at(-1) as [{ notifications: { quietHours: { windows: unknown } } }];
		expect(last[0].notifications.quietHours.windows).toEqual([
			{ days: ["mon", "tue", "wed", "thu", "fri", "sat"], from: "23:30", to: "07:00" },
		]);
		expect(await page.getByText("until the next day").count()).toBe(1);
		await page.getByRole("button", { name: "Add another time" }).press("Enter");
		await page.getByRole("button", { name: "Remove quiet time 2" }).press("Enter");
		expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Add another time");
		const quiet = page.getByRole("switch", { name: "Quiet hours" });
		await quiet.press("Space");
		await quiet.press("Space");
		expect((await changes(page)).at(-1)).toEqual([last[0]]);
	});

	test("a test notification is sent, and what the system said is shown", async () => {
		const page = await at("troubled", "Notifications");
		expect(await page.getByText(/The system refused the last one: org.freedesktop/).count()).toBe(1);
		await page.getByRole("button", { name: "Send a test notification" }).press("Enter");
		await page
			.getByRole("main")
			.getByText(/The system did not take it/)
			.waitFor();
		expect(await callsOf(page, "testNotification")).toHaveLength(1);
	});

	test("a shortcut is recorded: keys that type alone are none, Escape gives up and closes nothing", async () => {
		const page = await at("usual", "General");
		const record = page.getByRole("button", { name: "Record…" });
		await record.press("Enter");
		const waiting = page.getByRole("button", { name: "Press the keys…" });
		await waiting.press("s");
		await page.getByText("Hold Ctrl, Alt or another such key with it.").first().waitFor();
		await page.keyboard.press("Escape");
		expect([await changes(page), await callsOf(page, "close")]).toEqual([[], []]);
		await record.press("Enter");
		await page.keyboard.press("Control+Alt+s");
		await page.getByText("Ctrl+Alt+S").waitFor();
		expect(await changes(page)).toEqual([[{ shortcut: "Control+Alt+S" }]]);
	});

	test("a shortcut that another program has is said to be taken", async () => {
		const page = await at("troubled", "General");
		await page.getByText("Ctrl+Alt+S cannot be used: another program has it.").waitFor();
		expect(await page.getByLabel("Opens as").isDisabled()).toBe(true);
	});

	test("a proxy of one's own is in force only with an address, and its login is forgotten when asked", async () => {
		const page = await at("usual", "Network");
		await page.getByLabel("Proxy").selectOption({ label: "My own" });
		expect(await changes(page)).toEqual([]);
		await page.getByLabel("Address").fill("http://proxy.example:3128");
		await page.getByLabel("Address").press("Enter");
		await page.getByLabel("Reached directly").fill("*.intranet.example, 10.0.0.0/8");
		await page.getByLabel("Reached directly").press("Enter");
		expect((await changes(page)).at(-1)).toEqual([
			{ proxy: { url: "http://proxy.example:3128", bypass: ["*.intranet.example", "10.0.0.0/8"] } },
		]);
		await at("busy", "Network");
		await page.getByRole("button", { name: "Forget the login" }).press("Enter");
		expect(await callsOf(page, "forgetLogin")).toHaveLength(1);
	});

	test("a key is typed, kept and never shown again, and forgotten when asked; without a key store it is said", async () => {
		const page = await at("usual", "Network");
		const field = page.getByLabel("Key for Downdetector");
		expect(await field.getAttribute("type")).toBe("password");
		await field.fill("nowhere");
		await field.press("Enter");
		await page.getByText("This system has no safe place for keys: it was not kept.").waitFor();
		await field.fill("  my-key ");
		await field.press("Enter");
		const forget = page.getByRole("button", { name: "Forget the key for Downdetector" });
		await forget.waitFor();
		expect(await forget.evaluate((button) => button === document.activeElement)).toBe(true);
		expect(await page.content()).not.toContain("my-key");
		await page.keyboard.press("Enter");
		await field.waitFor();
		await page.getByRole("switch", { name: "IODA" }).press("Space");
		expect(await page.getByRole("switch", { name: "IODA" }).getAttribute("aria-checked")).toBe("true");
		expect(await callsOf(page, "keepKey")).toEqual([
			["downdetector", "nowhere"],
			["downdetector", "my-key"],
			["downdetector", undefined],
			["ioda", "yes"],
		]);
	});

	test("settings are exported without what is locked, and imported only after a look", async () => {
		const page = await at("managed", "Data");
		await page.getByRole("button", { name: "Export…" }).press("Enter");
		const [[file]] = (await callsOf(page, "save")) as [[{ content: string; type: string }]];
		const { version, settings } = JSON.parse(file.content);
		expect([version, settings.theme, settings.proxy, settings.updates]).toEqual([1, "system", undefined, undefined]);
		await at("busy", "Data");
		await page.getByRole("button", { name: "Import…" }).press("Enter");
		await page.getByText("Appearance: dark").waitFor();
		expect(await changes(page)).toEqual([]);
		await page.getByRole("button", { name: "Apply" }).press("Enter");
		await page.getByText("Imported.").first().waitFor();
		expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Import…");
		expect((await changes(page))[0]).toMatchObject([{ theme: "dark", intervalMinutes: 15 }]);
		await page.getByRole("button", { name: "Undo" }).press("Enter");
		expect((await changes(page))[1]).toMatchObject([{ theme: "system", intervalMinutes: 5 }]);
	});

	test("a file that cannot be used changes nothing, and says why", async () => {
		const page = await at("troubled", "Data");
		await page.getByRole("button", { name: "Import…" }).press("Enter");
		await page.getByText("How often hosts are asked: expected 5 or more").waitFor();
		expect([await page.getByRole("button", { name: "Apply" }).count(), await changes(page)]).toEqual([0, []]);
	});

	test("what is locked cannot be turned, and says so", async () => {
		const page = await at("managed", "Notifications");
		await page.getByRole("switch", { name: "WhatsApp: Down" }).press("Space");
		await turnTo(page, "General");
		await page.getByRole("switch", { name: "Look for new versions" }).press("Space");
		expect(await changes(page)).toEqual([]);
		expect(await page.getByText("Set by your organisation").count()).toBeGreaterThan(0);
		await turnTo(page, "Managed");
		expect(await page.getByText(/HKEY_LOCAL_MACHINE.Software.Policies.Semaforo/).count()).toBe(1);
	});

	test("diagnostics are copied without anybody's name", async () => {
		const page = await at("troubled", "About");
		await page.getByRole("button", { name: "Copy diagnostics" }).press("Enter");
		await page.getByText("Copied").first().waitFor();
		const [[text]] = (await callsOf(page, "copy")) as [[string]];
		expect(text).toContain("Electron 45.4.1");
		expect(text).toContain("EACCES: ~/.config/autostart");
		expect(text).not.toContain("anna");
	});

	test("the licences name every package that the program needs", async () => {
		const page = await at("usual", "About");
		await page.getByRole("button", { name: "Show the licences" }).press("Enter");
		await page.locator("details").first().waitFor();
		const shown = new Set((await page.locator("details > summary").allInnerTexts()).map((line) => line.split(" ")[0]));
		expect([...needed()].filter((name) => !shown.has(name))).toEqual([]);
		expect(await page.locator("details pre").filter({ hasText: "Permission" }).count()).toBeGreaterThan(20);
	});

	test("another language is spoken at once, and rows come closer at once; the section stays", async () => {
		const page = await at("usual", "General");
		await page.getByLabel("Rows in the popover").selectOption({ label: "compact" });
		await page.getByLabel("Language").selectOption({ label: "Italiano" });
		await page.getByRole("heading", { level: 2, name: "Generali" }).waitFor();
		const { lang, dataset } = await page.evaluate(() => ({
			lang: document.documentElement.lang,
			dataset: { ...document.documentElement.dataset },
		}));
		expect([lang, dataset]).toEqual(["it", { density: "compact" }]);
		await page.getByRole("button", { name: "Annulla" }).press("Enter");
		await page.getByRole("heading", { level: 2, name: "General" }).waitFor();
	});
});

/** Every package that the program needs when it runs, found by asking each what it needs. */
function needed(): Set<string> {
	const found = new Set<string>();
	const wanted = [...dependenciesOf(join(ROOT, "package.json"))];
	for (const name of wanted) {
		if (found.has(name)) continue;
		try {
			const more = dependenciesOf(join(ROOT, "node_modules", name, "package.json"));
			found.add(name);
			wanted.push(...more);
		} catch {
			// an optional one for another system
		}
	}
	return found;
}

function dependenciesOf(file: string): readonly string[] {
	const { dependencies = {} } = JSON.parse(readFileSync(file, "utf8")) as { dependencies?: object };
	return Object.keys(dependencies);
}
