import { isIPv6 } from "node:net";
import type { Family } from "../../core/check.ts";
import type { Certificate, Phases } from "../../core/evidence.ts";
import type { Failure, Phase } from "../../core/failure.ts";
import { coded, failureOf, Trouble } from "./failure-of.ts";
import type { Network } from "./network.ts";

/** What an exchange has shown so far, whether it went well or not. */
export interface Seen {
	readonly phases: Phases;
	/** The address that was talked to; behind a proxy, the proxy's. */
	readonly address?: string;
	readonly proxied?: boolean;
	/** Of `address`, where no proxy stands between. */
	readonly family?: Family;
	readonly certificate?: Certificate;
	/** Why the proxy lets nobody through to the target, where that is the reason of the failure. */
	readonly barred?: string;
}

/** One network exchange from name to last byte: its steps are timed apart, each under its own deadline and the total. */
export class Exchange {
	/** Set by who dials. */
	address: string | undefined;
	proxied = false;
	certificate: Certificate | undefined;
	barred: string | undefined;
	readonly #phases: Partial<Record<Phase, number>> = {};
	readonly #cleanups: (() => void)[] = [];
	readonly #endsAt: number;
	#stopped = false;
	#interrupt: ((reason: Error) => void) | undefined;

	constructor(totalMs: number) {
		this.#endsAt = performance.now() + totalMs;
	}

	/**
	 * Waits for one step. Throws `Trouble` of this phase when `work` fails, when `limitMs` or the total pass, or on `stop`.
	 * A phase that is stepped through twice adds up.
	 */
	async step<T>(phase: Phase, limitMs: number, work: () => Promise<T>): Promise<T> {
		if (this.#stopped) throw new Trouble(failureOf(stopped(), phase));
		const began = performance.now();
		const waitMs = Math.max(0, Math.min(limitMs, this.#endsAt - began));
		const { promise: cut, reject } = Promise.withResolvers<never>();
		const timer = setTimeout(() => reject(coded("ETIMEDOUT", `nothing within ${Math.round(waitMs)} ms`)), waitMs);
		this.#interrupt = reject;
		try {
			return await Promise.race([work(), cut]);
		} catch (error) {
			throw new Trouble({ phase, ...failureOf(error, phase) });
		} finally {
			clearTimeout(timer);
			this.#interrupt = undefined;
			this.#phases[phase] = (this.#phases[phase] ?? 0) + performance.now() - began;
		}
	}

	/** Runs `cleanup` when the exchange ends, however it ends: sockets and the like are handed over here. */
	onEnd(cleanup: () => void): void {
		this.#cleanups.push(cleanup);
	}

	/** Fails the step under way, and every later one. */
	stop(): void {
		this.#stopped = true;
		this.#interrupt?.(stopped());
	}

	/** Lets go of everything; returns what was seen. */
	end(): Seen {
		// the last first: to close a socket under the TLS that runs over it, and the TLS after it, brings Node down
		for (const cleanup of this.#cleanups.splice(0).reverse()) cleanup();
		return {
			phases: this.#phases,
			...(this.address !== undefined && { address: this.address }),
			...(this.address !== undefined && !this.proxied && { family: isIPv6(this.address) ? 6 : 4 }),
			...(this.proxied && { proxied: true }),
			...(this.certificate && { certificate: this.certificate }),
			...(this.barred !== undefined && { barred: this.barred }),
		};
	}
}

/** How an exchange ended: with a value or a failure, and in both cases with what was seen on the way. */
export type Exchanged<T> = { readonly seen: Seen } & ({ readonly value: T } | { readonly failure: Failure });

/** Runs one exchange. Never rejects: an error of any sort, a bug too, is a failure. Nothing it opened outlives it. */
export async function converse<T>(
	network: Network,
	signal: AbortSignal,
	talk: (exchange: Exchange) => Promise<T>,
): Promise<Exchanged<T>> {
	const exchange = network.begin();
	const stop = () => exchange.stop();
	signal.addEventListener("abort", stop, { once: true });
	if (signal.aborted) stop();
	try {
		return { value: await talk(exchange), seen: network.end(exchange) };
	} catch (error) {
		return { failure: failureOf(error), seen: network.end(exchange) };
	} finally {
		signal.removeEventListener("abort", stop);
	}
}

function stopped(): Error {
	return coded("ABORT_ERR", "stopped before it ended");
}
