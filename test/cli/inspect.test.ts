import { afterEach, describe, expect, test } from "vitest";
import { semaforo } from "../helpers/run-semaforo.ts";
import { closeServers, serveHttp } from "../helpers/servers.ts";

afterEach(closeServers);

const SUMMARY = {
	page: {
		id: "abcdefghijkl",
		name: "Parley",
		url: "https://status.parley.example",
		updated_at: "2026-03-01T10:00:00Z",
	},
	status: { indicator: "major", description: "Partial System Outage" },
	components: [
		{ id: "grp000000001", name: "Chat", status: "major_outage", group: true, components: ["cmp000000001"] },
		{ id: "cmp000000001", name: "Sending", status: "major_outage", group: false, group_id: "grp000000001" },
		{ id: "cmp000000002", name: "Voice", status: "operational", group: false, group_id: null },
	],
	incidents: [
		{
			id: "inc000000001",
			name: "Messages are delayed",
			status: "investigating",
			impact: "major",
			created_at: "2026-03-01T09:58:00-02:00",
			started_at: "2026-03-01T09:55:00-02:00",
			updated_at: "2026-03-01T10:05:00-02:00",
			incident_updates: [],
			components: [{ id: "cmp000000001", name: "Sending" }],
		},
	],
	scheduled_maintenances: [],
};

async function statusPage(): Promise<string> {
	const server = await serveHttp((request, response) => {
		if (request.url === "/api/v2/summary.json") {
			response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(SUMMARY));
		} else
			response
				.writeHead(200, { "content-type": "text/html" })
				.end("<!doctype html><title>Parley Status</title><div id=app></div>");
	});
	return `http://127.0.0.1:${server.port}/`;
}

describe("semaforo inspect", () => {
	test("finds the format behind a page's address and prints components and incidents in our words", async () => {
		const { stdout, code } = await semaforo("inspect", await statusPage(), "--json", "--allow-private");
		expect(code).toBe(0);
		expect(JSON.parse(stdout)).toEqual({
			format: "statuspage",
			page: { name: "Parley", url: "https://status.parley.example" },
			level: "partial_outage",
			components: [
				{ id: "cmp000000001", name: "Sending", group: "Chat", level: "major_outage" },
				{ id: "cmp000000002", name: "Voice", level: "operational" },
			],
			incidents: [
				{
					id: "inc000000001",
					title: "Messages are delayed",
					level: "partial_outage",
					state: "investigating",
					open: true,
					startedAt: "2026-03-01T11:55:00.000Z",
					updatedAt: "2026-03-01T12:05:00.000Z",
				},
			],
			maintenances: [],
		});
	});

	test("prints a page for people", async () => {
		const url = await statusPage();
		const { stdout } = await semaforo("inspect", url, "--allow-private");
		expect(stdout).toBe(
			`${[
				"▲ Parley: partly down",
				`  statuspage page, read from ${url}api/v2/summary.json`,
				"",
				"Incidents",
				"  ▲ Messages are delayed (investigating, updated 2026-03-01T12:05:00.000Z)",
				"",
				"Components",
				"  ■ Chat / Sending: down",
				"  ● Voice: works",
			].join("\n")}\n`,
		);
	});

	test("does not open addresses of this computer unless told to", async () => {
		const server = await serveHttp((_, response) => response.end());
		const { stderr, stdout, code } = await semaforo("inspect", `http://127.0.0.1:${server.port}/`);
		expect({ stdout, code }).toEqual({ stdout: "", code: 3 });
		expect(stderr).toContain("127.0.0.1 is an address of this computer or a local network");
		expect(server.connections()).toBe(0);
	});

	test("tells a page that answers everything from a status page, and says what it tried", async () => {
		const server = await serveHttp((_, response) => response.end("<!doctype html><title>Any app</title>"));
		const { stderr, code } = await semaforo("inspect", `http://127.0.0.1:${server.port}/`, "--allow-private");
		expect(code).toBe(3);
		expect(stderr).toMatch(/^No status page: .*Any app/);
		expect(stderr).toContain("/api/v2/summary.json");
		expect(stderr).toMatch(
			/\nLook on the page for a link such as API, JSON, RSS or Atom, and inspect that address\.\n$/,
		);
	});

	test.each([
		[401, "It asks who we are, or turns programs away"],
		[404, "Nothing is there any more"],
		[503, "It has trouble of its own"],
	])("says what to do about a page that answers %d", async (status, advice) => {
		const server = await serveHttp((_, response) => response.writeHead(status).end());
		const { stderr, code } = await semaforo("inspect", `http://127.0.0.1:${server.port}/`, "--allow-private");
		expect(code).toBe(3);
		expect(stderr.trimEnd().split("\n").at(-1)).toContain(advice);
	});

	test("says what is wrong with an address that is none, and gives no other advice", async () => {
		const { stderr } = await semaforo("inspect", "https://me:pass@status.example/");
		expect(stderr.trimEnd().split("\n")).toHaveLength(1);
	});

	test.each([
		["ftp://status.example/", "only http and https addresses can be inspected, not ftp:"],
		["https://me:secret@status.example/", "user name or password"],
		["http://", "not a web address: http://"],
	])("refuses %s before anything is sent", async (address, says) => {
		const { stderr, code } = await semaforo("inspect", address);
		expect(code).toBe(3);
		expect(stderr).toContain(says);
	});
});
