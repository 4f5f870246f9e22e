import type { ProbeSpec } from "../core/check.ts";
import type { ServiceId } from "../core/model.ts";
import type { ServiceFile } from "./schema.ts";
import { hostOf, targetOf } from "./target.ts";

/** What else there is, beside the files that are to be compared. */
export interface Surroundings {
	/** Names of the private roots at hand. */
	readonly roots: ReadonlySet<string>;
	/** Ids of files that exist but could not be read: they are nobody's unknown upstream. */
	readonly unread?: ReadonlySet<ServiceId>;
}

/** The file that describes this service, as seen from the catalogue's folder. */
export function fileNameOf(file: Pick<ServiceFile, "id" | "kind">): string {
	return `${file.kind}s/${file.id}.json`;
}

/** What checked files say against one another, one sentence each, in the order of the files. Empty when all is well. */
export function contradictions(files: readonly ServiceFile[], surroundings: Surroundings): string[] {
	const kinds = new Map(files.map((file) => [file.id, file.kind]));
	return [
		...sharedNames(files),
		...files.flatMap((file) =>
			[
				...upstreamProblems(file, kinds, surroundings.unread ?? new Set()),
				...rootProblems(file, surroundings.roots),
				...repeatedProbes(file),
				...probeProblems(file),
				...componentProblems(file),
				...edgeProblems(file),
			].map((problem) => `${fileNameOf(file)}: ${problem}`),
		),
	];
}

/** Every place of a file where a probe stands, with the path to it. */
function probesOf(file: ServiceFile) {
	return Object.entries(file.features).flatMap(([name, feature]) =>
		feature && "probes" in feature
			? feature.probes.map((probe, index) => ({ probe, path: `features.${name}.probes[${index}]` }))
			: [],
	);
}

function sharedNames(files: readonly ServiceFile[]): string[] {
	const takenBy = new Map<string, string>();
	return files.flatMap((file) =>
		namesOf(file).flatMap(({ name, path }) => {
			const mine = fileNameOf(file);
			const owner = takenBy.get(name);
			if (owner === undefined) takenBy.set(name, mine);
			return owner === undefined ? [] : [`${mine}: ${path}: expected a name of its own, found "${name}" of ${owner}`];
		}),
	);
}

/** All that people may call it by, with the path to each. */
function namesOf({ id, aliases, oldIds }: ServiceFile): readonly { readonly name: string; readonly path: string }[] {
	return [
		{ name: id, path: "id" },
		...aliases.map((name, index) => ({ name, path: `aliases[${index}]` })),
		...oldIds.map((name, index) => ({ name, path: `oldIds[${index}]` })),
	];
}

function upstreamProblems(
	file: ServiceFile,
	kinds: ReadonlyMap<ServiceId, ServiceFile["kind"]>,
	unread: ReadonlySet<ServiceId>,
): string[] {
	const named = [
		...file.upstreams.map(({ id }, index) => ({ id, path: `upstreams[${index}].id` })),
		...file.runsOn.map(({ id }, index) => ({ id, path: `runsOn[${index}].id` })),
		...probesOf(file).flatMap(({ probe, path }) =>
			probe.upstream === undefined ? [] : [{ id: probe.upstream, path: `${path}.upstream` }],
		),
	];
	return named.flatMap(({ id, path }) => {
		if (kinds.get(id) === "provider" || unread.has(id)) return [];
		return [`${path}: expected a provider, found "${id}", ${kinds.has(id) ? "a service" : "which is no file"}`];
	});
}

function rootProblems(file: ServiceFile, roots: ReadonlySet<string>): string[] {
	return probesOf(file).flatMap(({ probe, path }) =>
		"root" in probe && probe.root !== undefined && !roots.has(probe.root)
			? [`${path}.root: expected a file of the folder roots, found "${probe.root}"`]
			: [],
	);
}

/** A check is known by its feature and target: the same twice would be one check with two histories. */
function repeatedProbes(file: ServiceFile): string[] {
	return Object.entries(file.features).flatMap(([name, feature]) => {
		if (!feature || !("probes" in feature)) return [];
		const targets = feature.probes.map((probe) => targetOf(probe as ProbeSpec));
		return targets.flatMap((target, index) => {
			const first = targets.indexOf(target);
			return first === index
				? []
				: [`features.${name}.probes[${index}]: expected another target, found that of probes[${first}]`];
		});
	});
}

function componentProblems(file: ServiceFile): string[] {
	return file.sources.flatMap(({ components }, index) =>
		Object.entries(components).flatMap(([component, feature]) =>
			file.features[feature]
				? []
				: [`sources[${index}].components["${component}"]: expected a feature of this file, found "${feature}"`],
		),
	);
}

function edgeProblems(file: ServiceFile): string[] {
	return file.edge && file.kind !== "provider" ? [`edge: expected only in a provider, found in a ${file.kind}`] : [];
}

/** What one probe says against itself. */
function probeProblems(file: ServiceFile): string[] {
	return probesOf(file).flatMap(({ probe, path }) =>
		[...familyProblems(probe), ...expectationProblems(probe), ...expiryProblems(probe)].map(
			(problem) => `${path}.${problem}`,
		),
	);
}

type Probe = ReturnType<typeof probesOf>[number]["probe"];

function familyProblems(probe: Probe): string[] {
	const literal = familyOf(hostOf(probe as ProbeSpec));
	if (probe.family === undefined || literal === undefined || literal === probe.family) return [];
	return [`family: expected ${literal}, that of the address, found ${probe.family}`];
}

function familyOf(host: string): 4 | 6 | undefined {
	if (host.includes(":")) return 6;
	return /^\d+(\.\d+){3}$/.test(host) ? 4 : undefined;
}

function expectationProblems(probe: Probe): string[] {
	if (probe.type === "http" && probe.firstBytes !== undefined) {
		const { contains, json } = probe.healthy ?? {};
		if (contains !== undefined || json) return ["firstBytes: expected a whole body to look into, found a part of it"];
	}
	if (probe.type === "websocket" && probe.healthy?.greeting !== undefined && probe.healthy.closeCode !== undefined) {
		return ["healthy: expected a greeting or a close code, found both"];
	}
	return [];
}

function expiryProblems({ expires, provenance }: Probe): string[] {
	if (expires === undefined || expires > provenance.date) return [];
	return [`expires: expected a day after ${provenance.date}, that of the source, found ${expires}`];
}
