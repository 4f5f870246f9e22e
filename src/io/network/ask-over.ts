import type { Socket } from "node:net";
import type { Dispatcher } from "undici";
import { failure } from "../../core/failure.ts";
import type { BodyReader } from "./body.ts";
import { clientOver } from "./client-over.ts";
import type { Exchange } from "./exchange.ts";
import { Trouble } from "./failure-of.ts";
import type { Headers } from "./headers.ts";
import type { HttpResponse } from "./http.ts";
import type { Network } from "./network.ts";

/** What to send, whole, and how to read the body of whatever answer comes. */
export interface Asking extends Pick<Dispatcher.DispatchOptions, "method" | "path" | "headers" | "body" | "upgrade"> {
	readonly origin: string;
	reader(status: number, headers: Headers): BodyReader;
}

const SWITCHING_PROTOCOLS = 101;
const COUNT_EVERY_MS = 100;

/** Sends one request over a socket that is ready, and reads the answer. After a consent to `upgrade` the socket is the caller's. Throws `Trouble`. */
export async function askOver(
	socket: Socket,
	{ deadlines, maxBodyBytes }: Network,
	asking: Asking,
	exchange: Exchange,
): Promise<HttpResponse> {
	exchange.onEnd(boundBytes(socket, 2 * maxBodyBytes));
	const { status, headers, reader } = await exchange.step("first_byte", deadlines.firstByteMs, () =>
		send(socket, asking),
	);
	exchange.onEnd(() => reader.fail(undefined));
	const body = await exchange.step("transfer", deadlines.totalMs, () => reader.bytes);
	return { status, headers, body };
}

/** Hints, chunk extensions and trailers are no part of a body: without this they could come as fast and as long as the line lets them. */
function boundBytes(socket: Socket, limit: number): () => void {
	const before = socket.bytesRead;
	const timer = setInterval(() => {
		if (socket.bytesRead - before <= limit) return;
		const words = `more than ${limit} bytes came, and still no end`;
		socket.destroy(new Trouble(failure("unreadable", words)));
	}, COUNT_EVERY_MS);
	return () => clearInterval(timer);
}

interface Head {
	readonly status: number;
	readonly headers: Headers;
	readonly reader: BodyReader;
}

function send(socket: Socket, { origin, reader: readerFor, ...options }: Asking): Promise<Head> {
	return new Promise<Head>((resolve, reject) => {
		let reader: BodyReader | undefined;
		const begin = (status: number, headers: Headers) => {
			reader = readerFor(status, headers);
			// Heard here at the latest, should the exchange be over before anybody waits for it.
			reader.bytes.catch(() => {});
			resolve({ status, headers, reader });
		};
		clientOver(socket, origin).dispatch(options, {
			onRequestStart() {},
			onRequestUpgrade(_controller, status, headers) {
				begin(status, headers);
				reader?.end();
			},
			onResponseStart(_controller, status, headers) {
				if (status >= 200) begin(status, headers);
				else if (status === SWITCHING_PROTOCOLS) reject(new Trouble(failure("unreadable", "101, but to no protocol")));
			},
			onResponseData: (_controller, chunk) => reader?.push(chunk),
			onResponseEnd: () => reader?.end(),
			onResponseError: (_controller, error) => (reader ? reader.fail(error) : reject(error)),
		});
	});
}
