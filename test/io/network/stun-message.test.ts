import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseStunAnswer, stunRequest } from "../../../src/io/network/stun-message.ts";
import { stunMessage, stunSuccess } from "../../helpers/stun-server.ts";

const ID = Buffer.from("0123456789ab");
const MAPPED_4 = Buffer.from([0, 1, 0, 0, 1, 2, 3, 4]);
const XOR_MAPPED = 0x0020;

test("a request is twenty bytes: binding, no attributes, the magic cookie and the id", () => {
	expect(stunRequest(ID).toString("hex")).toBe(`000100002112a442${ID.toString("hex")}`);
});

describe("an answer", () => {
	test.each([4, 6] as const)("with an IPv%i address is a binding, and does not tell the address", (family) => {
		expect(parseStunAnswer(stunSuccess(ID, family), ID)).toEqual({ kind: "bound" });
	});

	test("may bring attributes that nobody knows", () => {
		const answer = stunMessage(0x0101, ID, [
			[0x8022, Buffer.from("server")],
			[XOR_MAPPED, MAPPED_4],
		]);
		expect(parseStunAnswer(answer, ID)).toEqual({ kind: "bound" });
	});

	test("tells an error by its code", () => {
		const answer = stunMessage(0x0111, ID, [[0x0009, Buffer.from([0, 0, 4, 1])]]);
		expect(parseStunAnswer(answer, ID)).toEqual({ kind: "error", code: 401 });
		expect(parseStunAnswer(stunMessage(0x0111, ID, []), ID)).toMatchObject({ kind: "broken" });
	});

	test("to another request is none", () => {
		const good = stunSuccess(ID, 4);
		const changed = (at: number) => Buffer.from(good).fill(0x55, at, at + 1);
		expect(parseStunAnswer(good, Buffer.from("ba9876543210"))).toBeUndefined();
		expect(parseStunAnswer(changed(4), ID), "another cookie").toBeUndefined();
		expect(parseStunAnswer(changed(19), ID), "another id").toBeUndefined();
		expect(parseStunAnswer(changed(0), ID), "another type").toBeUndefined();
		expect(parseStunAnswer(stunRequest(ID), ID), "our own request").toBeUndefined();
	});

	test.each<[string, Buffer]>([
		["without an address", stunMessage(0x0101, ID, [])],
		["with an address of no family", stunMessage(0x0101, ID, [[XOR_MAPPED, Buffer.from([0, 3, 0, 0, 1, 2, 3, 4])]])],
		["with half an address", stunMessage(0x0101, ID, [[XOR_MAPPED, Buffer.from([0, 2, 0, 0, 1, 2, 3, 4])]])],
		["with an empty address", stunMessage(0x0101, ID, [[XOR_MAPPED, Buffer.alloc(0)]])],
		["that is shorter than it says", stunSuccess(ID, 4).subarray(0, -4)],
		["that is longer than it says", Buffer.concat([stunSuccess(ID, 4), Buffer.alloc(4)])],
	])("%s is broken", (_, bytes) => {
		expect(parseStunAnswer(bytes, ID)).toMatchObject({ kind: "broken" });
	});

	test("of any bytes at all never throws", () => {
		const good = stunSuccess(ID, 6);
		const bytes = fc.oneof(
			fc.uint8Array({ maxLength: 80 }),
			fc.tuple(fc.nat(good.length - 1), fc.nat(255)).map(([at, value]) => Buffer.from(good).fill(value, at, at + 1)),
			fc.nat(good.length).map((length) => good.subarray(0, length)),
			fc.uint8Array({ maxLength: 40 }).map((rest) => {
				const head = good.subarray(0, 20);
				const whole = Buffer.concat([head, rest]);
				whole.writeUInt16BE(rest.length, 2);
				return whole;
			}),
		);
		fc.assert(
			fc.property(bytes, (each) => {
				const answer = parseStunAnswer(each, ID);
				expect(["bound", "error", "broken", undefined]).toContain(answer?.kind);
			}),
			{ numRuns: 500 },
		);
	});
});
