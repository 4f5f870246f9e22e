import type { Socket } from "node:net";
import { coded } from "./failure-of.ts";

/** The next `count` bytes, at least one; what comes after them stays in the socket. Rejects as a reset where the peer stops first. */
export function take(socket: Socket, count: number): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		const settle = (end: () => void) => {
			socket.off("readable", look).off("end", stopped).off("close", stopped).off("error", broken);
			end();
		};
		const look = () => {
			const bytes: Buffer | null = socket.read(count);
			// at its end a stream gives what it has, however little
			if (bytes && bytes.length === count) settle(() => resolve(bytes));
		};
		const stopped = () => settle(() => reject(coded("ECONNRESET", "the peer hung up in the middle of its answer")));
		const broken = (error: Error) => settle(() => reject(error));
		socket.on("readable", look).on("end", stopped).on("close", stopped).on("error", broken);
		look();
	});
}
