import { afterEach, expect, test } from "vitest";
import type { HttpProbeSpec, ProbeSpec } from "../../../src/core/check.ts";
import { createNetwork } from "../../../src/io/network/network.ts";
import { runProbe } from "../../../src/io/probes/run-probe.ts";
import { createAuthority } from "../../helpers/certificates.ts";
import { closeServers, serveHttp, serveHttps, serveTcp } from "../../helpers/servers.ts";

const edges = [{ provider: "cloudflare", headers: [{ name: "cf-ray" }] }];
const network = createNetwork({ deadlines: { totalMs: 1000 }, edges });

afterEach(closeServers);

function run(spec: ProbeSpec, on = network) {
	return runProbe(spec, on, { signal: new AbortController().signal, attempt: 0 });
}

function web(port: number, more: Partial<HttpProbeSpec> = {}): HttpProbeSpec {
	return { type: "http", url: `http://127.0.0.1:${port}/`, ...more };
}

test("an HTTP probe tells status, address and the edge that answered", async () => {
	const server = await serveHttp(
		(_request, response) => void response.writeHead(404, { "cf-ray": "8f-FRA" }).end("nothing"),
	);
	expect(await run(web(server.port))).toMatchObject({
		outcome: { kind: "ok" },
		status: 404,
		address: "127.0.0.1",
		edge: "cloudflare",
	});
});

test("an HTTP probe takes a redirect for an answer", async () => {
	const server = await serveHttp(
		(_request, response) => void response.writeHead(302, { location: "/elsewhere" }).end(),
	);
	expect(await run(web(server.port))).toMatchObject({ outcome: { kind: "ok" }, status: 302 });
	expect(server.connections()).toBe(1);
});

test("an HTTP probe asks for the first byte only where that is enough, and never for a kept copy", async () => {
	const server = await serveHttp(({ headers }, response) => {
		expect(headers["cache-control"]).toBe("no-store");
		response.writeHead(headers.range === "bytes=0-0" ? 206 : 200).end("x");
	});
	expect((await run(web(server.port, { firstBytes: 1 }))).status).toBe(206);
	expect((await run(web(server.port))).status).toBe(200);
});

test("an HTTP probe hangs up after the bytes it asked for, where the server sends more of them", async () => {
	const ranges: unknown[] = [];
	const server = await serveHttp(({ headers }, response) => {
		ranges.push(headers.range);
		response.writeHead(200).write(Buffer.alloc(64));
	});
	const result = await run(web(server.port, { firstBytes: 64 }));
	expect(result).toMatchObject({ outcome: { kind: "ok" }, status: 200 });
	expect(ranges).toEqual(["bytes=0-63"]);
	await expect.poll(server.held).toBe(0);
});

test("an HTTP probe that asks for few bytes still reads an error page for the mark of its edge", async () => {
	const server = await serveHttp(
		(_request, response) => void response.writeHead(503).end(`${" ".repeat(100)}Details: cache-fra-1`),
	);
	const on = createNetwork({
		edges: [{ provider: "fastly", headers: [{ name: "x-none" }], pages: ["Details: cache-"] }],
	});
	expect(await run(web(server.port, { firstBytes: 1 }), on)).toMatchObject({ edge: "fastly" });
});

test("an HTTP probe finds a JSON body over the cap unreadable, and one that never ends late", async () => {
	const server = await serveHttp((request, response) => {
		if (request.url === "/large") response.end(JSON.stringify({ pad: "x".repeat(5000) }));
		else response.write('{"ok":');
	});
	const on = createNetwork({ deadlines: { totalMs: 300 }, maxBodyBytes: 1000 });
	const spec = (path: string): HttpProbeSpec => ({
		type: "http",
		url: `http://127.0.0.1:${server.port}${path}`,
		healthy: { json: { "/ok": true } },
	});
	expect((await run(spec("/large"), on)).outcome).toMatchObject({ failure: { kind: "unreadable", phase: "transfer" } });
	expect((await run(spec("/endless"), on)).outcome).toMatchObject({ failure: { kind: "timeout", phase: "transfer" } });
});

test("an HTTP probe reads the whole body only to look for its text", async () => {
	const server = await serveHttp((_request, response) => void response.end(`${" ".repeat(100_000)}pong`));
	expect((await run(web(server.port, { healthy: { contains: "pong" } }))).outcome).toEqual({ kind: "ok" });
	expect((await run(web(server.port, { healthy: { contains: "ping" } }))).outcome).toMatchObject({
		failure: { kind: "unreadable" },
	});
});

test("a failure keeps the status and the edge it came with", async () => {
	const server = await serveHttp((_request, response) => void response.writeHead(521, { "cf-ray": "8f-FRA" }).end());
	expect(await run(web(server.port))).toMatchObject({
		outcome: { kind: "failed", failure: { status: 521 } },
		status: 521,
		edge: "cloudflare",
	});
});

test("each run uses a connection of its own", async () => {
	const server = await serveHttp((_request, response) => void response.end());
	await run(web(server.port));
	await run(web(server.port));
	expect(server.connections()).toBe(2);
});

test("a TLS probe wants a handshake and a TCP probe a connection; neither sends a word more", async () => {
	const authority = await createAuthority();
	const secure = await serveHttps(await authority.issue(["127.0.0.1"]), () => {});
	const on = createNetwork({ extraRoots: [authority.pem] });
	const heard: Buffer[] = [];
	const plain = await serveTcp((socket) => void socket.on("data", (chunk) => heard.push(chunk)));
	expect((await run({ type: "tls", host: "127.0.0.1", port: secure.port }, on)).outcome).toEqual({ kind: "ok" });
	expect((await run({ type: "tcp", host: "127.0.0.1", port: plain.port }, on)).outcome).toEqual({ kind: "ok" });
	await closeServers();
	expect(heard).toEqual([]);
});
