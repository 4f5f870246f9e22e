import type { EdgeSignature } from "../../catalogue/catalogue.ts";
import { Exchange, type Seen } from "./exchange.ts";
import { createProxy, type FixedProxy, type ProxyOptions } from "./proxy.ts";
import { createNameService, type NameService, type NameServiceOptions } from "./resolve.ts";
import { createTrust, type Identity, type Trust } from "./trust.ts";
import { createWays, type ResolveProxy, type Ways } from "./ways.ts";

/** Who we say we are, everywhere: an honest name and what for. It names no address as long as the project has none. */
export const USER_AGENT = "Semaforo/0.1.0 (asks for one person whether a service works)";

/** How long each step may take, and all of them together. */
interface Deadlines {
	readonly dnsMs: number;
	readonly connectMs: number;
	readonly tlsMs: number;
	readonly firstByteMs: number;
	readonly totalMs: number;
}

/** The usual limits of network measurement (OONI's), so that results compare. */
const DEADLINES: Deadlines = {
	dnsMs: 4_000,
	connectMs: 10_000,
	tlsMs: 10_000,
	firstByteMs: 10_000,
	totalMs: 20_000,
};

/** The largest body that is read, counted after decompression. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;

export interface NetworkOptions {
	readonly userAgent?: string;
	readonly deadlines?: Partial<Deadlines>;
	/** More root certificates to believe, PEM. */
	readonly extraRoots?: readonly string[];
	/** Private roots by name, PEM; each vouches alone, and only for checks that name it. */
	readonly privateRoots?: ReadonlyMap<string, string>;
	/** DNS servers (`127.0.0.1:5353`) to ask instead of the system's resolver. */
	readonly dnsServers?: readonly string[];
	/** Names with fixed addresses, in lower case: no resolver is asked for them. */
	readonly hosts?: ReadonlyMap<string, readonly string[]>;
	/** Where a port is served in truth: lets a scripted world on one computer stand for all hosts. */
	readonly mapPort?: (host: string, port: number) => number;
	/** Where an address of a host is in truth, likewise. May throw `Trouble` to refuse it. */
	readonly mapAddress?: (host: string, address: string) => string;
	/** For everything but its exceptions. */
	readonly proxy?: ProxyOptions;
	/** Asked for the way to each address where no proxy is given. */
	readonly resolveProxy?: ResolveProxy;
	/** Client certificates, each for its hosts, proxies among them. */
	readonly identities?: readonly Identity[];
	readonly edges?: readonly EdgeSignature[];
	readonly maxBodyBytes?: number;
	/** The system's resolver. */
	readonly lookup?: NonNullable<NameServiceOptions["lookup"]>;
	readonly now?: () => number;
}

/** The way to the network, built once and handed to everything that needs it. */
export interface Network {
	readonly userAgent: string;
	readonly deadlines: Deadlines;
	readonly maxBodyBytes: number;
	readonly edges: readonly EdgeSignature[];
	readonly names: NameService;
	readonly trust: Trust;
	/** The fixed one; where ways are asked for, there is none. */
	readonly proxy?: FixedProxy;
	readonly ways: Ways;
	mapPort(host: string, port: number): number;
	mapAddress(host: string, address: string): string;
	now(): number;
	/** Opens an exchange; whoever opens one ends it. */
	begin(): Exchange;
	end(exchange: Exchange): Seen;
	/** Stops every exchange under way; later ones fail at once. */
	close(): void;
}

export function createNetwork(options: NetworkOptions = {}): Network {
	const deadlines = { ...DEADLINES, ...options.deadlines };
	const live = new Set<Exchange>();
	const now = options.now ?? Date.now;
	const proxy = options.proxy && createProxy(options.proxy);
	let closed = false;
	return {
		userAgent: options.userAgent ?? USER_AGENT,
		deadlines,
		maxBodyBytes: options.maxBodyBytes ?? MAX_BODY_BYTES,
		edges: options.edges ?? [],
		names: createNameService({
			limitMs: deadlines.dnsMs,
			servers: options.dnsServers,
			fixed: options.hosts,
			lookup: options.lookup,
		}),
		trust: createTrust(options.extraRoots ?? [], options.privateRoots ?? new Map(), options.identities),
		...(proxy && { proxy }),
		ways: createWays({ proxy, resolveProxy: options.resolveProxy, limitMs: deadlines.dnsMs, now }),
		mapPort: options.mapPort ?? ((_host, port) => port),
		mapAddress: options.mapAddress ?? ((_host, address) => address),
		now,
		begin() {
			const exchange = new Exchange(deadlines.totalMs);
			live.add(exchange);
			if (closed) exchange.stop();
			return exchange;
		},
		end(exchange) {
			live.delete(exchange);
			return exchange.end();
		},
		close() {
			closed = true;
			for (const exchange of live) exchange.stop();
		},
	};
}
