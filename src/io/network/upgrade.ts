import type { Socket } from "node:net";
import type { Family } from "../../core/check.ts";
import { askOver } from "./ask-over.ts";
import { startOfBody } from "./body.ts";
import { dial } from "./dial.ts";
import type { Exchange } from "./exchange.ts";
import { type HttpResponse, START_BYTES } from "./http.ts";
import type { Network } from "./network.ts";

/** A request to speak WebSocket from here on, over a connection of its own. */
export interface UpgradeRequest {
	/** `ws:` or `wss:` */
	readonly url: URL;
	readonly headers: Readonly<Record<string, string>>;
	readonly attempt?: number | undefined;
	readonly family?: Family | undefined;
	readonly root?: string | undefined;
}

/** What the server says to it. After a 101, whose truth is the caller's to judge, the socket speaks the new protocol. */
export interface Upgraded extends HttpResponse {
	readonly socket: Socket;
}

/** Asks for the upgrade. Throws `Trouble`. */
export async function upgrade(network: Network, ask: UpgradeRequest, exchange: Exchange): Promise<Upgraded> {
	const { url, root, family, attempt } = ask;
	const secure = url.protocol === "wss:";
	const host = url.hostname.replace(/^\[|\]$/g, "");
	const port = Number(url.port || (secure ? 443 : 80));
	const security = secure ? { host, root, protocol: "http/1.1" } : undefined;
	const socket = await dial(network, { host, port, attempt, family, security }, exchange);
	const asking = {
		origin: `${secure ? "https" : "http"}://${url.host}`,
		method: "GET",
		path: url.pathname + url.search,
		headers: { "user-agent": network.userAgent, ...ask.headers },
		upgrade: "websocket",
		reader: () => startOfBody(START_BYTES),
	} as const;
	return { ...(await askOver(socket, network, asking, exchange)), socket };
}
