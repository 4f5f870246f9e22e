import { isIP, type Socket } from "node:net";
import { type FailureKind, failure, type Phase } from "../../core/failure.ts";
import type { Exchange } from "./exchange.ts";
import { Trouble } from "./failure-of.ts";
import { groupsOf } from "./ipv6-groups.ts";
import type { ProxyWay } from "./proxy.ts";
import { Refusal } from "./refusal.ts";
import { take } from "./take.ts";

const VERSION = 5;
const LOGIN_VERSION = 1;
const CONNECT = 1;
const METHOD = { none: 0, login: 2, unacceptable: 0xff } as const;
const ADDRESS = { ipv4: 1, name: 3, ipv6: 4 } as const;
const SUCCEEDED = 0;

/** What a reply means (RFC 1928, section 6). `barred`: the proxy lets nobody through there; phase `connect`: the target is at fault. */
const REPLIES: Readonly<Record<number, readonly [kind: FailureKind, phase: Phase, words: string, barred?: true]>> = {
	2: ["refused", "proxy", "does not allow a connection to", true],
	3: ["unreachable", "connect", "has no route to"],
	4: ["unreachable", "connect", "cannot reach"],
	5: ["refused", "connect", "was refused by"],
	6: ["timeout", "connect", "got no answer in time from"],
	7: ["unreadable", "proxy", "opens no connections at all, not even to", true],
	8: ["unreadable", "proxy", "does not take the address of", true],
};

/**
 * Asks the SOCKS5 proxy on `socket` for a connection to `host:port` (RFC 1928, RFC 1929); names are the proxy's to resolve. Throws
 * `Trouble`: a `Refusal` where the proxy said no, of the phase `connect` where it says that the target is at fault.
 */
export async function openSocks(
	proxy: ProxyWay,
	socket: Socket,
	host: string,
	port: number,
	exchange: Exchange,
	limitMs: number,
): Promise<void> {
	const reply = await exchange.step("proxy", limitMs, () => negotiate(proxy, socket, host, port));
	if (reply === SUCCEEDED) return;
	if (reply === "login") {
		const more = proxy.login ? ", and not the one it was given" : "";
		throw new Refusal(failure("refused", `the proxy wants a login${more}`, { phase: "proxy" }));
	}
	const target = `${host.includes(":") ? `[${host}]` : host}:${port}`;
	const known = REPLIES[reply];
	if (!known) throw new Trouble(failure("unreachable", `the proxy failed (SOCKS reply ${reply})`, { phase: "proxy" }));
	const [kind, phase, words, barred] = known;
	const detail = `the proxy ${words} ${target} (SOCKS reply ${reply})`;
	if (barred) exchange.barred = detail;
	throw new Refusal(failure(kind, detail, { phase }));
}

/** The proxy's last word: a reply code, or that it wants to know who we are. */
async function negotiate(proxy: ProxyWay, socket: Socket, host: string, port: number): Promise<number | "login"> {
	const methods = proxy.login ? [METHOD.none, METHOD.login] : [METHOD.none];
	socket.write(Buffer.from([VERSION, methods.length, ...methods]));
	const [version, method] = await take(socket, 2);
	if (version !== VERSION) throw unreadable("it is no SOCKS5 proxy");
	if (method === METHOD.unacceptable) return "login";
	if (method === METHOD.login && proxy.login) {
		if (!(await logIn(proxy.login(), socket))) return "login";
	} else if (method !== METHOD.none) throw unreadable(`it chose the login method ${method}, which was not offered`);
	socket.write(Buffer.concat([Buffer.from([VERSION, CONNECT, 0]), addressBytes(host), portBytes(port)]));
	return readReply(socket);
}

async function logIn({ user, password }: { user: string; password: string }, socket: Socket): Promise<boolean> {
	const [name, secret] = [Buffer.from(user), Buffer.from(password)];
	socket.write(Buffer.concat([Buffer.from([LOGIN_VERSION, name.length]), name, Buffer.from([secret.length]), secret]));
	const [, status] = await take(socket, 2);
	return status === 0;
}

/** Reads past the address that the proxy speaks from, which is of no interest. */
async function readReply(socket: Socket): Promise<number> {
	const [version, reply = 1, , type] = await take(socket, 4);
	if (version !== VERSION) throw unreadable("its reply is none");
	if (reply !== SUCCEEDED) return reply;
	const length = await addressLength(type, socket);
	await take(socket, length + 2);
	return reply;
}

async function addressLength(type: number | undefined, socket: Socket): Promise<number> {
	if (type === ADDRESS.ipv4) return 4;
	if (type === ADDRESS.ipv6) return 16;
	if (type === ADDRESS.name) return (await take(socket, 1))[0] ?? 0;
	throw unreadable("its reply names no address");
}

function addressBytes(host: string): Buffer {
	const version = isIP(host);
	if (version === 4) return Buffer.from([ADDRESS.ipv4, ...host.split(".").map(Number)]);
	if (version === 6)
		return Buffer.from([
			ADDRESS.ipv6,
			...groupsOf(host.replace(/%.*$/, "")).flatMap((group) => [group >> 8, group & 0xff]),
		]);
	const name = Buffer.from(host);
	if (name.length > 255) throw unreadable("the name is too long for it");
	return Buffer.concat([Buffer.from([ADDRESS.name, name.length]), name]);
}

function portBytes(port: number): Buffer {
	return Buffer.from([port >> 8, port & 0xff]);
}

function unreadable(words: string): Trouble {
	return new Trouble(failure("unreadable", `the proxy does not speak as it should: ${words}`, { phase: "proxy" }));
}
