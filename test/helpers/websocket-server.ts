import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";

/** What the server does with an upgrade request; it writes to the bare socket. */
export type OnUpgrade = (socket: Socket, request: IncomingMessage) => void;

/** The consent to an upgrade, with further header lines; `accept` stands in for the right answer to the key. */
export function consent({ headers }: IncomingMessage, more: readonly string[] = [], accept?: string): string {
	const right = createHash("sha1")
		.update(`${headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
		.digest("base64");
	return [
		"HTTP/1.1 101 Switching Protocols",
		"Upgrade: websocket",
		"Connection: Upgrade",
		`Sec-WebSocket-Accept: ${accept ?? right}`,
		...more,
		"\r\n",
	].join("\r\n");
}

/** An unmasked frame, as servers send them. */
export function serverFrame(opcode: number, payload: Buffer, last = true): Buffer {
	const first = Buffer.from([(last ? 0x80 : 0) | opcode]);
	if (payload.length < 126) return Buffer.concat([first, Buffer.from([payload.length]), payload]);
	const wide = payload.length > 65_535;
	const head = Buffer.alloc(wide ? 9 : 3);
	head[0] = wide ? 127 : 126;
	if (wide) head.writeBigUInt64BE(BigInt(payload.length), 1);
	else head.writeUInt16BE(payload.length, 1);
	return Buffer.concat([first, head, payload]);
}

/** A close frame with a code. */
export function closing(code: number): Buffer {
	return serverFrame(0x8, Buffer.from([code >> 8, code & 0xff]));
}
