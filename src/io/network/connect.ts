import { connect, type Socket } from "node:net";
import { eitherFamily } from "./either-family.ts";
import type { Exchange } from "./exchange.ts";
import type { Network } from "./network.ts";
import { type SecureSocket, type Security, secureSocket } from "./secure-socket.ts";

/** A connected socket and, where it is to be secured, the promise of that. */
interface Connection {
	readonly socket: Socket;
	readonly secure?: SecureSocket;
}

interface Goal {
	/** At least one. */
	readonly addresses: readonly string[];
	readonly port: number;
	/** Which of the addresses to begin with. */
	readonly attempt?: number | undefined;
	readonly security?: Security | undefined;
	/** For the connection alone. */
	readonly limitMs: number;
}

/** Connects to one of the addresses. Throws `Trouble`. The socket belongs to the exchange, which closes it at its end. */
export function connectTo(goal: Goal, network: Network, exchange: Exchange): Promise<Connection> {
	return eitherFamily(goal.addresses, goal.attempt ?? 0, goal.limitMs, exchange, (address, limitMs) =>
		openSocket(address, { ...goal, limitMs }, network, exchange),
	);
}

async function openSocket(
	address: string,
	{ port, security, limitMs }: Goal,
	network: Network,
	exchange: Exchange,
): Promise<Connection> {
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
export function keep(socket: Socket, exchange: Exchange): void {
	socket.on("error", () => {});
	exchange.onEnd(() => socket.destroy());
}
