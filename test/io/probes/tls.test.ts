import type { AddressInfo } from "node:net";
import { createServer } from "node:tls";
import { afterEach, describe, expect, test } from "vitest";
import type { TlsProbeSpec } from "../../../src/core/check.ts";
import { createNetwork } from "../../../src/io/network/network.ts";
import { type Credentials, createAuthority, selfSigned } from "../../helpers/certificates.ts";
import { closeServers, serveHttps, serveTcp } from "../../helpers/servers.ts";
import { failureIn, HASTY, run } from "./run.ts";

const DAY_MS = 86_400_000;
const hosts = new Map([["mqtt.test", ["127.0.0.1"]]]);

afterEach(closeServers);

function tls(port: number, more: Partial<TlsProbeSpec> = {}): TlsProbeSpec {
	return { type: "tls", host: "mqtt.test", port, ...more };
}

/** A port that speaks TLS with these protocols, and notes what is sent after the handshake. */
async function serveTls(credentials: Credentials, ALPNProtocols?: string[]) {
	const heard: Buffer[] = [];
	const server = createServer({ ...credentials, ...(ALPNProtocols && { ALPNProtocols }) }, (socket) => {
		socket.on("data", (chunk: Buffer) => heard.push(chunk)).on("error", () => {});
	});
	server.on("tlsClientError", () => {});
	await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
	return { port: (server.address() as AddressInfo).port, heard, [Symbol.dispose]: () => void server.close() };
}

describe("a TLS probe", () => {
	test("tells who issued the certificate and how many days are left, and says nothing after the handshake", async () => {
		const authority = await createAuthority("Test Mqtt Root");
		const until = new Date(Date.now() + 0.5 * DAY_MS);
		using server = await serveTls(await authority.issue(["mqtt.test"], until));
		const now = () => until.getTime() - 30.5 * DAY_MS;
		const network = createNetwork({ hosts, extraRoots: [authority.pem], now });
		const result = await run(tls(server.port), network);
		expect(result).toMatchObject({
			outcome: { kind: "ok" },
			certificate: { issuer: "Test Mqtt Root", daysLeft: 30 },
			family: 4,
		});
		expect(Object.keys(result.phases)).toEqual(["connect", "tls"]);
		expect(server.heard).toEqual([]);
	});

	test("agrees on the protocol that is asked for, or fails", async () => {
		const authority = await createAuthority();
		const network = createNetwork({ hosts, extraRoots: [authority.pem] });
		const credentials = await authority.issue(["mqtt.test"]);
		using server = await serveTls(credentials, ["mqtt", "x-other"]);
		using mute = await serveTls(credentials);
		expect((await run(tls(server.port, { alpn: "mqtt" }), network)).outcome).toEqual({ kind: "ok" });
		expect(failureIn(await run(tls(server.port, { alpn: "h3" }), network))).toBe("tls_failed tls");
		expect((await run(tls(mute.port, { alpn: "mqtt" }), network)).outcome).toMatchObject({
			failure: { kind: "tls_failed", phase: "tls", detail: 'the server does not agree on "mqtt"' },
		});
		expect((await run(tls(mute.port), network)).outcome).toEqual({ kind: "ok" });
	});

	test.each<[string, () => Promise<Credentials>, number]>([
		[
			"has expired",
			async () => (await createAuthority()).issue(["mqtt.test"], new Date(Date.now() - 3.5 * DAY_MS)),
			-4,
		],
		["vouches for itself", () => selfSigned(["mqtt.test"]), 0],
		["is for another name", async () => (await createAuthority()).issue(["other.test"]), 0],
	])("keeps what a certificate says that %s", async (_, credentials, daysLeft) => {
		const server = await serveHttps(await credentials(), () => {});
		const result = await run(tls(server.port), createNetwork({ hosts }));
		expect(failureIn(result)).toBe("tls_untrusted tls");
		expect(result.certificate).toEqual({ issuer: expect.any(String), daysLeft });
	});

	test("believes a private root where it is named, and there alone", async () => {
		const authority = await createAuthority();
		const server = await serveHttps(await authority.issue(["mqtt.test"]), () => {});
		const network = createNetwork({ hosts, privateRoots: new Map([["mine", authority.pem]]) });
		expect((await run(tls(server.port, { root: "mine" }), network)).outcome).toEqual({ kind: "ok" });
		expect(failureIn(await run(tls(server.port), network))).toBe("tls_untrusted tls");
		expect(failureIn(await run(tls(server.port, { root: "other" }), network))).toMatch(/^unreadable/);
	});

	test("has no certificate to tell of where the port speaks something else", async () => {
		const server = await serveTcp((socket) => void socket.end("220 mail.test ready\r\n"));
		const result = await run(tls(server.port), createNetwork({ hosts, deadlines: HASTY }));
		expect(failureIn(result)).toBe("tls_failed tls");
		expect(result).not.toHaveProperty("certificate");
	});
});
