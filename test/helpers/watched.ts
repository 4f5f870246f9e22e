import type { Check, ControlCheck, ProbeCheck, SourceCheck } from "../../src/core/check.ts";
import type { FeatureName, Service } from "../../src/core/model.ts";

/** Six controls of six vendors, of every kind. */
export const CONTROLS: readonly ControlCheck[] = [
	control("alpha", { type: "http", url: "http://alpha.test/", status: 204 }),
	control("beta", { type: "http", url: "http://beta.test/", status: 200, body: "ok" }),
	control("gamma", { type: "dns", name: "gamma.test", addresses: ["192.0.2.1"] }),
	control("delta", { type: "ip", address: "192.0.2.2", port: 443 }),
	control("epsilon", { type: "ip", address: "192.0.2.3", port: 443 }),
	control("zeta", { type: "doh", url: "https://zeta.test/dns-query", addresses: ["192.0.2.4"], name: "zeta.test" }),
];

function control(vendor: string, spec: ControlCheck["control"]): ControlCheck {
	const host = spec.type === "ip" ? spec.address : `${vendor}.test`;
	return { kind: "control", id: `control/${vendor}`, host, vendor, control: spec };
}

export interface Plan {
	readonly owner?: string;
	/** Hosts of each feature; an empty list makes it blind. */
	readonly features: Partial<Record<FeatureName, readonly string[]>>;
	/** The provider all hosts sit behind. */
	readonly upstream?: string;
	/** The clouds it runs in. */
	readonly runsOn?: readonly string[];
	/** Component name to feature, where the service has an official page. */
	readonly official?: Readonly<Record<string, FeatureName>>;
}

/** A service and its checks, in a line or two. */
export function watched(id: string, plan: Plan): { service: Service; checks: Check[] } {
	const owner = plan.owner ?? `${id}-owner`;
	const features = Object.entries(plan.features) as [FeatureName, readonly string[]][];
	const probes = features.flatMap(([feature, hosts]) =>
		hosts.map(
			(host): ProbeCheck => ({
				kind: "probe",
				id: `${id}/${feature}/${host}`,
				host,
				service: id,
				feature,
				probe: { type: "tcp", host, port: 443 },
				...(plan.upstream && { upstream: plan.upstream }),
			}),
		),
	);
	const source: SourceCheck[] = plan.official
		? [
				{
					kind: "source",
					id: `${id}/official`,
					host: `status.${id}.test`,
					service: id,
					source: {
						format: "statuspage",
						url: `https://status.${id}.test/api/v2/summary.json`,
						components: plan.official,
						speaksForWhole: true,
					},
				},
			]
		: [];
	return {
		service: {
			id,
			name: id[0]?.toUpperCase() + id.slice(1),
			kind: "service",
			owner: { id: owner, name: owner },
			upstreams: plan.upstream ? [plan.upstream] : [],
			...(plan.runsOn && { runsOn: plan.runsOn }),
			features: features.map(([name, hosts]) => (hosts.length === 0 ? { name, blind: "cannot be seen" } : { name })),
		},
		checks: [...probes, ...source],
	};
}

/** Twelve services of seven owners with four hosts each, as a person would watch. */
export function twelveServices(): { service: Service; checks: Check[] }[] {
	return Array.from({ length: 12 }, (_, n) => {
		const id = `s${String.fromCharCode(97 + n)}`;
		return watched(id, {
			owner: n < 5 ? "meta" : `owner-${n}`,
			features: { messaging: [`a.${id}.test`, `b.${id}.test`], media: [`c.${id}.test`, `d.${id}.test`] },
		});
	});
}
