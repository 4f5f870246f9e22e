/** What a data centre says to `req_pq_multi`. */
export type MtprotoAnswer =
	/** `resPQ` with our own nonce in it: there is a Telegram server behind the port. */
	| { readonly kind: "res_pq" }
	/** The transport's own complaint, such as 404 or 429 (core.telegram.org/mtproto/mtproto-transports). */
	| { readonly kind: "error"; readonly code: number }
	| { readonly kind: "broken"; readonly why: string };

export const NONCE_BYTES = 16;
/** Far more than a `resPQ` takes, which is about a hundred bytes. */
export const MTPROTO_LIMIT_BYTES = 1024;

/** By this first byte of all a client says that it frames messages the abridged way. */
const ABRIDGED = 0xef;
/** In place of a length in words: it stands in the next three bytes. */
const LONG = 0x7f;
const REQ_PQ_MULTI = 0xbe7e8ef1;
const RES_PQ = 0x05162463;
/** Of a message without encryption: a key id of zero, a message id, the length of what follows. */
const ENVELOPE_BYTES = 20;

/** The first bytes of a conversation: an unencrypted `req_pq_multi` with 16 random bytes, framed. */
export function reqPqMulti(nonce: Uint8Array, now: number): Buffer {
	const body = Buffer.alloc(4);
	body.writeUInt32LE(REQ_PQ_MULTI);
	const envelope = Buffer.alloc(ENVELOPE_BYTES);
	// seconds since 1970 in the upper half, and divisible by four
	envelope.writeUInt32LE((Math.floor(now) % 1000) * 2 ** 22, 8);
	envelope.writeUInt32LE(Math.floor(now / 1000), 12);
	envelope.writeUInt32LE(body.length + NONCE_BYTES, 16);
	const message = Buffer.concat([envelope, body, nonce]);
	return Buffer.concat([Buffer.from([ABRIDGED, message.length / 4]), message]);
}

/** Reads the answer as far as it has come; absent while more must come. Never throws. */
export function parseMtprotoAnswer(bytes: Uint8Array, nonce: Uint8Array): MtprotoAnswer | undefined {
	const stream = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (stream.length < 1) return undefined;
	const start = stream[0] === LONG ? 4 : 1;
	if (stream.length < start) return undefined;
	const length = (start === 4 ? stream.readUIntLE(1, 3) : stream.readUInt8(0)) * 4;
	if (length === 0 || length > MTPROTO_LIMIT_BYTES - start) return broken(`it announces ${length} bytes`);
	if (stream.length < start + length) return undefined;
	return answerIn(stream.subarray(start, start + length), nonce);
}

function answerIn(message: Buffer, nonce: Uint8Array): MtprotoAnswer {
	if (message.length === 4) return { kind: "error", code: Math.abs(message.readInt32LE(0)) };
	if (message.length < ENVELOPE_BYTES + 4 + NONCE_BYTES) return broken("it is too short");
	if (message.readBigUInt64LE(0) !== 0n) return broken("it is encrypted");
	const body = message.subarray(ENVELOPE_BYTES);
	if (message.readUInt32LE(16) !== body.length) return broken("its length is not its own");
	if (body.readUInt32LE(0) !== RES_PQ) return broken("it is no resPQ");
	return body.subarray(4, 4 + NONCE_BYTES).equals(nonce) ? { kind: "res_pq" } : broken("it answers another question");
}

function broken(why: string): MtprotoAnswer {
	return { kind: "broken", why };
}
