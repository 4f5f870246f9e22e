import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { NetworkSettings } from "../../src/core/settings.ts";
import { createNetwork } from "../../src/io/network/network.ts";
import { networkOptions } from "../../src/io/network-files.ts";
import { runProbe } from "../../src/io/probes/run-probe.ts";
import { loadSettings } from "../../src/io/settings-file.ts";
import { type Authority, type Credentials, createAuthority } from "../helpers/certificates.ts";
import { serveTlsFront } from "../helpers/proxy-servers.ts";
import { closeServers, serveHttp, serveProxy } from "../helpers/servers.ts";

const folder = mkdtempSync(join(tmpdir(), "semaforo-network-"));
const file = join(folder, "settings.json");
const fixture = (name: string) => join(import.meta.dirname, "..", "fixtures", "certificates", name);

let authority: Authority;
let mine: Credentials;

beforeAll(async () => {
	authority = await createAuthority();
	mine = await authority.issue(["someone"]);
	write("me.pem", mine.cert);
	write("me.key", mine.key);
	write("both.pem", `${mine.key}\n${mine.cert}\n`);
	write("other.key", (await authority.issue(["else"])).key);
	write("root.pem", authority.pem);
	write("broken.pem", `${authority.pem}\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`);
	write("text.txt", "nothing to see here");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(closeServers);

function write(name: string, text: string): void {
	writeFileSync(join(folder, name), text);
}

function load(settings: object): NetworkSettings {
	writeFileSync(file, JSON.stringify(settings));
	return loadSettings(file).settings.network;
}

function complaintsOf(settings: object): string[] {
	try {
		networkOptions(load(settings));
	} catch (error) {
		expect(error).toHaveProperty("name", "SettingsError");
		expect(inspect(error)).not.toContain("hunter2");
		return (error as Error).message.replaceAll(`${file}: `, "").replaceAll(`${folder}/`, "").split("\n");
	}
	return [];
}

describe("the way to the network, as people write it", () => {
	test("is the system's where nothing is said, none where it is to be direct, and else the one that is named", () => {
		const system = () => Promise.resolve("DIRECT");
		expect(networkOptions(load({}), system)).toMatchObject({ resolveProxy: system });
		const direct = networkOptions(load({ proxy: "direct" }), system);
		expect([direct.proxy, direct.resolveProxy]).toEqual([undefined, undefined]);
		const proxy = { url: "socks5://me:hunter2@[::1]:1080", bypass: ["*.office.test", "10.0.0.0/8", "<local>"] };
		const fixed = networkOptions(load({ proxy }), system);
		expect([fixed.proxy, fixed.resolveProxy]).toEqual([proxy, undefined]);
	});

	test.each<[string, object, string]>([
		[
			"a proxy of an unknown kind, without its login",
			{ proxy: { url: "ftp://me:hunter2@proxy.test" } },
			'proxy.url: expected an address such as http://proxy.example:3128, https://… or socks5://…, found "ftp://…@proxy.test"',
		],
		[
			"a proxy with a path",
			{ proxy: { url: "http://proxy.test:3128/proxy.pac" } },
			'proxy.url: expected an address such as http://proxy.example:3128, https://… or socks5://…, found "http://proxy.test:3128/proxy.pac"',
		],
		["a port that is none", { proxy: { url: "http://proxy.test:99999" } }, "proxy.url: expected an address such as"],
		[
			"an exception that would never match",
			{ proxy: { url: "http://proxy.test", bypass: ["10.0.0.0/33"] } },
			'proxy.bypass[0]: expected a host, *.domain, an address, a network such as 10.0.0.0/8, or <local>, found "10.0.0.0/33"',
		],
		["a word that is none", { proxy: "none" }, "proxy"],
		[
			"a DNS server by name",
			{ dnsServers: ["dns.test"] },
			'dnsServers[0]: expected an address such as 192.0.2.53 or 192.0.2.53:5353, found "dns.test"',
		],
		[
			"a certificate file that is not there",
			{ certificates: ["gone.pem"] },
			"certificates: gone.pem: expected a file, found nothing",
		],
		[
			"a certificate file without one",
			{ certificates: ["text.txt"] },
			"certificates: text.txt: expected a certificate in PEM form, found none",
		],
		[
			"a broken certificate",
			{ certificates: ["broken.pem"] },
			"certificates: broken.pem: expected certificates in PEM form, found number 2 broken",
		],
		[
			"a passphrase of another kind, without showing it",
			{ clientCertificates: [{ hosts: ["a.test"], file: "me.pem", passphrase: 4711 }] },
			"clientCertificates[0].passphrase: expected a text, found what is not shown here",
		],
		[
			"a client certificate for nobody",
			{ clientCertificates: [{ hosts: [], file: "me.pem" }] },
			"clientCertificates[0].hosts: expected at least 1 entry, found 0 entries",
		],
	])("is told what is wrong: %s", (_what, settings, sentence) => {
		const complaints = complaintsOf(settings);
		expect(complaints).toHaveLength(1);
		expect(complaints[0]).toContain(sentence);
	});

	test.each<[string, object, string]>([
		["without its key", { file: "me.pem" }, "found no private key"],
		[
			"with the key of another",
			{ file: "me.pem", key: "other.key" },
			"found a key that belongs to another certificate",
		],
		["that is something else", { file: "text.txt" }, "expected a PKCS#12 or PEM file, found something else"],
		["that is not there", { file: "gone.p12" }, "expected a file, found nothing"],
		["locked, without a passphrase", { file: fixture("client.p12") }, "found one that wants a passphrase"],
		[
			"locked, with a wrong passphrase",
			{ file: fixture("client.p12"), passphrase: "hunter2" },
			"found one that this passphrase does not open",
		],
		[
			"locked in an old way",
			{ file: fixture("client-rc2.p12"), passphrase: "open-sesame" },
			"found one locked in an old way (RC2); export it anew with AES",
		],
	])("is told what is wrong with a client certificate %s", (_what, own, words) => {
		const [sentence] = complaintsOf({ clientCertificates: [{ hosts: ["a.test"], ...own }] });
		expect(sentence).toContain(words);
	});
});

describe("a client certificate", () => {
	const run = { signal: new AbortController().signal, attempt: 0 };
	const forms: [string, object][] = [
		["PEM, in two files", { file: "me.pem", key: "me.key" }],
		["PEM, in one file", { file: "both.pem" }],
		["PKCS#12 with a passphrase", { file: fixture("client.p12"), passphrase: "open-sesame" }],
	];

	test.each(forms)("opens a host that wants to see one, and is shown to no other: %s", async (form, own) => {
		const inner = await serveHttp((_request, response) => void response.end("inside"));
		const root = form.startsWith("PEM") ? authority.pem : clientRoot;
		const host = await serveTlsFront(await authority.issue(["inside.test", "outside.test"]), inner.port, root);
		const settings = load({ certificates: ["root.pem"], clientCertificates: [{ hosts: ["inside.test"], ...own }] });
		const hosts = new Map(["inside.test", "outside.test"].map((name) => [name, ["127.0.0.1"]]));
		const on = createNetwork({ ...networkOptions(settings), hosts, deadlines: { totalMs: 1000 } });
		const ask = async (name: string) => {
			const { outcome } = await runProbe({ type: "http", url: `https://${name}:${host.port}/` }, on, run);
			return outcome;
		};
		expect(await ask("inside.test")).toEqual({ kind: "ok" });
		expect(await ask("outside.test")).toMatchObject({ kind: "failed" });
	});

	test("opens a proxy that wants to see one", async () => {
		const inner = await serveProxy({});
		const proxy = await serveTlsFront(await authority.issue(["127.0.0.1"]), inner.port, authority.pem);
		const url = `https://127.0.0.1:${proxy.port}`;
		const common = { certificates: ["root.pem"], proxy: { url } };
		const ask = async (settings: object) => {
			const on = createNetwork({ ...networkOptions(load({ ...common, ...settings })), deadlines: { totalMs: 1000 } });
			return (await runProbe({ type: "http", url: "http://plain.test/" }, on, run)).outcome.kind;
		};
		expect(await ask({ clientCertificates: [{ hosts: ["127.0.0.1"], file: "both.pem" }] })).toBe("ok");
		expect(await ask({})).toBe("failed");
	});
});

const clientRoot = readFileSync(fixture("client-root.pem"), "utf8");
