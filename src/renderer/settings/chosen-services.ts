import type { FeatureName, ServiceId } from "../../core/model.ts";
import type { WatchedService } from "../../core/settings.ts";
import type { AppSettings } from "../../ipc/settings.ts";

type Services = readonly WatchedService[];

/** All that is watched, in its order: the user's own come last until they are put elsewhere. */
export function watchedServices({ services, own }: AppSettings): Services {
	const further = own.filter(({ id }) => !services.some((each) => each.id === id));
	return [...services, ...further.map(({ id }) => ({ id }))];
}

/** The same with one of them so many places further down; it stops at either end. */
export function moved(services: Services, id: ServiceId, step: number): Services {
	const from = services.findIndex((each) => each.id === id);
	const taken = services[from];
	const to = Math.min(services.length - 1, Math.max(0, from + step));
	if (!taken || to === from) return services;
	return services.toSpliced(from, 1).toSpliced(to, 0, taken);
}

/** With this one, or without it where it was there. */
export function toggled(services: Services, id: ServiceId): Services {
	const without = services.filter((each) => each.id !== id);
	return without.length < services.length ? without : [...services, { id }];
}

/** Which of a service's features matter. */
export function chosenOf({ features }: WatchedService, all: readonly FeatureName[]): readonly FeatureName[] {
	return features ? all.filter((name) => features.includes(name)) : all;
}

/** With one feature of a service on or off. Where all are on, nothing is chosen: one that comes later is on as well. */
export function withFeature(
	services: Services,
	id: ServiceId,
	all: readonly FeatureName[],
	feature: FeatureName,
	on: boolean,
): Services {
	return services.map((each) => {
		if (each.id !== id) return each;
		const before = chosenOf(each, all);
		const features = all.filter((name) => (name === feature ? on : before.includes(name)));
		return features.length === all.length ? { id } : { id, features };
	});
}
