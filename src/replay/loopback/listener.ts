import type { AddressInfo, Server, Socket } from "node:net";

/** The only address on which anything listens. */
export const LOOPBACK = "127.0.0.1";

/** A server on a free port of 127.0.0.1. */
export interface Listener {
	readonly port: number;
	/** Closes the server and every connection it has. */
	close(): Promise<void>;
}

export async function listen(server: Server): Promise<Listener> {
	const sockets = new Set<Socket>();
	server.on("connection", (socket) => {
		sockets.add(socket);
		socket.on("error", () => {});
		socket.on("close", () => sockets.delete(socket));
	});
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(0, LOOPBACK, resolve);
	});
	return {
		port: (server.address() as AddressInfo).port,
		close() {
			const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
			for (const socket of sockets) socket.destroy();
			return closed;
		},
	};
}
