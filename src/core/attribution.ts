import type { Track } from "./hysteresis.ts";
import { isProblem } from "./level.ts";
import type { Service, ServiceId } from "./model.ts";
import type { Verdict } from "./verdict.ts";

/** Owners, not services, must be unrelated: five services of one owner behind a CDN prove nothing about the CDN. */
const UNRELATED_OWNERS = 2;

/** A provider that several unrelated services fail behind, itself among them where it is in trouble. */
export interface BrokenUpstream {
	readonly provider: ServiceId;
	readonly services: readonly ServiceId[];
}

/**
 * Finds the providers to blame: at least two unrelated owners have a feature in proven trouble whose failing hosts all sit
 * behind the provider. A provider in trouble is behind itself, though only its page may say so. A service that merely calls a
 * broken one has hosts elsewhere, and is not counted.
 */
export function brokenUpstreams(tracks: Iterable<Track>, services: ReadonlyMap<ServiceId, Service>): BrokenUpstream[] {
	const behind = new Map<ServiceId, Map<ServiceId, string>>();
	for (const { service, level, verdict, suspects = verdict.suspects } of tracks) {
		if (!isProblem(level) && !(isProblem(verdict.level) && verdict.standing === "proven")) continue;
		const owner = services.get(service)?.owner.id ?? service;
		for (const provider of new Set([...suspects, service])) {
			const found = behind.get(provider) ?? new Map<ServiceId, string>();
			behind.set(provider, found.set(service, owner));
		}
	}
	return [...behind]
		.filter(([, found]) => new Set(found.values()).size >= UNRELATED_OWNERS)
		.map(([provider, found]) => ({ provider, services: [...found.keys()].sort() }))
		.sort((a, b) => (a.provider < b.provider ? -1 : 1));
}

/** The provider to blame for a feature's trouble: the one it was blamed on before, else a broken one that explains it. */
export function providerAtFault(
	{ service, blamed, verdict, suspects = verdict.suspects }: Track,
	broken: readonly BrokenUpstream[],
): ServiceId | undefined {
	return blamed ?? broken.find(({ provider }) => suspects.includes(provider) || provider === service)?.provider;
}

/** The verdict of a track with the blame moved to a broken upstream, where there is one that explains it. */
export function attribute(track: Track, broken: readonly BrokenUpstream[]): Verdict {
	const { verdict, service } = track;
	if (verdict.cause !== "service") return verdict;
	const culprit = providerAtFault(track, broken);
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
