import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseMtprotoAnswer, reqPqMulti } from "../../../src/io/network/mtproto-message.ts";
import { framed, resPq } from "../../helpers/mtproto-server.ts";

const NONCE = Buffer.from("00112233445566778899aabbccddeeff", "hex");
const NOW = Date.UTC(2026, 10, 22, 10, 0, 0, 999);

test("a question is one byte for the transport, one for the length and forty of message, as Telegram's sample has it", () => {
	const bytes = reqPqMulti(NONCE, NOW);
	expect(bytes.subarray(0, 2).toString("hex")).toBe("ef0a");
	expect(bytes.length).toBe(42);
	expect(bytes.readBigUInt64LE(2), "no key").toBe(0n);
	expect(bytes.readUInt32LE(14), "seconds since 1970").toBe(Math.floor(NOW / 1000));
	expect(bytes.readUInt32LE(10) % 4, "of a client").toBe(0);
	expect(bytes.readUInt32LE(10) / 2 ** 32).toBeCloseTo(0.999, 1);
	expect(bytes.subarray(18, 26).toString("hex")).toBe("14000000f18e7ebe");
	expect(bytes.subarray(26)).toEqual(NONCE);
});

describe("an answer", () => {
	const good = framed(resPq(NONCE));

	test("with our nonce in it is resPQ, in however many pieces it comes", () => {
		expect(parseMtprotoAnswer(good, NONCE)).toEqual({ kind: "res_pq" });
		for (let length = 0; length < good.length; length++) {
			expect(parseMtprotoAnswer(good.subarray(0, length), NONCE)).toBeUndefined();
		}
		const long = Buffer.concat([Buffer.from([0x7f, (good.length - 1) / 4, 0, 0]), good.subarray(1)]);
		expect(parseMtprotoAnswer(long, NONCE)).toEqual({ kind: "res_pq" });
	});

	test("of four bytes is the transport's complaint", () => {
		const complaint = Buffer.alloc(4);
		complaint.writeInt32LE(-404);
		expect(parseMtprotoAnswer(framed(complaint), NONCE)).toEqual({ kind: "error", code: 404 });
	});

	test.each<[string, Buffer]>([
		["with another nonce", framed(resPq(Buffer.alloc(16)))],
		["of another constructor", framed(resPq(NONCE, 0x83c95aec))],
		["that is encrypted", framed(Buffer.concat([Buffer.alloc(8, 1), resPq(NONCE).subarray(8)]))],
		["with a wrong length inside", framed(Buffer.concat([resPq(NONCE), Buffer.alloc(4)]))],
		["that is too short", framed(Buffer.alloc(24))],
		["of no length", Buffer.from([0])],
		["of an enormous length", Buffer.from([0x7f, 0xff, 0xff, 0xff])],
		["from a web server", Buffer.from("HTTP/1.1 400 Bad Request\r\nServer: nginx\r\n\r\n".padEnd(400))],
	])("%s is broken", (_, bytes) => {
		expect(parseMtprotoAnswer(bytes, NONCE)).toMatchObject({ kind: "broken" });
	});

	test("of any bytes at all never throws", () => {
		const bytes = fc.oneof(
			fc.uint8Array({ maxLength: 120 }),
			fc.tuple(fc.nat(good.length - 1), fc.nat(255)).map(([at, value]) => Buffer.from(good).fill(value, at, at + 1)),
			fc
				.nat(30)
				.chain((words) =>
					fc.uint8Array({ minLength: words * 4, maxLength: words * 4 }).map((b) => framed(Buffer.from(b))),
				),
		);
		fc.assert(
			fc.property(bytes, (each) => {
				const answer = parseMtprotoAnswer(each, NONCE);
				expect(["res_pq", "error", "broken", undefined]).toContain(answer?.kind);
			}),
			{ numRuns: 500 },
		);
	});
});
