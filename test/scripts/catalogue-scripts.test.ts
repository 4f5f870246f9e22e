import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { serviceFile } from "../../src/catalogue/schema.ts";
import { currentCatalogue, takeUpdate } from "../../src/io/current-catalogue.ts";
import { createNetwork } from "../../src/io/network/network.ts";
import { ended, type Ran } from "../helpers/run-semaforo.ts";
import { closeServers, serveHttp } from "../helpers/servers.ts";
import { bundleBytes, SHIPPED } from "../helpers/updates.ts";

let folder: string;

vi.setConfig({ testTimeout: 20_000 });
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "scripts-"));
});
afterEach(async () => {
	rmSync(folder, { recursive: true });
	await closeServers();
});

function script(name: string, ...args: string[]): Promise<Ran> {
	const child = spawn(process.execPath, [join(import.meta.dirname, "../../scripts", `${name}.ts`), ...args]);
	child.stdout.setEncoding("utf8");
	child.stderr.setEncoding("utf8");
	return ended(child);
}

describe("add-service", () => {
	const SUMMARY = {
		page: {
			id: "abcdefghijkl",
			name: "Parlé Status",
			url: "https://status.parley.example",
			updated_at: "2026-03-01T10:00:00Z",
		},
		status: { indicator: "none", description: "All Systems Operational" },
		components: [
			{ id: "grp000000001", name: "Chat", status: "operational", group: true, components: ["cmp000000001"] },
			{ id: "cmp000000001", name: "Sending", status: "operational", group: false, group_id: "grp000000001" },
			{ id: "cmp000000002", name: "Voice", status: "operational", group: false, group_id: null },
			{ id: "cmp000000003", name: "Global", status: "operational", group: false, group_id: null },
			{ id: "cmp000000004", name: "Global", status: "operational", group: false, group_id: null },
		],
		incidents: [],
		scheduled_maintenances: [],
	};

	async function statusPage(): Promise<string> {
		const { port } = await serveHttp((request, response) => {
			const found = request.url === "/api/v2/summary.json";
			response.writeHead(200, { "content-type": found ? "application/json" : "text/html" });
			response.end(found ? JSON.stringify(SUMMARY) : "<!doctype html><title>Parlé Status</title>");
		});
		return `http://127.0.0.1:${port}`;
	}

	test("drafts an entry with every component to be mapped and every source to be named", async () => {
		const page = await statusPage();
		const { stdout, code } = await script("add-service", page, "--allow-private");
		expect(code).toBe(0);
		const draft = JSON.parse(stdout);
		expect(draft).toMatchObject({ id: "parle", name: "Parlé", page: { url: "https://status.parley.example" } });
		expect(draft.sources).toHaveLength(1);
		expect(draft.sources[0]).toMatchObject({ format: "statuspage", url: `${page}/api/v2/summary.json` });
		expect(Object.keys(draft.sources[0].components)).toEqual([
			"Chat / Sending",
			"Voice",
			"cmp000000003",
			"cmp000000004",
		]);
		expect(draft.sources[0].provenance.source).toContain("TO FILL IN");
	});

	test("is no entry before the last gap is filled in", async () => {
		const { stdout } = await script("add-service", await statusPage(), "--allow-private");
		expect(serviceFile.safeParse(JSON.parse(stdout)).success).toBe(false);
		const places = serviceFile.safeParse(JSON.parse(stdout)).error?.issues.map(({ path }) => path.join("."));
		expect(places).toEqual(expect.arrayContaining(["owner.id", "category", "sources.0.components.Voice"]));
	});

	test("writes a file where it is asked to, and never over one that exists", async () => {
		const args = [await statusPage(), "--allow-private", "--write", "--folder", folder];
		expect(await script("add-service", ...args)).toMatchObject({ code: 0, stderr: "" });
		const path = join(folder, "parle.json");
		writeFileSync(path, "mine");
		const again = await script("add-service", ...args);
		expect([again.code, again.stderr]).toEqual([1, `${path} is there already; nothing was written.\n`]);
		expect(readFileSync(path, "utf8")).toBe("mine");
	});

	test("a page that is none ends in a sentence, and nothing is written", async () => {
		const { port } = await serveHttp((_, response) => void response.writeHead(404).end());
		const { stderr, code } = await script(
			"add-service",
			`127.0.0.1:${port}`,
			"--allow-private",
			"--write",
			"--folder",
			folder,
		);
		expect([stderr.startsWith("No status page: "), code, readdirSync(folder)]).toEqual([true, 1, []]);
	});
});

describe("make-catalogue-key and sign-catalogue", () => {
	const keys = () => script("make-catalogue-key", join(folder, "team"));
	const bundle = (more = {}) => {
		const path = join(folder, "bundle.json");
		writeFileSync(path, bundleBytes(1, more));
		return path;
	};
	const sign = (file: string) => script("sign-catalogue", file, join(folder, "team.key"), join(folder, "update"));

	test("make what a program takes whose settings name the key", async () => {
		const { stdout } = await keys();
		const line = readFileSync(join(folder, "team.pub"), "utf8").trim();
		expect(stdout).toContain(JSON.stringify({ catalogue: { keys: [line] } }));
		expect((await sign(bundle())).code).toBe(0);

		const standing = { folder: join(folder, "data"), keys: [line], shipped: SHIPPED, app: "0.1.0", now: Date.now() };
		const network = createNetwork();
		expect(await takeUpdate(join(folder, "update"), network, standing)).toMatchObject({ kind: "taken" });
		network.close();
		expect(currentCatalogue(standing).parts.files.map(({ id }) => id)).toEqual(["shop", "cafe"]);
	});

	test("a key is for its owner's eyes, and never written over", async () => {
		await keys();
		const before = readFileSync(join(folder, "team.key"), "utf8");
		if (process.platform !== "win32") expect(statSync(join(folder, "team.key")).mode & 0o077).toBe(0);
		expect((await keys()).code).toBe(1);
		expect(readFileSync(join(folder, "team.key"), "utf8")).toBe(before);
	});

	test("what nobody would take is not signed", async () => {
		await keys();
		const { stderr, code } = await sign(bundle({ expiresAt: "2020-01-01T00:00:00Z" }));
		expect([stderr, code]).toEqual([`${join(folder, "bundle.json")}: it expired on 2020-01-01T00:00:00Z\n`, 1]);
		expect(existsSync(join(folder, "update"))).toBe(false);
	});
});
