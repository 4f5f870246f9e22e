import type { Socket } from "node:net";
import { failure } from "../../core/failure.ts";
import { coded, Trouble } from "./failure-of.ts";

/**
 * Collects what a socket sends until `read` makes something of it. Rejects as a reset where the peer stops first, and as
 * unreadable once more than `limit` bytes have come in vain.
 */
export function receive<T>(socket: Socket, limit: number, read: (bytes: Buffer) => T | undefined): Promise<T> {
	return new Promise((resolve, reject) => {
		let bytes = Buffer.alloc(0);
		const hear = (chunk: Buffer) => {
			bytes = Buffer.concat([bytes, chunk]);
			try {
				const found = read(bytes);
				if (found === undefined && bytes.length <= limit) return;
				socket.off("data", hear);
				if (found === undefined) reject(unreadable(`more than ${limit} bytes, and still no answer`));
				else resolve(found);
			} catch (error) {
				socket.off("data", hear);
				reject(error);
			}
		};
		socket.on("data", hear);
		socket.once("error", reject);
		socket.once("close", () => reject(coded("ECONNRESET", "the peer hung up without an answer")));
	});
}

function unreadable(detail: string): Trouble {
	return new Trouble(failure("unreadable", detail));
}
