import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { hostname, tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { closeDnsServers, serveDns } from "../helpers/dns-server.ts";
import { ended, printed, semaforo, start } from "../helpers/run-semaforo.ts";
import { closeServers } from "../helpers/servers.ts";
import { type InternetPlan, type SmallInternet, smallInternet } from "../helpers/small-internet.ts";

const made: SmallInternet[] = [];
const folder = mkdtempSync(join(tmpdir(), "semaforo-"));

async function internet(plan: Partial<InternetPlan> = {}): Promise<SmallInternet> {
	const one = await smallInternet({ services: { parley: PARLEY, loft: LOFT }, ...plan });
	made.push(one);
	return one;
}

afterAll(async () => {
	for (const one of made) one.close();
	rmSync(folder, { recursive: true, force: true });
	await Promise.all([closeServers(), closeDnsServers()]);
});

const PARLEY = {
	features: { messaging: ["chat1.test", "chat2.test"], media: ["pictures1.test"], calls: "Nobody can try calls." },
};
const LOFT = { features: { feed: ["feed1.test", "feed2.test"] } };

const diagnose = (net: SmallInternet, ...more: string[]) =>
	semaforo("diagnose", "--config", net.config, "--catalogue", net.catalogue, ...more);

describe.concurrent("semaforo diagnose", { timeout: 30_000 }, () => {
	test("says that all is well, layer by layer in their order, and ends with 0", async () => {
		const { stdout, stderr, code } = await diagnose(await internet(), "parley");
		expect([stderr, code]).toEqual(["", 0]);
		const lines = stdout.trimEnd().split("\n");
		expect(lines.slice(2, 6)).toEqual([
			"● names (DNS)     1 of 1 answer",
			"● DNS over HTTPS  1 of 1 answer",
			"● addresses       1 of 1 answer",
			"● login page      none in the way",
		]);
		expect(lines.slice(7)).toEqual([
			"● proxy           none",
			"● certificates    trusted, but signed anew by Semaforo Test Root",
			"● clock           right",
			"● Parley          3 of 3 answer",
			"",
			"● Parley works as far as can be seen from here, and your connection is fine.",
			"  If it fails all the same, sign out and in again, restart the app, and ask others.",
			"  Secure connections are opened on the way by Semaforo Test Root, which this computer trusts.",
		]);
	});

	test("without a service looks at the connection alone, and asks no service", async () => {
		const net = await internet();
		const { stdout, code } = await diagnose(net);
		expect(code).toBe(0);
		expect(stdout).toContain("● Your connection is fine.\n  Name a service to have it looked at too.");
		expect([...net.asked.keys()].filter((host) => /chat|feed|pictures/.test(host))).toEqual([]);
	});

	test("names a service that is down, spares the other, and ends with 2", async () => {
		const net = await internet({ status: (host) => (host.startsWith("feed") ? 503 : undefined) });
		const { stdout, code } = await diagnose(net, "loft", "Parley", "LOFT");
		expect(code).toBe(2);
		expect(stdout).toContain("■ Loft            0 of 2 answer: error 503\n● Parley          3 of 3 answer\n");
		expect(stdout).toContain(
			"■ It is not just you: Loft answers with errors, while your connection is fine.\n  There is nothing to mend here: wait until Loft is well again.\n  Parley works as far as can be seen from here",
		);
		expect(net.asked.get("feed1.test")).toBe(2);
	});

	test("behind a login page says so, judges no service, and ends with 3", async () => {
		const { stdout, code } = await diagnose(await internet({ line: "portal" }), "parley", "--language", "it");
		expect(code).toBe(3);
		expect(stdout).toContain("■ pagina di accesso  ce n'è una di mezzo");
		expect(stdout).toContain("◌ Per usare questa rete devi prima accedere.\n  Apri il browser e accedi.");
		expect(stdout).not.toContain("Parley funziona");
	});

	test("a host that turns us away is not down: it cannot be told, and ends with 3", async () => {
		const { stdout, code } = await diagnose(
			await internet({ status: (host) => (host.startsWith("feed") ? 403 : undefined) }),
			"loft",
		);
		expect(code).toBe(3);
		expect(stdout).toContain("▲ Loft            0 of 2 answer: turns this computer away");
		expect(stdout).toContain("◌ Loft is up, but turns this computer away.");
	});

	test("prints JSON for other programs, in English and without an address", async () => {
		const net = await internet({ status: (host) => (host.startsWith("feed") ? 503 : undefined) });
		const { stdout, code } = await diagnose(net, "loft", "--json");
		const told = JSON.parse(stdout);
		expect(told).toMatchObject({
			...{ exitCode: 2, kind: "service_fails", cause: "service", culprit: "loft", sureness: "high" },
			service: "loft",
		});
		expect(code).toBe(2);
		expect(told.verdict).toMatch(/^It is not just you: Loft/);
		expect(told.startedAt).toMatch(/^\d{4}-\d\d-\d\dT/);
		expect(told.layers.map(({ layer }: { layer: string }) => layer)).toHaveLength(11);
		expect(stdout).not.toContain("127.0.0.1");
	});

	test("writes a report without the names of this computer and its user, in the language of the sentences", async () => {
		const file = join(folder, "report.md");
		const { stdout, code } = await diagnose(await internet(), "loft", "--report", file, "--language", "it");
		expect(code).toBe(0);
		expect(stdout).toContain(`Il rapporto è in ${file}.`);
		const report = readFileSync(file, "utf8");
		expect(report).toContain("# Sono solo io?");
		expect(report).toContain("| Loft | feed1.test | risponde |");
		expect(report).not.toMatch(/\d+\.\d+\.\d+\.\d+/);
		for (const name of [hostname(), userInfo().username]) expect(report.split(/[^\p{L}\p{N}-]+/u)).not.toContain(name);
	});

	test.each([
		[join(folder, "nowhere", "report.md"), "no such folder"],
		[folder, "a folder"],
	])("complains about a report that cannot be written to %s before it asks anybody", async (file, found) => {
		const net = await internet();
		const { stdout, stderr, code } = await diagnose(net, "loft", "--report", file);
		expect([stdout, code]).toEqual(["", 3]);
		expect(stderr).toBe(`--report: ${file}: expected a file that can be written, found ${found}\n`);
		expect(net.asked.size).toBe(0);
	});

	test("complains about a service that nobody knows, and says what may have been meant", async () => {
		const { stdout, stderr, code } = await diagnose(await internet(), "parly");
		expect([stdout, code]).toEqual(["", 3]);
		expect(stderr).toBe('expected the name of a service, found "parly". Did you mean "parley"?\n');
	});

	test("stopped by Ctrl-C ends at once, says nothing it does not know, and ends with 3", async () => {
		const net = await internet();
		const names = [
			"name.test",
			...["north", "east", "south", "west", "centre"].map((vendor) => `control-${vendor}.test`),
		];
		const silent = await serveDns(Object.fromEntries(names.map((name) => [name, "silent" as const])));
		net.configure({ dnsServers: [silent.address] });
		const child = start(["diagnose", "--config", net.config, "--catalogue", net.catalogue]);
		const all = ended(child);
		await printed(child, "network");
		const began = performance.now();
		child.kill("SIGINT");
		const { stdout, stderr, code } = await all;
		expect(performance.now() - began).toBeLessThan(1_500);
		expect([stderr, code]).toEqual(["", 3]);
		expect(stdout).not.toMatch(/\n\n/);
	});

	test("explains itself", async () => {
		const { stdout, code } = await semaforo("diagnose", "--help");
		expect(code).toBe(0);
		expect(stdout).toMatch(/--report <file>[\s\S]*0 {2}nothing is wrong/);
	});
});
