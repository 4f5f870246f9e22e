import { connect, isIPv4, type Socket } from "node:net";
import { type Failure, failure } from "../../core/failure.ts";
import type { Exchange } from "./exchange.ts";
import { failureOf, Trouble } from "./failure-of.ts";
import type { Network } from "./network.ts";
import { type HttpProxy, openTunnel } from "./proxy.ts";
import { type SecureSocket, type Security, secureSocket } from "./secure-socket.ts";

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
	readonly security?: Security | undefined;
	/** Plain HTTP only: stop at the proxy, which gets the whole request, instead of asking it for a tunnel. */
	readonly viaProxy?: boolean | undefined;
}

/**
 * The one way to a connected socket: resolve, connect, tunnel through the proxy, secure. Throws `Trouble`.
 * The socket belongs to the exchange, which closes it at its end.
 */
export async function dial(network: Network, target: Target, exchange: Exchange): Promise<Socket> {
	const proxy = proxyFor(network, target.host);
	if (proxy) return dialThrough(proxy, network, target, exchange);
	const addresses = target.addresses ?? (await network.names.resolve(target.host, exchange));
	refuse(addresses, target.allowAddress);
	const port = network.mapPort(target.host, target.port);
	const { socket, secure } = await connectTo(addresses, port, target, network, exchange);
	if (secure) await exchange.step("tls", network.deadlines.tlsMs, secure.secured);
	return socket;
}

/** The proxy that stands between us and the host, if any. */
export function proxyFor(network: Network, host: string): HttpProxy | undefined {
	return network.proxy?.bypasses(host) ? undefined : network.proxy;
}

async function dialThrough(proxy: HttpProxy, network: Network, target: Target, exchange: Exchange): Promise<Socket> {
	exchange.proxied = true;
	if (target.allowAddress && isLiteral(target.host)) refuse([target.host], target.allowAddress);
	const socket = await reachProxy(proxy, network, target.attempt, exchange);
	if (target.viaProxy) return socket;
	const { host, port, security, addresses = [host], attempt = 0 } = target;
	const to = addresses[attempt % addresses.length] ?? host;
	const tunnel = await openTunnel(proxy, socket, to, port, exchange, network.deadlines.connectMs);
	if (!security) return tunnel;
	const secure = secureSocket({ socket: tunnel }, security, network.trust);
	keep(secure.socket, exchange);
	await exchange.step("tls", network.deadlines.tlsMs, secure.secured);
	return secure.socket;
}

/** Whatever keeps us from the proxy is the proxy's failure: it says nothing about the target. */
async function reachProxy(proxy: HttpProxy, network: Network, attempt: number | undefined, exchange: Exchange) {
	try {
		const addresses = await network.names.resolve(proxy.host, exchange);
		const { socket } = await connectTo(addresses, proxy.port, { attempt }, network, exchange);
		return socket;
	} catch (error) {
		throw new Trouble({ ...failureOf(error), phase: "proxy" });
	}
}

interface Connection {
	readonly socket: Socket;
	readonly secure?: SecureSocket;
}

/** Tries one address and, so that a dead IPv6 does not look like an outage, one of the other family in the same time. */
async function connectTo(
	addresses: readonly string[],
	port: number,
	{ attempt = 0, security }: Pick<Target, "attempt" | "security">,
	network: Network,
	exchange: Exchange,
): Promise<Connection> {
	const first = addresses[attempt % addresses.length];
	if (first === undefined) throw new Trouble(failure("dns_nxdomain", "no address to connect to", { phase: "dns" }));
	const other = addresses.find((address) => isIPv4(address) !== isIPv4(first));
	const limitMs = network.deadlines.connectMs / (other === undefined ? 1 : 2);
	const open = (address: string) => openSocket(address, port, security, network, exchange, limitMs);
	if (other === undefined) return open(first);
	try {
		return await open(first);
	} catch (error) {
		try {
			return await open(other);
		} catch (otherError) {
			// A family that this network does not have tells nothing; the other one's failure does.
			if (failureOf(error).kind === "unreachable") throw otherError;
			exchange.address = first;
			throw error;
		}
	}
}

async function openSocket(
	address: string,
	port: number,
	security: Security | undefined,
	network: Network,
	exchange: Exchange,
	limitMs: number,
): Promise<Connection> {
	exchange.address = address;
	const at = { host: address, port };
	const secure = security && secureSocket(at, security, network.trust);
	const socket = secure?.socket ?? connect({ ...at, noDelay: true });
	keep(socket, exchange);
	try {
		await exchange.step("connect", limitMs, () => connected(socket));
	} catch (error) {
		socket.destroy();
		throw error;
	}
	return secure ? { socket, secure } : { socket };
}

function connected(socket: Socket): Promise<void> {
	return new Promise((resolve, reject) => {
		socket.once("connect", resolve);
		socket.once("error", reject);
	});
}

/** An error may come when nobody waits for the socket any more: it is of no interest then, and must not end the process. */
function keep(socket: Socket, exchange: Exchange): void {
	socket.on("error", () => {});
	exchange.onEnd(() => socket.destroy());
}

function refuse(addresses: readonly string[], allowAddress: AllowAddress | undefined): void {
	for (const address of allowAddress ? addresses : []) {
		const refused = allowAddress?.(address);
		if (refused) throw new Trouble(refused);
	}
}

function isLiteral(host: string): boolean {
	return isIPv4(host) || host.includes(":");
}
