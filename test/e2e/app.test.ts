import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { built, type Host, type HostOptions, newHome, openHost } from "./host/host.ts";

const OUTAGE = join(import.meta.dirname, "host/outage.json");
const NOON = Date.parse("2026-03-01T12:00:00Z");
const MINUTE = 60_000;
const WATCHED = { version: 1, settings: { services: [{ id: "discord" }, { id: "telegram" }] } };

let program: string;
const running: Host[] = [];
const homes: (() => void)[] = [];

beforeAll(async () => {
	program = await built();
}, 30_000);
afterEach(async () => {
	await Promise.all(running.splice(0).map((host) => host.kill()));
	for (const remove of homes.splice(0)) remove();
});
afterAll(() => rmSync(program, { recursive: true, force: true }));

function home(settings: unknown = WATCHED) {
	const made = newHome(settings);
	homes.push(made.remove);
	return made;
}

async function start(options: Partial<HostOptions> & Pick<HostOptions, "home">): Promise<Host> {
	const host = await openHost({ program, world: OUTAGE, at: NOON, ...options });
	running.push(host);
	return host;
}

/** Lets the outage begin and be told. */
async function intoOutage(host: Host): Promise<void> {
	await host.run("advance", 16 * MINUTE);
}

describe("the tray app, in the stand-in host", { timeout: 20_000 }, () => {
	test("starts grey, shows its popover under the icon, and turns green once it has seen that all is well", async () => {
		const host = await start({ home: home().home });
		const before = await host.run("state");
		expect(before.icon).toBe("unknown-light.png");
		expect(before.windows).toMatchObject([{ url: "app://semaforo/popover.html", visible: true }]);
		await host.run("advance", 6 * MINUTE);
		const after = await host.run("state");
		expect(after.icon).toBe("well-light.png");
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
		const host = await start({ home: home().home, args: ["--hidden"] });
		await host.run("advance", 6 * MINUTE);
		expect((await host.run("state")).windows).toEqual([]);
	});

	test("an outage turns the icon, raises one notice, opens the incident, is muted, and closes in the same place", async () => {
		const host = await start({ home: home().home });
		await intoOutage(host);
		const during = await host.run("state");
		expect(during.icon).toBe("down-light.png");
		expect(during.tooltip).toContain("Discord");
		expect(during.notifications).toHaveLength(1);
		const [opened] = during.notifications;
		expect(opened).toMatchObject({ id: "incident.i1", silent: false, title: expect.stringContaining("Discord") });
		await host.run("clickNotification", 0);
		expect((await host.run("state")).windows.at(-1)).toMatchObject({
			url: "app://semaforo/details.html?incident=i1",
			visible: true,
		});
		await host.run("advance", 40 * MINUTE);
		const over = await host.run("state");
		expect(over.icon).toBe("well-light.png");
		expect(over.notifications.map(({ id, silent, closed }) => [id, silent, closed])).toEqual([
			["incident.i1", false, true],
			["incident.i1", true, false],
		]);
	});

	test("muted from the menu, the outage goes on in silence and the icon tells no more of it", async () => {
		const host = await start({ home: home().home });
		await intoOutage(host);
		await host.run("click", "Mute all notices", "For four hours");
		await host.run("advance", 40 * MINUTE);
		const { notifications, menu } = await host.run("state");
		expect(notifications).toHaveLength(1);
		expect(menu).toContain("Show notices again");
		await host.run("click", "Show notices again");
		await host.run("advance", MINUTE);
		expect((await host.run("state")).menu).toContain("Mute all notices >");
	});

	test("a power cut in the middle of an outage neither repeats nor loses it", async () => {
		const { home: folder } = home();
		const first = await start({ home: folder });
		await intoOutage(first);
		expect((await first.run("state")).notifications).toHaveLength(1);
		await first.kill();
		const second = await start({ home: folder, at: NOON + 17 * MINUTE });
		await second.run("advance", 8 * MINUTE);
		const during = await second.run("state");
		expect(during.notifications).toEqual([]);
		expect(during.icon).toBe("down-light.png");
		await second.run("advance", 30 * MINUTE);
		const { notifications } = await second.run("state");
		expect(notifications.map(({ id, silent }) => [id, silent])).toEqual([["incident.i1", true]]);
	});

	test("a notification that the system refuses is told in the settings, and watching goes on", async () => {
		const host = await start({ home: home().home });
		await host.run("breakNotifications", true);
		await intoOutage(host);
		expect(await host.run("call", "health")).toMatchObject({
			version: "0.0.0",
			troubles: [{ part: "notifications", why: "the system said no" }],
		});
		expect(await host.run("call", "testNotification")).toEqual({ shown: false, why: "the system said no" });
		await host.run("breakNotifications", false);
		expect(await host.run("call", "testNotification")).toEqual({ shown: true });
		expect(await host.run("call", "health")).toMatchObject({ troubles: [] });
		expect((await host.run("state")).icon).toBe("down-light.png");
	});

	test("settings survive, act at once, and are held to what they may be", async () => {
		const { home: folder } = home();
		const first = await start({ home: folder });
		const changed = await first.run("call", "changeSettings", [{ language: "it", shortcut: "Control+Alt+S" }]);
		expect(changed).toMatchObject({ problems: [], view: { settings: { language: "it" } } });
		expect((await first.run("state")).menu).toContain("Controlla ora");
		expect((await first.run("state")).shortcuts).toEqual(["Control+Alt+S"]);
		const refused = await first.run("call", "changeSettings", [{ intervalMinutes: 1, language: "de" }]);
		expect(refused).toMatchObject({
			problems: [expect.stringMatching(/^intervalMinutes: /)],
			view: { settings: { intervalMinutes: 5, language: "it" } },
		});
		await first.run("call", "changeSettings", [{ services: [{ id: "telegram" }] }]);
		expect(await first.run("call", "current")).toMatchObject({ services: [{ id: "telegram" }] });
		await first.kill();
		const second = await start({ home: folder });
		expect(await second.run("call", "settings")).toMatchObject({
			settings: { language: "it", shortcut: "Control+Alt+S", services: [{ id: "telegram" }] },
		});
		expect(await second.run("call", "current")).toMatchObject({ services: [{ id: "telegram" }] });
	});

	test.each([
		["no JSON at all", "{ broken"],
		["another version", { version: 9, settings: { language: "it" } }],
		["nonsense in one place", { version: 1, settings: { ...WATCHED.settings, intervalMinutes: "soon" } }],
	])("damaged settings (%s) are set aside, told, and stop nothing", async (_, content) => {
		const { home: folder, file } = home(content);
		const host = await start({ home: folder });
		const { troubles } = (await host.run("call", "health")) as { troubles: { part: string }[] };
		expect(troubles.map(({ part }) => part)).toEqual(["settings"]);
		const kept = readdirSync(dirname(file)).filter((name) => name.startsWith("settings.damaged-"));
		expect(kept).toHaveLength(1);
		const text = typeof content === "string" ? content : JSON.stringify(content);
		expect(readFileSync(join(dirname(file), kept[0] ?? ""), "utf8")).toBe(text);
		expect(await host.run("call", "changeSettings", [{ language: "it" }])).toMatchObject({ problems: [] });
	});

	test("keeps a key locked, tells whose it has, and never shows it", async () => {
		const { home: folder, file } = home();
		const first = await start({ home: folder });
		await first.run("call", "keepKey", ["radar", "a-secret-key"]);
		const view = await first.run("call", "settings");
		expect(view).toMatchObject({ keys: ["radar"] });
		expect(JSON.stringify(view)).not.toContain("a-secret-key");
		expect(readFileSync(join(dirname(file), "keys.json"), "utf8")).not.toContain("a-secret-key");
		await first.kill();
		const second = await start({ home: folder });
		expect(await second.run("call", "settings")).toMatchObject({ keys: ["radar"] });
		await second.run("call", "keepKey", ["radar"]);
		expect(await second.run("call", "settings")).toMatchObject({ keys: [] });
	});

	test("a second instance ends at once, and the first shows itself", async () => {
		const { home: folder } = home();
		const first = await start({ home: folder, args: ["--hidden"] });
		const second = await openHost({ program, world: OUTAGE, home: folder, env: { SEMAFORO_TEST_SECOND: "1" } });
		expect(await second.ended).toBe(0);
		expect((await first.run("state")).windows).toEqual([]);
		await first.run("hear", "second-instance");
		expect((await first.run("state")).windows).toMatchObject([{ url: "app://semaforo/popover.html", visible: true }]);
	});

	test("clicks on the icon open and close; one that took the focus away does not open again", async () => {
		const host = await start({ home: home().home });
		await host.run("clickTray");
		expect((await host.run("state")).windows).toMatchObject([{ visible: false }]);
		await host.run("clickTray");
		expect((await host.run("state")).windows).toMatchObject([{ visible: true }]);
		await host.run("blur");
		await host.run("clickTray");
		expect((await host.run("state")).windows).toMatchObject([{ visible: false }]);
	});

	test("while hidden, nothing is sent to a page and the icon is drawn only when it changes", async () => {
		const host = await start({ home: home().home });
		await host.run("advance", 6 * MINUTE);
		await host.run("clickTray");
		const before = await host.run("state");
		for (let minute = 0; minute < 3; minute++) await host.run("advance", MINUTE);
		const after = await host.run("state");
		expect(after.messages).toEqual(before.messages);
		expect(after.draws).toBe(before.draws);
	});

	test("draws itself anew when the theme turns, after a sleep too", async () => {
		const host = await start({ home: home().home });
		await host.run("advance", 6 * MINUTE);
		await host.run("theme", true);
		expect((await host.run("state")).icon).toBe("well-dark.png");
		await host.run("power", "resume");
		await host.run("advance", 2 * MINUTE);
		expect((await host.run("state")).icon).toBe("well-dark.png");
	});

	test("a locked screen hushes: what still goes on is told once it is unlocked", async () => {
		const host = await start({ home: home().home });
		await host.run("advance", 6 * MINUTE);
		await host.run("power", "lock-screen");
		await host.run("advance", 15 * MINUTE);
		expect((await host.run("state")).notifications).toEqual([]);
		await host.run("power", "unlock-screen");
		await host.run("advance", 2 * MINUTE);
		expect((await host.run("state")).notifications.map(({ id }) => id)).toEqual(["incident.i1"]);
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
		await host.run("advance", 6 * MINUTE);
		void host.run("click", "Quit Semaforo").catch(() => {});
		expect(await host.ended).toBe(0);
		expect(readdirSync(dirname(file))).toContain("history.db");
		expect(readdirSync(dirname(file))).not.toContain("history.db-wal");
	});
});
