import type { Track } from "./hysteresis.ts";
import { isProblem } from "./level.ts";
import type { Service, ServiceId } from "./model.ts";
import type { Witness } from "./streak.ts";
import type { Verdict } from "./verdict.ts";

/** Owners, not services, must be unrelated: five services of one owner behind a CDN prove nothing about the CDN. */
const UNRELATED_OWNERS = 2;

/** A provider that several unrelated services fail behind, itself among them where it is in trouble. */
export interface BrokenUpstream {
	readonly provider: ServiceId;
	readonly services: readonly ServiceId[];
	/** Whether it fails itself: only then does it explain the trouble of what runs in it, behind other edges. */
	readonly itself: boolean;
}

type Services = ReadonlyMap<ServiceId, Service>;

/**
 * Finds the providers to blame: at least two unrelated owners have a feature in proven trouble whose failing hosts all sit
 * behind the provider, or that runs in a provider which is itself in trouble. A provider in trouble is behind itself, though only its
 * page may say so. A service that merely calls a broken one has hosts elsewhere, and is not counted.
 */
export function brokenUpstreams(tracks: Iterable<Track>, services: Services): BrokenUpstream[] {
	const troubled = [...tracks].filter(
		({ level, verdict }) => isProblem(level) || (isProblem(verdict.level) && verdict.standing === "proven"),
	);
	const failing = new Set(troubled.map(({ service }) => service));
	const behind = new Map<ServiceId, Map<ServiceId, string>>();
	for (const { service, verdict, suspects = verdict.suspects } of troubled) {
		const owner = services.get(service)?.owner.id ?? service;
		const clouds = cloudsOf(service, services).filter((cloud) => failing.has(cloud));
		for (const provider of new Set([...suspects, ...clouds, service])) {
			const found = behind.get(provider) ?? new Map<ServiceId, string>();
			behind.set(provider, found.set(service, owner));
		}
	}
	return [...behind]
		.filter(([, found]) => new Set(found.values()).size >= UNRELATED_OWNERS)
		.map(([provider, found]) => ({ provider, services: [...found.keys()].sort(), itself: failing.has(provider) }))
		.sort((a, b) => (a.provider < b.provider ? -1 : 1));
}

/** The provider whose fault a host's failure may be: the one before it, unless its answer says that what is behind it fails. */
export function edgeInQuestion({ upstream, failure }: Witness): ServiceId | undefined {
	const status = failure?.status ?? 0;
	// Cloudflare's words for an origin that fails behind a healthy edge
	return status >= 520 && status <= 526 ? undefined : upstream;
}

/** The clouds that a service of another owner runs in, and the services of other owners that run in it: they fail together. */
export function cloudKin({ id, owner, runsOn = [] }: Service, services: Services): readonly Service[] {
	const clouds = runsOn.flatMap((cloud) => services.get(cloud) ?? []);
	const tenants = [...services.values()].filter((other) => other.runsOn?.includes(id));
	return [...clouds, ...tenants].filter((other) => other.owner.id !== owner.id);
}

function cloudsOf(service: ServiceId, services: Services): readonly ServiceId[] {
	return services.get(service)?.runsOn ?? [];
}

/** The provider to blame for a feature's trouble: the one it was blamed on before, else a broken one that explains it, an edge before a cloud. */
export function providerAtFault(
	{ service, blamed, verdict, suspects = verdict.suspects }: Track,
	broken: readonly BrokenUpstream[],
	services: Services,
): ServiceId | undefined {
	if (blamed !== undefined || broken.length === 0) return blamed;
	const clouds = cloudsOf(service, services);
	const atFault =
		broken.find(({ provider }) => suspects.includes(provider) || provider === service) ??
		broken.find(({ provider, itself }) => itself && clouds.includes(provider));
	return atFault?.provider;
}

/** The verdict of a track with the blame moved to a broken upstream, where there is one that explains it. */
export function attribute(track: Track, broken: readonly BrokenUpstream[], services: Services): Verdict {
	const { verdict, service } = track;
	if (verdict.cause !== "service") return verdict;
	const culprit = providerAtFault(track, broken, services);
	if (culprit === undefined) return verdict;
	const others = broken.find(({ provider }) => provider === culprit)?.services.filter((id) => id !== service) ?? [];
	const at = Math.max(...verdict.reasons.map((reason) => ("at" in reason ? reason.at : 0)), 0);
	return {
		...verdict,
		cause: "upstream",
		culprit,
		...(others.length > 0 && {
			reasons: [...verdict.reasons, { kind: "also_fails", services: others, provider: culprit, at }],
		}),
	};
}
