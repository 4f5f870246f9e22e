import type { Socket } from "node:net";
import { failure } from "../../core/failure.ts";
import { clientOver } from "./client-over.ts";
import type { Exchange } from "./exchange.ts";
import { type Headers, headerOf } from "./headers.ts";
import { authorizationOf, type ProxyWay } from "./proxy.ts";
import { Refusal } from "./refusal.ts";

/** How proxies say that they let nobody through there, or open no tunnels at all. */
const BARRED: readonly number[] = [403, 405, 451, 501];

/**
 * Asks the proxy on `socket` for a tunnel to `host:port`; afterwards the socket is the target's. Throws `Trouble` with the phase
 * `proxy`: a `Refusal` of the kind `http` with its status where the proxy said no.
 */
export async function openTunnel(
	proxy: ProxyWay,
	socket: Socket,
	host: string,
	port: number,
	exchange: Exchange,
	limitMs: number,
): Promise<void> {
	const target = `${host.includes(":") ? `[${host}]` : host}:${port}`;
	const { status, headers } = await exchange.step("proxy", limitMs, () => connect(proxy, socket, target));
	if (status >= 200 && status < 300) return;
	if (BARRED.includes(status)) exchange.barred = `the proxy opens no tunnel to ${target} (${status})`;
	throw refusal(status, headers, target, proxy);
}

/** The failure that a proxy's own status stands for. */
export function refusal(status: number, headers: Headers, target: string, proxy: ProxyWay): Refusal {
	const words = status === 407 ? `wants a login${aboutLogin(headers, proxy)}` : `answered ${status} for ${target}`;
	return new Refusal(failure("http", `the proxy ${words}`, { phase: "proxy", status }));
}

/** Only Basic can be given: a proxy that wants another kind is a matter for whoever runs it. */
function aboutLogin(headers: Headers, { login }: ProxyWay): string {
	const asked = headerOf(headers, "proxy-authenticate");
	const kinds = asked.split(",").map((kind) => /^\s*([\w-]{1,20})(?:\s|$)/.exec(kind)?.[1] ?? "");
	const named = kinds.filter(Boolean);
	if (named.length > 0 && !named.some((kind) => /^basic$/i.test(kind))) {
		return ` by ${named.slice(0, 3).join(" or ")}, and only Basic can be given`;
	}
	return login ? ", and not the one it was given" : "";
}

interface Answer {
	readonly status: number;
	readonly headers: Headers;
}

function connect(proxy: ProxyWay, socket: Socket, target: string): Promise<Answer> {
	const client = clientOver(socket, `http://${target}`);
	const authorization = authorizationOf(proxy);
	const headers = { host: target, ...(authorization !== undefined && { "proxy-authorization": authorization }) };
	return new Promise((resolve, reject) => {
		client.dispatch(
			{ method: "CONNECT", path: target, headers },
			{
				onRequestStart() {},
				onRequestUpgrade: (_controller, status, answered) => resolve({ status, headers: answered }),
				onResponseError: (_controller, error) => reject(error),
			},
		);
	});
}
