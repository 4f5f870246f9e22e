import type { Family } from "../../core/check.ts";

/** The part of a DNS answer (RFC 1035) that we look at. */
export interface DnsAnswer {
	/** 0 for success, 2 SERVFAIL, 3 NXDOMAIN, 5 REFUSED. */
	readonly code: number;
	/** The name that was asked for, lower case, without a final dot. */
	readonly name: string;
	/** The addresses among the answers, of either family, at most 32. */
	readonly addresses: readonly string[];
}

const HEADER_BYTES = 12;
const TYPES: Readonly<Record<Family, number>> = { 4: 1, 6: 28 };
const CLASS_IN = 1;
const MAX_RECORDS = 32;

/** A question for the addresses of a name. The id is 0, as RFC 8484 wants it. Throws for a name that is none. */
export function dnsQuery(name: string, family: Family = 4): Buffer {
	const labels = name.replace(/\.$/, "").split(".");
	if (name.length > 253 || labels.some((label) => !/^[\w-]{1,63}$/.test(label))) {
		throw new Error(`expected a host name, found "${name}"`);
	}
	const header = Buffer.alloc(HEADER_BYTES);
	header.writeUInt16BE(0x0100, 2); // recursion desired
	header.writeUInt16BE(1, 4); // one question
	const question = labels.flatMap((label) => [Buffer.from([label.length]), Buffer.from(label, "ascii")]);
	return Buffer.concat([header, ...question, Buffer.from([0, 0, TYPES[family], 0, CLASS_IN])]);
}

/** Reads an answer to `dnsQuery`. Nothing that is not one, or breaks off, is read: then there is no answer. Never throws. */
export function parseDnsAnswer(bytes: Uint8Array): DnsAnswer | undefined {
	const message = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (message.length < HEADER_BYTES) return undefined;
	const flags = message.readUInt16BE(2);
	const isAnswer = (flags & 0x8000) !== 0 && (flags & 0x0200) === 0;
	if (message.readUInt16BE(0) !== 0 || !isAnswer || message.readUInt16BE(4) !== 1) return undefined;
	const question = nameAt(message, HEADER_BYTES);
	if (!question || question.end + 4 > message.length) return undefined;
	const addresses = addressesAt(message, question.end + 4, message.readUInt16BE(6));
	return addresses && { code: flags & 0x000f, name: question.name.toLowerCase(), addresses };
}

function addressesAt(message: Buffer, start: number, count: number): string[] | undefined {
	const addresses: string[] = [];
	let at = start;
	for (let record = 0; record < Math.min(count, MAX_RECORDS); record++) {
		const body = (nameAt(message, at)?.end ?? message.length) + 10;
		if (body > message.length) return undefined;
		const length = message.readUInt16BE(body - 2);
		at = body + length;
		if (at > message.length) return undefined;
		if (message.readUInt16BE(body - 8) !== CLASS_IN) continue;
		addresses.push(...addressIn(message.readUInt16BE(body - 10), message.subarray(body, at)));
	}
	return addresses;
}

function addressIn(type: number, data: Buffer): string[] {
	if (type === TYPES[4] && data.length === 4) return [data.join(".")];
	if (type !== TYPES[6] || data.length !== 16) return [];
	// the URL parser writes an IPv6 address the short way
	return [new URL(`http://[${data.toString("hex").replace(/(.{4})(?=.)/g, "$1:")}]/`).hostname.slice(1, -1)];
}

/** The name at an offset and where it ends. A compressed name ends with its pointer, which is not followed. */
function nameAt(message: Buffer, start: number): { name: string; end: number } | undefined {
	const labels: string[] = [];
	let at = start;
	while (at < message.length && at - start < 255) {
		const length = message[at] ?? 0;
		if (length === 0) return { name: labels.join("."), end: at + 1 };
		if (length >= 0xc0) return { name: labels.join("."), end: at + 2 };
		if (length > 63) return undefined;
		labels.push(message.toString("latin1", at + 1, at + 1 + length));
		at += 1 + length;
	}
	return undefined;
}
