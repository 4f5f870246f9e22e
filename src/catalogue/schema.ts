import { z } from "zod";
import { SOURCE_FORMATS } from "../core/check.ts";
import { FEATURES } from "../core/model.ts";

// Messages given here are the words that follow "expected" in an error sentence.

/** Where a fact comes from and the day it was true, so that it can be checked and outgrown. */
const provenance = z.strictObject({
	/** A vendor's document, a recorded measurement, public code: enough to find it again. */
	source: z.string().min(8).max(300),
	/** The day of the source, or the day it was read. */
	date: z.iso.date(),
});

const id = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "lower-case letters, digits and hyphens");
const text = z.string().min(1).max(200);
const host = z.string().regex(/^[a-z0-9.:-]{1,253}$/, "a host name in lower case, or an address");
const port = z.int().min(1).max(65535);
const address = z.union([z.ipv4(), z.ipv6()], { error: "an IPv4 or IPv6 address" });
const webUrl = z.url({ protocol: /^https?$/, error: "an https or http address" });
const httpsUrl = z.url({ protocol: /^https$/, error: "an https address" });

/** What the catalogue must prove, its user need not: own entries carry no provenance unless they like to. */
const USERS_OWN = { source: "entered by the user", date: "2026-01-01" };
const unproven = provenance.default(USERS_OWN);

/** The shapes of a feature and of a source, with the given rule for where facts come from. */
function shapes<P extends typeof provenance | typeof unproven>(origin: P) {
	const base = {
		/** The provider this host sits behind, where it is not the service's only upstream. */
		upstream: id.optional(),
		provenance: origin,
	};
	const httpProbe = z.strictObject({
		type: z.literal("http"),
		url: webUrl,
		firstByteOnly: z.boolean().optional(),
		healthy: z
			.strictObject({
				status: z.array(z.int().min(100).max(599)).min(1).optional(),
				contains: text.optional(),
			})
			.optional(),
		root: id.optional(),
		...base,
	});
	const tcpProbe = z.strictObject({ type: z.literal("tcp"), host, port, ...base });
	const tlsProbe = z.strictObject({ type: z.literal("tls"), host, port, root: id.optional(), ...base });
	const probes = z
		.array(z.discriminatedUnion("type", [httpProbe, tcpProbe, tlsProbe]))
		.min(1)
		.max(8);
	return {
		/** A feature that no probe can see from outside says why, in words for people. */
		feature: z.union([z.strictObject({ blind: text }), z.strictObject({ probes })]),
		source: z.strictObject({
			format: z.enum(SOURCE_FORMATS),
			url: origin === provenance ? httpsUrl : webUrl,
			/** False for a page about a neighbouring product: a hint only. */
			speaksForWhole: z.boolean().default(true),
			components: z.record(text, z.enum(FEATURES)).default({}),
			provenance: origin,
		}),
	};
}

const shipped = shapes(provenance);
const own = shapes(unproven);

function featuresOf<F extends typeof shipped.feature | typeof own.feature>(feature: F) {
	return z.partialRecord(z.enum(FEATURES), feature).refine((f) => Object.keys(f).length > 0, "at least one feature");
}

const edge = z.strictObject({
	/** Header names in lower case; with `value`, the header's value must contain it. One match is enough. */
	headers: z
		.array(
			z.strictObject({ name: z.string().regex(/^[a-z0-9-]+$/, "a header name in lower case"), value: text.optional() }),
		)
		.min(1),
	provenance,
});

/** One file of `services/` or `providers/`: everything the catalogue knows of one service. */
export const serviceFile = z.strictObject({
	$schema: z.string().optional(),
	id,
	name: text,
	kind: z.enum(["service", "provider"]),
	owner: z.strictObject({ id, name: text }),
	/** Names people may type instead of the id. */
	aliases: z.array(id).default([]),
	/** Providers that the service as a whole sits behind. A single one holds for every probe that names no other. */
	upstreams: z.array(z.strictObject({ id, provenance })).default([]),
	/** The human status page. `none` says that there is no official one, and how we know. */
	page: z.union([z.strictObject({ url: httpsUrl, provenance }), z.strictObject({ none: text, provenance })]),
	/** Where the owner speaks first in an outage. */
	announcements: z.array(z.strictObject({ name: text, url: httpsUrl, provenance })).default([]),
	sources: z.array(shipped.source).max(4).default([]),
	features: featuresOf(shipped.feature),
	/** Only for providers: how to recognise their edge in any reply. */
	edge: edge.optional(),
});

/** A service of the user's own, in the settings: as in the catalogue, without what only the catalogue must know. */
export const ownService = z.strictObject({
	id,
	name: text,
	sources: z.array(own.source).max(4).default([]),
	features: featuresOf(own.feature),
});

/** An own service as a file of the catalogue would describe it: its user is its owner. */
export function fileOfOwn({ id, name, sources, features }: z.infer<typeof ownService>): ServiceFile {
	return {
		id,
		name,
		kind: "service",
		owner: { id, name },
		aliases: [],
		upstreams: [],
		page: { none: "an own service", provenance: USERS_OWN },
		announcements: [],
		sources,
		features,
	};
}

const control = z.discriminatedUnion("type", [
	z.strictObject({
		type: z.literal("http"),
		vendor: id,
		url: z.url({ protocol: /^http$/, error: "an http address" }),
		status: z.int().min(100).max(599),
		body: text.optional(),
		provenance,
	}),
	z.strictObject({ type: z.literal("dns"), vendor: id, name: host, addresses: z.array(address).min(1), provenance }),
	z.strictObject({ type: z.literal("ip"), vendor: id, address, port, provenance }),
	z.strictObject({
		type: z.literal("doh"),
		vendor: id,
		url: httpsUrl,
		addresses: z.array(address).min(1),
		/** The name to ask for. */
		name: host,
		provenance,
	}),
]);

/** `controls.json`: the probes of the local network. */
export const controlsFile = z.strictObject({
	$schema: z.string().optional(),
	controls: z.array(control).min(8).max(16),
});

/** `roots/<name>.json`: what is known of the certificate in `roots/<name>.pem`. */
export const rootFile = z.strictObject({
	$schema: z.string().optional(),
	/** Of the certificate in DER form, so that a changed file is noticed. */
	sha256: z.string().regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits in lower case"),
	provenance,
});

export type ServiceFile = z.infer<typeof serviceFile>;
export type ControlsFile = z.infer<typeof controlsFile>;
