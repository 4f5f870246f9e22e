import { type FailureKind, failure } from "../../core/failure.ts";
import { type DnsAnswer, dnsQuery, parseDnsAnswer } from "../network/dns-message.ts";
import { converse } from "../network/exchange.ts";
import { Trouble } from "../network/failure-of.ts";
import { headerOf } from "../network/headers.ts";
import { type HttpResponse, request } from "../network/http.ts";
import type { Control, SpecOf } from "./control.ts";

const MEDIA_TYPE = "application/dns-message";

/** Asks a DNS-over-HTTPS server at an address that needs no resolver (RFC 8484, wire format, POST). */
export const controlDoh: Control<SpecOf<"doh">> = async ({ url, addresses, name }, network, { signal, attempt }) => {
	const result = await converse(network, signal, async (exchange) => {
		const headers = { accept: MEDIA_TYPE, "content-type": MEDIA_TYPE };
		const ask = { url: new URL(url), headers, body: dnsQuery(name), read: "whole", addresses, attempt } as const;
		judgeAnswer(await request(network, ask, exchange), name);
	});
	const { phases } = result.seen;
	return { outcome: "failure" in result ? { kind: "failed", failure: result.failure } : { kind: "ok" }, phases };
};

/** Response codes that are failures of their own: SERVFAIL, NXDOMAIN, REFUSED. */
const KIND_OF_CODE: Readonly<Record<number, FailureKind>> = { 2: "dns_servfail", 3: "dns_nxdomain", 5: "dns_servfail" };

function judgeAnswer({ status, headers, body }: HttpResponse, name: string): void {
	if (status !== 200) throw new Trouble(failure("http", `HTTP ${status}`, { status }));
	const type = headerOf(headers, "content-type");
	if (!type.toLowerCase().startsWith(MEDIA_TYPE)) throw unreadable(`expected ${MEDIA_TYPE}, found "${type}"`);
	const answer = parseDnsAnswer(body);
	if (!answer) throw unreadable("the answer is not a DNS message");
	const trouble = troubleIn(answer, name);
	if (trouble) throw trouble;
}

function troubleIn({ code, name, addresses }: DnsAnswer, asked: string): Trouble | undefined {
	if (name !== asked.toLowerCase()) return unreadable(`asked for ${asked}, answered for ${name}`);
	if (code !== 0)
		return new Trouble(failure(KIND_OF_CODE[code] ?? "unreadable", `${asked}: DNS response code ${code}`));
	return addresses.length === 0 ? unreadable(`${asked}: an answer without addresses`) : undefined;
}

function unreadable(detail: string): Trouble {
	return new Trouble(failure("unreadable", detail));
}
