/** The server's answer to a binding request. The address it tells is read, and goes no further: it is the user's own. */
export type StunAnswer =
	| { readonly kind: "bound" }
	/** An error response (RFC 8489, section 14.8), its code 300 to 699. */
	| { readonly kind: "error"; readonly code: number }
	/** It answers our request, but not as the standard has it. */
	| { readonly kind: "broken"; readonly why: string };

export const STUN_ID_BYTES = 12;

const HEADER_BYTES = 20;
const MAGIC_COOKIE = 0x2112a442;
const BINDING_REQUEST = 0x0001;
const BINDING_SUCCESS = 0x0101;
const BINDING_ERROR = 0x0111;
const ERROR_CODE = 0x0009;
const XOR_MAPPED_ADDRESS = 0x0020;
/** Length of the value by address family: family and port, then the address. */
const MAPPED_BYTES: Readonly<Record<number, number>> = { 1: 8, 2: 20 };

/** A binding request without attributes; `id` is twelve random bytes. */
export function stunRequest(id: Uint8Array): Buffer {
	const header = Buffer.alloc(HEADER_BYTES - STUN_ID_BYTES);
	header.writeUInt16BE(BINDING_REQUEST, 0);
	header.writeUInt32BE(MAGIC_COOKIE, 4);
	return Buffer.concat([header, id]);
}

/** Reads a datagram. Whatever does not answer the request with this `id` is nothing to us. Never throws. */
export function parseStunAnswer(bytes: Uint8Array, id: Uint8Array): StunAnswer | undefined {
	const message = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (message.length < HEADER_BYTES || message.readUInt32BE(4) !== MAGIC_COOKIE) return undefined;
	if (!message.subarray(8, HEADER_BYTES).equals(id)) return undefined;
	const type = message.readUInt16BE(0);
	if (type !== BINDING_SUCCESS && type !== BINDING_ERROR) return undefined;
	const attributes = attributesOf(message);
	if (!attributes) return { kind: "broken", why: "its attributes do not fit its length" };
	return type === BINDING_ERROR ? errorIn(attributes) : boundIn(attributes);
}

type Attributes = ReadonlyMap<number, Buffer>;

/** The first attribute of each type counts, as the standard has it. */
function attributesOf(message: Buffer): Attributes | undefined {
	const end = HEADER_BYTES + message.readUInt16BE(2);
	if (end !== message.length || end % 4 !== 0) return undefined;
	const found = new Map<number, Buffer>();
	let at = HEADER_BYTES;
	while (at < end) {
		const type = message.readUInt16BE(at);
		const length = message.readUInt16BE(at + 2);
		const value = message.subarray(at + 4, at + 4 + length);
		// each value is filled up to a multiple of four
		at += 4 + Math.ceil(length / 4) * 4;
		if (at > end) return undefined;
		if (!found.has(type)) found.set(type, value);
	}
	return found;
}

function boundIn(attributes: Attributes): StunAnswer {
	const mapped = attributes.get(XOR_MAPPED_ADDRESS);
	if (!mapped) return { kind: "broken", why: "it tells no address" };
	return mapped.length === MAPPED_BYTES[mapped[1] ?? 0]
		? { kind: "bound" }
		: { kind: "broken", why: "the address it tells is none" };
}

function errorIn(attributes: Attributes): StunAnswer {
	const value = attributes.get(ERROR_CODE);
	const code = value && value.length >= 4 ? ((value[2] ?? 0) & 7) * 100 + (value[3] ?? 0) : 0;
	return code >= 300 && code <= 699 ? { kind: "error", code } : { kind: "broken", why: "an error without a code" };
}
