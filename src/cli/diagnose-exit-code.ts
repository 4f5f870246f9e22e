import type { Diagnosis } from "../core/diagnosis.ts";
import type { ConclusionKind } from "../core/diagnosis-conclusion.ts";
import { EXIT } from "./exit-code.ts";

/** What each conclusion is worth to a monitoring system, in the terms of `check`. */
const CODE_OF: Readonly<Record<Exclude<ConclusionKind, "unseen">, number>> = {
	fine: EXIT.operational,
	planned: EXIT.degraded,
	clock_wrong: EXIT.degraded,
	ipv6_broken: EXIT.degraded,
	upstream: EXIT.outage,
	service_network: EXIT.outage,
	service_fails: EXIT.outage,
	hold: EXIT.unknown,
	offline: EXIT.unknown,
	captive_portal: EXIT.unknown,
	proxy_login: EXIT.unknown,
	proxy_dead: EXIT.unknown,
	dns_dead: EXIT.unknown,
	dns_lying: EXIT.unknown,
	vpn: EXIT.unknown,
	lan: EXIT.unknown,
	isp: EXIT.unknown,
	no_internet: EXIT.unknown,
	patchy: EXIT.unknown,
	interception: EXIT.unknown,
	proxy_refuses: EXIT.unknown,
	dns_filter: EXIT.unknown,
	isp_route: EXIT.unknown,
	unclear: EXIT.unknown,
	blocked_me: EXIT.unknown,
	cannot_see: EXIT.unknown,
};

/**
 * 2 where a service or what carries it is at fault, 1 where something is unreliable, under planned work or odd on this side, 3 where
 * this side keeps it from being told, or nothing can be told, else 0.
 */
export function diagnosisExitCode({ kind, level }: Diagnosis): number {
	if (kind !== "unseen") return CODE_OF[kind];
	return level === "degraded" ? EXIT.degraded : EXIT.outage;
}
