import type { Subject } from "./provider.ts";

/**
 * Numbers of the networks (autonomous systems) that the hosts of an owner, or of a service, answer from: as the regional registries of
 * addresses list them. Who rents its servers has none.
 */
const NETWORKS: Readonly<Record<string, number>> = {
	akamai: 20940,
	aws: 16509,
	cloudflare: 13335,
	fastly: 54113,
	google: 15169,
	meta: 32934,
	telegram: 62041,
	verizon: 701,
	x: 13414,
	zoom: 30103,
};

/** The network to ask about for a service; `undefined` where none is its own. */
export function networkOf({ id, owner }: Subject): number | undefined {
	const key = [id, owner].find((each) => Object.hasOwn(NETWORKS, each));
	return key === undefined ? undefined : NETWORKS[key];
}
