import { type Conclusion, concluded } from "./diagnosis-conclusion.ts";
import type { DetourFinding, Fault, HostFinding } from "./diagnosis-findings.ts";
import { interceptorOf } from "./diagnosis-issuers.ts";
import { failedWith, interceptionBy, isTlsFault } from "./diagnosis-local.ts";
import { type Look, passed, vendorsIn } from "./diagnosis-look.ts";

/**
 * What a failing host comes to on its own:
 * - a conclusion, where it shows one by itself
 * - `well`, where a second way to the same address found it well
 * - `network` (it is not reached), `unfound` (its name is not found, and no other resolver could be asked) or `answer` (it answers with
 *   errors), where it depends on others what that means
 */
type Reading = Conclusion | "well" | "network" | "unfound" | "answer";

/** Reads one failing host; the connection as a whole is known to be well. */
export function readHost(host: HostFinding, look: Look): Reading {
	if (host.outcome.kind !== "failed") return "well";
	const { fault } = host.outcome;
	const detour = look.detours.find((each) => each.host === host.host && each.service === host.service);
	if (fault.phase === "proxy") return concluded(fault.status === 407 ? "proxy_login" : "proxy_refuses", "high", [host]);
	if (fault.kind.startsWith("dns_") || fault.phase === "dns") return readName(host, detour);
	if (answered(fault)) return "answer";
	if (detour?.same === true && detour.outcome.kind === "ok") return "well";
	return readDetour(host, detour, fault) ?? readCertificate(host, look, fault) ?? readFamily(host, look) ?? "network";
}

/** It was reached, whatever came of it: another way there would tell nothing. */
export function answered({ kind }: Fault): boolean {
	return kind === "http" || kind === "unreadable";
}

/** The usual resolver does not find it: does another? */
function readName(host: HostFinding, detour: DetourFinding | undefined): Reading {
	if (detour?.lookup === "found") {
		return concluded("dns_filter", detour.outcome.kind === "ok" ? "high" : "fair", [host, detour]);
	}
	return detour?.lookup === "none" ? concluded("service_network", "high", [host, detour]) : "unfound";
}

/** Whether the name leads somewhere else than it should, or only this way to it is broken. */
function readDetour(host: HostFinding, detour: DetourFinding | undefined, fault: Fault): Conclusion | undefined {
	if (detour?.lookup !== "found" || detour.same) return undefined;
	const lied = host.answer === "private" && detour.answer === "public";
	const works = detour.outcome.kind === "ok";
	if (lied || (works && isTlsFault(fault))) return concluded("dns_lying", works ? "high" : "fair", [host, detour]);
	return works ? concluded("isp_route", "fair", [host, detour]) : undefined;
}

function readCertificate(host: HostFinding, look: Look, fault: Fault): Conclusion | undefined {
	if (!isTlsFault(fault)) return undefined;
	const signedAnew = look.certificates.filter(
		({ issuer, publicRoot }) => publicRoot === false && issuer !== undefined && issuer === host.issuer,
	);
	if (signedAnew.length > 0 || interceptorOf(host.issuer ?? "")) return interceptionBy([host, ...signedAnew]);
	if (fault.kind !== "tls_untrusted") return undefined;
	return look.clock
		? concluded("clock_wrong", "fair", [host, ...look.clock.seen])
		: concluded("service_network", "fair", [host]);
}

function readFamily(host: HostFinding, look: Look): Conclusion | undefined {
	const seen = host.family === 6 ? brokenIpv6(look) : undefined;
	return seen && concluded("ipv6_broken", "high", [host, ...seen]);
}

/** The controls that fail over IPv6 while the line as a whole is well; absent where IPv6 is well, or this network has none. */
export function brokenIpv6({ overIpv6, routes, controls }: Look): Look["overIpv6"] | undefined {
	const routed = routes.some(({ family, known }) => family === 6 && known);
	if (!routed || vendorsIn(overIpv6) < 2 || passed(overIpv6).length > 0 || passed(controls).length === 0)
		return undefined;
	return overIpv6.every((control) => failedWith(control, () => true)) ? overIpv6 : undefined;
}
