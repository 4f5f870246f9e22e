import { createSocket, type RemoteInfo } from "node:dgram";
import { once } from "node:events";

export interface StunServer {
	readonly port: number;
	/** The requests that have come in, in their order. */
	readonly requests: Buffer[];
	close(): Promise<void>;
}

/** The datagrams with which a server answers its nth request, from 0 on. */
export type StunAnswers = (request: Buffer, nth: number, from: RemoteInfo) => readonly Buffer[];

const open = new Set<StunServer>();

/** For `afterEach`. */
export async function closeStunServers(): Promise<void> {
	await Promise.all([...open].map((server) => server.close()));
}

/** A UDP server on a free port of 127.0.0.1 or ::1; unless told otherwise it answers as it should. */
export async function serveStun(
	answers: StunAnswers = (request) => [stunSuccess(request.subarray(8, 20), 4)],
	address: "127.0.0.1" | "::1" = "127.0.0.1",
): Promise<StunServer> {
	const socket = createSocket(address === "::1" ? "udp6" : "udp4");
	const requests: Buffer[] = [];
	socket.on("message", (request, from) => {
		requests.push(request);
		for (const answer of answers(request, requests.length - 1, from)) socket.send(answer, from.port, from.address);
	});
	socket.bind(0, address);
	await once(socket, "listening");
	const server: StunServer = {
		port: socket.address().port,
		requests,
		close() {
			open.delete(server);
			return new Promise((resolve) => socket.close(() => resolve()));
		},
	};
	open.add(server);
	return server;
}

/** A STUN message of a type, with attributes by type. */
export function stunMessage(type: number, id: Uint8Array, attributes: readonly (readonly [number, Buffer])[]): Buffer {
	const body = Buffer.concat(
		attributes.map(([kind, value]) => {
			const head = Buffer.alloc(4);
			head.writeUInt16BE(kind, 0);
			head.writeUInt16BE(value.length, 2);
			return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
		}),
	);
	const header = Buffer.alloc(8);
	header.writeUInt16BE(type, 0);
	header.writeUInt16BE(body.length, 2);
	header.writeUInt32BE(0x2112a442, 4);
	return Buffer.concat([header, id, body]);
}

/** A binding's success, with some address in it. */
export function stunSuccess(id: Uint8Array, family: 4 | 6): Buffer {
	const value = Buffer.alloc(family === 4 ? 8 : 20, 0x5a);
	value[0] = 0;
	value[1] = family === 4 ? 1 : 2;
	return stunMessage(0x0101, id, [[0x0020, value]]);
}
