import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import type { Host } from "./host/host.ts";
import { onEachHost } from "./host/on-each-host.ts";
import { MINUTE, stageOn } from "./host/stage.ts";

async function troubles(host: Host): Promise<string[]> {
	const health = (await host.call("health")) as { troubles: { part: string; why: string }[] };
	return health.troubles.map(({ part, why }) => `${part}: ${why}`).sort();
}

async function logged(host: Host): Promise<string> {
	return readFileSync(join((await host.state()).logs, "semaforo.log"), "utf8");
}

onEachHost("what does not work in the app itself", (kind) => {
	const { start, home } = stageOn(kind);

	test("an icon that cannot be shown is logged and told, the watch goes on, and it is tried again", async () => {
		const host = await start({ system: { trayFails: true } });
		await host.advance(16 * MINUTE);
		expect(await troubles(host)).toEqual(["tray: no place for icons"]);
		expect(await logged(host)).toContain("tray: no place for icons");
		expect((await host.state()).notifications.map(({ id }) => id)).toEqual(["incident.i1"]);
		await host.system({ trayFails: false });
		await host.advance(30 * MINUTE);
		expect((await host.state()).icon).toBe("well");
		expect(await troubles(host)).toEqual([]);
	});

	test("an icon that fails later on is no reason to stop either", async () => {
		const host = await start();
		await host.advance(6 * MINUTE);
		await host.system({ trayFails: true });
		await host.advance(10 * MINUTE);
		expect(await troubles(host)).toEqual(["tray: no place for icons"]);
		expect((await host.state()).notifications.map(({ id }) => id)).toEqual(["incident.i1"]);
	});

	test("a notification that the system refuses is told in the settings, and watching goes on", async () => {
		const host = await start({ system: { notificationsFail: true } });
		await host.advance(16 * MINUTE);
		expect(await troubles(host)).toEqual(["notifications: the system said no"]);
		expect(await logged(host)).toContain("notifications: the system said no");
		expect(await host.call("testNotification")).toEqual({ shown: false, why: "the system said no" });
		await host.system({ notificationsFail: false });
		expect(await host.call("testNotification")).toEqual({ shown: true });
		expect(await troubles(host)).toEqual([]);
		expect((await host.state()).icon).toBe("down");
	});

	test("a full disk keeps nothing, says so, and stops neither the watch nor its notices", async () => {
		const host = await start();
		await host.advance(6 * MINUTE);
		await host.system({ diskIsFull: true });
		await host.advance(10 * MINUTE);
		const during = await host.state();
		expect(during.icon).toBe("down");
		expect(during.notifications.map(({ id }) => id)).toEqual(["incident.i1"]);
		expect(await troubles(host)).toEqual([expect.stringMatching(/^history: .*full/)]);
		expect(await host.call("changeSettings", [{ language: "it" }])).toMatchObject({
			problems: ["the settings could not be written"],
			view: { settings: { language: "system" } },
		});
		expect(await troubles(host)).toEqual([
			expect.stringMatching(/^history: .*full/),
			expect.stringMatching(/^settings: .*no space left/),
		]);
		await host.system({ diskIsFull: false });
		await host.advance(30 * MINUTE);
		expect(await host.call("changeSettings", [{ language: "it" }])).toMatchObject({ problems: [] });
		expect((await host.state()).icon).toBe("well");
		expect((await troubles(host)).filter((trouble) => !trouble.startsWith("history"))).toEqual([]);
	});

	test("is said without the home folder, and with it without who its user is", async () => {
		const { home: folder, file } = home();
		mkdirSync(join(dirname(file), "history.db"));
		const host = await start({ home: folder });
		await host.advance(MINUTE);
		const told = await logged(host);
		expect(told).toContain("history");
		expect(told).not.toContain(folder);
	});
});
