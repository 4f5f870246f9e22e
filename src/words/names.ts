import type { FeatureName, ServiceId } from "../core/model.ts";
import { unique } from "./lists.ts";
import type { Words } from "./words.ts";

/** Names by id; an id without a name is shown as it is. */
export type Names = Readonly<Record<string, string>>;

export function nameOf(id: string, names: Names): string {
	return names[id] ?? id;
}

/** The names of the services that these features belong to, one for each: names that were cut may look the same. */
export function servicesIn(features: readonly { readonly service: ServiceId }[], names: Names): string[] {
	return unique(features.map(({ service }) => service)).map((id) => nameOf(id, names));
}

/** The words for these features, each once. */
export function featuresIn(features: readonly { readonly feature: FeatureName }[], words: Words): string[] {
	return unique(features.map(({ feature }) => words.t(`feature.${feature}`)));
}
