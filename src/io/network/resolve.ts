import { lookup as systemLookup } from "node:dns";
import { Resolver } from "node:dns/promises";
import { isIP } from "node:net";
import type { Exchange } from "./exchange.ts";
import { coded } from "./failure-of.ts";
import { createSystemLookup } from "./system-lookup.ts";

/** From a name to its addresses. */
export interface NameService {
	/**
	 * All addresses of `host`, IPv4 first, at least one. A literal address or a name with fixed ones takes no step at all.
	 * Throws `Trouble` of the phase `dns`, which tells a name that does not exist from a resolver that fails or is silent.
	 */
	resolve(host: string, exchange: Exchange): Promise<readonly string[]>;
}

export interface NameServiceOptions {
	readonly limitMs: number;
	/** DNS servers to ask (`127.0.0.1:5353`) instead of the system's resolver. */
	readonly servers?: readonly string[] | undefined;
	/** Names whose addresses are fixed, in lower case. */
	readonly fixed?: ReadonlyMap<string, readonly string[]> | undefined;
	/** The system's resolver, which answers as the user's programs are answered. */
	readonly lookup?: typeof systemLookup | undefined;
	/** DNS servers to ask why the system's resolver failed, or while it is stuck; by default those that the system uses. */
	readonly explainBy?: readonly string[] | undefined;
}

export function createNameService(options: NameServiceOptions): NameService {
	const { limitMs, servers, fixed, lookup = systemLookup, explainBy } = options;
	const lookUp = createSystemLookup(lookup);
	const ask = (host: string, whom: readonly string[] | undefined, exchange: Exchange) => {
		const resolver = new Resolver({ timeout: Math.ceil(limitMs / 4), tries: 2 });
		exchange.onEnd(() => resolver.cancel());
		if (whom) resolver.setServers(whom);
		return askServers(host, resolver);
	};
	const work = async (host: string, exchange: Exchange): Promise<readonly string[]> => {
		if (servers) return ask(host, servers, exchange);
		const looked = await lookUp(host);
		if (looked === "busy") return ask(host, explainBy, exchange);
		if (looked.addresses.length > 0) return looked.addresses;
		// The system says little about why it failed: a question of our own tells, by its error.
		await ask(host, explainBy, exchange);
		throw coded("ESERVFAIL", `${host}: the system's resolver gave no address, a direct question was answered`);
	};
	return {
		async resolve(host, exchange) {
			if (isIP(host)) return [host];
			return fixed?.get(host.toLowerCase()) ?? exchange.step("dns", limitMs, () => work(host, exchange));
		},
	};
}

async function askServers(host: string, resolver: Resolver): Promise<string[]> {
	const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
	const addresses = answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
	if (addresses.length > 0) return addresses;
	throw tellingError(host, answers);
}

/** A name with addresses of one family only is ordinary: "no such record" yields to whatever the other question met. */
function tellingError(host: string, answers: readonly PromiseSettledResult<string[]>[]): Error {
	const codes = answers.map((answer) => (answer.status === "rejected" ? String(answer.reason.code) : "ENODATA"));
	const code = codes.find((each) => each !== "ENODATA") ?? "ENODATA";
	return coded(code, `${host}: ${WORDS[code] ?? `the resolver gave no answer (${code})`}`);
}

const WORDS: Readonly<Record<string, string>> = {
	ENOTFOUND: "the name does not exist (NXDOMAIN)",
	ENODATA: "the name has no address",
	ESERVFAIL: "the resolver could not answer (SERVFAIL)",
	EREFUSED: "the resolver refused to answer (REFUSED)",
	ETIMEOUT: "the resolver did not reply",
	ECONNREFUSED: "there is no resolver where one should be",
};
