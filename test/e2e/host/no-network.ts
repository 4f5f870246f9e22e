import dgram from "node:dgram";
import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";

/**
 * From here on this process reaches nobody but these ports of its own computer: what a scripted world does not answer must not be
 * asked in the real one.
 */
export function installNoNetwork(ports: readonly number[]): void {
	const why = Object.assign(new Error("connect ENETUNREACH: a scripted world has no network"), { code: "ENETUNREACH" });
	const fail = (...args: unknown[]) => void queueMicrotask(() => (args.at(-1) as (error: Error) => void)(why));
	const { connect } = net.Socket.prototype;
	net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
		const [to] = args.flat() as Partial<net.TcpNetConnectOpts>[];
		if (to?.host === "127.0.0.1" && ports.includes(to.port ?? 0)) return Reflect.apply(connect, this, args);
		queueMicrotask(() => this.destroy(why));
		return this;
	};
	Object.assign(dgram.Socket.prototype, { send: fail, connect: fail });
	Object.assign(dns, { lookup: fail, resolve: fail, resolve4: fail, resolve6: fail });
	Object.assign(dns.Resolver.prototype, { resolve: fail, resolve4: fail, resolve6: fail });
	Object.assign(dns.promises, { lookup: () => Promise.reject(why), resolve: () => Promise.reject(why) });
	syncBuiltinESMExports();
}
