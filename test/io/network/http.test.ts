import type { Writable } from "node:stream";
import { brotliCompressSync, createGzip, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { failure } from "../../../src/core/failure.ts";
import { converse } from "../../../src/io/network/exchange.ts";
import { type FetchOptions, fetchPage } from "../../../src/io/network/fetch-page.ts";
import { type HttpRequest, request } from "../../../src/io/network/http.ts";
import { createNetwork, type NetworkOptions, USER_AGENT } from "../../../src/io/network/network.ts";
import { createAuthority } from "../../helpers/certificates.ts";
import { closeServers, serveHttp, serveHttps } from "../../helpers/servers.ts";

const DEADLINES = { connectMs: 300, tlsMs: 300, firstByteMs: 300, totalMs: 600 };
const CAP = 50_000;

afterEach(closeServers);

function network(more: NetworkOptions = {}) {
	return createNetwork({ deadlines: DEADLINES, maxBodyBytes: CAP, now: () => Date.UTC(2025, 0, 1), ...more });
}

async function ask(url: string, read: HttpRequest["read"]) {
	const signal = new AbortController().signal;
	const on = network();
	const result = await converse(on, signal, (exchange) => request(on, { url: new URL(url), read }, exchange));
	if ("failure" in result) throw new Error(`${result.failure.kind}: ${result.failure.detail}`);
	return result.value;
}

async function fetched(url: string, options: Partial<FetchOptions> = {}, on = network()) {
	const result = await fetchPage(on, url, { signal: new AbortController().signal, ...options });
	return "failure" in result ? { failure: result.failure } : { ...result.page, text: result.page.body.toString() };
}

describe("a request", () => {
	test("says who asks, and offers encodings only where the whole body is wanted", async () => {
		const server = await serveHttp(({ headers }, response) => void response.end(JSON.stringify(headers)));
		const url = `http://127.0.0.1:${server.port}/`;
		const start = JSON.parse((await ask(url, "start")).body.toString());
		const whole = JSON.parse((await ask(url, "whole")).body.toString());
		expect(start).toMatchObject({ "user-agent": USER_AGENT, host: `127.0.0.1:${server.port}` });
		expect(start["accept-encoding"]).toBeUndefined();
		expect(whole["accept-encoding"]).toBe("gzip, deflate, br");
		expect(server.connections()).toBe(2);
	});

	test("for the start of a body stops there, however much would follow", async () => {
		let closed = false;
		const server = await serveHttp((_request, response) => {
			response.on("close", () => {
				closed = true;
			});
			flood(response);
		});
		const { body } = await ask(`http://127.0.0.1:${server.port}/`, "start");
		expect(body.length).toBe(4096);
		await expect.poll(() => closed).toBe(true);
	});

	test("passes over hints that come before the answer", async () => {
		const server = await serveHttp((_request, response) => {
			response.writeEarlyHints({ link: "</style.css>; rel=preload" }, () => response.end("then this"));
		});
		expect((await ask(`http://127.0.0.1:${server.port}/`, "whole")).body.toString()).toBe("then this");
	});
});

describe("a whole body", () => {
	const text = "Wörter und Zahlen, ".repeat(100);
	const encodings = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync } as const;

	test.each(Object.entries(encodings))("is decompressed from %s", async (encoding, compress) => {
		const server = await serveHttp((_request, response) => {
			response.writeHead(200, { "content-encoding": encoding }).end(compress(text));
		});
		expect(await fetched(`http://127.0.0.1:${server.port}/`)).toMatchObject({ status: 200, text });
	});

	test("is decompressed from deflate without its header, which some servers leave out", async () => {
		const server = await serveHttp((_request, response) => {
			response.writeHead(200, { "content-encoding": "deflate" }).end(deflateRawSync(text));
		});
		expect(await fetched(`http://127.0.0.1:${server.port}/`)).toMatchObject({ text });
	});

	test.each([
		["larger than the cap", {}, Buffer.alloc(CAP + 1, "x"), /larger than the cap of 50000 bytes/],
		[
			"small, but larger than the cap once decompressed",
			{ "content-encoding": "gzip" },
			gzipSync(Buffer.alloc(CAP + 1)),
			/cap of 50000/,
		],
		["in an unknown encoding", { "content-encoding": "zstd" }, Buffer.from("?"), /unknown content encoding "zstd"/],
		["not what its encoding says", { "content-encoding": "gzip" }, Buffer.from("plain"), /broken gzip/],
		["cut off inside its encoding", { "content-encoding": "gzip" }, gzipSync("text").subarray(0, -6), /broken gzip/],
	])("that is %s is unreadable", async (_what, headers, body, detail) => {
		const server = await serveHttp((_request, response) => void response.writeHead(200, headers).end(body));
		const result = await fetched(`http://127.0.0.1:${server.port}/`);
		expect(result).toEqual({
			failure: expect.objectContaining({ kind: "unreadable", detail: expect.stringMatching(detail) }),
		});
	});

	test("of exactly the cap is read", async () => {
		const server = await serveHttp((_request, response) => void response.end(Buffer.alloc(CAP, "x")));
		expect((await fetched(`http://127.0.0.1:${server.port}/`)) as object).toHaveProperty("body.length", CAP);
	});

	test("that decompresses without end is given up early, long before the deadline", async () => {
		let sent = 0;
		const server = await serveHttp((_request, response) => {
			response.writeHead(200, { "content-encoding": "gzip" });
			const bomb = createGzip();
			bomb.on("data", (chunk: Buffer) => {
				sent += chunk.length;
			});
			bomb.pipe(response);
			flood(bomb);
			response.on("close", () => bomb.destroy());
		});
		const began = performance.now();
		const result = await fetched(`http://127.0.0.1:${server.port}/`, {}, network({ deadlines: {} }));
		expect(result).toMatchObject({ failure: { kind: "unreadable", detail: expect.stringContaining("cap") } });
		expect(performance.now() - began).toBeLessThan(1000);
		expect(sent).toBeLessThan(2_000_000);
	});
});

/** Writes zeros for as long as somebody takes them. */
function flood(stream: Writable): void {
	const more = () => {
		while (!stream.destroyed && stream.write(Buffer.alloc(16_384)));
	};
	stream.on("drain", more);
	stream.on("error", () => {});
	more();
}

describe("a page", () => {
	test("comes with what the next question needs", async () => {
		const server = await serveHttp(({ headers }, response) => {
			const validators = { etag: '"v1"', "last-modified": "Wed, 01 Jan 2025 00:00:00 GMT" };
			if (headers["if-none-match"] === '"v1"') response.writeHead(304, validators).end();
			else
				response
					.writeHead(200, { ...validators, "content-type": "text/plain", "cache-control": "public, max-age=90" })
					.end("new");
		});
		const url = `http://127.0.0.1:${server.port}/page`;
		const first = await fetched(url);
		expect(first).toMatchObject({
			status: 200,
			text: "new",
			contentType: "text/plain",
			finalUrl: url,
			etag: '"v1"',
			lastModified: "Wed, 01 Jan 2025 00:00:00 GMT",
			maxAgeMs: 90_000,
		});
		expect(await fetched(url, { etag: '"v1"' })).toMatchObject({ status: 304, text: "", etag: '"v1"' });
	});

	test("asks for what it accepts, and since when", async () => {
		const server = await serveHttp(
			({ headers }, response) => void response.end(`${headers.accept} | ${headers["if-modified-since"]}`),
		);
		const options = { accept: "application/json", lastModified: "Wed, 01 Jan 2025 00:00:00 GMT" };
		expect(await fetched(`http://127.0.0.1:${server.port}/`, options)).toMatchObject({
			text: `application/json | ${options.lastModified}`,
		});
	});

	test("of an error status is a page, with the rest it asks for", async () => {
		const server = await serveHttp(
			(_request, response) => void response.writeHead(503, { "retry-after": "120" }).end("later"),
		);
		expect(await fetched(`http://127.0.0.1:${server.port}/`)).toMatchObject({
			status: 503,
			retryAfterMs: 120_000,
			text: "later",
		});
	});

	test("that is no web address is a failure", async () => {
		for (const url of ["file:///etc/passwd", "not a url"]) {
			expect(await fetched(url)).toMatchObject({
				failure: { kind: "unreadable", detail: `not a web address: ${url}` },
			});
		}
	});

	test("nobody wants any more ends soon", async () => {
		const server = await serveHttp(() => {});
		const controller = new AbortController();
		const run = fetched(`http://127.0.0.1:${server.port}/`, { signal: controller.signal }, network({ deadlines: {} }));
		await expect.poll(server.connections).toBe(1);
		controller.abort();
		expect(await run).toMatchObject({ failure: { kind: "timeout", detail: "stopped before it ended" } });
		expect(await fetched(`http://127.0.0.1:${server.port}/`, { signal: controller.signal })).toHaveProperty("failure");
		expect(server.connections()).toBe(1);
	});
});

describe("a redirect", () => {
	test("is followed, relative or absolute, and the steps of all hops add up", async () => {
		const server = await serveHttp((incoming, response) => {
			if (incoming.url === "/a") response.writeHead(302, { location: "b?x=1#part" }).end();
			else if (incoming.url === "/b?x=1")
				setTimeout(() => response.writeHead(308, { location: `http://127.0.0.1:${server.port}/c` }).end(), 40);
			else setTimeout(() => response.end(incoming.url), 40);
		});
		const result = await fetchPage(network(), `http://127.0.0.1:${server.port}/a`, {
			signal: new AbortController().signal,
		});
		expect(result).toMatchObject({ page: { status: 200, finalUrl: `http://127.0.0.1:${server.port}/c` } });
		expect(result.seen.phases.first_byte).toBeGreaterThan(75);
	});

	test("that leads in a circle, or on and on, is unreadable", async () => {
		const server = await serveHttp(({ url = "" }, response) => {
			const next = url === "/circle" ? "/circle" : `/${Number(url.slice(1)) + 1}`;
			response.writeHead(301, { location: next }).end();
		});
		const base = `http://127.0.0.1:${server.port}`;
		expect(await fetched(`${base}/circle`)).toMatchObject({
			failure: { kind: "unreadable", detail: `redirect loop at ${base}/circle` },
		});
		expect(await fetched(`${base}/0`)).toMatchObject({
			failure: { kind: "unreadable", detail: `more than 5 redirects, the last to ${base}/6` },
		});
	});

	test("goes from http to https, but not back, and to no other scheme", async () => {
		const authority = await createAuthority();
		const secure = await serveHttps(await authority.issue(["127.0.0.1"]), ({ url }, response) => {
			if (url === "/down") response.writeHead(302, { location: `http://127.0.0.1:${plain.port}/` });
			if (url === "/file") response.writeHead(302, { location: "file:///etc/passwd" });
			response.end("secure");
		});
		const plain = await serveHttp(
			(_request, response) => void response.writeHead(302, { location: `https://127.0.0.1:${secure.port}/` }).end(),
		);
		const on = network({ extraRoots: [authority.pem] });
		expect(await fetched(`http://127.0.0.1:${plain.port}/`, {}, on)).toMatchObject({ text: "secure" });
		const down = await fetched(`https://127.0.0.1:${secure.port}/down`, {}, on);
		expect(down).toMatchObject({
			failure: { kind: "unreadable", detail: expect.stringContaining("from https to http:") },
		});
		const file = await fetched(`https://127.0.0.1:${secure.port}/file`, {}, on);
		expect(file).toMatchObject({ failure: { kind: "unreadable", detail: "not a web address: file:///etc/passwd" } });
	});

	test("to an address that is refused goes nowhere", async () => {
		const inner = await serveHttp((_request, response) => void response.end("secret"));
		const outer = await serveHttp(
			(_request, response) => void response.writeHead(302, { location: `http://inner.test:${inner.port}/` }).end(),
		);
		const on = network({
			hosts: new Map([
				["outer.test", ["127.0.0.1"]],
				["inner.test", ["127.0.0.2"]],
			]),
		});
		const refused = failure("unreadable", "a private address");
		const allowAddress = (address: string) => (address === "127.0.0.2" ? refused : undefined);
		expect(await fetched(`http://outer.test:${outer.port}/`, { allowAddress }, on)).toEqual({ failure: refused });
		expect(inner.connections()).toBe(0);
	});
});
