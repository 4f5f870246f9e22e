import { type Failure, failure } from "../../core/failure.ts";
import type { Time } from "../../core/model.ts";
import type { OfficialPage } from "../../core/official.ts";
import { decodeText } from "../network/decode-text.ts";
import { isPrivateAddress } from "../network/private-address.ts";
import { candidatesNear } from "./candidates.ts";
import { answerOf, describeText } from "./describe.ts";
import { type FetchPage, failureOfStatus } from "./fetch.ts";
import { recognise } from "./recognise.ts";
import { Unreadable } from "./source.ts";

export interface InspectOptions {
	readonly fetchPage: FetchPage;
	readonly signal: AbortSignal;
	readonly now: () => Time;
	/** Also look at this computer and the local network. */
	readonly allowPrivate?: boolean;
}

export type Inspection =
	| {
			readonly kind: "page";
			readonly page: OfficialPage;
			/** Where the page was read, after redirects. */
			readonly url: string;
			/** The given address, where another host answered in its place. */
			readonly movedFrom?: string;
	  }
	| {
			readonly kind: "failed";
			readonly failure: Failure;
			/** What was asked for on the way, and what came. */
			readonly tried: readonly { readonly url: string; readonly what: string }[];
	  };

const MAX_REQUESTS = 12;
/** So many addresses with one and the same page behind them, and the rest will have it too. */
const SAME_PAGES = 4;
const MAX_URL = 2000;
const ACCEPT = "application/json, application/atom+xml, application/rss+xml, text/html;q=0.8, */*;q=0.5";

/**
 * Reads the status page behind any address of it, in whatever format it answers: the address itself, then the usual places
 * on the same host, one after another, at most twelve requests, and only a few where a host answers every address with the
 * same page. An address without a scheme is taken as https. Never rejects.
 */
export async function inspectPage(address: string, options: InspectOptions): Promise<Inspection> {
	const start = webAddress(address);
	if (typeof start !== "string") return { kind: "failed", failure: start, tried: [] };
	const tried: { url: string; what: string }[] = [];
	const texts: string[] = [];
	const failures: (Failure | undefined)[] = [];
	let queue = [start];
	for (let url = queue.shift(); url !== undefined && tried.length < MAX_REQUESTS; url = queue.shift()) {
		const look = await lookAt(url, options);
		if (look.kind === "page") return { ...look, ...movedFrom(start, look.url) };
		tried.push({ url, what: look.what });
		failures.push(look.failure);
		if (look.stop) return { kind: "failed", failure: look.stop, tried };
		if (tried.length === 1) queue = candidatesNear(look.url, look.text);
		if (look.ok) texts.push(look.text);
		if (answersAlike(texts)) break;
	}
	return {
		kind: "failed",
		failure: nothingFound(start, tried[0]?.what ?? "nothing", answersAlike(texts), failures[0]),
		tried,
	};
}

/** What the address itself gave leads; where it failed, its failure says of what sort. */
function nothingFound(start: string, what: string, alike: boolean, first: Failure | undefined): Failure {
	const others = alike ? ", and so did all others" : "";
	const found = `${new URL(start).host}: no status page in a format known here; the address itself gave ${what}${others}`;
	if (!first) return failure("unreadable", found);
	const { kind, status, phase } = first;
	return failure(kind, found, { ...(status !== undefined && { status }), ...(phase && { phase }) });
}

function answersAlike(texts: readonly string[]): boolean {
	return texts.length === SAME_PAGES && new Set(texts).size === 1;
}

type Look =
	| { readonly kind: "page"; readonly page: OfficialPage; readonly url: string }
	| {
			readonly kind: "other";
			readonly what: string;
			/** Where it came from, after redirects. */
			readonly url: string;
			readonly text: string;
			/** Whether it came as a good answer. */
			readonly ok: boolean;
			/** Why it did not. */
			readonly failure?: Failure;
			/** Set where asking the same host again is pointless or impolite. */
			readonly stop?: Failure;
	  };

async function lookAt(url: string, { fetchPage, signal, now, allowPrivate }: InspectOptions): Promise<Look> {
	const guard = allowPrivate ? {} : { allowAddress: refusePrivate };
	const fetched = await fetchPage(url, { accept: ACCEPT, signal, ...guard });
	if ("failure" in fetched) {
		const { failure } = fetched;
		return {
			kind: "other",
			what: failure.detail,
			url,
			text: "",
			ok: false,
			failure,
			...(failure.kind !== "unreadable" && { stop: failure }),
		};
	}
	const { page: answer } = fetched;
	const text = decodeText(answer.body, answer.contentType);
	const refused = failureOfStatus(answer);
	if (refused) {
		const busy = answer.status === 429 || answer.status === 503;
		const what = `${refused.detail} with ${describeText(answerOf(text))}`;
		return {
			kind: "other",
			what,
			url: answer.finalUrl,
			text,
			ok: false,
			failure: refused,
			...(busy && { stop: refused }),
		};
	}
	try {
		return { kind: "page", page: recognise(text, now(), "statuspage").page, url: answer.finalUrl };
	} catch (error) {
		if (!(error instanceof Unreadable)) throw error;
		return { kind: "other", what: describeText(answerOf(text)), url: answer.finalUrl, text, ok: true };
	}
}

function movedFrom(start: string, end: string): { readonly movedFrom?: string } {
	return new URL(start).host === new URL(end).host ? {} : { movedFrom: start };
}

function refusePrivate(address: string): Failure | undefined {
	if (!isPrivateAddress(address)) return undefined;
	return failure("unreachable", `${address} is an address of this computer or a local network`, { phase: "connect" });
}

/** The address in its normal spelling, or why it cannot be one; nothing of it is sent anywhere then. */
function webAddress(address: string): string | Failure {
	const given = address.trim();
	const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `https://${given}`;
	const url = written.length > MAX_URL ? null : URL.parse(written);
	if (!url || url.hostname === "") return failure("unreadable", `not a web address: ${given}`);
	if (!/^https?:$/.test(url.protocol)) {
		return failure("unreadable", `only http and https addresses can be inspected, not ${url.protocol}`);
	}
	if (url.username !== "" || url.password !== "") {
		return failure("unreadable", "an address with a user name or password in it is not opened; leave them out");
	}
	url.hash = "";
	return url.href;
}
