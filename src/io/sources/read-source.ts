import type { SourceCheck } from "../../core/check.ts";
import { type Failure, failure, plainLine } from "../../core/failure.ts";
import type { Time } from "../../core/model.ts";
import type { OfficialPage } from "../../core/official.ts";
import { decodeText } from "../network/decode-text.ts";
import type { ReadSource } from "../run-check.ts";
import { answerOf } from "./describe.ts";
import { type FetchedPage, type FetchPage, failureOfStatus } from "./fetch.ts";
import { recognise } from "./recognise.ts";
import { SOURCES } from "./registry.ts";
import { type Source, Unreadable } from "./source.ts";

interface Remembered {
	readonly page: OfficialPage;
	readonly source: Source;
	/** Only where the format speaks of time and must be read again. */
	readonly text?: string;
	readonly etag?: string;
	readonly lastModified?: string;
	readonly ttlMs: number;
}

/** A catalogue has a few sources for each service: this is far more than anybody watches. */
const REMEMBERED_PAGES = 200;
const ASK_AGAIN_LIMIT_MS = 3_600_000;
const URL_LIMIT = 500;

/**
 * A reader that remembers, for each address, the last page and the validators that came with it, so that a page that has not
 * changed costs a header. What a page is, each answer tells anew; `OfficialPage.format` says what it turned out to be.
 * `askAgainAfterMs` is the server's `max-age` or the feed's `<ttl>`, whichever is longer, at most an hour.
 */
export function createReadSource(parts: { readonly fetchPage: FetchPage; readonly now: () => Time }): ReadSource {
	const { fetchPage, now } = parts;
	const memory = new Map<string, Remembered>();
	return async ({ source: spec }, signal) => {
		const known = memory.get(spec.url);
		const { etag, lastModified } = known ?? {};
		const fetched = await fetchPage(spec.url, { accept: SOURCES[spec.format].accept, etag, lastModified, signal });
		if ("failure" in fetched) return failed(fetched.failure);
		const answer = fetched.page;
		const refused = failureOfStatus(answer);
		if (refused) return failed(refused);
		const read = answer.status === 304 ? unchanged(known, now()) : understood(answer, spec.format, now());
		if ("kind" in read) {
			memory.delete(spec.url);
			return failed(read);
		}
		remember(memory, spec.url, read);
		const askAgainAfterMs = Math.min(ASK_AGAIN_LIMIT_MS, Math.max(answer.maxAgeMs ?? 0, read.ttlMs));
		return {
			outcome: { kind: "read", page: read.page, fresh: answer.status !== 304, ...movedIn(answer) },
			...(askAgainAfterMs > 0 && { askAgainAfterMs }),
		};
	};
}

function movedIn({ movedTo }: FetchedPage): { readonly movedTo?: string } {
	return movedTo === undefined ? {} : { movedTo: plainLine(movedTo, URL_LIMIT) };
}

function failed(why: Failure) {
	return { outcome: { kind: "failed", failure: why } } as const;
}

function unchanged(known: Remembered | undefined, now: Time): Remembered | Failure {
	if (!known) return failure("unreadable", "expected a page, got “not modified” to a question without conditions");
	const { source, text, page } = known;
	return { ...known, page: text === undefined ? page : source.parse(answerOf(text), now) };
}

function understood(answer: FetchedPage, expected: SourceCheck["source"]["format"], now: Time): Remembered | Failure {
	const { etag, lastModified } = answer;
	const text = decodeText(answer.body, answer.contentType);
	try {
		const { page, source } = recognise(text, now, expected);
		const ttlMs = source.askAgainAfterMs?.(text) ?? 0;
		const kept = source.timely ? { text } : {};
		return { page, source, ...kept, ttlMs, ...(etag && { etag }), ...(lastModified && { lastModified }) };
	} catch (error) {
		if (error instanceof Unreadable) return failure("unreadable", error.message);
		throw error;
	}
}

/** The address read longest ago makes room. */
function remember(memory: Map<string, Remembered>, url: string, read: Remembered): void {
	memory.delete(url);
	memory.set(url, read);
	const [oldest] = memory.keys();
	if (memory.size > REMEMBERED_PAGES && oldest !== undefined) memory.delete(oldest);
}
