import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { ProbeSpec } from "../../../src/core/check.ts";
import { createNetwork, type NetworkOptions } from "../../../src/io/network/network.ts";
import type { ProbeResult } from "../../../src/io/probes/probe.ts";
import { runProbe } from "../../../src/io/probes/run-probe.ts";
import { type Authority, createAuthority, selfSigned } from "../../helpers/certificates.ts";
import { closeDnsServers, serveDns } from "../../helpers/dns-server.ts";
import {
	closedPort,
	closeServers,
	serveHttp,
	serveHttps,
	serveReset,
	serveSilence,
	serveTcp,
} from "../../helpers/servers.ts";

const LIMIT_MS = 400;
const SHORT = { dnsMs: LIMIT_MS, connectMs: LIMIT_MS, tlsMs: LIMIT_MS, firstByteMs: LIMIT_MS, totalMs: 2 * LIMIT_MS };
const NAMES = ["good.test", "wrong.test", "expired.test", "selfsigned.test", "stranger.test", "v4only.test"];
const HOSTS = new Map(NAMES.map((name) => [name, ["127.0.0.1"]]));

let authority: Authority;

beforeAll(async () => {
	authority = await createAuthority();
});

afterEach(async () => {
	await Promise.all([closeServers(), closeDnsServers()]);
});

function network(more: NetworkOptions = {}) {
	return createNetwork({ deadlines: SHORT, hosts: HOSTS, extraRoots: [authority.pem], ...more });
}

function probe(spec: ProbeSpec, on = network(), attempt = 0): Promise<ProbeResult> {
	return runProbe(spec, on, { signal: new AbortController().signal, attempt });
}

const http = (port: number, host = "127.0.0.1"): ProbeSpec => ({ type: "http", url: `http://${host}:${port}/` });
const https = (port: number, host = "good.test"): ProbeSpec => ({ type: "http", url: `https://${host}:${port}/` });

test("every kind of trouble is told apart, with its step, while all of them happen side by side", async () => {
	const plain = await serveHttp((_request, response) => void response.end("fine"));
	const silent = await serveSilence();
	const reset = await serveReset();
	const hangsUp = await serveTcp((socket) => void socket.end());
	const gibberish = await serveTcp((socket) => void socket.end("SSH-2.0-OpenSSH_9.9\r\n"));
	const drips = await serveHttp((_request, response) => {
		response.writeHead(200, { "content-length": 1000 });
		const timer = setInterval(() => response.write("."), 20);
		response.on("close", () => clearInterval(timer));
	});
	const cutShort = await serveHttp((_request, response) => {
		response.writeHead(200, { "content-length": 1000 });
		response.write("the beginning", () => response.destroy());
	});
	const closed = await closedPort();
	const yesterday = new Date(Date.now() - 86_400_000);
	const answer = (_request: unknown, response: { end(text: string): void }) => response.end("fine");
	const good = await serveHttps(await authority.issue(["good.test"]), answer);
	const expired = await serveHttps(await authority.issue(["expired.test"], yesterday), answer);
	const self = await serveHttps(await selfSigned(["selfsigned.test"]), answer);
	const stranger = await serveHttps(await (await createAuthority("Strange Root")).issue(["stranger.test"]), answer);
	const resolver = await serveDns({
		"broken.test": { code: 2 },
		"refused.test": { code: 5 },
		"mute.test": "silent",
		"empty.test": {},
	});
	const own = network({ dnsServers: [resolver.address] });
	const dead = network({ dnsServers: [`127.0.0.1:${closed}`] });

	const cases: readonly (readonly [what: string, expected: string, run: Promise<ProbeResult>])[] = [
		["http", "ok", probe(http(plain.port))],
		["https", "ok", probe(https(good.port))],
		["tls", "ok", probe({ type: "tls", host: "good.test", port: good.port })],
		["tcp", "ok", probe({ type: "tcp", host: "127.0.0.1", port: plain.port })],
		["a closed port", "refused connect", probe({ type: "tcp", host: "127.0.0.1", port: closed })],
		["no answer", "timeout first_byte", probe(http(silent.port))],
		["a broken connection", "reset first_byte", probe(http(reset.port))],
		["a connection closed without an answer", "reset first_byte", probe(http(hangsUp.port))],
		["another protocol", "unreadable first_byte", probe(http(gibberish.port))],
		["a body that drips", "timeout transfer", probe(http(drips.port))],
		["a body cut short", "reset transfer", probe(http(cutShort.port))],
		["TLS without an answer", "timeout tls", probe(https(silent.port))],
		["TLS broken off", "reset tls", probe(https(reset.port))],
		["no TLS at all", "tls_failed tls", probe(https(gibberish.port))],
		["plain HTTP instead of TLS", "tls_failed tls", probe({ type: "tls", host: "good.test", port: plain.port })],
		["an expired certificate", "tls_untrusted tls", probe(https(expired.port, "expired.test"))],
		["a certificate for another name", "tls_untrusted tls", probe(https(good.port, "wrong.test"))],
		["a certificate for no address", "tls_untrusted tls", probe(https(good.port, "127.0.0.1"))],
		["a self-signed certificate", "tls_untrusted tls", probe(https(self.port, "selfsigned.test"))],
		["an unknown issuer", "tls_untrusted tls", probe(https(stranger.port, "stranger.test"))],
		["no such name", "dns_nxdomain dns", probe(https(443, "missing.test"), own)],
		["a name without addresses", "dns_nxdomain dns", probe(https(443, "empty.test"), own)],
		["a resolver that fails", "dns_servfail dns", probe(https(443, "broken.test"), own)],
		["a resolver that refuses", "dns_servfail dns", probe(https(443, "refused.test"), own)],
		["a resolver that is silent", "dns_timeout dns", probe(https(443, "mute.test"), own)],
		["a resolver that is not there", "dns_timeout dns", probe(https(443, "absent.test"), dead)],
		["a name that is none", "dns_nxdomain dns", probe({ type: "tcp", host: "a..b", port: 1 }, own)],
	];
	const began = performance.now();
	const results = await Promise.all(cases.map(async ([what, , run]) => [what, briefly(await run)]));
	expect(Object.fromEntries(results)).toEqual(Object.fromEntries(cases.map(([what, expected]) => [what, expected])));
	expect(performance.now() - began).toBeLessThan(SHORT.totalMs + 300);
});

function briefly({ outcome }: ProbeResult): string {
	if (outcome.kind !== "failed") return outcome.kind;
	return `${outcome.failure.kind} ${outcome.failure.phase}`;
}

describe("words about a certificate that does not verify", () => {
	test("name who issued it, for whom, and until when", async () => {
		const until = new Date("2024-05-06T00:00:00Z");
		const server = await serveHttps(await authority.issue(["expired.test"], until), () => {});
		const { outcome } = await probe(https(server.port, "expired.test"));
		expect(outcome).toMatchObject({ kind: "failed", failure: { kind: "tls_untrusted", phase: "tls" } });
		expect(detailOf(outcome)).toContain("issued by Semaforo Test Root, for DNS:expired.test, until 2024-05-06");
	});

	test("say that it is for somebody else", async () => {
		const server = await serveHttps(await authority.issue(["good.test"]), () => {});
		const { outcome } = await probe(https(server.port, "wrong.test"));
		expect(detailOf(outcome)).toMatch(/not for wrong\.test: issued by Semaforo Test Root, for DNS:good\.test/);
	});
});

function detailOf(outcome: ProbeResult["outcome"]): string {
	return outcome.kind === "failed" ? outcome.failure.detail : outcome.kind;
}

describe("a private root", () => {
	test("vouches for the hosts of a check that names it, and for no others", async () => {
		const secret = await createAuthority("Secret Root");
		const mine = network({ privateRoots: new Map([["secret", secret.pem]]) });
		const server = await serveHttps(await secret.issue(["good.test"]), (_request, response) => void response.end());
		const outside = await serveHttps(await authority.issue(["good.test"]), (_request, response) => void response.end());
		const spec = (port: number): ProbeSpec => ({ type: "http", url: `https://good.test:${port}/`, root: "secret" });
		expect(briefly(await probe(spec(server.port), mine))).toBe("ok");
		expect(briefly(await probe(https(server.port), mine))).toBe("tls_untrusted tls");
		expect(briefly(await probe(spec(outside.port), mine))).toBe("tls_untrusted tls");
	});

	test("that nobody knows is a failure, not an exception", async () => {
		const server = await serveHttps(await authority.issue(["good.test"]), () => {});
		const { outcome } = await probe({ type: "tls", host: "good.test", port: server.port, root: "lost" });
		expect(outcome).toMatchObject({
			kind: "failed",
			failure: { kind: "unreadable", detail: expect.stringMatching(/"lost"/) },
		});
	});
});

describe("the steps", () => {
	test("are timed apart: a slow first byte and a slow body show where they happen", async () => {
		const server = await serveHttps(await authority.issue(["good.test"]), (_request, response) => {
			setTimeout(() => response.write("first"), 120);
			setTimeout(() => response.end("last"), 200);
		});
		const { outcome, phases } = await probe(https(server.port));
		expect(outcome.kind).toBe("ok");
		expect(Object.keys(phases)).toEqual(["connect", "tls", "first_byte", "transfer"]);
		expect(phases.connect).toBeLessThan(60);
		expect(phases.tls).toBeLessThan(100);
		expect(phases.first_byte).toBeGreaterThan(110);
		expect(phases.transfer).toBeGreaterThan(60);
	});

	test("that did not happen are absent; a name that is asked for has its own", async () => {
		const server = await serveTcp(() => {});
		const resolver = await serveDns({ "named.test": { a: ["127.0.0.1"] } });
		const named = await probe(
			{ type: "tcp", host: "named.test", port: server.port },
			network({ dnsServers: [resolver.address] }),
		);
		expect(Object.keys(named.phases)).toEqual(["dns", "connect"]);
		expect(named.address).toBe("127.0.0.1");
		expect(named.proxied).toBeUndefined();
	});

	test("that fail are timed as well", async () => {
		const server = await serveSilence();
		const { phases } = await probe(http(server.port));
		expect(phases.first_byte).toBeGreaterThan(LIMIT_MS - 20);
		expect(phases.transfer).toBeUndefined();
	});
});

describe("a network that is closed", () => {
	test("ends what is under way soon, and begins nothing", async () => {
		const server = await serveSilence();
		const on = network({ deadlines: {} });
		const run = probe(http(server.port), on);
		await expect.poll(server.connections).toBe(1);
		on.close();
		expect(briefly(await run)).toBe("timeout first_byte");
		expect(briefly(await probe(http(server.port), on))).toBe("timeout connect");
		expect(server.connections()).toBe(1);
	});
});

test("nothing is left open: neither sockets nor timers outlive their exchange", async () => {
	const server = await serveHttps(
		await authority.issue(["good.test"]),
		(_request, response) => void response.end("fine"),
	);
	const silent = await serveSilence();
	const plain = await serveTcp((socket) => void socket.resume());
	const patient = network({ deadlines: {} });
	const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
	const before = timers();
	const runs = Array.from({ length: 20 }, () => probe(https(server.port), patient));
	expect((await Promise.all(runs)).map(briefly)).toEqual(runs.map(() => "ok"));
	await probe({ type: "tcp", host: "127.0.0.1", port: plain.port }, patient);
	expect(timers()).toBeLessThan(before + 10);
	await Promise.all([probe(https(silent.port)), probe(http(silent.port))]);
	await expect.poll(() => [server.held(), plain.held(), silent.held()]).toEqual([0, 0, 0]);
});
