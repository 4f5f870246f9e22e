import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ControlsFile } from "../../src/catalogue/schema.ts";
import { pack } from "../../src/io/packed-catalogue.ts";
import { onEachHost } from "./host/on-each-host.ts";
import { built, newHome } from "./host/program.ts";

/** A catalogue that knows this computer alone: nothing is sent anywhere else. */
function ownCatalogue(port: number): string {
	const provenance = { source: "servers of this test", date: "2026-01-01" };
	const controls = ["one", "two", "three", "four"].map((vendor, index) => ({
		type: "ip" as const,
		vendor,
		address: `127.0.0.${index + 1}`,
		port,
		provenance,
	}));
	return pack({ files: [], controls: { controls } satisfies ControlsFile, roots: new Map() });
}

onEachHost("the program as it is shipped, main.js and all", (kind) => {
	let program: string;
	let server: Server;
	let port: number;

	beforeAll(async () => {
		program = await built();
		server = createServer((socket) => void socket.on("error", () => {}).end());
		await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
		({ port } = server.address() as AddressInfo);
		rmSync(join(program, "out/catalogue"), { recursive: true });
		mkdirSync(join(program, "out/catalogue"));
		writeFileSync(join(program, "out/catalogue/catalogue.json"), ownCatalogue(port));
	}, 60_000);
	afterAll(() => {
		server.close();
		rmSync(program, { recursive: true, force: true });
	});

	// macOS answers for no address of 127.0.0.0/8 but the first
	test.skipIf(process.platform === "darwin")("watches over the real network", async () => {
		const probes = [{ type: "tcp", host: "127.0.0.9", port }];
		const own = [{ id: "home", name: "My server", features: { web: { probes } }, sources: [] }];
		const { home, remove } = newHome({ version: 1, settings: { services: [{ id: "home" }], own } });
		const host = await kind.open({ program, home });
		try {
			await expect.poll(async () => (await host.state()).icon, { timeout: 15_000 }).toBe("well");
			const { order, modelId, tooltip } = await host.state();
			expect(order).toEqual(["model id"]);
			expect(modelId).toBe("net.semaforo.app");
			expect(tooltip).toMatch(/work|well|fine/i);
			expect(await host.call("health")).toMatchObject({ version: "0.0.0", troubles: [] });
		} finally {
			await host.kill();
			remove();
		}
	});
});
