import { afterEach, describe, expect, test } from "vitest";
import type { MtprotoProbeSpec } from "../../../src/core/check.ts";
import { createNetwork } from "../../../src/io/network/network.ts";
import { framed, resPq, serveMtproto } from "../../helpers/mtproto-server.ts";
import { closedPort, closeServers, serveReset, serveSilence, serveTcp } from "../../helpers/servers.ts";
import { failureIn, run, soonAborted } from "./run.ts";

afterEach(closeServers);

function mtproto(port: number, more: Partial<MtprotoProbeSpec> = {}): MtprotoProbeSpec {
	return { type: "mtproto", host: "127.0.0.1", port, ...more };
}

function complaint(code: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeInt32LE(-code);
	return framed(bytes);
}

describe("an MTProto probe", () => {
	test("is well when its own nonce comes back, and has said nothing but the one question", async () => {
		const server = await serveMtproto();
		const first = await run(mtproto(server.port));
		expect(first).toMatchObject({ outcome: { kind: "ok" }, address: "127.0.0.1", family: 4 });
		expect(Object.keys(first.phases)).toEqual(["connect", "first_byte"]);
		expect(server.heard().length).toBe(42);
		await run(mtproto(server.port));
		expect(server.heard().subarray(42 + 26)).not.toEqual(server.heard().subarray(26, 42));
	});

	test("reads an answer that comes drop by drop", async () => {
		const server = await serveTcp((socket) => {
			socket.once("data", (question: Buffer) => {
				const bytes = framed(resPq(question.subarray(26, 42)));
				const drip = (at: number) => {
					socket.write(bytes.subarray(at, at + 7));
					if (at + 7 < bytes.length) setTimeout(drip, 1, at + 7);
				};
				drip(0);
			});
		});
		expect((await run(mtproto(server.port))).outcome).toEqual({ kind: "ok" });
	});

	test.each<[string, (nonce: Buffer) => Buffer]>([
		["another nonce", () => framed(resPq(Buffer.alloc(16, 9)))],
		["the transport's complaint", () => complaint(404)],
		["a web page", () => Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n".padEnd(500, "<p>"))],
		[
			"more than anybody asked for",
			() => Buffer.concat([Buffer.from([0x7f, 0xff, 0xff, 0x0f]), Buffer.alloc(100_000)]),
		],
	])("fails on %s", async (_, reply) => {
		const server = await serveMtproto(reply);
		expect(failureIn(await run(mtproto(server.port)))).toBe("unreadable first_byte");
	});

	test("takes the complaint about too many connections for a refusal", async () => {
		const server = await serveMtproto(() => complaint(429));
		expect((await run(mtproto(server.port))).outcome).toMatchObject({ kind: "blocked" });
	});

	test.each<[string, () => Promise<number>, string]>([
		["nobody listens", closedPort, "refused connect"],
		["the peer breaks off", async () => (await serveReset()).port, "reset first_byte"],
		[
			"the peer hangs up",
			async () => (await serveTcp((s) => void s.once("data", () => s.end()))).port,
			"reset first_byte",
		],
		["the peer is silent", async () => (await serveSilence()).port, "timeout first_byte"],
		[
			"half an answer comes",
			async () => (await serveMtproto((n) => framed(resPq(n)).subarray(0, 50))).port,
			"timeout first_byte",
		],
	])("fails where %s", async (_, port, expected) => {
		expect(failureIn(await run(mtproto(await port())))).toBe(expected);
	});

	test("ends when it is not wanted any more, and lets go of its connection", async () => {
		const server = await serveSilence();
		expect(failureIn(await run(mtproto(server.port), createNetwork(), soonAborted()))).toBe("timeout first_byte");
		await expect.poll(server.held).toBe(0);
	});

	test("is not tried through a proxy", async () => {
		const network = createNetwork({ proxy: { url: "http://127.0.0.1:1" } });
		expect((await run(mtproto(443), network)).outcome).toMatchObject({ kind: "skipped" });
	});
});
