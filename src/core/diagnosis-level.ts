import type { Diagnosis } from "./diagnosis.ts";
import type { ConclusionKind } from "./diagnosis-conclusion.ts";
import type { Level } from "./level.ts";

/** How bad the outside is by each conclusion; `unknown` where this side keeps it from being told. */
const LEVEL_OF: Readonly<Record<Exclude<ConclusionKind, "unseen">, Level>> = {
	fine: "operational",
	planned: "maintenance",
	clock_wrong: "degraded",
	ipv6_broken: "degraded",
	upstream: "major_outage",
	service_network: "major_outage",
	service_fails: "major_outage",
	hold: "unknown",
	offline: "unknown",
	captive_portal: "unknown",
	proxy_login: "unknown",
	proxy_dead: "unknown",
	dns_dead: "unknown",
	dns_lying: "unknown",
	vpn: "unknown",
	lan: "unknown",
	isp: "unknown",
	no_internet: "unknown",
	patchy: "unknown",
	interception: "unknown",
	proxy_refuses: "unknown",
	dns_filter: "unknown",
	isp_route: "unknown",
	unclear: "unknown",
	blocked_me: "unknown",
	cannot_see: "unknown",
};

/** What a diagnosis looks like: the level of trouble out there, as far as it is known. */
export function levelOf({ kind, level = "major_outage" }: Pick<Diagnosis, "kind" | "level">): Level {
	return kind === "unseen" ? level : LEVEL_OF[kind];
}
