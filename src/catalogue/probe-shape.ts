import { z } from "zod";

// Messages given here are the words that follow "expected" in an error sentence.

export const id = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "lower-case letters, digits and hyphens");
export const text = z.string().min(1).max(200);
export const host = z.string().regex(/^[a-z0-9.:-]{1,253}$/, "a host name in lower case, or an address");
export const port = z.int().min(1).max(65535);
export const address = z.union([z.ipv4(), z.ipv6()], { error: "an IPv4 or IPv6 address" });
export const webUrl = addressOf(/^https?$/, "an https or http address");
export const httpsUrl = addressOf(/^https$/, "an https address");
const socketUrl = addressOf(/^wss?$/, "a wss or ws address");
export const headerName = z.string().regex(/^[a-z0-9-]+$/, "a header name in lower case");
const statuses = z.array(z.int().min(100).max(599)).min(1);
/** At least two labels: a whole top-level domain is nobody's. */
const domain = z.string().regex(/^([a-z0-9-]{1,63}\.)+[a-z][a-z0-9-]{1,62}$/, "a domain such as example.com");
const pointer = z
	.string()
	.regex(/^(\/([^~/]|~[01])*)*$/, 'a JSON pointer such as "/data/url"')
	.max(200);
const scalar = z.union([z.string().max(200), z.number(), z.boolean(), z.null()], {
	error: "a text, a number, true, false or null",
});

const healthyHttp = z.strictObject({
	status: statuses.optional(),
	headers: z
		.array(z.strictObject({ name: headerName, value: text.optional() }))
		.min(1)
		.optional(),
	contains: text.optional(),
	/** Expected values by JSON pointer; in a text `*` stands for anything. */
	json: z.record(pointer, scalar).optional(),
});

const healthyWebSocket = z.strictObject({
	status: statuses.optional(),
	/** Text in the first message. */
	greeting: text.optional(),
	/** The code with which the server closes of its own accord. */
	closeCode: z.int().min(1000).max(4999).optional(),
});

/** The shapes of all kinds of probe, as `core/check.ts` describes them, with the given rule for where facts come from. */
export function probeShape<P extends z.ZodType<{ source: string; date: string }>>(origin: P) {
	const base = {
		/** The provider this host sits behind, where it is not the service's only upstream. */
		upstream: id.optional(),
		/** Over IPv4 or IPv6 only. */
		family: z.literal([4, 6]).optional(),
		/** The last day on which the fact is trusted: later the endpoint is not asked. */
		expires: z.iso.date().optional(),
		provenance: origin,
	};
	const hostAndPort = { host, port, ...base };
	return z.discriminatedUnion("type", [
		z.strictObject({
			type: z.literal("http"),
			url: webUrl,
			firstBytes: z.int().min(1).max(4096).optional(),
			healthy: healthyHttp.optional(),
			root: id.optional(),
			...base,
		}),
		z.strictObject({
			type: z.literal("two_step"),
			url: webUrl,
			pointer,
			/** Names that the address may lead to, each with all names under it. */
			hosts: z.array(domain).min(1, "at least one host that the address may lead to").max(8),
			...base,
		}),
		z.strictObject({ type: z.literal("tcp"), ...hostAndPort }),
		z.strictObject({ type: z.literal("tls"), root: id.optional(), alpn: text.optional(), ...hostAndPort }),
		z.strictObject({
			type: z.literal("dns"),
			name: host,
			over: z.strictObject({ url: httpsUrl, addresses: z.array(address).min(1).optional() }).optional(),
			mayBePrivate: z.boolean().optional(),
			...base,
		}),
		z.strictObject({
			type: z.literal("websocket"),
			url: socketUrl,
			origin: webUrl.optional(),
			protocol: text.optional(),
			healthy: healthyWebSocket.optional(),
			root: id.optional(),
			...base,
		}),
		z.strictObject({ type: z.literal("stun"), ...hostAndPort }),
		z.strictObject({ type: z.literal("mtproto"), ...hostAndPort }),
	]);
}

/** A login in an address would be kept and shown in plain text, and sent to whoever the address names. */
function addressOf(protocol: RegExp, what: string) {
	return z.url({ protocol, error: what }).refine((url) => !/^[a-z]+:\/*[^/?#]*@/i.test(url), `${what} without a login`);
}
