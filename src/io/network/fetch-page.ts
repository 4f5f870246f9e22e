import { type Failure, failure } from "../../core/failure.ts";
import type { AllowAddress } from "./dial.ts";
import { converse, type Exchange, type Seen } from "./exchange.ts";
import { Trouble } from "./failure-of.ts";
import { headerOf, maxAgeMs, retryAfterMs } from "./headers.ts";
import { type HttpResponse, request } from "./http.ts";
import type { Network } from "./network.ts";

export interface FetchOptions {
	readonly signal: AbortSignal;
	readonly accept?: string;
	/** What an earlier answer gave: a page that has not changed since then comes as a 304 without a body. */
	readonly etag?: string | undefined;
	readonly lastModified?: string | undefined;
	/** Refuses addresses; asked at every hop. */
	readonly allowAddress?: AllowAddress | undefined;
	readonly attempt?: number | undefined;
}

/** An answer of whatever status, after redirects. */
interface FetchedPage {
	readonly status: number;
	/** Decompressed, at most the network's cap; `decodeText` makes it text. */
	readonly body: Buffer;
	readonly contentType: string;
	readonly finalUrl: string;
	/** Where the address says that the page has moved for good (301, 308), up to the first redirect that is for a while only. */
	readonly movedTo?: string;
	readonly etag?: string;
	readonly lastModified?: string;
	/** How long the server says that the page stays good. */
	readonly maxAgeMs?: number;
	/** How long a 429 or 503 asks to be left alone. */
	readonly retryAfterMs?: number;
}

export type Fetched = { readonly seen: Seen } & ({ readonly page: FetchedPage } | { readonly failure: Failure });

const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const FOR_GOOD = new Set([301, 308]);
const VALIDATOR = /^[\x20-\x7e]{1,300}$/;

/**
 * Gets a page, following up to five redirects, never from https to http. Never rejects: trouble on the network is a failure,
 * any HTTP status is a page.
 */
export async function fetchPage(network: Network, url: string, options: FetchOptions): Promise<Fetched> {
	const result = await converse(network, options.signal, (exchange) => follow(network, url, options, exchange));
	return "value" in result ? { page: result.value, seen: result.seen } : result;
}

async function follow(
	network: Network,
	start: string,
	options: FetchOptions,
	exchange: Exchange,
): Promise<FetchedPage> {
	const headers = {
		...(options.accept && { accept: options.accept }),
		...(options.etag && { "if-none-match": options.etag }),
		...(options.lastModified && { "if-modified-since": options.lastModified }),
	};
	const { allowAddress, attempt } = options;
	const visited = new Set<string>();
	let url = webAddress(start);
	let movedTo: URL | undefined;
	let forGood = true;
	for (;;) {
		visited.add(url.href);
		const response = await request(network, { url, headers, read: "whole", allowAddress, attempt }, exchange);
		const location = REDIRECTS.has(response.status) ? headerOf(response.headers, "location") : "";
		if (location === "") return { ...pageOf(response, url, network.now()), ...(movedTo && { movedTo: movedTo.href }) };
		url = nextHop(url, location, visited);
		forGood &&= FOR_GOOD.has(response.status);
		if (forGood) movedTo = url;
	}
}

function nextHop(from: URL, location: string, visited: ReadonlySet<string>): URL {
	const to = webAddress(location, from);
	if (from.protocol === "https:" && to.protocol !== "https:") throw insecure(to);
	if (visited.has(to.href)) throw unreadable(`redirect loop at ${to.href}`);
	if (visited.size > MAX_REDIRECTS) throw unreadable(`more than ${MAX_REDIRECTS} redirects, the last to ${to.href}`);
	return to;
}

function webAddress(text: string, base?: URL): URL {
	const url = URL.parse(text, base?.href);
	if (url?.protocol !== "https:" && url?.protocol !== "http:") throw unreadable(`not a web address: ${text}`);
	url.hash = "";
	return url;
}

function pageOf({ status, headers, body }: HttpResponse, url: URL, now: number): FetchedPage {
	const etag = headerOf(headers, "etag");
	const lastModified = headerOf(headers, "last-modified");
	const maxAge = maxAgeMs(headers);
	const retryAfter = status === 429 || status === 503 ? retryAfterMs(headers, now) : undefined;
	return {
		status,
		body,
		contentType: headerOf(headers, "content-type"),
		finalUrl: url.href,
		...(VALIDATOR.test(etag) && { etag }),
		...(VALIDATOR.test(lastModified) && { lastModified }),
		...(maxAge !== undefined && { maxAgeMs: maxAge }),
		...(retryAfter !== undefined && { retryAfterMs: retryAfter }),
	};
}

function insecure({ origin }: URL): Trouble {
	const detail = `it leads from https to ${origin}, where anybody on the way could change what it says: that is not followed`;
	return new Trouble(failure("unreadable", detail, { phase: "tls" }));
}

function unreadable(detail: string): Trouble {
	return new Trouble(failure("unreadable", detail));
}
