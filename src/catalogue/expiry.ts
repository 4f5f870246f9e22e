import type { ProbeSpec } from "../core/check.ts";
import type { FeatureName, ServiceId, Time } from "../core/model.ts";
import type { ServiceFile } from "./schema.ts";
import { targetOf } from "./target.ts";

/** An endpoint of which so little is known by now that it is not asked any more. */
export interface Expired {
	readonly service: ServiceId;
	readonly feature: FeatureName;
	readonly target: string;
	/** The last day on which it was trusted. */
	readonly expires: string;
}

/** The day of a moment, UTC, as files write it. */
export function dayOf(time: Time): string {
	return new Date(time).toISOString().slice(0, 10);
}

export function expiredIn(file: ServiceFile, today: string): Expired[] {
	return Object.entries(file.features).flatMap(([name, feature]) =>
		feature && "probes" in feature
			? feature.probes.flatMap((probe) => {
					const { expires } = probe;
					if (expires === undefined || expires >= today) return [];
					return [{ service: file.id, feature: name as FeatureName, target: targetOf(probe as ProbeSpec), expires }];
				})
			: [],
	);
}

const TOO_OLD = "What was known of its hosts is too old to be trusted.";

/** The file without its expired endpoints; a feature that loses all of them is blind. */
export function withoutExpired(file: ServiceFile, today: string): ServiceFile {
	const features = Object.entries(file.features).map(([name, feature]) => {
		if (!feature || !("probes" in feature)) return [name, feature];
		const probes = feature.probes.filter(({ expires }) => expires === undefined || expires >= today);
		return [name, probes.length > 0 ? { probes } : { blind: TOO_OLD }];
	});
	return { ...file, features: Object.fromEntries(features) };
}
