import { connect, type Socket } from "node:net";
import { createSecureContext, TLSSocket } from "node:tls";
import type { Credentials } from "./certificates.ts";
import { serveTcp, type TestServer } from "./servers.ts";

interface SocksBehaviour {
	/** `user:password` that is wanted. */
	readonly login?: string;
	/** The method that is chosen whatever is offered. */
	readonly method?: number;
	/** The reply to every request; success where absent. */
	readonly reply?: number;
	/** The address type in the reply. */
	readonly from?: 1 | 3 | 4;
	/** Where each connection goes in truth. */
	readonly to?: number;
}

const ADDRESSES = {
	1: Buffer.from([1, 127, 0, 0, 1, 0, 80]),
	3: Buffer.from([3, 4, ...Buffer.from("host"), 0, 80]),
	4: Buffer.from([4, ...Buffer.alloc(15), 1, 0, 80]),
} as const;

/** A SOCKS5 proxy (RFC 1928, RFC 1929). It notes who logged in, and what it was asked for with the type of the address. */
export async function serveSocks5(behaviour: SocksBehaviour = {}): Promise<TestServer & { asked: string[] }> {
	const asked: string[] = [];
	const server = await serveTcp((socket) => {
		negotiate(socket, behaviour, asked).catch(() => socket.destroy());
	});
	return Object.assign(server, { asked });
}

async function negotiate(socket: Socket, { login, method, reply = 0, from = 1, to }: SocksBehaviour, asked: string[]) {
	const take = reader(socket);
	const [, count = 0] = await take(2);
	const offered = [...(await take(count))];
	const wanted = method ?? (login === undefined ? 0 : 2);
	const chosen = method !== undefined || offered.includes(wanted) ? wanted : 0xff;
	socket.write(Buffer.from([5, chosen]));
	if (chosen === 2) {
		const [, nameBytes = 0] = await take(2);
		const name = await take(nameBytes);
		const password = await take((await take(1))[0] ?? 0);
		const given = `${name}:${password}`;
		asked.push(`login ${given}`);
		socket.write(Buffer.from([1, given === login ? 0 : 1]));
		if (given !== login) return;
	}
	const [, command = 0, , type = 0] = await take(4);
	const length = type === 1 ? 4 : type === 4 ? 16 : ((await take(1))[0] ?? 0);
	const address = await take(length);
	const port = (await take(2)).readUInt16BE();
	asked.push(`${command} ${type} ${type === 3 ? address : [...address].join(".")} ${port}`);
	const answer = Buffer.concat([Buffer.from([5, reply, 0]), ADDRESSES[from]]);
	if (reply !== 0) return void socket.end(answer);
	const target = connect(to ?? 0, "127.0.0.1", () => {
		socket.write(answer);
		target.pipe(socket).pipe(target);
	});
	target.on("error", () => socket.destroy());
	socket.on("close", () => target.destroy());
}

function reader(socket: Socket) {
	return async (count: number): Promise<Buffer> => {
		for (;;) {
			const bytes: Buffer | null = count === 0 ? Buffer.alloc(0) : socket.read(count);
			if (bytes) return bytes;
			await new Promise<void>((resolve, reject) => {
				socket.once("readable", resolve);
				socket.once("close", () => reject(new Error("closed")));
			});
		}
	};
}

/** TLS in front of another server on this computer, as of a proxy that is spoken to over TLS. `clients` is the root (PEM) of certificates it wants to see. */
export function serveTlsFront(credentials: Credentials, port: number, clients?: string): Promise<TestServer> {
	const secureContext = createSecureContext({ ...credentials, ...(clients !== undefined && { ca: clients }) });
	return serveTcp((socket) => {
		const wanted = clients === undefined ? {} : { requestCert: true, rejectUnauthorized: true };
		const secure = new TLSSocket(socket, { isServer: true, secureContext, ...wanted });
		const inner = connect(port, "127.0.0.1");
		secure.pipe(inner).pipe(secure);
		for (const each of [secure, inner]) {
			each.on("error", () => each.destroy());
			each.on("close", () => {
				secure.destroy();
				inner.destroy();
			});
		}
	});
}
