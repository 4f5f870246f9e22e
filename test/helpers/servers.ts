import http, { type RequestListener } from "node:http";
import https from "node:https";
import net, { type AddressInfo, type Server, type Socket } from "node:net";
import type { Credentials } from "./certificates.ts";
import type { OnUpgrade } from "./websocket-server.ts";

/** A server on a free port of 127.0.0.1 (or another loopback address). */
export interface TestServer {
	readonly port: number;
	readonly address: string;
	/** How many connections have come in. */
	readonly connections: () => number;
	/** How many of them are open now. */
	readonly held: () => number;
	/** Closes the server and every socket it has. */
	close(): Promise<void>;
}

const open = new Set<TestServer>();

/** For `afterEach`: nothing is left listening. */
export async function closeServers(): Promise<void> {
	await Promise.all([...open].map((server) => server.close()));
}

export function serveHttp(handler: RequestListener, address?: string): Promise<TestServer> {
	return listen(http.createServer(handler), address);
}

export function serveHttps(credentials: Credentials, handler: RequestListener): Promise<TestServer> {
	return listen(https.createServer({ ...credentials }, handler).on("tlsClientError", () => {}));
}

/** Hands every upgrade request to `onUpgrade`, which writes to the bare socket; over TLS where there are credentials. */
export function serveUpgrade(onUpgrade: OnUpgrade, credentials?: Credentials): Promise<TestServer> {
	const server = credentials ? https.createServer({ ...credentials }) : http.createServer();
	server.on("upgrade", (request, socket) => {
		socket.on("error", () => {});
		socket.resume().on("end", () => socket.end());
		onUpgrade(socket as Socket, request);
	});
	return listen(server);
}

export function serveTcp(onConnection: (socket: Socket) => void, address?: string): Promise<TestServer> {
	return listen(net.createServer(onConnection), address);
}

/** Accepts, and never says a word. */
export function serveSilence(): Promise<TestServer> {
	return serveTcp((socket) => void socket.resume());
}

/** Accepts, and breaks off as soon as the first byte comes in. */
export function serveReset(): Promise<TestServer> {
	return serveTcp((socket) => void socket.once("data", () => socket.resetAndDestroy()));
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
	const server = await serveTcp(() => {});
	await server.close();
	return server.port;
}

export interface ProxyBehaviour {
	/** `user:password` that is wanted. */
	readonly login?: string;
	/** Answers every CONNECT with this status. */
	readonly refuses?: number;
	/** Where each tunnel goes in truth; by default nowhere. */
	readonly to?: number;
}

/** A proxy that opens tunnels, and takes whole requests for plain HTTP. It notes what it was asked for. */
export async function serveProxy({ login, refuses, to }: ProxyBehaviour): Promise<TestServer & { asked: string[] }> {
	const asked: string[] = [];
	const wanted = login && `Basic ${Buffer.from(login).toString("base64")}`;
	const proxy = http.createServer((request, response) => {
		asked.push(`${request.method} ${request.url}`);
		const admitted = !wanted || request.headers["proxy-authorization"] === wanted;
		response.writeHead(admitted ? 200 : 407).end(admitted ? "by the proxy" : "");
	});
	proxy.on("connect", (request, socket: Socket) => {
		asked.push(`CONNECT ${request.url}`);
		const admitted = !wanted || request.headers["proxy-authorization"] === wanted;
		const status = admitted ? refuses : 407;
		socket.on("error", () => {});
		if (status !== undefined) {
			socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
			return;
		}
		const target = net.connect(to ?? 0, "127.0.0.1", () => {
			socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
			target.pipe(socket).pipe(target);
		});
		target.on("error", () => socket.destroy());
		socket.on("close", () => target.destroy());
	});
	return Object.assign(await listen(proxy), { asked });
}

async function listen(server: Server, address = "127.0.0.1"): Promise<TestServer> {
	const sockets = new Set<Socket>();
	let connections = 0;
	server.on("connection", (socket) => {
		connections++;
		sockets.add(socket);
		socket.on("error", () => {});
		socket.on("close", () => sockets.delete(socket));
	});
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(0, address, resolve);
	});
	const test: TestServer = {
		port: (server.address() as AddressInfo).port,
		address,
		connections: () => connections,
		held: () => sockets.size,
		close() {
			open.delete(test);
			const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
			for (const socket of sockets) socket.destroy();
			return closed;
		},
	};
	open.add(test);
	return test;
}
