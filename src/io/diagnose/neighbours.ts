import type { Catalogue } from "../../catalogue/catalogue.ts";
import type { ProbeCheck } from "../../core/check.ts";
import type { HostFinding } from "../../core/diagnosis-findings.ts";
import type { Service, ServiceId } from "../../core/model.ts";
import type { Role } from "./hosts.ts";

/** As many as tell a pattern from chance, and no more: they are strangers to the question. */
const MOST_KIN = 2;
const MOST_CARRIED = 3;

/** A host of somebody else that may tell whose fault it is. */
export interface Neighbour {
	readonly check: ProbeCheck;
	readonly role: Role;
}

/**
 * Whom to ask when hosts of a service fail: one host each of other services of its owner, and of unrelated owners behind each provider
 * that the failing hosts sit behind, the provider itself among them.
 */
export function neighboursOf(service: Service, failing: readonly HostFinding[], catalogue: Catalogue): Neighbour[] {
	const providers = new Set(failing.flatMap(({ edge, upstream }) => edge ?? upstream ?? []));
	const kin = [...catalogue.services.values()].filter(
		({ id, owner }) => id !== service.id && owner.id === service.owner.id,
	);
	return [
		...kin.flatMap((each) => hostsOf(each, "kin", catalogue).slice(0, 1)).slice(0, MOST_KIN),
		...[...providers].flatMap((provider) => carriedBy(provider, service, catalogue)),
	];
}

function carriedBy(provider: ServiceId, { owner }: Service, catalogue: Catalogue): Neighbour[] {
	const found = new Map<string, Neighbour>();
	for (const other of catalogue.services.values()) {
		if (other.owner.id === owner.id || found.has(other.owner.id)) continue;
		const behind = hostsOf(other, "carried", catalogue).find(
			({ check }) => check.upstream === provider || other.id === provider,
		);
		if (behind) found.set(other.owner.id, behind);
	}
	return [...found.values()].slice(0, MOST_CARRIED);
}

function hostsOf({ id, owner }: Service, role: "kin" | "carried", catalogue: Catalogue): Neighbour[] {
	return (catalogue.checks.get(id) ?? []).flatMap((check) =>
		check.kind === "probe" ? [{ check, role: { role, owner: owner.id } }] : [],
	);
}

const MOST_HOSTS = 8;

/** What to ask of a service: the first host of each feature, then the second of each, none twice, and at most eight. */
export function hostsToAsk(service: ServiceId, catalogue: Catalogue): ProbeCheck[] {
	const probes = (catalogue.checks.get(service) ?? []).filter((check): check is ProbeCheck => check.kind === "probe");
	const columns = [...Map.groupBy(probes, ({ feature }) => feature).values()];
	const deepest = Math.max(0, ...columns.map(({ length }) => length));
	const inTurn = Array.from({ length: deepest }, (_, row) => columns.flatMap((column) => column[row] ?? [])).flat();
	const seen = new Set<string>();
	const isNew = ({ host, probe }: ProbeCheck) => {
		const key = `${host} ${probe.family ?? ""}`;
		return !seen.has(key) && seen.add(key);
	};
	return inTurn.filter(isNew).slice(0, MOST_HOSTS);
}
