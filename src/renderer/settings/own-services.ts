import type { ProbeSpec, SourceSpec } from "../../core/check.ts";
import type { FeatureName, ServiceId } from "../../core/model.ts";
import type { AppSettings, SettingsPatch } from "../../ipc/settings.ts";
import { plain } from "../search.ts";

export type OwnService = AppSettings["own"][number];

/** One thing that is asked for an own service. */
export type OwnCheck =
	| { readonly kind: "source"; readonly source: SourceSpec }
	| { readonly kind: "probe"; readonly feature: FeatureName; readonly probe: ProbeSpec };

/** All that is asked for an own service: its pages first. */
export function checksOf({ sources, features }: OwnService): readonly OwnCheck[] {
	return [
		...sources.map((source) => ({ kind: "source", source }) as const),
		...entriesOf(features).flatMap(([feature, body]) =>
			"probes" in body ? body.probes.map((probe) => ({ kind: "probe", feature, probe }) as const) : [],
		),
	];
}

/** A service of that name, with an id of its own that no shipped one will ever have. */
export function newOwn(name: string, taken: ReadonlySet<ServiceId>): OwnService {
	const bare = plain(name)
		.replaceAll(/[^a-z0-9]+/g, "-")
		.replaceAll(/^-|-$/g, "");
	const id = `own-${bare || "service"}`.slice(0, 34).replace(/-$/, "");
	let free = id;
	for (let n = 2; taken.has(free); n += 1) free = `${id}-${n}`;
	return { id: free, name, sources: [], features: {} };
}

/** With one thing more to ask. `why` says of a feature that no probe sees why that is so. */
export function withCheck(own: OwnService, check: OwnCheck, why: string): OwnService {
	if (check.kind === "probe") {
		const { feature, probe } = check;
		const before = own.features[feature];
		const probes = [...(before && "probes" in before ? before.probes : []), probe];
		return { ...own, features: { ...own.features, [feature]: { probes } } };
	}
	const sources = [...own.sources, check.source];
	const mapped = Object.values(check.source.components);
	const wanted = mapped.length > 0 || Object.keys(own.features).length > 0 ? mapped : ["web" as const];
	const unseen = Object.fromEntries(wanted.map((feature) => [feature, { blind: why }]));
	return { ...own, sources, features: { ...unseen, ...own.features } };
}

/** Without it; features that nothing else tells of go too. `undefined` where nothing is left to ask. */
export function withoutCheck(own: OwnService, check: OwnCheck): OwnService | undefined {
	const left = checksOf(own).filter((each) => keyOf(each) !== keyOf(check));
	if (left.length === 0) return undefined;
	const whys = entriesOf(own.features).flatMap(([, body]) => ("blind" in body ? [body.blind] : []));
	const empty: OwnService = { id: own.id, name: own.name, sources: [], features: {} };
	const sorted = left.toSorted((a, b) => Number(a.kind === "source") - Number(b.kind === "source"));
	return sorted.reduce((built, each) => withCheck(built, each, whys[0] ?? own.name), empty);
}

/** What it is known by among the checks of its service: no two are alike. */
export function keyOf(check: OwnCheck): string {
	return check.kind === "source" ? check.source.url : `${check.feature} ${JSON.stringify(check.probe)}`;
}

/** The change that puts it in the place of the one with its id, or adds it. */
export function keeping(service: OwnService, { own }: AppSettings): SettingsPatch {
	const at = own.findIndex(({ id }) => id === service.id);
	return { own: at < 0 ? [...own, service] : own.with(at, service) };
}

/** The change that takes it out; `undefined` where nothing would be watched any more. */
export function forgetting(id: ServiceId, { own, services }: AppSettings): SettingsPatch | undefined {
	const left = services.filter((each) => each.id !== id);
	if (left.length === 0) return undefined;
	return { own: own.filter((each) => each.id !== id), ...(left.length < services.length && { services: left }) };
}

function entriesOf(features: OwnService["features"]) {
	return Object.entries(features) as [FeatureName, NonNullable<OwnService["features"][FeatureName]>][];
}
