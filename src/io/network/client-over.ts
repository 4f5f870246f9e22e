import type { Socket } from "node:net";
import { Client } from "undici";
import { coded } from "./failure-of.ts";

/** An HTTP/1.1 client for one exchange over a socket that is ready. It never connects anew, and leaves all deadlines to us. */
export function clientOver(socket: Socket, origin: string): Client {
	let taken = false;
	return new Client(origin, {
		allowH2: false,
		headersTimeout: 0,
		bodyTimeout: 0,
		connect: (_options, done) => {
			const again = taken;
			taken = true;
			// The client is not ready for an answer within its own call.
			queueMicrotask(() => (again ? done(coded("ECONNRESET", "the connection was lost"), null) : done(null, socket)));
		},
	});
}
