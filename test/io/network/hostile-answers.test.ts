import type { Socket } from "node:net";
import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { converse } from "../../../src/io/network/exchange.ts";
import { fetchPage } from "../../../src/io/network/fetch-page.ts";
import { request } from "../../../src/io/network/http.ts";
import { createNetwork } from "../../../src/io/network/network.ts";
import { closeServers, serveTcp, type TestServer } from "../../helpers/servers.ts";

const DEADLINES = { connectMs: 300, firstByteMs: 300, totalMs: 400 };
const CAP = 100_000;
const on = createNetwork({ deadlines: DEADLINES, maxBodyBytes: CAP });
const signal = new AbortController().signal;
const QUICKLY = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
const ZEROS = Buffer.alloc(200_000_000);
/** The server that sends all this lives in the same process. */
const MEMORY = 120_000_000;

afterEach(closeServers);

/** A server that hears a request and then says what it likes. */
function raw(say: (socket: Socket) => void): Promise<TestServer> {
	return serveTcp((socket) => void socket.once("data", () => say(socket)));
}

const OK = "HTTP/1.1 200 OK\r\n";
const chunked = (...chunks: string[]) => `${OK}transfer-encoding: chunked\r\n\r\n${chunks.join("")}`;
const coded = (encoding: string, body: Buffer) =>
	Buffer.concat([Buffer.from(`${OK}content-encoding: ${encoding}\r\ncontent-length: ${body.length}\r\n\r\n`), body]);

/** Writes the same again and again, for as long as somebody takes it. */
function without(end: string | Buffer, start = ""): (socket: Socket) => void {
	return (socket) => {
		const more = () => {
			while (!socket.destroyed && socket.write(end));
		};
		socket.on("drain", more);
		socket.write(start);
		more();
	};
}

/** One byte now and then, without end. */
function dripping(start: string, drop: string): (socket: Socket) => void {
	return (socket) => {
		socket.write(start);
		const timer = setInterval(() => socket.write(drop), 20);
		socket.on("close", () => clearInterval(timer));
	};
}

const said = (text: string | Buffer) => (socket: Socket) => void socket.end(text);

/** What comes of an answer for who reads it whole, and for who only looks at the status. */
const CASES: readonly (readonly [what: string, say: (socket: Socket) => void, whole: string, start: string])[] = [
	["a header without end", without("x".repeat(1000), `${OK}x: `), "unreadable first_byte", "unreadable first_byte"],
	["headers without end", without(`x: ${"y".repeat(500)}\r\n`, OK), "unreadable first_byte", "unreadable first_byte"],
	[
		"hints without end",
		without("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(20)),
		"unreadable first_byte",
		"unreadable first_byte",
	],
	["headers that drip", dripping(OK, "x"), "timeout first_byte", "timeout first_byte"],
	["hints that drip", dripping("", "HTTP/1.1 102 Processing\r\n\r\n"), "timeout first_byte", "timeout first_byte"],
	["a body that drips", dripping(`${OK}content-length: 5000\r\n\r\n`, "x"), "timeout transfer", "timeout transfer"],
	["chunks that drip", dripping(chunked(), "1\r\nx\r\n"), "timeout transfer", "timeout transfer"],
	["a body without end", without("x".repeat(10_000), `${OK}\r\n`), "unreadable transfer", "200"],
	[
		"chunk extensions without end",
		without("x".repeat(10_000), chunked("5;x=")),
		"unreadable transfer",
		"unreadable transfer",
	],
	[
		"trailers without end",
		without(`x: ${"y".repeat(500)}\r\n`, chunked("0\r\n")),
		"unreadable transfer",
		"unreadable transfer",
	],
	[
		"a chunk size that is none",
		said(chunked("xyz\r\nhello\r\n0\r\n\r\n")),
		"unreadable transfer",
		"unreadable transfer",
	],
	["a negative chunk size", said(chunked("-5\r\nhello\r\n0\r\n\r\n")), "unreadable transfer", "unreadable transfer"],
	[
		"a chunk size beyond all numbers",
		said(chunked("ffffffffffffffffff\r\nhello\r\n")),
		"unreadable transfer",
		"unreadable transfer",
	],
	[
		"a chunk longer than it says",
		said(chunked("3\r\nhello\r\n0\r\n\r\n")),
		"unreadable transfer",
		"unreadable transfer",
	],
	[
		"two lengths that differ",
		said(`${OK}content-length: 3\r\ncontent-length: 5\r\n\r\nhello`),
		"reset first_byte",
		"reset first_byte",
	],
	[
		"a length that is none",
		said(`${OK}content-length: many\r\n\r\nhello`),
		"unreadable first_byte",
		"unreadable first_byte",
	],
	["less than its length", said(`${OK}content-length: 50\r\n\r\nhello`), "reset transfer", "reset transfer"],
	["a status beyond three digits", said("HTTP/1.1 2000 OK\r\n\r\n"), "unreadable first_byte", "unreadable first_byte"],
	["another protocol", said("SSH-2.0-OpenSSH_9.9\r\n"), "unreadable first_byte", "unreadable first_byte"],
	[
		"HTTP/2 out of the blue",
		said(Buffer.from("000012040000000000", "hex")),
		"unreadable first_byte",
		"unreadable first_byte",
	],
	["null bytes in a header", said(`${OK}x: a\0b\r\n\r\n`), "unreadable first_byte", "unreadable first_byte"],
	[
		"a change of protocol",
		said("HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"),
		"reset first_byte",
		"reset first_byte",
	],
	["a gzip bomb", said(coded("gzip", gzipSync(ZEROS, { level: 1 }))), "unreadable transfer", "200"],
	["a brotli bomb", said(coded("br", brotliCompressSync(ZEROS, QUICKLY))), "unreadable transfer", "200"],
	["a zstd bomb, which nobody asked for", said(coded("zstd", zstdCompressSync(ZEROS))), "unreadable transfer", "200"],
	[
		"a bomb in a bomb",
		said(coded("gzip, gzip", gzipSync(gzipSync(ZEROS, { level: 1 })))),
		"unreadable transfer",
		"200",
	],
	["gzip that is broken", said(coded("gzip", Buffer.from("hello, hello"))), "unreadable transfer", "200"],
];

describe("an answer with bad intent costs little time and memory, and is called by its name:", () => {
	test.each(CASES)("%s", async (_what, say, whole, start) => {
		const server = await raw(say);
		const url = new URL(`http://127.0.0.1:${server.port}/`);
		const memory = process.memoryUsage().rss;
		const began = performance.now();
		const looked = await converse(on, signal, (exchange) => request(on, { url, read: "start" }, exchange));
		const fetched = await fetchPage(on, url.href, { signal });
		const words = [
			"failure" in looked ? `${looked.failure.kind} ${looked.failure.phase}` : String(looked.value.status),
			"failure" in fetched ? `${fetched.failure.kind} ${fetched.failure.phase}` : String(fetched.page.status),
		];
		expect(words).toEqual([start, whole]);
		expect(performance.now() - began).toBeLessThan(2 * DEADLINES.totalMs + 200);
		expect(process.memoryUsage().rss - memory).toBeLessThan(MEMORY);
		await expect.poll(server.held).toBe(0);
	});
});

test("words about an answer quote no more of it than a line", async () => {
	const server = await raw(said(`${OK}content-encoding: ${"\u001b[31m".repeat(500)}\r\ncontent-length: 1\r\n\r\nx`));
	const fetched = await fetchPage(on, `http://127.0.0.1:${server.port}/`, { signal });
	const { detail } = "failure" in fetched ? fetched.failure : { detail: "" };
	expect(detail.length).toBeGreaterThan(0);
	expect(detail.length).toBeLessThanOrEqual(200);
	expect(detail).not.toMatch(/\p{Cc}/u);
});
