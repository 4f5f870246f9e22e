import { afterEach, describe, expect, test } from "vitest";
import { buildCatalogue } from "../../src/catalogue/catalogue.ts";
import shippedControls from "../../src/catalogue/controls.json" with { type: "json" };
import { controlsFile } from "../../src/catalogue/schema.ts";
import { ARGUMENTS } from "../../src/main/arguments.ts";
import { createLookAt } from "../../src/main/look-at.ts";
import { tryProbe } from "../../src/main/try-probe.ts";
import type { WatchGround } from "../../src/main/watch-keeper.ts";
import { closeServers, serveHttp } from "../helpers/servers.ts";

afterEach(closeServers);

const GROUND: WatchGround = {
	catalogue: buildCatalogue([], controlsFile.parse(shippedControls)),
	network: { certificates: [], clientCertificates: [], dnsServers: [], proxy: "direct" },
	systemProxy: () => Promise.resolve("DIRECT"),
};

const SUMMARY = {
	page: { id: "p1", name: "Shop\u202E status", url: "https://status.shop.example" },
	status: { indicator: "minor", description: "Minor trouble" },
	components: [
		{ id: "c1", name: "Tills", status: "partial_outage", group: false, group_id: null },
		...Array.from({ length: 400 }, (_, index) => ({
			id: `x${index}`,
			name: `Shop ${index}`,
			status: "operational",
			group: false,
			group_id: null,
		})),
	],
	incidents: [
		{
			id: "i1",
			name: "Tills do not open",
			status: "investigating",
			impact: "minor",
			created_at: new Date().toISOString(),
			updated_at: new Date().toISOString(),
			incident_updates: [],
			components: [{ id: "c1", name: "Tills", status: "partial_outage" }],
		},
	],
	scheduled_maintenances: [],
};

describe("a look at an address", () => {
	test("finds the page, what it says, and the address that is to be read, on the local network too", async () => {
		const server = await serveHttp((request, response) => {
			if (request.url === "/api/v2/summary.json")
				response.setHeader("content-type", "application/json").end(JSON.stringify(SUMMARY));
			else response.writeHead(404).end("nothing here");
		});
		const address = `http://127.0.0.1:${server.port}/`;
		const found = await createLookAt()(address, GROUND);
		expect(found).toMatchObject({
			kind: "page",
			format: "statuspage",
			url: `${address}api/v2/summary.json`,
			incidents: [{ title: "Tills do not open" }],
			further: 101,
		});
		if (found.kind !== "page") return;
		expect(found.name).not.toContain("\u202E");
		expect(found.parts).toHaveLength(300);
		expect(found.parts[0]).toEqual({ key: "c1", name: "Tills", level: "partial_outage" });
	});

	test("asks nobody where the address holds a login, or is none of the web's", async () => {
		const server = await serveHttp((_, response) => response.end("{}"));
		for (const address of [
			`http://me:secret@127.0.0.1:${server.port}/`,
			"file:///etc/passwd",
			"javascript:alert(1)",
			"",
		]) {
			expect(await createLookAt()(address, GROUND)).toMatchObject({ kind: "failed", asked: false });
		}
		expect(server.connections()).toBe(0);
	});

	test("says so where there is no status page, after a bounded number of questions", async () => {
		let asked = 0;
		const server = await serveHttp((_, response) => {
			asked += 1;
			response.writeHead(404).end("nothing here");
		});
		const found = await createLookAt()(`http://127.0.0.1:${server.port}/`, GROUND);
		expect(found).toMatchObject({ kind: "failed", asked: true });
		expect(asked).toBeLessThanOrEqual(12);
	});

	test("ends the one before it", async () => {
		const server = await serveHttp(() => {});
		const lookAt = createLookAt();
		const first = lookAt(`http://127.0.0.1:${server.port}/`, GROUND);
		await expect.poll(() => server.connections()).toBe(1);
		await lookAt("", GROUND);
		expect(await first).toMatchObject({ kind: "failed" });
	});
});

describe("a probe that is tried", () => {
	test("runs as it would be run, and says how it went and how long it took", async () => {
		const server = await serveHttp((_, response) => response.end("hello"));
		const url = `http://127.0.0.1:${server.port}/`;
		const well = await tryProbe({ type: "http", url, healthy: { contains: "hello" } }, GROUND);
		expect(well.outcome).toEqual({ kind: "ok" });
		expect(well.tookMs).toBeGreaterThanOrEqual(0);
		const amiss = await tryProbe({ type: "http", url, healthy: { contains: "goodbye" } }, GROUND);
		expect(amiss.outcome).toMatchObject({ kind: "failed", failure: { kind: "unreadable" } });
		await server.close();
		const gone = await tryProbe({ type: "tcp", host: "127.0.0.1", port: server.port }, GROUND);
		expect(gone.outcome).toMatchObject({ kind: "failed", failure: { kind: "refused" } });
	});

	test.each<unknown>([
		{ type: "http", url: "file:///etc/passwd" },
		{ type: "http", url: "https://me:secret@a.example/" },
		{ type: "tcp", host: "a.example", port: 0 },
		{ type: "shell", command: "true" },
		{ type: "tcp", host: "a.example", port: 80, more: true },
	])("reaches no handler where it is none: %j", (probe) => {
		expect(ARGUMENTS.tryProbe.safeParse([probe]).success).toBe(false);
	});
});
