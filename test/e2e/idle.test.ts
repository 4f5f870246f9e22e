import { expect, test } from "vitest";
import { onEachHost } from "./host/on-each-host.ts";
import { MINUTE, stageOn } from "./host/stage.ts";

const HOUR = 60 * MINUTE;

onEachHost("the tray app while nobody looks", (kind) => {
	const { start } = stageOn(kind);

	test("sends nothing to a page, draws the icon only when it changes, and soon has no renderer any more", async () => {
		const host = await start();
		await host.advance(6 * MINUTE);
		await host.clickTray();
		const before = await host.state();
		expect(before.renderers).toBe(1);
		await host.advance(1.5 * MINUTE);
		const hidden = await host.state();
		expect([hidden.messages, hidden.draws]).toEqual([before.messages, before.draws]);
		await host.advance(MINUTE);
		expect(await host.state()).toMatchObject({ windows: [], renderers: 0 });
		await host.clickTray();
		expect(await host.state()).toMatchObject({ windows: [{ visible: true }], renderers: 1 });
	});

	test("wakes up as often as the watch needs, and beside that for two timers alone", async () => {
		const host = await start({ args: ["--hidden"] });
		await host.advance(HOUR);
		const before = await host.wakeUps();
		await host.advance(HOUR);
		const after = await host.wakeUps();
		const timers = Object.entries(after.timers).map(([ms, count]) => [ms, count - (before.timers[ms] ?? 0)]);
		// the addresses of this computer every three seconds, its battery every minute
		expect(timers.filter(([, count]) => count !== 0)).toEqual([
			["3000", 1200],
			["60000", 60],
		]);
		// a run of a check is begun and ended, and what it brings is drawn: a handful for each, and no more
		expect(after.watch - before.watch).toBeLessThan(3 * (after.answers - before.answers));
	});

	test("keeps nothing of a thousand snapshots that were shown", async () => {
		const host = await start();
		const shown = async () => (await host.state()).messages[0] ?? 0;
		await host.advance(2 * HOUR);
		const [first, before] = [await shown(), await host.heap()];
		while ((await shown()) - first < 1000) await host.advance(2 * HOUR);
		expect((await host.heap()) / before).toBeLessThan(1.05);
	});
});
