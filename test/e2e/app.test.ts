import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { onEachHost } from "./host/on-each-host.ts";
import { MINUTE, NOON, stageOn, WATCHED } from "./host/stage.ts";

onEachHost("the tray app", (kind) => {
	const { start, home } = stageOn(kind);

	test("starts grey, shows its popover under the icon, and turns green once it has seen that all is well", async () => {
		const host = await start();
		const before = await host.state();
		expect(before.icon).toBe("unknown");
		expect(before.windows).toMatchObject([{ url: "app://semaforo/popover.html", visible: true }]);
		await host.advance(6 * MINUTE);
		const after = await host.state();
		expect(after.icon).toBe("well");
		expect(after.menu).toEqual([
			expect.stringMatching(/well|works|fine/i),
			"Show Semaforo",
			"separator",
			expect.stringMatching(/^. Discord: /),
			expect.stringMatching(/^. Telegram: /),
			"separator",
			"Check now",
			"Is it just me?",
			"Mute all notices >",
			"separator",
			"Settings…",
			"Quit Semaforo",
		]);
		expect(after.notifications).toEqual([]);
	});

	test("started at login, opens no window at all, and keeps no renderer alive", async () => {
		const host = await start({ args: ["--hidden"] });
		await host.advance(6 * MINUTE);
		expect(await host.state()).toMatchObject({ windows: [], renderers: 0 });
	});

	test("settings survive, act at once, and are held to what they may be", async () => {
		const { home: folder } = home();
		const first = await start({ home: folder });
		const changed = await first.call("changeSettings", [{ language: "it", shortcut: "Control+Alt+S" }]);
		expect(changed).toMatchObject({ problems: [], view: { settings: { language: "it" } } });
		const then = await first.state();
		expect(then.menu).toContain("Controlla ora");
		expect(then.shortcuts).toEqual(["Control+Alt+S"]);
		const refused = await first.call("changeSettings", [{ intervalMinutes: 1, language: "de" }]);
		expect(refused).toMatchObject({
			problems: [expect.stringMatching(/^intervalMinutes: /)],
			view: { settings: { intervalMinutes: 5, language: "it" } },
		});
		await first.call("changeSettings", [{ services: [{ id: "telegram" }] }]);
		expect(await first.call("current")).toMatchObject({ services: [{ id: "telegram" }] });
		await first.kill();
		const second = await start({ home: folder });
		expect(await second.call("settings")).toMatchObject({
			settings: { language: "it", shortcut: "Control+Alt+S", services: [{ id: "telegram" }] },
		});
		expect(await second.call("current")).toMatchObject({ services: [{ id: "telegram" }] });
	});

	test.each([
		["no JSON at all", "{ broken"],
		["another version", { version: 9, settings: { language: "it" } }],
		["nonsense in one place", { version: 1, settings: { ...WATCHED.settings, intervalMinutes: "soon" } }],
	])("damaged settings (%s) are set aside, told, and stop nothing", async (_, content) => {
		const { home: folder, file } = home(content);
		const host = await start({ home: folder });
		const { troubles } = (await host.call("health")) as { troubles: { part: string }[] };
		expect(troubles.map(({ part }) => part)).toEqual(["settings"]);
		const kept = readdirSync(dirname(file)).filter((name) => name.startsWith("settings.damaged-"));
		expect(kept).toHaveLength(1);
		const text = typeof content === "string" ? content : JSON.stringify(content);
		expect(readFileSync(join(dirname(file), kept[0] ?? ""), "utf8")).toBe(text);
		expect(await host.call("changeSettings", [{ language: "it" }])).toMatchObject({ problems: [] });
	});

	test("keeps a key locked, tells whose it has, and never shows it; without a key store keeps none", async () => {
		const { home: folder, file } = home();
		const first = await start({ home: folder });
		if (!(await first.state()).hasKeyStore) {
			await expect(first.call("keepKey", ["radar", "a-secret-key"])).rejects.toThrow("no key store");
			expect(readdirSync(dirname(file)).filter((name) => name === "keys.json")).toEqual([]);
			return;
		}
		await first.call("keepKey", ["radar", "a-secret-key"]);
		const view = await first.call("settings");
		expect(view).toMatchObject({ keys: ["radar"] });
		expect(JSON.stringify(view)).not.toContain("a-secret-key");
		expect(readFileSync(join(dirname(file), "keys.json"), "utf8")).not.toContain("a-secret-key");
		await first.kill();
		const second = await start({ home: folder });
		expect(await second.call("settings")).toMatchObject({ keys: ["radar"] });
		await second.call("keepKey", ["radar"]);
		expect(await second.call("settings")).toMatchObject({ keys: [] });
	});

	test("a second instance ends at once, and the first shows itself", async () => {
		const first = await start({ args: ["--hidden"] });
		expect((await first.state()).windows).toEqual([]);
		expect(await first.startAgain()).toBe(0);
		await expect
			.poll(async () => (await first.state()).windows)
			.toMatchObject([{ url: "app://semaforo/popover.html", visible: true }]);
	});

	test("clicks on the icon open and close; one that took the focus away does not open again", async () => {
		const host = await start();
		await host.clickTray();
		expect((await host.state()).windows).toMatchObject([{ visible: false }]);
		await host.clickTray();
		expect((await host.state()).windows).toMatchObject([{ visible: true }]);
		await host.blur();
		await host.clickTray();
		expect((await host.state()).windows).toMatchObject([{ visible: false }]);
	});

	test("draws itself anew when the theme turns", async () => {
		const host = await start();
		await host.advance(6 * MINUTE);
		// what else the desktop is, nobody knows
		await host.theme(false);
		const light = (await host.state()).iconFile;
		await host.theme(true);
		const dark = (await host.state()).iconFile;
		const shades = process.platform === "darwin" ? ["wellTemplate", "wellTemplate"] : ["well-light", "well-dark"];
		expect([light, dark].map((file) => file.replace(/\.\w+$/, ""))).toEqual(shades);
	});

	test("where it can keep nothing at all, it says so and ends, rather than live on unseen", async () => {
		const { home: folder, file } = home();
		rmSync(dirname(file), { recursive: true });
		writeFileSync(dirname(file), "a file where its folder should be");
		await expect(start({ home: folder })).rejects.toThrow("the program has ended");
	});

	test("quits when it is told to, and closes its history", async () => {
		const { home: folder, file } = home();
		const host = await start({ home: folder });
		await host.advance(6 * MINUTE);
		void host.click("Quit Semaforo").catch(() => {});
		expect(await host.ended).toBe(0);
		expect(readdirSync(dirname(file))).toContain("history.db");
		expect(readdirSync(dirname(file))).not.toContain("history.db-wal");
	});

	test("settings changed while it is quitting neither hang it nor are lost", async () => {
		const { home: folder } = home();
		const host = await start({ home: folder });
		void host.call("changeSettings", [{ services: [{ id: "telegram" }] }]).catch(() => {});
		void host.click("Quit Semaforo").catch(() => {});
		expect(await host.ended).toBe(0);
		const again = await start({ home: folder, at: NOON + MINUTE });
		expect(await again.call("settings")).toMatchObject({ settings: { services: [{ id: "telegram" }] } });
	});
});
