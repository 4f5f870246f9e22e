import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Host } from "../../test/e2e/host/host.ts";
import { built, newHome } from "../../test/e2e/host/program.ts";
import { standIn } from "../../test/e2e/host/stand-in/open.ts";
import { figure, megabytes } from "./figures.ts";
import { atMost, type Line } from "./line.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SCENARIO = join(import.meta.dirname, "../../test/e2e/host/outage.json");
/** After the scenario's last word: all is well for good. */
const QUIET = Date.parse("2026-03-01T14:00:00Z");
const TWELVE = [
	...["whatsapp", "instagram", "facebook", "messenger", "threads", "x"],
	...["telegram", "discord", "slack", "youtube", "tiktok", "github"],
];

/** What the tray app does while nobody looks, and keeps of what it has shown: on the stand-in for Electron, under a scripted clock. */
export async function measureTrayIdle(): Promise<Line[]> {
	const program = await built();
	const { home, remove } = newHome({ version: 1, settings: { services: TWELVE.map((id) => ({ id })) } });
	const host = await standIn.open({ program, home, world: SCENARIO, at: QUIET });
	try {
		return [...(await memoryLines(host)), ...(await idleLines(host))];
	} finally {
		await host.kill();
		remove();
		rmSync(program, { recursive: true, force: true });
	}
}

async function memoryLines(host: Host): Promise<Line[]> {
	const heapAfter = async (snapshots: number) => {
		while (((await host.state()).messages[0] ?? 0) < snapshots) await host.advance(HOUR);
		return await host.heap();
	};
	const [first, last] = [await heapAfter(1000), await heapAfter(10_000)];
	const growth = 100 * (last / first - 1);
	return [
		{
			what: "Tray app: heap after 1,000 and 10,000 snapshots shown",
			measured: `${figure(megabytes(first))}, ${figure(megabytes(last))} MB, ${figure(growth)} %`,
			budget: atMost(growth, 5, "%"),
		},
	];
}

async function idleLines(host: Host): Promise<Line[]> {
	await host.clickTray();
	const hidden = await host.state();
	await host.advance(1.5 * MINUTE);
	const sent = ((await host.state()).messages[0] ?? 0) - (hidden.messages[0] ?? 0);
	await host.advance(2 * MINUTE);
	const { renderers } = await host.state();
	const before = await host.wakeUps();
	await host.advance(HOUR);
	const after = await host.wakeUps();
	const perMinute = (count: number) => figure(count / 60);
	const timers = Object.entries(after.timers).reduce((sum, [ms, count]) => sum + count - (before.timers[ms] ?? 0), 0);
	return [
		{
			what: "Tray app: wake-ups a minute while hidden, 12 services",
			measured: `${perMinute(after.watch - before.watch)} for the watch, ${perMinute(timers)} for timers; ${perMinute(after.answers - before.answers)} answers came`,
		},
		{ what: "Tray app: messages to a hidden page", measured: figure(sent), budget: atMost(sent, 0, "") },
		{
			what: "Tray app: renderers alive three minutes after hiding",
			measured: figure(renderers),
			budget: atMost(renderers, 0, ""),
		},
	];
}
