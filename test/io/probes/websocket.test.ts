import { afterEach, describe, expect, test } from "vitest";
import type { WebSocketProbeSpec } from "../../../src/core/check.ts";
import { createNetwork } from "../../../src/io/network/network.ts";
import { createAuthority } from "../../helpers/certificates.ts";
import {
	closedPort,
	closeServers,
	serveHttp,
	serveProxy,
	serveReset,
	serveSilence,
	serveUpgrade,
} from "../../helpers/servers.ts";
import { closing, consent, type OnUpgrade, serverFrame } from "../../helpers/websocket-server.ts";
import { failureIn, run, soonAborted } from "./run.ts";

afterEach(closeServers);

const HELLO = serverFrame(0x1, Buffer.from('{"op":10,"d":{"heartbeat_interval":41250}}'));

function ws(port: number, healthy?: WebSocketProbeSpec["healthy"]): WebSocketProbeSpec {
	return { type: "websocket", url: `ws://127.0.0.1:${port}/chat?v=10`, ...(healthy && { healthy }) };
}

/** Consents, and then sends these frames. */
function saying(...frames: readonly Buffer[]): OnUpgrade {
	return (socket, request) => socket.write(Buffer.concat([Buffer.from(consent(request)), ...frames]));
}

async function trying(onUpgrade: OnUpgrade, healthy?: WebSocketProbeSpec["healthy"]) {
	const server = await serveUpgrade(onUpgrade);
	return run(ws(server.port, healthy));
}

describe("a WebSocket probe", () => {
	test("is well when the server consents, and takes leave with a masked close frame", async () => {
		const heard: Buffer[] = [];
		const asked: unknown[] = [];
		const server = await serveUpgrade((socket, request) => {
			asked.push(request.url, request.headers);
			socket.write(consent(request, ["Sec-WebSocket-Protocol: chat"]));
			socket.on("data", (chunk: Buffer) => heard.push(chunk));
		});
		const result = await run({ ...ws(server.port), origin: "https://web.example.org", protocol: "chat" });
		expect(result).toMatchObject({ outcome: { kind: "ok" }, status: 101, address: "127.0.0.1", family: 4 });
		expect(Object.keys(result.phases)).toEqual(["connect", "first_byte", "transfer"]);
		expect(asked).toEqual([
			"/chat?v=10",
			expect.objectContaining({
				upgrade: "websocket",
				connection: expect.stringMatching(/upgrade/i),
				"sec-websocket-version": "13",
				"sec-websocket-key": expect.stringMatching(/^[\w+/]{22}==$/),
				"sec-websocket-protocol": "chat",
				origin: "https://web.example.org",
				"user-agent": expect.stringContaining("Semaforo"),
			}),
		]);
		await expect.poll(() => Buffer.concat(heard).length).toBe(8);
		const frame = Buffer.concat(heard);
		expect(frame.subarray(0, 2).toString("hex")).toBe("8882");
		expect(frame.readUInt16BE(6) ^ frame.readUInt16BE(2)).toBe(1000);
	});

	test("speaks over TLS, with the certificate on record, and through a proxy's tunnel", async () => {
		const authority = await createAuthority();
		const server = await serveUpgrade(saying(), await authority.issue(["chat.test"]));
		const proxy = await serveProxy({ to: server.port });
		const options = { extraRoots: [authority.pem], hosts: new Map([["chat.test", ["127.0.0.1"]]]) };
		const spec: WebSocketProbeSpec = { type: "websocket", url: `wss://chat.test:${server.port}/` };
		expect(await run(spec, createNetwork(options))).toMatchObject({
			outcome: { kind: "ok" },
			certificate: { issuer: authority.name },
		});
		const through = createNetwork({ ...options, proxy: { url: `http://127.0.0.1:${proxy.port}` } });
		expect(await run(spec, through)).toMatchObject({ outcome: { kind: "ok" }, proxied: true });
		expect(failureIn(await run(spec, createNetwork({ hosts: options.hosts })))).toBe("tls_untrusted tls");
	});

	test.each<[string, string | undefined, readonly string[]]>([
		["the answer to another key", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", []],
		["an extension that was not asked for", undefined, ["Sec-WebSocket-Extensions: permessage-deflate"]],
		["a protocol that was not asked for", undefined, ["Sec-WebSocket-Protocol: mqtt"]],
	])("does not believe a consent with %s", async (_, accept, more) => {
		const result = await trying((socket, request) => void socket.write(consent(request, more, accept)));
		expect(result).toMatchObject({ outcome: { failure: { kind: "unreadable", phase: "first_byte" } }, status: 101 });
	});

	test("does not believe a 101 to something else, or to nothing", async () => {
		const other = await trying(
			(socket) => void socket.write("HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"),
		);
		expect(failureIn(other)).toBe("unreadable first_byte");
		const none = await trying((socket) => void socket.write("HTTP/1.1 101 Switching Protocols\r\n\r\n"));
		expect(failureIn(none)).toBe("unreadable first_byte");
	});

	test.each([
		[400, "ok"],
		[404, "ok"],
		[200, "ok"],
		[403, "blocked"],
		[429, "blocked"],
		[503, "failed"],
	])("judges %i as any HTTP answer: %s", async (status, kind) => {
		const server = await serveHttp(
			(_request, response) => void response.writeHead(status, { "cf-ray": "8f" }).end("no"),
		);
		const network = createNetwork({ edges: [{ provider: "cloudflare", headers: [{ name: "cf-ray" }] }] });
		expect(await run(ws(server.port), network)).toMatchObject({ outcome: { kind }, status, edge: "cloudflare" });
	});

	test("may know that another status is healthy", async () => {
		const server = await serveHttp((_request, response) => void response.writeHead(503).end());
		expect((await run(ws(server.port, { status: [503] }))).outcome).toEqual({ kind: "ok" });
	});
});

describe("a greeting", () => {
	const healthy = { greeting: '"op":10' };

	test("is heard, whole or in pieces, before it or with the consent itself", async () => {
		expect((await trying(saying(HELLO), healthy)).outcome).toEqual({ kind: "ok" });
		const parts = [
			serverFrame(0x9, Buffer.from("ping")),
			serverFrame(0x1, Buffer.from('{"o'), false),
			serverFrame(0x9, Buffer.alloc(0)),
			serverFrame(0x0, Buffer.from('p":10}')),
		];
		const slowly: OnUpgrade = (socket, request) => {
			socket.write(consent(request));
			for (const [index, part] of parts.entries()) setTimeout(() => socket.write(part), 5 * index);
		};
		expect((await trying(slowly, healthy)).outcome).toEqual({ kind: "ok" });
	});

	test.each<[string, OnUpgrade, string]>([
		["another is said", saying(serverFrame(0x1, Buffer.from('{"op":9}'))), "unreadable transfer"],
		["the server closes instead", saying(closing(1013)), "unreadable transfer"],
		["the server hangs up instead", (socket, request) => socket.end(consent(request)), "unreadable transfer"],
		["nothing is said", saying(), "timeout transfer"],
		["half a frame comes", saying(HELLO.subarray(0, 10)), "timeout transfer"],
		["a frame is masked", saying(Buffer.from([0x81, 0x81, 1, 2, 3, 4, 5])), "unreadable transfer"],
		["a frame is enormous", saying(Buffer.from([0x82, 127, 0, 0, 0, 1, 0, 0, 0, 0])), "unreadable transfer"],
		[
			"a message never ends",
			saying(...Array(20).fill(serverFrame(0x1, Buffer.alloc(1000), false))),
			"unreadable transfer",
		],
	])("fails where %s", async (_, onUpgrade, expected) => {
		expect(failureIn(await trying(onUpgrade, healthy))).toBe(expected);
	});
});

describe("a farewell", () => {
	test("is heard where one is recorded, whatever is said before", async () => {
		expect((await trying(saying(HELLO, closing(3000)), { closeCode: 3000 })).outcome).toEqual({ kind: "ok" });
		expect((await trying((socket, request) => socket.end(consent(request)), { closeCode: 1006 })).outcome).toEqual({
			kind: "ok",
		});
		expect((await trying(saying(serverFrame(0x8, Buffer.alloc(0))), { closeCode: 1005 })).outcome).toEqual({
			kind: "ok",
		});
	});

	test("with another code is a failure", async () => {
		expect((await trying(saying(closing(1013)), { closeCode: 1000 })).outcome).toMatchObject({
			failure: { kind: "unreadable", detail: "closed with 1013, expected 1000" },
		});
	});
});

describe("a WebSocket probe fails", () => {
	test.each<[string, () => Promise<number>, string]>([
		["nobody listens", closedPort, "refused connect"],
		["the peer breaks off", async () => (await serveReset()).port, "reset first_byte"],
		["the peer is silent", async () => (await serveSilence()).port, "timeout first_byte"],
	])("where %s", async (_, port, expected) => {
		expect(failureIn(await run(ws(await port())))).toBe(expected);
	});

	test("when it is not wanted any more, and lets go of its connection", async () => {
		const server = await serveUpgrade(saying());
		const spec = ws(server.port, { greeting: "x" });
		expect(failureIn(await run(spec, createNetwork(), soonAborted()))).toBe("timeout transfer");
		await expect.poll(server.held).toBe(0);
	});
});
