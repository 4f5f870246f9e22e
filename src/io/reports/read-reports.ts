import { type Failure, failure } from "../../core/failure.ts";
import type { Service, ServiceId, Time } from "../../core/model.ts";
import { converse } from "../network/exchange.ts";
import type { Network } from "../network/network.ts";
import type { ReadReports } from "../run-check.ts";
import { answerOf } from "../sources/describe.ts";
import { readJson } from "../sources/shape.ts";
import { Unreadable } from "../sources/source.ts";
import { askOnce } from "./ask.ts";
import type { Ask, Reports } from "./provider.ts";
import { REPORTS, type Secrets, subjectOf } from "./registry.ts";

export interface ReadReportsParts {
	readonly network: Network;
	readonly secrets: Secrets;
	readonly services: ReadonlyMap<ServiceId, Service>;
	readonly now: () => Time;
}

/** Keys go into a header as they are. */
const KEY = /^[\x21-\x7e]{1,4096}$/;
/** Answers for several services are kept: a few for each provider. */
const KEPT_ANSWERS = 100;

interface Kept {
	readonly until: Time;
	readonly text: Promise<string>;
}

/** Reads reports with the user's keys. Never rejects, follows no redirect, and no key ever shows in what it gives. */
export function createReadReports({ network, secrets, services, now }: ReadReportsParts): ReadReports {
	const kept = new Map<string, Kept>();
	const memories = new Map<string, Map<string, string>>();
	return async ({ service: id, provider }, signal) => {
		const reports: Reports = REPORTS[provider];
		const service = services.get(id);
		const key = secrets(provider);
		if (!service || key === undefined) return failed(failure("unreadable", `there is no key for ${reports.name}`), "");
		if (!KEY.test(key))
			return failed(failure("unreadable", `the key for ${reports.name} is none: it has blanks in it`), key);
		const memory = memories.get(provider) ?? new Map<string, string>();
		memories.set(provider, memory);
		const result = await converse(network, signal, async (exchange) => {
			const ask: Ask = async ({ url, shape, what, sharedForMs = 0, ...rest }) => {
				const authorization = rest.authorization ?? (reports.keyless ? undefined : `Bearer ${key}`);
				const question = { url, post: rest.post, authorization, name: reports.name };
				const text = await shared(kept, url, sharedForMs, now(), () => askOnce(network, question, exchange));
				return readJson(answerOf(text), shape, what);
			};
			return understood(() => reports.read(subjectOf(service), { ask, key, now: now(), memory }));
		});
		if ("failure" in result) return failed(result.failure, key);
		return "why" in result.value ? failed(result.value.why, key) : { outcome: result.value };
	};
}

async function understood<T>(read: () => Promise<T>): Promise<T | { readonly why: Failure }> {
	try {
		return await read();
	} catch (error) {
		if (error instanceof Unreadable) return { why: failure("unreadable", error.message) };
		throw error;
	}
}

/** The answer that another service has just got, or gets at this moment; a failed one is nobody else's. */
function shared(
	kept: Map<string, Kept>,
	url: string,
	forMs: Time,
	now: Time,
	ask: () => Promise<string>,
): Promise<string> {
	if (forMs === 0) return ask();
	const known = kept.get(url);
	if (known && known.until > now) return known.text;
	const text = ask();
	kept.delete(url);
	kept.set(url, { until: now + forMs, text });
	text.catch(() => kept.delete(url));
	const [oldest] = kept.keys();
	if (kept.size > KEPT_ANSWERS && oldest !== undefined) kept.delete(oldest);
	return text;
}

/** Whatever a provider quotes back, the key is not in it. */
function failed(why: Failure, key: string) {
	const detail = key === "" ? why.detail : why.detail.replaceAll(key, "…");
	return { outcome: { kind: "failed", failure: { ...why, detail } } } as const;
}
