import { isIP, type Socket } from "node:net";
import type { Family } from "../../core/check.ts";
import { type Failure, failure } from "../../core/failure.ts";
import { connectTo, keep } from "./connect.ts";
import type { Exchange } from "./exchange.ts";
import { Trouble } from "./failure-of.ts";
import type { Network } from "./network.ts";
import type { ProxyWay, Way } from "./proxy.ts";
import { isOfWay } from "./refusal.ts";
import { type SecureSocket, type Security, secureSocket } from "./secure-socket.ts";
import { throughProxy } from "./through-proxy.ts";

/** Refuses an address, with the reason as a failure, before anything is sent to it. */
export type AllowAddress = (address: string) => Failure | undefined;

/** Where to connect, and how. */
export interface Target {
	readonly host: string;
	readonly port: number;
	/** Known addresses of the host: nobody is asked for them. */
	readonly addresses?: readonly string[] | undefined;
	/** Asked about every address of the host. Behind a proxy names are the proxy's to resolve, and only literals are asked about. */
	readonly allowAddress?: AllowAddress | undefined;
	/** Which of the addresses to begin with. */
	readonly attempt?: number | undefined;
	/** Only addresses of this family; not for hosts behind a proxy, which chooses for itself. */
	readonly family?: Family | undefined;
	readonly security?: Security | undefined;
	/** Plain HTTP only: stop at a proxy that takes whole requests, instead of asking it for a tunnel. */
	readonly viaProxy?: boolean | undefined;
}

/** A socket, and the proxy at which it ends where a whole request is to be handed over. */
interface Dialled {
	readonly socket: Socket;
	readonly handTo?: ProxyWay;
}

/**
 * The one way to a connected socket: resolve, connect, pass through the proxy, secure. Where several ways lead out, each is tried
 * after those before it did not lead anywhere. Throws `Trouble`. The socket belongs to the exchange, which closes it at its end.
 */
export async function dial(network: Network, target: Target, exchange: Exchange): Promise<Socket> {
	return (await dialOut(network, target, exchange)).socket;
}

/** The same for who can hand a whole request to a proxy (`viaProxy`), and is told which one it is. */
export async function dialOut(network: Network, target: Target, exchange: Exchange): Promise<Dialled> {
	const { host, port, viaProxy = false } = target;
	const ways = await network.ways.to({ host, port, plain: viaProxy }, exchange);
	const barren: Way[] = [];
	let first: { readonly error: unknown; readonly proxied: boolean } | undefined;
	for (const [index, way] of ways.entries()) {
		const limitMs = network.deadlines.connectMs / (index === ways.length - 1 ? 1 : 2);
		try {
			const dialled = await dialBy(way, target, limitMs, network, exchange);
			network.ways.putLast(barren);
			return dialled;
		} catch (error) {
			if (!isOfWay(way, error)) throw error;
			barren.push(way);
			first ??= { error, proxied: exchange.proxied };
		}
	}
	// where the proxies are gone, a direct way that the office bars says nothing of the target
	exchange.proxied = first?.proxied ?? false;
	throw first?.error;
}

async function dialBy(
	way: Way,
	target: Target,
	limitMs: number,
	network: Network,
	exchange: Exchange,
): Promise<Dialled> {
	exchange.proxied = way.kind !== "direct";
	if (way.kind === "direct") return { socket: await dialDirect(target, limitMs, network, exchange) };
	const { host, allowAddress, security, attempt = 0, addresses = [host], viaProxy = false } = target;
	if (isIP(host) !== 0) refuse([host], allowAddress);
	const to = addresses[attempt % addresses.length] ?? host;
	const beyond = { host: to, port: target.port, handOver: viaProxy, attempt, limitMs };
	const socket = await throughProxy(way, beyond, network, exchange);
	if (viaProxy && way.kind !== "socks5") return { socket, handTo: way };
	if (!security) return { socket };
	const secure = secureSocket({ socket }, security, network.trust);
	keep(secure.socket, exchange);
	await secured(secure, network, exchange);
	return { socket: secure.socket };
}

async function dialDirect(target: Target, limitMs: number, network: Network, exchange: Exchange): Promise<Socket> {
	const addresses = await addressesOf(network, target, exchange);
	const port = network.mapPort(target.host, target.port);
	const { attempt, security } = target;
	const { socket, secure } = await connectTo({ addresses, port, attempt, security, limitMs }, network, exchange);
	if (secure) await secured(secure, network, exchange);
	return socket;
}

/** The addresses to try, of the family that is asked for, none of them refused. Throws `Trouble` where there are none. */
export async function addressesOf(
	network: Network,
	{ host, addresses, family, allowAddress }: Pick<Target, "host" | "addresses" | "family" | "allowAddress">,
	exchange: Exchange,
): Promise<readonly string[]> {
	const all = addresses ?? (await network.names.resolve(host, exchange));
	const own = family === undefined ? all : all.filter((address) => isIP(address) === family);
	if (family !== undefined && own.length === 0) {
		throw new Trouble(failure("dns_nxdomain", `${host} has no IPv${family} address`, { phase: "dns" }));
	}
	refuse(own, allowAddress);
	return own.map((address) => network.mapAddress(host, address));
}

/** What the certificate says is kept even where it is the reason of the failure. */
async function secured(secure: SecureSocket, network: Network, exchange: Exchange): Promise<void> {
	try {
		await exchange.step("tls", network.deadlines.tlsMs, secure.secured);
	} finally {
		exchange.certificate = secure.certificate(network.now());
	}
}

function refuse(addresses: readonly string[], allowAddress: AllowAddress | undefined): void {
	for (const address of allowAddress ? addresses : []) {
		const refused = allowAddress?.(address);
		if (refused) throw new Trouble(refused);
	}
}
