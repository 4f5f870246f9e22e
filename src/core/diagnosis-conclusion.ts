import type { Finding } from "./diagnosis-findings.ts";
import type { Level } from "./level.ts";
import type { Cause, ServiceId } from "./model.ts";

/** What a diagnosis can come to, in the order in which it is decided: what comes first is asked first, and wins. */
export const CONCLUSIONS = [
	/** The computer has just woken, or its network has just changed: nothing that was seen counts. */
	"hold",
	"offline",
	"captive_portal",
	"proxy_login",
	"proxy_dead",
	/** No name is found, while addresses answer. */
	"dns_dead",
	/** Names lead elsewhere than they should. */
	"dns_lying",
	/** Nothing answers, and everything goes through a VPN. */
	"vpn",
	/** Nothing answers, the router neither. */
	"lan",
	/** Nothing answers, but the router does. */
	"isp",
	/** Nothing answers, and nobody knows about the router. */
	"no_internet",
	/** Half of everything or more fails, without any pattern. */
	"patchy",
	"clock_wrong",
	/** Something on the way opens secure connections, and is not trusted. */
	"interception",
	/** The proxy lets other things through. */
	"proxy_refuses",
	/** The usual resolver does not know the name, another one does. */
	"dns_filter",
	"ipv6_broken",
	"upstream",
	/** There is a way to it, but the usual one does not lead there. */
	"isp_route",
	/** The service cannot be reached by anybody: its names, its addresses, its certificates. */
	"service_network",
	/** It is reached, and answers with errors. */
	"service_fails",
	/** It is not reached, and nothing tells why. */
	"unclear",
	/** It works from here as far as can be seen; others say that it does not. */
	"unseen",
	"planned",
	/** It is up, and turns this computer away. */
	"blocked_me",
	/** Nothing of it can be seen from here. */
	"cannot_see",
	"fine",
] as const;
export type ConclusionKind = (typeof CONCLUSIONS)[number];

/** How sure, in the words of `certainty`. */
export type Sureness = "high" | "fair" | "low";

/** What the findings come to, and why. */
export interface Conclusion {
	readonly kind: ConclusionKind;
	readonly cause: Cause;
	/** The owner or provider at fault by its id; of an interception, the product or issuer by its name. */
	readonly culprit?: string;
	readonly sureness: Sureness;
	/** The findings that it rests on. */
	readonly seen: readonly Finding[];
}

export interface ServiceConclusion extends Conclusion {
	readonly service: ServiceId;
	/** How bad others say it is; only with `unseen` and `planned`. */
	readonly level?: Level;
}

/** Whose fault each conclusion is, unless its rule knows better. */
const CAUSE_OF: Readonly<Record<ConclusionKind, Cause>> = {
	hold: "unknown",
	offline: "device",
	captive_portal: "captive_portal",
	proxy_login: "proxy",
	proxy_dead: "proxy",
	dns_dead: "dns",
	dns_lying: "dns",
	vpn: "network",
	lan: "network",
	isp: "isp",
	no_internet: "network",
	patchy: "network",
	clock_wrong: "device",
	interception: "network",
	proxy_refuses: "proxy",
	dns_filter: "dns",
	ipv6_broken: "network",
	upstream: "upstream",
	isp_route: "isp",
	service_network: "service",
	service_fails: "service",
	unclear: "unknown",
	unseen: "service",
	planned: "service",
	blocked_me: "unknown",
	cannot_see: "unknown",
	fine: "unknown",
};

export function concluded(
	kind: ConclusionKind,
	sureness: Sureness,
	seen: readonly Finding[],
	more: Partial<Pick<Conclusion, "cause" | "culprit">> = {},
): Conclusion {
	return { kind, cause: CAUSE_OF[kind], sureness, seen, ...more };
}

/** Whether the service or what carries it is to blame, and not this side. */
export function blamesService({ cause }: Pick<Conclusion, "cause">): boolean {
	return cause === "service" || cause === "upstream";
}

/** The one decided first. */
export function foremost<C extends Conclusion>(conclusions: readonly C[]): C | undefined {
	return [...conclusions].sort((a, b) => CONCLUSIONS.indexOf(a.kind) - CONCLUSIONS.indexOf(b.kind))[0];
}
