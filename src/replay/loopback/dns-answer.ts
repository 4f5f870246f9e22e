/** What a resolver says to one question: a code (0 for success, 2 SERVFAIL, 3 NXDOMAIN) and IPv4 addresses. */
export interface DnsReply {
	readonly code: number;
	readonly addresses: readonly string[];
}

interface Question {
	/** In lower case, without a final dot. */
	readonly name: string;
	/** Whether it is for IPv4 addresses. */
	readonly isIpv4: boolean;
	/** Where it ends in the message. */
	readonly end: number;
}

const HEADER_BYTES = 12;
const TYPE_A = 1;

/** The question of a DNS query (RFC 1035); absent where the bytes are none. */
export function questionIn(query: Buffer): Question | undefined {
	const labels: string[] = [];
	let at = HEADER_BYTES;
	for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
		if (length > 63 || at + 1 + length > query.length) return undefined;
		labels.push(query.toString("latin1", at + 1, at + 1 + length));
		at += 1 + length;
	}
	const end = at + 5;
	if (end > query.length) return undefined;
	return { name: labels.join(".").toLowerCase(), isIpv4: query.readUInt16BE(at + 1) === TYPE_A, end };
}

/** The answer to a query, as a message. There are no addresses of any other kind than IPv4. */
export function dnsAnswer(query: Buffer, { isIpv4, end }: Question, { code, addresses }: DnsReply): Buffer {
	const records = code === 0 && isIpv4 ? addresses : [];
	const header = Buffer.alloc(HEADER_BYTES);
	query.copy(header, 0, 0, 2);
	header.writeUInt16BE(0x8180 | code, 2);
	header.writeUInt16BE(1, 4);
	header.writeUInt16BE(records.length, 6);
	return Buffer.concat([header, query.subarray(HEADER_BYTES, end), ...records.map(record)]);
}

/** The name of the question, type A, class IN, good for a second. */
const RECORD_HEAD = Buffer.from([0xc0, 0x0c, 0, TYPE_A, 0, 1, 0, 0, 0, 1, 0, 4]);

function record(address: string): Buffer {
	return Buffer.concat([RECORD_HEAD, Buffer.from(address.split(".").map(Number))]);
}
