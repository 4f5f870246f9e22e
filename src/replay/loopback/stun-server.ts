import { createSocket } from "node:dgram";
import { once } from "node:events";
import { type Listener, LOOPBACK } from "./listener.ts";

const BINDING_REQUEST = 0x0001;
const HEADER_BYTES = 20;

/** A binding response without its id: XOR-MAPPED-ADDRESS of family IPv4, with an address that nobody looks at. */
const RESPONSE = Buffer.from("0101000c2112a442000000000000000000000000002000080001a147e112a643", "hex");

/** A STUN server (RFC 8489) that answers every binding request, or hears them all and says nothing. */
export async function openStunServer(answers: boolean): Promise<Listener> {
	const socket = createSocket("udp4");
	socket.on("message", (request, from) => {
		if (!answers || request.length < HEADER_BYTES || request.readUInt16BE(0) !== BINDING_REQUEST) return;
		const response = Buffer.from(RESPONSE);
		request.copy(response, 8, 8, HEADER_BYTES);
		socket.send(response, from.port, from.address);
	});
	socket.on("error", () => {});
	socket.bind(0, LOOPBACK);
	await once(socket, "listening");
	return { port: socket.address().port, close: () => new Promise((resolve) => void socket.close(() => resolve())) };
}
