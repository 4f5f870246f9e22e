import { serveTcp, type TestServer } from "./servers.ts";

/** What a fake data centre answers to a question with this nonce; absent: nothing. */
export type MtprotoReply = (nonce: Buffer) => Buffer | undefined;

/** A data centre that knows one question. What comes in before it is noted. */
export async function serveMtproto(
	reply: MtprotoReply = (nonce) => framed(resPq(nonce)),
	address?: string,
): Promise<TestServer & { readonly heard: () => Buffer }> {
	let heard = Buffer.alloc(0);
	const server = await serveTcp((socket) => {
		socket.on("data", (chunk) => {
			heard = Buffer.concat([heard, chunk]);
			if (heard.length < 42) return;
			const answer = reply(heard.subarray(26, 42));
			if (answer) socket.write(answer);
		});
	}, address);
	return Object.assign(server, { heard: () => heard });
}

/** `resPQ` in the envelope of a message without encryption. */
export function resPq(nonce: Buffer, kind = 0x05162463): Buffer {
	const body = Buffer.alloc(4);
	body.writeUInt32LE(kind);
	const serverNonce = Buffer.alloc(16, 7);
	const pq = Buffer.from([8, 0x17, 0xed, 0x48, 0x94, 0x1a, 0x08, 0xf9, 0x81, 0, 0, 0]);
	const fingerprints = Buffer.from("15c4b51c01000000216be86c022bb4c3", "hex");
	const whole = Buffer.concat([body, nonce, serverNonce, pq, fingerprints]);
	const envelope = Buffer.alloc(20);
	envelope.writeUInt32LE(whole.length, 16);
	return Buffer.concat([envelope, whole]);
}

/** Framed the abridged way. */
export function framed(message: Buffer): Buffer {
	return Buffer.concat([Buffer.from([message.length / 4]), message]);
}
