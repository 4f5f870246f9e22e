import type { Family } from "../../core/check.ts";
import { askOver } from "./ask-over.ts";
import { ACCEPTED_ENCODINGS, startOfBody, wholeBody } from "./body.ts";
import { type AllowAddress, dialOut } from "./dial.ts";
import type { Exchange } from "./exchange.ts";
import { type Headers, headerOf } from "./headers.ts";
import type { Network } from "./network.ts";
import { authorizationOf } from "./proxy.ts";
import { refusal } from "./tunnel.ts";

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
	/** With `start`: asks for so many bytes only, and hangs up after them; of an error page up to 4 KiB are read all the same. */
	readonly firstBytes?: number | undefined;
	/** Known addresses of the host. */
	readonly addresses?: readonly string[] | undefined;
	readonly allowAddress?: AllowAddress | undefined;
	readonly attempt?: number | undefined;
	readonly family?: Family | undefined;
	/** A private root that vouches for the host. */
	readonly root?: string | undefined;
}

export interface HttpResponse {
	readonly status: number;
	readonly headers: Headers;
	readonly body: Buffer;
}

/** As much of a body as those get who only look at the status. */
export const START_BYTES = 4096;

/** Sends a request and reads its answer. Throws `Trouble`. */
export async function request(network: Network, ask: HttpRequest, exchange: Exchange): Promise<HttpResponse> {
	const { url } = ask;
	const secure = url.protocol === "https:";
	const host = url.hostname.replace(/^\[|\]$/g, "");
	const { socket, handTo: proxy } = await dialOut(
		network,
		{
			host,
			port: Number(url.port || (secure ? 443 : 80)),
			addresses: ask.addresses,
			allowAddress: ask.allowAddress,
			attempt: ask.attempt,
			family: ask.family,
			viaProxy: !secure,
			security: secure ? { host, root: ask.root, protocol: "http/1.1" } : undefined,
		},
		exchange,
	);
	const path = url.pathname + url.search;
	const authorization = proxy && authorizationOf(proxy);
	const asking = {
		origin: url.origin,
		method: ask.body ? "POST" : "GET",
		// A proxy that is handed plain HTTP needs the whole URL, and lets us in by this header.
		path: proxy ? url.origin + path : path,
		headers: {
			"user-agent": network.userAgent,
			accept: "*/*",
			...(ask.read === "whole" && { "accept-encoding": ACCEPTED_ENCODINGS }),
			...(ask.firstBytes !== undefined && { range: `bytes=0-${ask.firstBytes - 1}` }),
			...(authorization !== undefined && { "proxy-authorization": authorization }),
			...ask.headers,
		},
		body: ask.body ?? null,
		reader: (status: number, headers: Headers) => readerFor(ask, network, status, headers),
	} as const;
	const response = await askOver(socket, network, asking, exchange);
	if (proxy && response.status === 407) throw refusal(407, response.headers, host, proxy);
	return response;
}

function readerFor(
	{ read, firstBytes = START_BYTES }: HttpRequest,
	network: Network,
	status: number,
	headers: Headers,
) {
	if (read === "start") return startOfBody(status < 300 ? firstBytes : START_BYTES);
	return wholeBody(headerOf(headers, "content-encoding").trim().toLowerCase(), network.maxBodyBytes);
}
