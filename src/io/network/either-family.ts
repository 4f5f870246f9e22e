import { isIPv4 } from "node:net";
import { failure } from "../../core/failure.ts";
import type { Exchange } from "./exchange.ts";
import { failureOf, Trouble } from "./failure-of.ts";

/**
 * Opens one address and, so that a dead IPv6 does not look like an outage, one of the other family where that fails: both within
 * `limitMs`. `attempt` says which address to begin with. Throws `Trouble`; `exchange.address` is the one that the outcome is about.
 */
export async function eitherFamily<T>(
	addresses: readonly string[],
	attempt: number,
	limitMs: number,
	exchange: Exchange,
	open: (address: string, limitMs: number) => Promise<T>,
): Promise<T> {
	const first = addresses[attempt % addresses.length];
	if (first === undefined) throw new Trouble(failure("dns_nxdomain", "no address to connect to", { phase: "dns" }));
	const other = addresses.find((address) => isIPv4(address) !== isIPv4(first));
	const each = limitMs / (other === undefined ? 1 : 2);
	const tryOne = (address: string) => {
		exchange.address = address;
		return open(address, each);
	};
	if (other === undefined) return tryOne(first);
	try {
		return await tryOne(first);
	} catch (error) {
		try {
			return await tryOne(other);
		} catch (otherError) {
			// A family that this network does not have tells nothing; the other one's failure does.
			if (failureOf(error).kind === "unreachable") throw otherError;
			exchange.address = first;
			throw error;
		}
	}
}
