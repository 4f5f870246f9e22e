import type { Socket } from "node:net";
import { connectTo } from "./connect.ts";
import type { Exchange } from "./exchange.ts";
import { failureOf, Trouble } from "./failure-of.ts";
import type { Network } from "./network.ts";
import type { ProxyWay } from "./proxy.ts";
import { openSocks } from "./socks5.ts";
import { openTunnel } from "./tunnel.ts";

interface Beyond {
	/** A name, which is the proxy's to resolve, or an address. */
	readonly host: string;
	readonly port: number;
	/** Stop at a proxy that takes whole requests, instead of asking it for a tunnel. */
	readonly handOver: boolean;
	/** Which of the proxy's addresses to begin with. */
	readonly attempt?: number | undefined;
	/** For the connection to the proxy, and again for what the proxy has to do. */
	readonly limitMs: number;
}

/** A socket that leads through the proxy, or to it. Throws `Trouble`, of the phase `proxy` where it says nothing of the target. */
export async function throughProxy(
	proxy: ProxyWay,
	beyond: Beyond,
	network: Network,
	exchange: Exchange,
): Promise<Socket> {
	const socket = await reach(proxy, beyond, network, exchange);
	const { host, port, limitMs } = beyond;
	if (proxy.kind === "socks5") await openSocks(proxy, socket, host, port, exchange, limitMs);
	else if (!beyond.handOver) await openTunnel(proxy, socket, host, port, exchange, limitMs);
	return socket;
}

/** Whatever keeps us from the proxy, its certificate too, is the proxy's failure. */
async function reach(
	proxy: ProxyWay,
	{ attempt, limitMs }: Beyond,
	network: Network,
	exchange: Exchange,
): Promise<Socket> {
	try {
		const addresses = await network.names.resolve(proxy.host, exchange);
		const security = proxy.kind === "https" ? { host: proxy.host, protocol: "http/1.1" } : undefined;
		const goal = { addresses, port: proxy.port, attempt, security, limitMs };
		const { socket, secure } = await connectTo(goal, network, exchange);
		if (secure) await exchange.step("proxy", limitMs, secure.secured);
		return socket;
	} catch (error) {
		throw new Trouble({ ...failureOf(error), phase: "proxy" });
	}
}
