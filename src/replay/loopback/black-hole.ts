import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Worker } from "node:worker_threads";
import { LOOPBACK } from "./listener.ts";

/** Two ports of 127.0.0.1 that no ordinary server gives: one where connections never stand, one where nobody listens. */
export interface BlackHole {
	/** Whoever connects here waits: the queue of its listener is full, and the listener never looks. */
	readonly silentPort: number;
	/** Whoever connects here is refused. It stays taken, so that no other program can move in. */
	readonly closedPort: number;
	close(): Promise<void>;
}

/** The listener lives in a thread of its own, which goes to sleep for good as soon as it listens. */
const SLEEPER = `
const { parentPort, workerData } = require("node:worker_threads");
const server = require("node:net").createServer();
server.listen({ port: 0, host: workerData.host, backlog: 1 }, () => {
	parentPort.postMessage(server.address().port);
	Atomics.wait(new Int32Array(workerData.never), 0, 0);
});`;

/** As many connections as fit into the queue of such a listener. */
const QUEUE = 2;

export async function openBlackHole(): Promise<BlackHole> {
	const worker = new Worker(SLEEPER, {
		eval: true,
		workerData: { host: LOOPBACK, never: new SharedArrayBuffer(4) },
	});
	const [silentPort] = (await once(worker, "message")) as [number];
	const fillers = await Promise.all(Array.from({ length: QUEUE }, () => connected(silentPort)));
	return {
		silentPort,
		closedPort: fillers[0]?.localPort ?? silentPort,
		async close() {
			for (const socket of fillers) socket.destroy();
			await worker.terminate();
		},
	};
}

async function connected(port: number): Promise<Socket> {
	const socket = connect({ host: LOOPBACK, port });
	await once(socket, "connect");
	socket.on("error", () => {});
	return socket;
}
