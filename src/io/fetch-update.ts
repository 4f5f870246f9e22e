import { open } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { UPDATE_LIMIT_BYTES } from "./catalogue-updates.ts";
import type { KeptUpdate } from "./kept-update.ts";
import { type FetchOptions, fetchPage } from "./network/fetch-page.ts";
import type { Network } from "./network/network.ts";

/** What came from where updates are kept. */
export type Fetched =
	| { readonly kind: "bytes"; readonly signed: Buffer; readonly etag?: string; readonly lastModified?: string }
	/** The server says that it has nothing newer than what it gave last time. */
	| { readonly kind: "unchanged" }
	/** One sentence's end: why there is nothing. */
	| { readonly kind: "nothing"; readonly why: string };

/** A share that has gone away may keep a reader waiting for minutes. */
const PATIENCE_MS = 20_000;

/**
 * Gets an update from an https address, a file or a share; from an address, only if it is not the one of `last`. Reads at most
 * 4 MiB. Never rejects. The network must have been made with `UPDATE_LIMIT_BYTES` as its cap.
 */
export async function fetchUpdate(from: string, network: Network, last?: KeptUpdate): Promise<Fetched> {
	if (/^http:/i.test(from)) return { kind: "nothing", why: "expected an https address, found a plain one" };
	if (/^https:/i.test(from)) return fetchFrom(from, network, last?.from === from ? last : undefined);
	return Promise.race([readFrom(from), patience()]);
}

async function fetchFrom(url: string, network: Network, last: KeptUpdate | undefined): Promise<Fetched> {
	const signal = new AbortController().signal;
	const options: FetchOptions = { signal, accept: "*/*", etag: last?.etag, lastModified: last?.lastModified };
	const fetched = await fetchPage(network, url, options);
	if ("failure" in fetched) return { kind: "nothing", why: fetched.failure.detail };
	const { status, body, etag, lastModified } = fetched.page;
	if (status === 304 && last) return { kind: "unchanged" };
	if (status !== 200) return { kind: "nothing", why: `the server answered ${status}` };
	return { kind: "bytes", signed: body, ...(etag && { etag }), ...(lastModified && { lastModified }) };
}

async function readFrom(from: string): Promise<Fetched> {
	try {
		const file = await open(/^file:/i.test(from) ? fileURLToPath(from) : from, "r");
		try {
			const most = Buffer.alloc(UPDATE_LIMIT_BYTES + 1);
			let length = 0;
			for (let read = 1; read > 0 && length < most.length; length += read) {
				({ bytesRead: read } = await file.read(most, length, most.length - length));
			}
			return { kind: "bytes", signed: Buffer.from(most.subarray(0, length)) };
		} finally {
			await file.close();
		}
	} catch (error) {
		const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
		return { kind: "nothing", why: `expected a file, found ${code === "ENOENT" ? "nothing" : code}` };
	}
}

function patience(): Promise<Fetched> {
	const given: Fetched = { kind: "nothing", why: `no answer within ${PATIENCE_MS / 1000} seconds` };
	return new Promise((resolve) => setTimeout(() => resolve(given), PATIENCE_MS).unref());
}
