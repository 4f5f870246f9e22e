import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Host } from "./host/host.ts";
import { onEachHost } from "./host/on-each-host.ts";
import { builtWithPages, newHome } from "./host/program.ts";
import { MINUTE, NOON, OUTAGE, WATCHED } from "./host/stage.ts";

onEachHost("the popover that people get, over the real bridge", (kind) => {
	let program: string;
	let host: Host;
	const { home, remove } = newHome(WATCHED);

	beforeAll(async () => {
		if (!kind.showsPages) return;
		program = await builtWithPages();
		host = await kind.open({ program, world: OUTAGE, at: NOON, home, pages: true });
	}, 90_000);
	afterAll(async () => {
		await host?.kill();
		remove();
		if (program) rmSync(program, { recursive: true, force: true });
	});

	const text = () => host.inPage(0, "document.body.innerText");

	test.skipIf(!kind.showsPages)(
		"says what the outage is as the icon does, and breaks no rule of the policy",
		async () => {
			await host.advance(6 * MINUTE);
			await expect.poll(text).toContain("Discord");
			await host.advance(10 * MINUTE);
			const { tooltip, icon } = await host.state();
			expect(icon).toBe("down");
			const [first = ""] = tooltip.split(".");
			await expect.poll(text).toContain(first);
			expect(await host.complaints(0)).toEqual([]);
		},
	);

	test.skipIf(!kind.showsPages)("takes the height that it needs, and stays on the screen", async () => {
		const [popover] = (await host.state()).windows;
		const { y = 0, height = 0 } = popover?.bounds ?? {};
		expect(height).not.toBe(480);
		expect(height).toBeGreaterThan(160);
		expect(y + height).toBeLessThanOrEqual(1080);
	});
});
