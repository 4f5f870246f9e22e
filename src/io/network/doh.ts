import type { Family } from "../../core/check.ts";
import { type FailureKind, failure } from "../../core/failure.ts";
import { dnsQuery, parseDnsAnswer } from "./dns-message.ts";
import type { Exchange } from "./exchange.ts";
import { Trouble } from "./failure-of.ts";
import { headerOf } from "./headers.ts";
import { type HttpResponse, request } from "./http.ts";
import type { Network } from "./network.ts";

const MEDIA_TYPE = "application/dns-message";

/** A question to a DNS-over-HTTPS server. */
export interface DohQuestion {
	readonly url: string;
	/** Known addresses of the server, so that no resolver is needed. */
	readonly addresses?: readonly string[] | undefined;
	readonly name: string;
	/** Of the addresses that are wanted. */
	readonly family: Family;
	readonly attempt: number;
}

/**
 * Asks for the addresses of a name (RFC 8484, wire format, POST): none where the name exists without any of this family. Throws
 * `Trouble`, of the kinds `dns_…` where the answer itself tells of a failure.
 */
export async function askDoh(network: Network, ask: DohQuestion, exchange: Exchange): Promise<readonly string[]> {
	const { url, addresses, name, family, attempt } = ask;
	const headers = { accept: MEDIA_TYPE, "content-type": MEDIA_TYPE };
	const body = dnsQuery(name, family);
	const asked = { url: new URL(url), headers, body, read: "whole", addresses, attempt } as const;
	return addressesIn(await request(network, asked, exchange), name);
}

/** Response codes that are failures of their own: SERVFAIL, NXDOMAIN, REFUSED. */
const KIND_OF_CODE: Readonly<Record<number, FailureKind>> = { 2: "dns_servfail", 3: "dns_nxdomain", 5: "dns_servfail" };

function addressesIn({ status, headers, body }: HttpResponse, asked: string): readonly string[] {
	if (status !== 200) throw new Trouble(failure("http", `HTTP ${status}`, { status }));
	const type = headerOf(headers, "content-type");
	if (!type.toLowerCase().startsWith(MEDIA_TYPE)) throw unreadable(`expected ${MEDIA_TYPE}, found "${type}"`);
	const answer = parseDnsAnswer(body);
	if (!answer) throw unreadable("the answer is not a DNS message");
	const { code, name, addresses } = answer;
	if (name !== asked.toLowerCase().replace(/\.$/, "")) throw unreadable(`asked for ${asked}, answered for ${name}`);
	if (code === 0) return addresses;
	throw new Trouble(failure(KIND_OF_CODE[code] ?? "unreadable", `${asked}: DNS response code ${code}`));
}

function unreadable(detail: string): Trouble {
	return new Trouble(failure("unreadable", detail));
}
