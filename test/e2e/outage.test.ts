import { expect, test } from "vitest";
import type { Host } from "./host/host.ts";
import { onEachHost } from "./host/on-each-host.ts";
import { EASING, MINUTE, NOON, OFFLINE, stageOn } from "./host/stage.ts";

/** In whatever order they fell ill. */
const ALL_WORK_AGAIN = /^(?=.*Instagram)(?=.*Messenger)(?=.*Facebook).* work again$/;

/** Lets the outage begin and be told. */
async function intoOutage(host: Host): Promise<void> {
	await host.advance(16 * MINUTE);
}

onEachHost("an outage in the tray app", (kind) => {
	const { start, home } = stageOn(kind);

	test("turns the icon, raises one notice, opens the incident, and closes in the same place", async () => {
		const host = await start();
		await intoOutage(host);
		const during = await host.state();
		expect(during.icon).toBe("down");
		expect(during.tooltip).toContain("Discord");
		expect(during.notifications).toMatchObject([
			{ id: "incident.i1", silent: false, title: expect.stringContaining("Discord") },
		]);
		await host.clickNotification(0);
		expect((await host.state()).windows.at(-1)).toMatchObject({
			url: "app://semaforo/details.html?incident=i1",
			visible: true,
		});
		await host.advance(40 * MINUTE);
		const over = await host.state();
		expect(over.icon).toBe("well");
		expect(over.notifications.map(({ id, silent }) => [id, silent])).toEqual([
			["incident.i1", false],
			["incident.i1", true],
		]);
		// elsewhere the system itself puts the second in the place of the first
		if (process.platform === "linux") expect(over.notifications.map(({ closed }) => closed)).toEqual([true, false]);
	});

	test("of one owner is one notice, which tells when a part of it eases and when all of it is over", async () => {
		const watched = ["instagram", "facebook", "messenger"].map((id) => ({ id }));
		const { home: folder } = home({ version: 1, settings: { services: watched } });
		const host = await start({ home: folder, world: EASING });
		await host.advance(20 * MINUTE);
		expect((await host.state()).icon).toBe("down");
		await host.advance(90 * MINUTE);
		const { icon, notifications } = await host.state();
		expect(icon).toBe("well");
		expect(new Set(notifications.map(({ id }) => id))).toEqual(new Set(["incident.i1"]));
		// one at its start, one for what joined it, one as it eased, one at its end
		expect(notifications.length).toBeLessThanOrEqual(4);
		const [eased, over] = notifications.slice(-2);
		expect(eased).toMatchObject({ silent: true, title: expect.not.stringContaining("Instagram") });
		expect(over).toMatchObject({ silent: true, title: expect.stringMatching(ALL_WORK_AGAIN) });
	});

	test("muted by the button of its notice, is over without a word", async () => {
		const host = await start();
		await intoOutage(host);
		const [details, mute] = [0, 1];
		await host.actOn(0, mute);
		await host.actOn(0, details);
		expect((await host.state()).windows.at(-1)).toMatchObject({ url: "app://semaforo/details.html?incident=i1" });
		expect(await host.call("current")).toMatchObject({ services: [{ id: "discord", muted: expect.anything() }, {}] });
		await host.advance(40 * MINUTE);
		expect((await host.state()).notifications).toHaveLength(1);
	});

	test("muted from the menu, goes on in silence, and the icon tells no more of it", async () => {
		const host = await start();
		await intoOutage(host);
		await host.click("Mute all notices", "For four hours");
		await host.advance(40 * MINUTE);
		const { notifications, menu } = await host.state();
		expect(notifications).toHaveLength(1);
		expect(menu).toContain("Show notices again");
		await host.click("Show notices again");
		await host.advance(MINUTE);
		expect((await host.state()).menu).toContain("Mute all notices >");
	});

	test("is neither repeated nor lost by a power cut in the middle of it", async () => {
		const { home: folder } = home();
		const first = await start({ home: folder });
		await intoOutage(first);
		expect((await first.state()).notifications).toHaveLength(1);
		await first.kill();
		const second = await start({ home: folder, at: NOON + 17 * MINUTE });
		await second.advance(8 * MINUTE);
		expect(await second.state()).toMatchObject({ notifications: [], icon: "down" });
		await second.advance(30 * MINUTE);
		const { notifications } = await second.state();
		expect(notifications.map(({ id, silent }) => [id, silent])).toEqual([["incident.i1", true]]);
	});

	test("behind a locked screen is told once it is unlocked, if it still goes on", async () => {
		const host = await start();
		await host.advance(6 * MINUTE);
		await host.power("lock-screen");
		await host.advance(15 * MINUTE);
		expect((await host.state()).notifications).toEqual([]);
		await host.power("unlock-screen");
		await host.advance(2 * MINUTE);
		expect((await host.state()).notifications.map(({ id }) => id)).toEqual(["incident.i1"]);
	});

	test("that came and went while the computer slept is not told as news", async () => {
		const host = await start();
		await host.advance(6 * MINUTE);
		await host.sleep(60 * MINUTE);
		await host.advance(6 * MINUTE);
		expect(await host.state()).toMatchObject({ notifications: [], icon: "well" });
	});

	test("that began in a sleep is seen and told after it, once", async () => {
		const host = await start();
		await host.advance(6 * MINUTE);
		await host.sleep(8 * MINUTE);
		await host.advance(10 * MINUTE);
		const { icon, notifications } = await host.state();
		expect([icon, notifications.map(({ id }) => id)]).toEqual(["down", ["incident.i1"]]);
	});

	test("of the line itself is no outage of a service: grey, and nothing is said about anybody", async () => {
		const host = await start({ world: OFFLINE });
		await host.advance(14 * MINUTE);
		const during = await host.state();
		expect(during.icon).toBe("unknown");
		expect(await host.call("current")).toMatchObject({ connection: { state: "trouble" }, incidents: [] });
		await host.advance(20 * MINUTE);
		const after = await host.state();
		expect(after.icon).toBe("well");
		expect(JSON.stringify(after.notifications)).not.toMatch(/Discord|Telegram/);
	});
});
