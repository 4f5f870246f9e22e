import { failure } from "../../core/failure.ts";
import { decodeText } from "../network/decode-text.ts";
import type { Exchange } from "../network/exchange.ts";
import { Trouble } from "../network/failure-of.ts";
import { headerOf, retryAfterMs } from "../network/headers.ts";
import { type HttpResponse, request } from "../network/http.ts";
import type { Network } from "../network/network.ts";

export interface Question {
	readonly url: string;
	readonly post?: true | undefined;
	readonly authorization?: string | undefined;
	/** Whom it is put to, as sentences have it. */
	readonly name: string;
}

/** One question over HTTPS. A redirect is not followed: it would take the key elsewhere. Throws `Trouble`. */
export async function askOnce(network: Network, question: Question, exchange: Exchange): Promise<string> {
	const { url, post, authorization } = question;
	const headers = { accept: "application/json", ...(authorization && { authorization }) };
	const asking = { url: new URL(url), headers, read: "whole", ...(post && { body: new Uint8Array() }) } as const;
	const response = await request(network, asking, exchange);
	refuse(response, question, network.now());
	return decodeText(response.body, headerOf(response.headers, "content-type"));
}

function refuse({ status, headers }: HttpResponse, { name, authorization }: Question, now: number): void {
	if (status >= 200 && status < 300) return;
	if (status >= 300 && status < 400) {
		throw new Trouble(failure("unreadable", `${name} sends elsewhere (HTTP ${status}), where a key is not taken`));
	}
	const retryAfter = retryAfterMs(headers, now);
	const more = { status, ...(retryAfter !== undefined && { retryAfterMs: retryAfter }) };
	const refused = authorization !== undefined && (status === 401 || status === 403);
	const detail = refused
		? `${name} refuses the key (HTTP ${status}): put in one that is valid, or take it out`
		: `${name} answers HTTP ${status}`;
	throw new Trouble(failure("http", detail, more));
}
