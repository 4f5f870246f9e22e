import { type Failure, failure } from "../../core/failure.ts";

/** How a page is asked for; `allowAddress` refuses addresses, at every hop, before anything is sent to them. */
interface FetchPageOptions {
	readonly accept: string;
	readonly etag?: string | undefined;
	readonly lastModified?: string | undefined;
	readonly signal: AbortSignal;
	readonly allowAddress?: ((address: string) => Failure | undefined) | undefined;
}

/** An answer of whatever status, after redirects; times in ms. */
export interface FetchedPage {
	readonly status: number;
	/** Decompressed and bounded. */
	readonly body: Uint8Array;
	readonly contentType: string;
	readonly finalUrl: string;
	/** Where the address says that the page has moved for good. */
	readonly movedTo?: string;
	readonly etag?: string;
	readonly lastModified?: string;
	/** How long the server says that the answer stays good. */
	readonly maxAgeMs?: number;
	/** How long a 429 or 503 asks to be left alone. */
	readonly retryAfterMs?: number;
}

/** Gets one page and never rejects; `io/fetch-page` over a network is one. */
export type FetchPage = (
	url: string,
	options: FetchPageOptions,
) => Promise<{ readonly page: FetchedPage } | { readonly failure: Failure }>;

/** The failure that an answer's status means; absent where there is a body to read, or nothing new since the last one. */
export function failureOfStatus({ status, retryAfterMs }: FetchedPage): Failure | undefined {
	if ((status >= 200 && status < 300) || status === 304) return undefined;
	return failure("http", `HTTP ${status}`, { status, ...(retryAfterMs !== undefined && { retryAfterMs }) });
}
