import { isIP } from "node:net";
import { hostIn } from "../../catalogue/target.ts";
import type { ControlCheck, ProbeCheck, ProbeSpec } from "../../core/check.ts";
import type { DetourFinding, HostFinding, Outcome } from "../../core/diagnosis-findings.ts";
import { dial } from "../network/dial.ts";
import { askDoh } from "../network/doh.ts";
import { converse } from "../network/exchange.ts";
import { isPrivateAddress } from "../network/private-address.ts";
import type { ProbeResult } from "../probes/probe.ts";
import { runProbe } from "../probes/run-probe.ts";
import { lookAtCertificate } from "./certificate.ts";
import type { Means } from "./controls.ts";
import { faultOf, outcomeOf } from "./fault.ts";

/** A probe that has been run, with what must not get into a finding: the address. */
export interface Tried {
	readonly check: ProbeCheck;
	readonly finding: HostFinding;
	readonly address?: string | undefined;
}

export type Role = Pick<HostFinding, "role" | "owner">;

/** Asks one host, as the catalogue says. Never throws. */
export async function tryHost(check: ProbeCheck, role: Role, attempt: number, means: Means): Promise<Tried> {
	const { network, signal } = means;
	const result = await runProbe(check.probe, network, { signal, attempt });
	return { check, finding: findingOf(check, role, attempt, result), address: result.address };
}

function findingOf(check: ProbeCheck, role: Role, attempt: number, result: ProbeResult): HostFinding {
	const { service, feature, host, upstream, probe } = check;
	const { outcome, phases, address, proxied, family = probe.family, edge } = result;
	const named = address !== undefined && !proxied && isIP(host) === 0;
	return {
		...{ kind: "host", ...role, service, feature, host, tries: attempt + 1, phases, outcome: outcomeOf(outcome) },
		...(family && { family }),
		...(proxied && { proxied: true }),
		...(named && { answer: isPrivateAddress(address) ? "private" : "public" }),
		...(upstream && { upstream }),
		...(edge && { edge }),
	};
}

/** A failing host once more, over a fresh connection; who issued its certificate, where that is what it fails by. */
export async function tryAgain({ check, finding }: Tried, means: Means): Promise<Tried> {
	const again = await tryHost(check, finding, 1, means);
	const { outcome } = again.finding;
	const target = endOf(check.probe);
	if (outcome.kind !== "failed" || outcome.fault.kind !== "tls_untrusted" || !target.secure) return again;
	const { issuer } = await lookAtCertificate(target, means);
	return { ...again, finding: { ...again.finding, ...(issuer !== undefined && { issuer }) } };
}

/** The same host by the addresses that a resolver over HTTPS knows. Absent for hosts without a name. */
export async function tryDetour(
	{ check, address, finding }: Tried,
	resolver: ControlCheck | undefined,
	means: Means,
): Promise<DetourFinding | undefined> {
	const target = endOf(check.probe);
	if (resolver?.control.type !== "doh" || isIP(target.host) !== 0 || finding.proxied) return undefined;
	const base = { kind: "detour", service: check.service, host: check.host } as const;
	const { url, addresses } = resolver.control;
	const found = await converse(means.network, means.signal, (exchange) =>
		askDoh(means.network, { url, addresses, name: target.host, family: check.probe.family ?? 4, attempt: 0 }, exchange),
	);
	const { phases } = found.seen;
	const untried = { outcome: { kind: "not_tried" } as const, phases };
	if ("failure" in found) {
		return {
			...base,
			...untried,
			lookup: found.failure.kind === "dns_nxdomain" || found.failure.kind === "dns_servfail" ? "none" : "failed",
		};
	}
	if (found.value.length === 0) return { ...base, ...untried, lookup: "none" };
	return {
		...base,
		lookup: "found",
		answer: found.value.some(isPrivateAddress) ? "private" : "public",
		...(address !== undefined && { same: found.value.includes(address) }),
		outcome: check.probe.type === "dns" ? { kind: "not_tried" } : await reach(target, found.value, means),
		phases,
	};
}

/** Connects, and where the probe does so too, secures. */
async function reach(target: End, addresses: readonly string[], means: Means): Promise<Outcome> {
	if (target.secure) return (await lookAtCertificate({ ...target, addresses }, means)).outcome;
	const { host, port } = target;
	const result = await converse(means.network, means.signal, (exchange) =>
		dial(means.network, { host, port, addresses }, exchange),
	);
	return "failure" in result ? { kind: "failed", fault: faultOf(result.failure) } : { kind: "ok" };
}

/** Where a probe connects to. */
interface End {
	readonly host: string;
	readonly port: number;
	readonly secure: boolean;
	readonly root?: string | undefined;
}

function endOf(probe: ProbeSpec): End {
	switch (probe.type) {
		case "http":
		case "two_step":
		case "websocket": {
			const secure = /^(?:https|wss):/i.test(probe.url);
			const port = Number(new URL(probe.url).port) || (secure ? 443 : 80);
			return { host: hostIn(probe.url), port, secure, root: "root" in probe ? probe.root : undefined };
		}
		case "dns":
			return { host: probe.name, port: 0, secure: false };
		default:
			return {
				host: probe.host,
				port: probe.port,
				secure: probe.type === "tls",
				root: "root" in probe ? probe.root : undefined,
			};
	}
}
