import { createHash } from "node:crypto";

/** A frame as a server sends it (RFC 6455, section 5). */
export interface Frame {
	readonly kind: "continuation" | "text" | "binary" | "close" | "ping" | "pong";
	/** Whether it ends its message. */
	readonly last: boolean;
	readonly payload: Buffer;
	/** Its length with head and payload. */
	readonly bytes: number;
}

/** The close code of a close frame without one, by the standard. */
const NO_CODE = 1005;
const KINDS: Readonly<Record<number, Frame["kind"]>> = {
	0: "continuation",
	1: "text",
	2: "binary",
	8: "close",
	9: "ping",
	10: "pong",
};
const CONTROL_LIMIT_BYTES = 125;

/** What a server must answer to a key, to show that it knows the protocol. */
export function acceptOf(key: string): string {
	return createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
}

/** The first frame in what has come: absent while more must come, and a reason where it can be none. Never throws. */
export function readFrame(bytes: Buffer, limit: number): Frame | { readonly broken: string } | undefined {
	const [first, second] = bytes;
	if (first === undefined || second === undefined) return undefined;
	const kind = KINDS[first & 0x0f];
	const last = (first & 0x80) !== 0;
	if (!kind || (first & 0x70) !== 0) return { broken: "a frame of no known kind" };
	if ((second & 0x80) !== 0) return { broken: "a masked frame" };
	if ((first & 0x08) !== 0 && (!last || second > CONTROL_LIMIT_BYTES)) return { broken: `a ${kind} frame in pieces` };
	const head = second === 127 ? 10 : second === 126 ? 4 : 2;
	if (bytes.length < head) return undefined;
	const length = lengthIn(bytes, second);
	if (length > limit) return { broken: `a frame of ${length} bytes` };
	if (bytes.length < head + length) return undefined;
	return { kind, last, payload: bytes.subarray(head, head + length), bytes: head + length };
}

/** Lengths from 126 on stand behind the first two bytes. */
function lengthIn(bytes: Buffer, short: number): number {
	if (short === 127) return Number(bytes.readBigUInt64BE(2));
	return short === 126 ? bytes.readUInt16BE(2) : short;
}

/** The code in a close frame's payload. */
export function closeCodeOf(payload: Buffer): number {
	return payload.length >= 2 ? payload.readUInt16BE(0) : NO_CODE;
}

/** A client's close frame; `mask` is four random bytes. */
export function closeFrame(code: number, mask: Uint8Array): Buffer {
	const payload = Buffer.alloc(2);
	payload.writeUInt16BE(code);
	return Buffer.from([0x88, 0x80 | payload.length, ...mask, ...payload.map((byte, at) => byte ^ (mask[at] ?? 0))]);
}
