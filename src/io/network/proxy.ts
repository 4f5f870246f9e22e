import type { Socket } from "node:net";
import { failure } from "../../core/failure.ts";
import { clientOver } from "./client-over.ts";
import type { Exchange } from "./exchange.ts";
import { Trouble } from "./failure-of.ts";

export interface ProxyOptions {
	/** `http://user:password@host:port`; user and password may be absent. */
	readonly url: string;
	/** Hosts that are reached directly: a name also stands for all names under it. */
	readonly bypass?: readonly string[];
}

export interface HttpProxy {
	readonly host: string;
	readonly port: number;
	/** The value of `Proxy-Authorization`, where the proxy wants a login. */
	readonly authorization?: string;
	bypasses(host: string): boolean;
}

/** Throws where the URL is not that of a plain HTTP proxy. */
export function createProxy({ url, bypass = [] }: ProxyOptions): HttpProxy {
	const { protocol, hostname, port, username, password } = new URL(url);
	if (protocol !== "http:") throw new Error(`proxy: expected an http:// URL, found ${protocol}//`);
	const suffixes = bypass
		.map((host) =>
			host
				.trim()
				.toLowerCase()
				.replace(/^\*?\./, ""),
		)
		.filter(Boolean);
	const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
	return {
		host: hostname.replace(/^\[|\]$/g, ""),
		port: Number(port || 80),
		...(username && { authorization: `Basic ${Buffer.from(login).toString("base64")}` }),
		bypasses: (host) => suffixes.some((suffix) => host === suffix || host.endsWith(`.${suffix}`)),
	};
}

/**
 * Asks the proxy on `socket` for a tunnel to `host:port`; afterwards the socket is the target's.
 * Throws `Trouble` with the phase `proxy`: of the kind `http` with its status where the proxy said no.
 */
export async function openTunnel(
	proxy: HttpProxy,
	socket: Socket,
	host: string,
	port: number,
	exchange: Exchange,
	limitMs: number,
): Promise<Socket> {
	const target = `${host.includes(":") ? `[${host}]` : host}:${port}`;
	const { status, tunnel } = await exchange.step("proxy", limitMs, () => connect(proxy, socket, target));
	if (status >= 200 && status < 300) return tunnel;
	throw new Trouble(refusal(status, target));
}

/** The failure that a proxy's own status stands for. */
export function refusal(status: number, target: string) {
	const words = status === 407 ? "wants a login" : `answered ${status} for ${target}`;
	return failure("http", `the proxy ${words}`, { phase: "proxy", status });
}

function connect(proxy: HttpProxy, socket: Socket, target: string): Promise<{ status: number; tunnel: Socket }> {
	const client = clientOver(socket, `http://${target}`);
	const headers = { host: target, ...(proxy.authorization && { "proxy-authorization": proxy.authorization }) };
	return new Promise((resolve, reject) => {
		client.dispatch(
			{ method: "CONNECT", path: target, headers },
			{
				onRequestStart() {},
				onRequestUpgrade: (_controller, status) => resolve({ status, tunnel: socket }),
				onResponseError: (_controller, error) => reject(error),
			},
		);
	});
}
