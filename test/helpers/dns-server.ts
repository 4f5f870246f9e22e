import { createSocket } from "node:dgram";
import { once } from "node:events";

/** What a name resolves to. A name that the server does not know does not exist. */
export interface DnsZone {
	readonly [name: string]:
		| { readonly a?: readonly string[]; readonly aaaa?: readonly string[]; readonly code?: number }
		| "silent";
}

export interface DnsServer {
	/** As a resolver takes it: `127.0.0.1:port`. */
	readonly address: string;
	/** The names that were asked for, with the type. */
	readonly questions: string[];
	close(): Promise<void>;
}

const TYPES: Readonly<Record<number, "a" | "aaaa">> = { 1: "a", 28: "aaaa" };

const open = new Set<DnsServer>();

/** For `afterEach`. */
export async function closeDnsServers(): Promise<void> {
	await Promise.all([...open].map((server) => server.close()));
}

/** A DNS server on a free UDP port of 127.0.0.1. */
export async function serveDns(zone: DnsZone): Promise<DnsServer> {
	const socket = createSocket("udp4");
	const questions: string[] = [];
	socket.on("message", (query, from) => {
		const { name, type } = questionIn(query);
		questions.push(`${name} ${TYPES[type] ?? type}`);
		if (zone[name] !== "silent") socket.send(dnsAnswer(query, zone), from.port, from.address);
	});
	socket.bind(0, "127.0.0.1");
	await once(socket, "listening");
	const server: DnsServer = {
		address: `127.0.0.1:${socket.address().port}`,
		questions,
		close() {
			open.delete(server);
			return new Promise((resolve) => socket.close(() => resolve()));
		},
	};
	open.add(server);
	return server;
}

/** The answer of a zone to a query, both as DNS messages. */
export function dnsAnswer(query: Buffer, zone: DnsZone): Buffer {
	const { name, type, end } = questionIn(query);
	const entry = zone[name];
	const known = entry === "silent" ? undefined : entry;
	const code = known ? (known.code ?? 0) : 3;
	const records = code === 0 ? (known?.[TYPES[type] ?? "a"] ?? []) : [];
	const header = Buffer.alloc(12);
	query.copy(header, 0, 0, 2);
	header.writeUInt16BE(0x8180 | code, 2);
	header.writeUInt16BE(1, 4);
	header.writeUInt16BE(records.length, 6);
	return Buffer.concat([header, query.subarray(12, end), ...records.map((address) => record(type, address))]);
}

function record(type: number, address: string): Buffer {
	const data = Buffer.from(type === 1 ? address.split(".").map(Number) : hexBytes(address));
	const head = Buffer.alloc(12);
	head.writeUInt16BE(0xc00c, 0); // the name of the question
	head.writeUInt16BE(type, 2);
	head.writeUInt16BE(1, 4);
	head.writeUInt32BE(60, 6);
	head.writeUInt16BE(data.length, 10);
	return Buffer.concat([head, data]);
}

/** `::1` and the like: at most one gap. */
function hexBytes(address: string): number[] {
	const [head = "", tail = ""] = address.split("::").map((part) => part);
	const groups = (part: string) => (part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16)));
	const before = groups(head);
	const after = groups(tail);
	const all = [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
	return all.flatMap((group) => [group >> 8, group & 0xff]);
}

function questionIn(query: Buffer): { name: string; type: number; end: number } {
	const labels: string[] = [];
	let at = 12;
	while (query[at]) {
		const length = query[at]!;
		labels.push(query.toString("latin1", at + 1, at + 1 + length));
		at += 1 + length;
	}
	return { name: labels.join(".").toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}
