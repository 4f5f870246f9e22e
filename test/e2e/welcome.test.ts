import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { onEachHost } from "./host/on-each-host.ts";
import { newHome } from "./host/program.ts";
import { MINUTE, stageOn } from "./host/stage.ts";

const WELCOME = "app://semaforo/welcome.html";
const POPOVER = "app://semaforo/popover.html";

onEachHost("the first start", (kind) => {
	const { start } = stageOn(kind);
	const urls = ({ windows }: { windows: readonly { url: string; visible: boolean }[] }) =>
		windows.filter(({ visible }) => visible).map(({ url }) => url);

	test("welcomes people once, and then shows where it is", async () => {
		const { home, file, remove } = newHome();
		try {
			const first = await start({ home });
			await expect.poll(async () => urls(await first.state())).toEqual([WELCOME]);
			await first.call("close");
			await expect.poll(async () => urls(await first.state())).toEqual([POPOVER]);
			expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ version: 1, settings: {} });
			await first.kill();
			const second = await start({ home });
			await expect.poll(async () => urls(await second.state())).toEqual([POPOVER]);
		} finally {
			remove();
		}
	});

	test("started at login it does not, and does so when people start it themselves", async () => {
		const { home, remove } = newHome();
		try {
			const hidden = await start({ home, args: ["--hidden"] });
			await hidden.advance(MINUTE);
			expect(urls(await hidden.state())).toEqual([]);
			await hidden.kill();
			const seen = await start({ home });
			await expect.poll(async () => urls(await seen.state())).toEqual([WELCOME]);
		} finally {
			remove();
		}
	});

	test("comes back from the settings when asked for", async () => {
		const host = await start();
		await host.call("openWindow", ["welcome"]);
		await expect.poll(async () => urls(await host.state())).toContain(WELCOME);
	});
});
