import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SHIPPED_EDITION } from "../../src/catalogue/edition.ts";
import { closeDnsServers } from "../helpers/dns-server.ts";
import { ended, type Ran, semaforo, start } from "../helpers/run-semaforo.ts";
import { closeServers } from "../helpers/servers.ts";
import { smallInternet } from "../helpers/small-internet.ts";
import { newSigner, signed } from "../helpers/updates.ts";

const signer = newSigner();
const NEXT = SHIPPED_EDITION.version + 1;
let folder: string;

vi.setConfig({ testTimeout: 20_000 });
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "semaforo-"));
});
afterEach(async () => {
	rmSync(folder, { recursive: true });
	await Promise.all([closeServers(), closeDnsServers()]);
});

/** The program as somebody runs it whose data is in the test's folder. */
function run(...args: string[]): Promise<Ran> {
	return ended(start(args, { XDG_DATA_HOME: join(folder, "data"), HOME: folder, LOCALAPPDATA: folder }));
}

function write(name: string, content: unknown): string {
	const path = join(folder, name);
	writeFileSync(path, Buffer.isBuffer(content) ? content : JSON.stringify(content));
	return path;
}

test("says which catalogue is in force, and where it comes from", async () => {
	const { stdout, stderr, code } = await run("catalogue");
	const { version, madeAt } = SHIPPED_EDITION;
	expect(stdout).toMatch(
		new RegExp(
			`^Catalogue ${version}, made on ${madeAt.slice(0, 10)} \\(.+\\): \\d+ services and \\d+ providers\\.\nIt came with this program\\.\n$`,
		),
	);
	expect([stderr, code]).toEqual(["", 0]);
});

test("takes an update that the settings' key vouches for, and is run by it from then on", async () => {
	const endpointsOff = [{ host: "discord.com", service: "discord", why: "It moved." }];
	write("update", signed(signer, 1, { endpointsOff }));
	const settings = write("settings.json", { catalogue: { updates: "update", keys: [signer.line] } });
	const { stdout, code } = await run("catalogue", "--update", "-c", settings);
	expect(stdout).toMatch(/^A newer catalogue was taken\.\n/);
	expect(stdout).toContain(`Catalogue ${NEXT}, made on 2026-11-22`);
	expect(stdout).toContain(`It came as an update from ${join(folder, "update")} on `);
	expect(stdout).toContain("Not asked any more: discord.com (discord). It moved.");
	expect(code).toBe(0);

	const listed = await run("services", "cafe", "discord", "-c", settings);
	expect(listed.stdout).toContain("The Café (cafe), of cafe");
	expect(listed.stdout).not.toContain("https://discord.com/");
});

test("an update is nothing to whoever does not know its key, and is not taken twice", async () => {
	write("update", signed(signer, 1));
	const settings = write("settings.json", { catalogue: { updates: "update", keys: [signer.line] } });
	expect((await run("catalogue", "--update", "-c", settings)).code).toBe(0);
	expect((await run("catalogue", "--update", "-c", settings)).stdout).toMatch(/^There is nothing newer\.\n/);
	expect(await run("services", "cafe")).toMatchObject({
		code: 3,
		stderr: expect.stringContaining('expected the name of a service, found "cafe"'),
	});
});

test("believes a key that is given with the update, and remembers it", async () => {
	const update = write("update", signed(signer, 1));
	const key = write("key.pub", Buffer.from(`${signer.line}\n`));
	const { stdout } = await run("catalogue", "--update", update, "--key", key, "--json");
	expect(JSON.parse(stdout)).toMatchObject({
		version: NEXT,
		update: { from: update, expiresAt: "2100-01-01T00:00:00Z", endpointsOff: [] },
		outcome: { kind: "taken" },
	});
	expect((await run("services", "cafe")).code).toBe(0);
});

test("refuses an update by a stranger with one reason, and says that nothing changed", async () => {
	const update = write("update", signed(newSigner(), 1));
	const settings = write("settings.json", { catalogue: { keys: [signer.line] } });
	const { stdout, stderr, code } = await run("catalogue", "--update", update, "-c", settings);
	expect(stderr).toMatch(
		/^The catalogue stays as it was:\n {2}.+update: it is signed by the key [0-9a-f]{16}, which is not one that is trusted here\n$/,
	);
	expect(stdout).toContain("It came with this program.");
	expect(code).toBe(3);
});

test.each<[string, readonly string[], RegExp]>([
	[
		"no place for updates is known",
		["--update"],
		/^Say where the update is, or name a place in the settings: catalogue\.updates\.\n$/,
	],
	[
		"a key is none",
		["--update", "x", "--key", "package.json"],
		/^package\.json: expected a public Ed25519 key, found /,
	],
])("%s: that is told, without a stack", async (_, args, words) => {
	const { stderr, code } = await run("catalogue", ...args);
	expect(stderr).toMatch(words);
	expect(code).toBe(3);
});

test("an update that does not go with own services is left out, and told", async () => {
	const update = write("update", signed(signer, 1));
	const own = [{ id: "cafe", name: "Our café", features: { web: { blind: "It has no site." } } }];
	const settings = write("settings.json", { services: ["cafe"], own, catalogue: { keys: [signer.line] } });
	expect((await run("catalogue", "--update", update, "-c", settings)).code).toBe(0);
	expect((await run("services", "cafe", "-c", settings)).stdout).toContain("Our café (cafe)");
});

test("settings with a key that is none are refused by name and place", async () => {
	const settings = write("settings.json", { catalogue: { keys: ["abc"] } });
	const { stderr } = await run("services", "-c", settings);
	expect(stderr).toBe(`${settings}: catalogue.keys[0]: expected a public Ed25519 key in one line, found "abc"\n`);
});

test("an id that a service had before still works in settings, with a note", async () => {
	const world = await smallInternet({
		services: { parley: { features: { messaging: ["a.parley.test", "b.parley.test"] } } },
	});
	try {
		const file = join(world.catalogue, "services", "parley.json");
		writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), oldIds: ["chatter"] }));
		world.configure({ services: ["chatter"] });
		const { stdout, stderr, code } = await semaforo("check", "--catalogue", world.catalogue, "-c", world.config);
		expect(stderr).toBe(`${world.config}: services: "chatter" is called "parley" now; the old name still works.\n`);
		expect(stdout).toContain("Parley");
		expect(code).toBe(0);
	} finally {
		world.close();
	}
});

test("services are listed by their kind and country", async () => {
	const telecom = (await run("services", "--category", "telecom")).stdout;
	expect(telecom).toMatch(/^ {2}tim +TIM /m);
	expect(telecom).not.toContain("whatsapp");
	const italian = (await run("services", "--category", "money", "--region", "IT")).stdout;
	expect(italian).toMatch(/^ {2}satispay +Satispay /m);
	expect(italian).not.toContain("paypal");
	expect((await run("services", "--category", "cars")).stderr).toContain("Allowed choices are messaging, social,");
	expect((await run("services", "x")).stdout).toContain("  also called twitter (before)\n");
});
