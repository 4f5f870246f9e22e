import type { Socket } from "node:net";
import type { Dispatcher } from "undici";
import { ACCEPTED_ENCODINGS, type BodyReader, startOfBody, wholeBody } from "./body.ts";
import { clientOver } from "./client-over.ts";
import { type AllowAddress, dial, proxyFor } from "./dial.ts";
import type { Exchange } from "./exchange.ts";
import { Trouble } from "./failure-of.ts";
import { type Headers, headerOf } from "./headers.ts";
import type { Network } from "./network.ts";
import { refusal } from "./proxy.ts";

/** One request, over a connection of its own. Redirects are answers like any other. */
export interface HttpRequest {
	/** `http:` or `https:`; user, password and fragment are not sent. */
	readonly url: URL;
	readonly headers?: Readonly<Record<string, string>>;
	/** Makes it a POST. */
	readonly body?: Uint8Array;
	/**
	 * How much of the body is wanted. `start`: at most 4 KiB as they are, for those who only look at the status.
	 * `whole`: all of it, decompressed; a body over the network's cap is a failure.
	 */
	readonly read: "start" | "whole";
	/** Known addresses of the host. */
	readonly addresses?: readonly string[] | undefined;
	readonly allowAddress?: AllowAddress | undefined;
	readonly attempt?: number | undefined;
	/** A private root that vouches for the host. */
	readonly root?: string | undefined;
}

export interface HttpResponse {
	readonly status: number;
	readonly headers: Headers;
	readonly body: Buffer;
}

const START_BYTES = 4096;

/** Sends a request and reads its answer. Throws `Trouble`. */
export async function request(network: Network, ask: HttpRequest, exchange: Exchange): Promise<HttpResponse> {
	const { url } = ask;
	const secure = url.protocol === "https:";
	const host = url.hostname.replace(/^\[|\]$/g, "");
	const proxy = secure ? undefined : proxyFor(network, host);
	const socket = await dial(
		network,
		{
			host,
			port: Number(url.port || (secure ? 443 : 80)),
			addresses: ask.addresses,
			allowAddress: ask.allowAddress,
			attempt: ask.attempt,
			viaProxy: proxy !== undefined,
			security: secure ? { host, root: ask.root, protocol: "http/1.1" } : undefined,
		},
		exchange,
	);
	const path = url.pathname + url.search;
	const response = await converseOver(socket, network, ask, exchange, {
		method: ask.body ? "POST" : "GET",
		// A proxy that is handed plain HTTP needs the whole URL, and lets us in by this header.
		path: proxy ? url.origin + path : path,
		headers: {
			"user-agent": network.userAgent,
			accept: "*/*",
			...(ask.read === "whole" && { "accept-encoding": ACCEPTED_ENCODINGS }),
			...(proxy?.authorization && { "proxy-authorization": proxy.authorization }),
			...ask.headers,
		},
		body: ask.body ?? null,
	});
	if (proxy && response.status === 407) throw new Trouble(refusal(407, host));
	return response;
}

interface Head {
	readonly status: number;
	readonly headers: Headers;
	readonly reader: BodyReader;
}

async function converseOver(
	socket: Socket,
	network: Network,
	{ url, read }: HttpRequest,
	exchange: Exchange,
	options: Dispatcher.DispatchOptions,
): Promise<HttpResponse> {
	const { deadlines, maxBodyBytes } = network;
	const send = () =>
		new Promise<Head>((resolve, reject) => {
			let reader: BodyReader | undefined;
			clientOver(socket, url.origin).dispatch(options, {
				onRequestStart() {},
				onResponseStart(_controller, status, headers) {
					if (status < 200) return;
					const encoding = headerOf(headers, "content-encoding").trim().toLowerCase();
					reader = read === "whole" ? wholeBody(encoding, maxBodyBytes) : startOfBody(START_BYTES);
					// Heard here at the latest, should the exchange be over before anybody waits for it.
					reader.bytes.catch(() => {});
					resolve({ status, headers, reader });
				},
				onResponseData: (_controller, chunk) => reader?.push(chunk),
				onResponseEnd: () => reader?.end(),
				onResponseError: (_controller, error) => (reader ? reader.fail(error) : reject(error)),
			});
		});
	const { status, headers, reader } = await exchange.step("first_byte", deadlines.firstByteMs, send);
	exchange.onEnd(() => reader.fail(undefined));
	const body = await exchange.step("transfer", deadlines.totalMs, () => reader.bytes);
	return { status, headers, body };
}
