import type { Socket } from "node:net";

/** The first byte of a client, and of its message the length in words. */
const PREFACE_BYTES = 2;
/** Where the nonce of `req_pq_multi` stands: behind the envelope and the constructor. */
const NONCE_AT = PREFACE_BYTES + 24;
const NONCE_BYTES = 16;
const RES_PQ = Buffer.from("63241605", "hex");
/** The server's own nonce, a number to take apart, and a list of no keys. */
const REST = Buffer.from(`${"5e".repeat(16)}08${"17".repeat(8)}00000015c4b51c00000000`, "hex");

/** Answers the open question with which every Telegram client begins by a `resPQ` of its own nonce. */
export function speakMtproto(socket: Socket): void {
	let heard = Buffer.alloc(0);
	socket.on("data", (chunk) => {
		heard = Buffer.concat([heard, chunk]);
		if (heard.length < NONCE_AT + NONCE_BYTES) return;
		const nonce = heard.subarray(NONCE_AT, NONCE_AT + NONCE_BYTES);
		const body = Buffer.concat([RES_PQ, nonce, REST]);
		const envelope = Buffer.alloc(20);
		envelope.writeUInt32LE(1, 8);
		envelope.writeUInt32LE(body.length, 16);
		socket.end(Buffer.concat([Buffer.from([(envelope.length + body.length) / 4]), envelope, body]));
	});
}
