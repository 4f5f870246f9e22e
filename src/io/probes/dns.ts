import type { DnsProbeSpec } from "../../core/check.ts";
import { failure } from "../../core/failure.ts";
import { addressesOf } from "../network/dial.ts";
import { askDoh } from "../network/doh.ts";
import { converse, type Exchange } from "../network/exchange.ts";
import { Trouble } from "../network/failure-of.ts";
import type { Network } from "../network/network.ts";
import { isPrivateAddress } from "../network/private-address.ts";
import type { Probe } from "./probe.ts";

/** Asks whether a name has an address, and whether that can be true. Nobody is connected to but the resolver. */
export const probeDns: Probe<DnsProbeSpec> = async (spec, network, { signal, attempt }) => {
	const result = await converse(network, signal, async (exchange) => {
		const found = await look(spec, network, attempt, exchange);
		if (found.length === 0) throw new Trouble(failure("dns_nxdomain", `${spec.name} has no address`, { phase: "dns" }));
		const lie = spec.mayBePrivate ? undefined : found.find(isPrivateAddress);
		if (lie === undefined) return;
		const words = `${spec.name}: answered ${lie}, which is no public address`;
		throw new Trouble(failure("dns_servfail", words, { phase: "dns" }));
	});
	return {
		outcome: "failure" in result ? { kind: "failed", failure: result.failure } : { kind: "ok" },
		...result.seen,
	};
};

/** The system's resolver is asked for both families at once, a DNS-over-HTTPS server for one after the other, where one is not enough. */
async function look(
	{ name, over, family }: DnsProbeSpec,
	network: Network,
	attempt: number,
	exchange: Exchange,
): Promise<readonly string[]> {
	if (!over) return addressesOf(network, { host: name, family }, exchange);
	const ask = (of: 4 | 6) => askDoh(network, { ...over, name, family: of, attempt }, exchange);
	const found = await ask(family ?? 4);
	return found.length > 0 || family !== undefined ? found : ask(6);
}
