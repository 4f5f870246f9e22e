import { z } from "zod";
import { SOURCE_FORMATS } from "../core/check.ts";
import { FEATURES } from "../core/model.ts";
import { CATEGORIES } from "./categories.ts";
import { address, headerName, host, httpsUrl, id, port, probeShape, text, webUrl } from "./probe-shape.ts";

/** A country by its two letters (ISO 3166-1), or `eu`. */
const region = z.string().regex(/^[a-z]{2}$/, "two lower-case letters such as it, or eu");

/** Where a fact comes from and the day it was true, so that it can be checked and outgrown. */
const provenance = z.strictObject({
	/** A vendor's document, a recorded measurement, public code: enough to find it again. */
	source: z.string().min(8).max(300),
	/** The day of the source, or the day it was read. */
	date: z.iso.date(),
});

/** What the catalogue must prove, its user need not: own entries carry no provenance unless they like to. */
const USERS_OWN = { source: "entered by the user", date: "2026-01-01" };
const unproven = provenance.default(USERS_OWN);

/** The shapes of a feature and of a source, with the given rule for where facts come from. */
function shapes<P extends typeof provenance | typeof unproven>(origin: P) {
	const probes = z.array(probeShape(origin)).min(1).max(8);
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

/** A probe of the user's own. */
export const ownProbe = probeShape(unproven);

function featuresOf<F extends typeof shipped.feature | typeof own.feature>(feature: F) {
	return z.partialRecord(z.enum(FEATURES), feature).refine((f) => Object.keys(f).length > 0, "at least one feature");
}

const edge = z.strictObject({
	/** Header names in lower case; with `value`, the header's value must contain it. One match is enough. */
	headers: z.array(z.strictObject({ name: headerName, value: text.optional() })).min(1),
	/** Statuses of errors that only this edge answers with. */
	statuses: z.array(z.int().min(400).max(599)).min(1).optional(),
	/** Words of its own error pages, compared exactly with the first 4 KiB of an answer from 400 on. */
	pages: z.array(text).min(1).optional(),
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
	/** What it was called before, as ids: settings that use one still work, with a note. */
	oldIds: z.array(id).default([]),
	/** Where to look for it; the shipped files all have one. */
	category: z.enum(CATEGORIES).optional(),
	/** Where it is used, if not everywhere. */
	regions: z.array(region).max(40).default([]),
	/** What to offer first, 1 before 2: a hint for the order of lists and no fact, so without provenance. */
	popular: z.int().min(1).max(999).optional(),
	/** Providers that the service as a whole sits behind. A single one holds for every probe that names no other. */
	upstreams: z.array(z.strictObject({ id, provenance })).default([]),
	/** Clouds that the service runs in, behind whatever edge. Only while such a cloud fails itself is it blamed for the service's trouble. */
	runsOn: z.array(z.strictObject({ id, provenance })).default([]),
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
		oldIds: [],
		regions: [],
		upstreams: [],
		runsOn: [],
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
