import type { ControlCheck, ProbeCheck, ProbeSpec, SourceCheck } from "../core/check.ts";
import type { Feature, FeatureName, Service, ServiceId } from "../core/model.ts";
import { contradictions } from "./contradictions.ts";
import { dayOf, type Expired, expiredIn, withoutExpired } from "./expiry.ts";
import type { ControlsFile, ServiceFile } from "./schema.ts";
import { hostIn, hostOf, targetOf } from "./target.ts";

/** Everything there is to watch, checked and ready: what the files say, in core's words. */
export interface Catalogue {
	readonly services: ReadonlyMap<ServiceId, Service>;
	/** Probes and sources of each service, in the order of its file. */
	readonly checks: ReadonlyMap<ServiceId, readonly (ProbeCheck | SourceCheck)[]>;
	readonly controls: readonly ControlCheck[];
	/** Endpoints that are not asked any more, because what was known of them has expired. */
	readonly expired: readonly Expired[];
	/** How to recognise a provider's edge in a reply. */
	readonly edges: readonly EdgeSignature[];
	/** Private root certificates in PEM, by the name that probes call them. */
	readonly roots: ReadonlyMap<string, string>;
	/** The files as they are, for what core has no use for: provenance, announcements, aliases. */
	readonly files: ReadonlyMap<ServiceId, ServiceFile>;
}

/** What gives an edge away; `statuses` and `pages` (words of its own error pages) do so only where no header does. */
export interface EdgeSignature {
	readonly provider: ServiceId;
	readonly headers: readonly { readonly name: string; readonly value?: string | undefined }[];
	readonly statuses?: readonly number[] | undefined;
	readonly pages?: readonly string[] | undefined;
}

/**
 * Puts checked files together; `roots` are the private root certificates by name, in PEM. Endpoints that expired before `today`
 * (`2026-11-22`) are left out; a feature that has no other is blind.
 * Throws where files contradict one another: one sentence a line, each names file, place, what was expected and found.
 */
export function buildCatalogue(
	files: readonly ServiceFile[],
	controls: ControlsFile,
	roots: ReadonlyMap<string, string> = new Map(),
	today?: string,
): Catalogue {
	const problems = contradictions(files, { roots: new Set(roots.keys()) });
	if (problems.length > 0) throw new Error(problems.join("\n"));
	return catalogueOf({ files, controls, roots }, today);
}

/** What a catalogue is made of. */
export interface Parts {
	readonly files: readonly ServiceFile[];
	readonly controls: ControlsFile;
	/** Private root certificates by name, in PEM. */
	readonly roots: ReadonlyMap<string, string>;
}

/** As `buildCatalogue`, of parts that are known not to contradict one another. */
export function catalogueOf({ files, controls, roots }: Parts, today: string = dayOf(Date.now())): Catalogue {
	const trusted = files.map((file) => withoutExpired(file, today));
	return {
		services: new Map(trusted.map((file) => [file.id, serviceOf(file)])),
		checks: new Map(trusted.map((file) => [file.id, checksOf(file)])),
		expired: files.flatMap((file) => expiredIn(file, today)),
		controls: controls.controls.map(controlOf),
		edges: files.flatMap((file) => (file.edge ? [edgeIn(file.id, file.edge)] : [])),
		roots,
		files: new Map(files.map((file) => [file.id, file])),
	};
}

function edgeIn(provider: ServiceId, { provenance: _, ...signature }: NonNullable<ServiceFile["edge"]>): EdgeSignature {
	return { provider, ...signature };
}

function askedBy(control: ControlCheck["control"]): string {
	if (control.type === "dns") return resolverFor(control.name);
	return control.type === "ip" ? control.address : hostIn(control.url);
}

/** A name is asked of the resolver, not of the host that bears it. */
function resolverFor(name: string): string {
	return `resolver:${name}`;
}

/** The catalogue with more services, such as the user's own: one of theirs takes the place, or the other name, of one that has its id. Throws as `buildCatalogue` does. */
export function withServices(
	catalogue: Catalogue,
	more: readonly ServiceFile[],
	today: string = dayOf(Date.now()),
): Catalogue {
	const taken = new Set(more.map(({ id }) => id));
	const files = [...[...catalogue.files.values()].flatMap((file) => leaving(file, taken)), ...more];
	const problems = contradictions(files, { roots: new Set(catalogue.roots.keys()) });
	if (problems.length > 0) throw new Error(problems.join("\n"));
	const trusted = more.map((file) => withoutExpired(file, today));
	return {
		...catalogue,
		services: new Map([...catalogue.services, ...trusted.map((file) => [file.id, serviceOf(file)] as const)]),
		checks: new Map([...catalogue.checks, ...trusted.map((file) => [file.id, checksOf(file)] as const)]),
		expired: [...catalogue.expired, ...more.flatMap((file) => expiredIn(file, today))],
		files: new Map(files.map((file) => [file.id, file])),
	};
}

/** A file without the names that others have taken; none where its id is among them. */
function leaving(file: ServiceFile, taken: ReadonlySet<ServiceId>): ServiceFile[] {
	const { id, aliases, oldIds } = file;
	if (taken.has(id)) return [];
	const isFree = (name: string) => !taken.has(name);
	const free = { aliases: aliases.filter(isFree), oldIds: oldIds.filter(isFree) };
	return [free.aliases.length + free.oldIds.length < aliases.length + oldIds.length ? { ...file, ...free } : file];
}

/** A provider's own hosts sit behind itself; that makes it nobody's upstream but its customers'. */
function upstreamsOf(file: ServiceFile): ServiceId[] {
	const ofProbes = featuresOf(file).flatMap(([, feature]) =>
		"probes" in feature ? feature.probes.flatMap((probe) => probe.upstream ?? []) : [],
	);
	const all = new Set([...file.upstreams.map((upstream) => upstream.id), ...ofProbes]);
	return [...all].filter((id) => id !== file.id);
}

function featuresOf(file: ServiceFile) {
	return Object.entries(file.features) as [FeatureName, NonNullable<ServiceFile["features"][FeatureName]>][];
}

function serviceOf(file: ServiceFile): Service {
	return {
		id: file.id,
		name: file.name,
		kind: file.kind,
		owner: file.owner,
		upstreams: upstreamsOf(file),
		...(file.runsOn.length > 0 && { runsOn: file.runsOn.map((cloud) => cloud.id) }),
		features: featuresOf(file).map(
			([name, feature]): Feature => ("blind" in feature ? { name, blind: feature.blind } : { name }),
		),
		...("url" in file.page && { page: file.page.url }),
	};
}

function checksOf(file: ServiceFile): (ProbeCheck | SourceCheck)[] {
	const only = file.upstreams.length === 1 ? file.upstreams[0]?.id : undefined;
	const probes = featuresOf(file).flatMap(([feature, body]) =>
		"probes" in body
			? body.probes.map((entry): ProbeCheck => {
					const { provenance: _, expires: __, upstream = only, ...rest } = entry;
					const probe = withoutUndefined(rest) as ProbeSpec;
					const host = probe.type === "dns" && !probe.over ? resolverFor(probe.name) : hostOf(probe);
					const id = `${file.id}/${feature}/${targetOf(probe)}`;
					return { kind: "probe", id, host, service: file.id, feature, probe, ...(upstream && { upstream }) };
				})
			: [],
	);
	const sources = file.sources.map(
		({ provenance: _, ...source }): SourceCheck => ({
			kind: "source",
			id: `${file.id}/official/${source.url}`,
			host: hostIn(source.url),
			service: file.id,
			source,
		}),
	);
	return [...probes, ...sources];
}

function controlOf({ provenance: _, vendor, ...entry }: ControlsFile["controls"][number]): ControlCheck {
	const control = withoutUndefined(entry) as ControlCheck["control"];
	const host = askedBy(control);
	return { kind: "control", id: `control/${vendor}/${control.type}/${host}`, host, vendor, control };
}

/** Names by id of every service and owner that a sentence may need. */
export function namesIn(catalogue: Catalogue): Record<string, string> {
	const services = [...catalogue.services.values()];
	return Object.fromEntries([
		...services.map(({ owner }) => [owner.id, owner.name]),
		...services.map(({ id, name }) => [id, name]),
	]);
}

/** zod gives `undefined` for keys that are absent; in core, optional means absent. */
function withoutUndefined<T extends object>(value: T): T {
	return Object.fromEntries(
		Object.entries(value).flatMap(([key, inner]) =>
			inner === undefined
				? []
				: [
						[
							key,
							inner !== null && typeof inner === "object" && !Array.isArray(inner) ? withoutUndefined(inner) : inner,
						],
					],
		),
	) as T;
}
