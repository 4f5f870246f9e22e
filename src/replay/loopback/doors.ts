import { createServer as createWebServer, type IncomingMessage } from "node:http";
import { createServer as createSecureWebServer } from "node:https";
import { createServer } from "node:net";
import type { Duplex } from "node:stream";
import { createServer as createSecureServer } from "node:tls";
import type { Credentials } from "./authority.ts";
import { openBlackHole } from "./black-hole.ts";
import { type Listener, listen } from "./listener.ts";
import { speakMtproto } from "./mtproto-server.ts";
import type { Door } from "./part.ts";
import type { Sees } from "./sees.ts";
import { openStunServer } from "./stun-server.ts";
import { agrees, type ReplyTo, speak, speakWebSocket } from "./web-server.ts";

/** Every server of the small Internet, each of them on its own port of 127.0.0.1. */
export interface Doors {
	portOf(door: Door, sees: Sees): number;
	close(): Promise<void>;
}

const NO_TLS = "220 This server speaks another language.\r\n";

/** `trusted` is shown by the servers that answer, `untrusted` by one that stands in their place. */
export async function openDoors(trusted: Credentials, untrusted: Credentials, replyTo: ReplyTo): Promise<Doors> {
	const servers = await openServers(trusted, untrusted, replyTo);
	const hole = await openBlackHole();
	const ports: Readonly<Record<Door, (sees: Sees) => number>> = {
		open({ wire, tls }) {
			if (tls) return servers.secureWeb.port;
			return wire === "stun" || wire === "mtproto" ? servers[wire].port : servers.web.port;
		},
		silent({ wire, tls, answer }) {
			if (wire === "stun") return servers.silentStun.port;
			return tls || answer ? servers.silent.port : hole.silentPort;
		},
		closed: () => hole.closedPort,
		reset: () => servers.reset.port,
		untrusted: () => servers.untrusted.port,
		garbled: () => servers.garbled.port,
	};
	return {
		portOf: (door, sees) => ports[door](sees),
		async close() {
			await Promise.all([...Object.values<Listener>(servers).map((server) => server.close()), hole.close()]);
		},
	};
}

async function openServers(trusted: Credentials, untrusted: Credentials, replyTo: ReplyTo) {
	const deaf = () => {};
	// whatever a client would speak over TLS is agreed to
	const ALPNCallback = ({ protocols }: { readonly protocols: readonly string[] }) => protocols[0];
	const how = { shouldUpgradeCallback: (request: IncomingMessage) => agrees(request, replyTo) };
	const web = createWebServer(how);
	const secureWeb = createSecureWebServer({ ...how, ...trusted, ALPNCallback });
	for (const server of [web, secureWeb]) {
		server.on("request", (request, response) => void speak(request, response, replyTo).catch(deaf));
		server.on("upgrade", (request: IncomingMessage, socket: Duplex) => speakWebSocket(request, socket, replyTo));
	}
	return {
		web: await listen(web),
		secureWeb: await listen(secureWeb.on("tlsClientError", deaf)),
		untrusted: await listen(createSecureServer({ ...untrusted, ALPNCallback }).on("tlsClientError", deaf)),
		silent: await listen(createServer((socket) => void socket.resume())),
		reset: await listen(createServer((socket) => void socket.once("data", () => socket.resetAndDestroy()))),
		garbled: await listen(createServer((socket) => void socket.once("data", () => socket.end(NO_TLS)))),
		mtproto: await listen(createServer(speakMtproto)),
		stun: await openStunServer(true),
		silentStun: await openStunServer(false),
	};
}
