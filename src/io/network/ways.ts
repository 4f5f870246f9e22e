import { failure } from "../../core/failure.ts";
import type { Exchange } from "./exchange.ts";
import { Trouble } from "./failure-of.ts";
import { waysIn } from "./pac-result.ts";
import { type FixedProxy, labelOf, type Way } from "./proxy.ts";

/**
 * Asks whoever knows this computer's proxy settings (a PAC script, the system, a browser) for the ways to an address, as
 * `PROXY a:8080; SOCKS5 b:1080; DIRECT`. The address has no path: that is nobody's business.
 */
export type ResolveProxy = (url: string) => Promise<string>;

/** What somebody wants to connect to. */
interface Destination {
	readonly host: string;
	readonly port: number;
	/** Plain HTTP; anything else is looked up as `https:`, the way most scripts tell tunnels. */
	readonly plain?: boolean;
}

/** Which ways there are, and which of them lead nowhere at the moment. */
export interface Ways {
	/** At least one, in the order in which to try them. Throws `Trouble` of the phase `proxy` where none can be used. */
	to(destination: Destination, exchange: Exchange): Promise<readonly Way[]>;
	/** Another way was open where these were not: for five minutes, as in browsers, they come last. */
	putLast(ways: readonly Way[]): void;
}

interface WaysOptions {
	/** Goes before `resolveProxy`. */
	readonly proxy?: FixedProxy | undefined;
	readonly resolveProxy?: ResolveProxy | undefined;
	readonly limitMs: number;
	readonly now: () => number;
}

const DIRECT: readonly Way[] = [{ kind: "direct" }];
const LAST_FOR_MS = 5 * 60_000;

/** Without a proxy and without anybody to ask for one, the only way is the direct one. */
export function createWays({ proxy, resolveProxy, limitMs, now }: WaysOptions): Ways {
	const lastUntil = new Map<string, number>();
	const isLast = (way: Way) => (lastUntil.get(labelOf(way)) ?? 0) > now();
	return {
		async to(destination, exchange) {
			if (proxy) return proxy.bypasses(destination.host) ? DIRECT : [proxy];
			if (!resolveProxy) return DIRECT;
			const answer = await exchange.step("proxy", limitMs, () => resolveProxy(addressOf(destination)));
			const ways = waysIn(answer);
			if (ways.length === 0) throw noWay(`no way out is understood in "${answer}"`);
			return [...ways.filter((way) => !isLast(way)), ...ways.filter(isLast)];
		},
		putLast(ways) {
			for (const [label, until] of lastUntil) if (until <= now()) lastUntil.delete(label);
			for (const way of ways) lastUntil.set(labelOf(way), now() + LAST_FOR_MS);
		},
	};
}

function addressOf({ host, port, plain = false }: Destination): string {
	const name = host.includes(":") ? `[${host}]` : host;
	return new URL(`${plain ? "http" : "https"}://${name}:${port}/`).href;
}

function noWay(detail: string): Trouble {
	return new Trouble(failure("unreadable", detail, { phase: "proxy" }));
}
