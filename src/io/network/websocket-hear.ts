import type { Socket } from "node:net";
import { failure } from "../../core/failure.ts";
import { failureOf, Trouble } from "./failure-of.ts";
import { receive } from "./receive.ts";
import { closeCodeOf, type Frame, readFrame } from "./websocket-frame.ts";

/** What a server was the first to say: a message, as text, or that it closes. */
export interface Heard {
	readonly message?: string;
	readonly code?: number;
}

/** Greetings are short. */
const LIMIT_BYTES = 16 * 1024;
/** The close code of a connection that just ends, by the standard. */
const HUNG_UP = 1006;

/** Waits for the first whole message or, whatever is said before, for the close. Throws `Trouble` where what comes is no WebSocket. */
export async function hear(socket: Socket, wanted: "message" | "close"): Promise<Heard> {
	try {
		return await receive(socket, LIMIT_BYTES, (bytes) => heardIn(bytes, wanted));
	} catch (error) {
		if (failureOf(error).kind === "reset") return { code: HUNG_UP };
		throw error;
	}
}

function heardIn(bytes: Buffer, wanted: "message" | "close"): Heard | undefined {
	const parts: Buffer[] = [];
	let at = 0;
	for (;;) {
		const frame = readFrame(bytes.subarray(at), LIMIT_BYTES);
		if (!frame) return undefined;
		if ("broken" in frame) throw new Trouble(failure("unreadable", frame.broken));
		if (frame.kind === "close") return { code: closeCodeOf(frame.payload) };
		if (wanted === "message" && isPart(frame)) {
			parts.push(frame.payload);
			if (frame.last) return { message: Buffer.concat(parts).toString("utf8") };
		}
		at += frame.bytes;
	}
}

function isPart({ kind }: Frame): boolean {
	return kind === "text" || kind === "binary" || kind === "continuation";
}
