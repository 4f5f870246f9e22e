import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { acceptOf, closeCodeOf, closeFrame, readFrame } from "../../../src/io/network/websocket-frame.ts";
import { serverFrame } from "../../helpers/websocket-server.ts";

const LIMIT = 70_000;

test("the answer to a key is that of the standard's own example", () => {
	expect(acceptOf("dGhlIHNhbXBsZSBub25jZQ==")).toBe("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
});

test("a close frame of ours is masked, and unmasked it is its code", () => {
	const mask = Buffer.from([1, 2, 3, 4]);
	const frame = closeFrame(1000, mask);
	expect(frame.subarray(0, 6).toString("hex")).toBe("888201020304");
	expect(((frame[6]! ^ 1) << 8) | (frame[7]! ^ 2)).toBe(1000);
	expect(frame.length).toBe(8);
});

describe("a frame", () => {
	test.each([0, 5, 125, 126, 1000, 65_535, 65_536])("of %i bytes is read once it has come whole", (length) => {
		const bytes = serverFrame(0x1, Buffer.alloc(length, 0x61));
		expect(readFrame(bytes, LIMIT)).toEqual({
			kind: "text",
			last: true,
			payload: Buffer.alloc(length, 0x61),
			bytes: bytes.length,
		});
		expect(readFrame(bytes.subarray(0, -1), LIMIT)).toBeUndefined();
		expect(readFrame(Buffer.concat([bytes, bytes]), LIMIT)).toMatchObject({ bytes: bytes.length });
	});

	test("may be a part of a message", () => {
		expect(readFrame(serverFrame(0x2, Buffer.from("a"), false), LIMIT)).toMatchObject({ kind: "binary", last: false });
	});

	test.each([
		["masked", Buffer.from([0x81, 0x81, 0, 0, 0, 0, 0x61])],
		["of an extension", Buffer.from([0xc1, 0])],
		["of no known kind", Buffer.from([0x83, 0])],
		["for control in pieces", Buffer.from([0x08, 0])],
		["for control that is too long", Buffer.from([0x89, 126, 0, 126])],
		["over the limit", serverFrame(0x1, Buffer.alloc(LIMIT + 1))],
		["of an absurd length", Buffer.from([0x82, 127, 255, 255, 255, 255, 255, 255, 255, 255])],
	])("that is %s is broken", (_, bytes) => {
		expect(readFrame(bytes, LIMIT)).toHaveProperty("broken");
	});

	test("that closes tells its code, or that it has none", () => {
		expect(closeCodeOf(Buffer.from([0x03, 0xf5]))).toBe(1013);
		expect(closeCodeOf(Buffer.alloc(0))).toBe(1005);
		expect(closeCodeOf(Buffer.from([3]))).toBe(1005);
	});

	test("of any bytes at all never throws, and never reaches beyond them", () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
				const frame = readFrame(Buffer.from(bytes), LIMIT);
				if (frame && "bytes" in frame) expect(frame.bytes).toBeLessThanOrEqual(bytes.length);
			}),
			{ numRuns: 500 },
		);
	});
});
