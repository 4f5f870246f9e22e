import { z } from "zod";
import type { ProbeSpec } from "../core/check.ts";
import type { Parts } from "./catalogue.ts";
import { host, id, text } from "./probe-shape.ts";
import { controlsFile, type ServiceFile, serviceFile } from "./schema.ts";
import { hostIn, hostOf } from "./target.ts";

const moment = z.iso.datetime({ error: "a moment such as 2026-11-22T12:00:00Z" });
const ofKind = (kind: ServiceFile["kind"]) =>
	serviceFile.refine((file) => file.kind === kind, { path: ["kind"], error: `"${kind}" in this list` });

/** A host that is not to be asked any more: by anything, or for one service. */
const endpointOff = z.strictObject({ host, service: id.optional(), why: text });

/** What an update says: entries that take the place of shipped ones of the same id or join them, and hosts to leave alone. */
export const bundleShape = z.strictObject({
	$schema: z.string().optional(),
	format: z.literal(1),
	/** Grows with every update; the day and two digits more, as of the shipped catalogue. */
	version: z.int().min(1),
	madeAt: moment,
	/** Not believed after this: endpoints change, and silence must not keep an old list alive. */
	expiresAt: moment,
	/** The oldest program that understands it. */
	minimumApp: z.string().regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/, "a version such as 1.4.0"),
	services: z.array(ofKind("service")).max(1000).default([]),
	providers: z.array(ofKind("provider")).max(200).default([]),
	/** All controls anew; those of the program where absent. */
	controls: controlsFile.shape.controls.optional(),
	endpointsOff: z.array(endpointOff).max(1000).default([]),
});

export type Bundle = z.infer<typeof bundleShape>;

/** The parts of a catalogue with an update laid over them. A feature that loses all its hosts is blind, and says why. */
export function withBundle(parts: Parts, bundle: Bundle): Parts {
	const newer = new Map([...bundle.services, ...bundle.providers].map((file) => [file.id, file]));
	const kept = parts.files.map((file) => newer.get(file.id) ?? file);
	const known = new Set(parts.files.map((file) => file.id));
	const files = [...kept, ...[...newer.values()].filter((file) => !known.has(file.id))];
	return {
		...parts,
		files: bundle.endpointsOff.length === 0 ? files : files.map((file) => withoutOff(file, bundle.endpointsOff)),
		controls: bundle.controls ? { controls: bundle.controls } : parts.controls,
	};
}

type Off = Bundle["endpointsOff"];

function withoutOff(file: ServiceFile, off: Off): ServiceFile {
	const reasons = new Map(
		off.flatMap(({ host, service, why }) => (service && service !== file.id ? [] : [[host, why]])),
	);
	if (reasons.size === 0) return file;
	const features = Object.entries(file.features).map(([name, feature]) => {
		if (!feature || !("probes" in feature)) return [name, feature];
		const probes = feature.probes.filter((probe) => !reasons.has(hostOf(probe as ProbeSpec)));
		if (probes.length > 0) return [name, { probes }];
		const why = reasons.get(hostOf(feature.probes[0] as ProbeSpec));
		return [name, { blind: `Its hosts are not asked any more: ${why}` }];
	});
	const sources = file.sources.filter(({ url }) => !reasons.has(hostIn(url)));
	return { ...file, sources, features: Object.fromEntries(features) };
}
