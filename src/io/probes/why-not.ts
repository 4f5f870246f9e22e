import { isIP } from "node:net";
import { hostOf } from "../../catalogue/target.ts";
import type { ProbeSpec } from "../../core/check.ts";
import type { Network } from "../network/network.ts";
import type { Way } from "../network/proxy.ts";
import { hasRoute } from "../network/route.ts";
import type { ProbeResult } from "./probe.ts";

/** Why a probe cannot be run as meant behind this network's proxy; absent where it can. */
export async function whyNot(spec: ProbeSpec, network: Network): Promise<string | undefined> {
	const byKind = UNFIT[spec.type];
	// of a name, the family says which addresses are wanted, not how to get there
	const { family } = spec.type === "dns" ? {} : spec;
	if (!byKind && family === undefined) return undefined;
	const way = await firstWay(spec, network);
	if (!way || way.kind === "direct") return undefined;
	const why = byKind?.(spec, way);
	return why ?? (family === undefined ? undefined : `the proxy does not let us choose IPv${family}`);
}

/** What proxies do not carry, by kind of probe. */
const UNFIT: Readonly<Partial<Record<ProbeSpec["type"], (spec: ProbeSpec, way: Way) => string | undefined>>> = {
	stun: () => "UDP cannot go through the proxy",
	mtproto: (_spec, { kind }) => (kind === "socks5" ? undefined : "Telegram's own protocol cannot go through the proxy"),
	dns: (spec) => (spec.type === "dns" && spec.over ? undefined : "behind the proxy names are looked up by the proxy"),
};

/** A way that cannot be found out is the probe's own failure, soon enough. */
async function firstWay(spec: ProbeSpec, network: Network): Promise<Way | undefined> {
	const exchange = network.begin();
	try {
		const [way] = await network.ways.to({ host: hostOf(spec), port: "port" in spec ? spec.port : 443 }, exchange);
		return way;
	} catch {
		return undefined;
	} finally {
		network.end(exchange);
	}
}

/** Why a failure says nothing about the host: the proxy bars it, or this computer has no way there over the family that was asked for. */
export async function whyInVain({ family }: ProbeSpec, result: ProbeResult): Promise<string | undefined> {
	const { outcome, address, barred } = result;
	if (outcome.kind !== "failed" || barred !== undefined) return barred;
	if (family === undefined) return undefined;
	const { kind } = outcome.failure;
	if (kind !== "unreachable" && kind !== "dns_nxdomain") return undefined;
	const towards = address !== undefined && isIP(address) === family ? address : undefined;
	return (await hasRoute(family, towards)) ? undefined : `this computer has no way to the Internet over IPv${family}`;
}
