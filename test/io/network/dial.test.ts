import { networkInterfaces } from "node:os";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { failure } from "../../../src/core/failure.ts";
import { dial, type Target } from "../../../src/io/network/dial.ts";
import { converse } from "../../../src/io/network/exchange.ts";
import { createNetwork, type NetworkOptions } from "../../../src/io/network/network.ts";
import { runProbe } from "../../../src/io/probes/run-probe.ts";
import { type Authority, createAuthority } from "../../helpers/certificates.ts";
import {
	closedPort,
	closeServers,
	serveHttp,
	serveHttps,
	serveProxy,
	serveSilence,
	serveTcp,
} from "../../helpers/servers.ts";

const DEADLINES = { dnsMs: 300, connectMs: 300, tlsMs: 300, firstByteMs: 300, totalMs: 800 };
const run = { signal: new AbortController().signal, attempt: 0 };

let authority: Authority;

beforeAll(async () => {
	authority = await createAuthority();
});

afterEach(closeServers);

function network(more: NetworkOptions = {}) {
	return createNetwork({ deadlines: DEADLINES, extraRoots: [authority.pem], ...more });
}

function hasIPv6(): boolean {
	return Object.values(networkInterfaces()).some((each) => each?.some(({ address }) => address === "::1"));
}

/** Dials, hangs up, and tells what was seen and how it failed. */
async function call(target: Target, options: NetworkOptions = {}) {
	const result = await converse(network(options), run.signal, async (exchange) => {
		await dial(network(options), target, exchange);
	});
	return { ...result.seen, failure: "failure" in result ? result.failure : undefined };
}

describe("the choice of address", () => {
	const hosts = (...addresses: string[]) => ({ hosts: new Map([["host.test", addresses]]) });

	test("begins with the first one, and each attempt takes the next", async () => {
		const { port } = await serveTcp(() => {});
		const host = { host: "host.test", port };
		const options = hosts("127.0.0.1", "127.0.0.2", "127.0.0.3");
		const seen = await Promise.all([0, 1, 2, 3].map((attempt) => call({ ...host, attempt }, options)));
		expect(seen.map(({ address }) => address)).toEqual(["127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.1"]);
	});

	test("falls back to the other family, so that a dead IPv6 is not an outage", async () => {
		const { port } = await serveTcp(() => {});
		const seen = await call({ host: "host.test", port, attempt: 1 }, hosts("127.0.0.1", "::1"));
		expect(seen).toMatchObject({ address: "127.0.0.1", failure: undefined });
	});

	test("reports the first address where both families fail", async () => {
		const port = await closedPort();
		const seen = await call({ host: "host.test", port }, hosts("127.0.0.1", "::1"));
		expect(seen).toMatchObject({ address: "127.0.0.1", failure: { kind: "refused", phase: "connect" } });
	});

	test.skipIf(!hasIPv6())(
		"reports the other address where the first belongs to a family that leads nowhere",
		async () => {
			const port = await closedPort();
			// Nobody can connect to the broadcast address: the system refuses at once, without sending anything.
			const seen = await call({ host: "host.test", port }, hosts("255.255.255.255", "::1"));
			expect(seen).toMatchObject({ address: "::1", failure: { kind: "refused", phase: "connect" } });
		},
	);

	test("takes known addresses without asking anybody, and another port where one is mapped", async () => {
		const { port } = await serveTcp(() => {});
		const target = { host: "unheard-of.test", port: 443, addresses: ["127.0.0.1"] };
		const seen = await call(target, {
			mapPort: (host, asked) => (host === "unheard-of.test" && asked === 443 ? port : asked),
		});
		expect(seen.failure).toBeUndefined();
		expect(Object.keys(seen.phases)).toEqual(["connect"]);
	});

	test("connects nowhere when one of the addresses is refused", async () => {
		const server = await serveTcp(() => {});
		const refused = failure("unreadable", "an address of this computer");
		const allowAddress = (address: string) => (address.startsWith("127.") ? refused : undefined);
		const seen = await call({ host: "host.test", port: server.port, allowAddress }, hosts("192.0.2.1", "127.0.0.1"));
		expect(seen.failure).toEqual(refused);
		expect(server.connections()).toBe(0);
	});
});

describe("through a proxy", () => {
	test("https goes through a tunnel, and its certificate is verified all the same", async () => {
		const answer = (_request: unknown, response: { end(text: string): void }) => response.end("fine");
		const server = await serveHttps(await authority.issue(["good.test"]), answer);
		const proxy = await serveProxy({ to: server.port });
		const on = network({ proxy: { url: `http://127.0.0.1:${proxy.port}` } });
		const good = await runProbe({ type: "http", url: "https://good.test/" }, on, run);
		expect(good).toMatchObject({ outcome: { kind: "ok" }, status: 200, proxied: true, address: "127.0.0.1" });
		expect(Object.keys(good.phases)).toEqual(["connect", "proxy", "tls", "first_byte", "transfer"]);
		expect(proxy.asked).toEqual(["CONNECT good.test:443"]);
		const wrong = await runProbe({ type: "tls", host: "wrong.test", port: 443 }, on, run);
		expect(wrong.outcome).toMatchObject({ failure: { kind: "tls_untrusted", phase: "tls" } });
	});

	test("plain HTTP is handed over whole, as proxies that tunnel to port 443 only want it", async () => {
		const proxy = await serveProxy({});
		const on = network({ proxy: { url: `http://127.0.0.1:${proxy.port}` } });
		const result = await runProbe({ type: "http", url: "http://plain.test/path?query" }, on, run);
		expect(result).toMatchObject({ outcome: { kind: "ok" }, status: 200, proxied: true });
		expect(proxy.asked).toEqual(["GET http://plain.test/path?query"]);
	});

	test("a login is given where there is one, and its lack is the proxy's failure", async () => {
		const server = await serveTcp(() => {});
		const proxy = await serveProxy({ login: "me:s e:cret", to: server.port });
		const at = `127.0.0.1:${proxy.port}`;
		const specs = [
			{ type: "tcp", host: "host.test", port: 443 },
			{ type: "http", url: "http://host.test/" },
		] as const;
		for (const spec of specs) {
			const known = await runProbe(spec, network({ proxy: { url: `http://me:s%20e%3Acret@${at}` } }), run);
			expect(known.outcome).toEqual({ kind: "ok" });
			const unknown = await runProbe(spec, network({ proxy: { url: `http://${at}` } }), run);
			expect(unknown.outcome).toMatchObject({ kind: "failed", failure: { kind: "http", phase: "proxy", status: 407 } });
		}
	});

	test.each([403, 405, 451, 501])("a tunnel refused with %i leaves the probe untried, not failed", async (refuses) => {
		const proxy = await serveProxy({ refuses });
		const on = network({ proxy: { url: `http://127.0.0.1:${proxy.port}` } });
		const tcp = await runProbe({ type: "tcp", host: "host.test", port: 5222 }, on, run);
		const why = `the proxy opens no tunnel to host.test:5222 (${refuses})`;
		expect(tcp.outcome).toEqual({ kind: "skipped", why });
		const https = await runProbe({ type: "http", url: "https://host.test/" }, on, run);
		expect(https.outcome).toMatchObject({ kind: "skipped", why: expect.stringContaining("host.test:443") });
		expect(https).not.toHaveProperty("barred");
	});

	test("a target that the proxy cannot reach is a failure with the proxy's status", async () => {
		const proxy = await serveProxy({ refuses: 502 });
		const on = network({ proxy: { url: `http://127.0.0.1:${proxy.port}` } });
		const { outcome } = await runProbe({ type: "tcp", host: "host.test", port: 443 }, on, run);
		expect(outcome).toMatchObject({ kind: "failed", failure: { kind: "http", phase: "proxy", status: 502 } });
	});

	test("a proxy that is gone, silent or no proxy is the proxy's failure", async () => {
		const silent = await serveSilence();
		const babbler = await serveTcp((socket) => void socket.end("hello\r\n\r\n"));
		const kinds = [await closedPort(), silent.port, babbler.port].map(async (port) => {
			const { failure } = await call({ host: "host.test", port: 443 }, { proxy: { url: `http://127.0.0.1:${port}` } });
			return `${failure?.kind} ${failure?.phase}`;
		});
		expect(await Promise.all(kinds)).toEqual(["refused proxy", "timeout proxy", "unreadable proxy"]);
	});

	test("hosts on the bypass list are reached directly, with all names under them", async () => {
		const server = await serveHttp((_request, response) => void response.end("direct"));
		const proxy = { url: `http://127.0.0.1:${await closedPort()}`, bypass: ["*.inside.test", "127.0.0.1"] };
		const hosts = new Map(["inside.test", "deep.inside.test"].map((name) => [name, ["127.0.0.1"]]));
		const on = network({ proxy, hosts });
		const ask = async (host: string) => {
			const { outcome, proxied } = await runProbe({ type: "http", url: `http://${host}:${server.port}/` }, on, run);
			return `${outcome.kind}${proxied ? " proxied" : ""}`;
		};
		expect(await Promise.all(["inside.test", "deep.inside.test", "127.0.0.1"].map(ask))).toEqual(["ok", "ok", "ok"]);
		expect(await ask("outinside.test")).toBe("failed proxied");
	});
});
