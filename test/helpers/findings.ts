import type {
	CertificateFinding,
	ControlFinding,
	DetourFinding,
	Fault,
	Finding,
	GatewayFinding,
	HostFinding,
	Link,
	LinkFinding,
	Outcome,
	RouteFinding,
	WordFinding,
} from "../../src/core/diagnosis-findings.ts";
import type { FailureKind, Phase } from "../../src/core/failure.ts";
import type { Level } from "../../src/core/level.ts";

/** `ok`, `portal`, `blocked`, `not_tried`, a kind of failure, or one with its phase or status: `timeout/connect`, `http/503`. */
export type Says =
	| "ok"
	| "portal"
	| "blocked"
	| "not_tried"
	| FailureKind
	| `${FailureKind}/${Phase | number}`
	| `http/${Phase}/${number}`;

export function says(text: Says): Outcome {
	if (text === "ok" || text === "portal" || text === "not_tried") return { kind: text };
	if (text === "blocked") return { kind: "blocked", fault: { kind: "http", status: 403 } };
	const [kind = "", ...more] = text.split("/");
	const status = more.find((each) => /^\d+$/.test(each));
	const phase = more.find((each) => !/^\d+$/.test(each)) ?? PHASE_OF[kind as FailureKind];
	return {
		kind: "failed",
		fault: { kind, ...(phase && { phase }), ...(status && { status: Number(status) }) } as Fault,
	};
}

const PHASE_OF: Partial<Record<FailureKind, Phase>> = {
	timeout: "connect",
	refused: "connect",
	unreachable: "connect",
	dns_nxdomain: "dns",
	dns_servfail: "dns",
	dns_timeout: "dns",
	tls_untrusted: "tls",
	tls_failed: "tls",
};

export function control(
	layer: ControlFinding["layer"],
	vendor: string,
	what: Says,
	more: Partial<ControlFinding> = {},
): ControlFinding {
	return { kind: "control", layer, vendor, outcome: says(what), phases: {}, ...more };
}

export function link(...links: (Link | Link["medium"])[]): LinkFinding {
	return {
		kind: "link",
		links: links.map((each) => (typeof each === "string" ? { medium: each, addresses: ["private"] } : each)),
	};
}

export function gateway(answer: GatewayFinding["answer"]): GatewayFinding {
	return { kind: "gateway", answer, phases: {} };
}

export function routes(...known: (4 | 6)[]): RouteFinding[] {
	return ([4, 6] as const).map((family) => ({ kind: "route", family, known: known.includes(family) }));
}

export function certificate(vendor: string, what: Says, more: Partial<CertificateFinding> = {}): CertificateFinding {
	return { kind: "certificate", vendor, host: `${vendor}.test`, outcome: says(what), phases: {}, ...more };
}

/** A host of `service`, whose owner is of the same name unless told. */
export function host(service: string, name: string, what: Says, more: Partial<HostFinding> = {}): HostFinding {
	return {
		...{ kind: "host", role: "asked", service, owner: service, feature: "web", host: name, tries: 1, phases: {} },
		outcome: says(what),
		...more,
	};
}

export function detour(
	service: string,
	name: string,
	lookup: DetourFinding["lookup"],
	what: Says = "not_tried",
	more: Partial<DetourFinding> = {},
): DetourFinding {
	return { kind: "detour", service, host: name, lookup, outcome: says(what), phases: {}, ...more };
}

export function word(service: string, level: Level, from: WordFinding["from"] = "official"): WordFinding {
	return { kind: "word", service, from, page: service, level };
}

const PAGES = ["google", "mozilla", "apple", "microsoft"] as const;
const LITERALS = ["google", "quad9"] as const;
const RESOLVERS = ["google", "cloudflare"] as const;
const NAMES = ["microsoft", "google"] as const;

/** What the controls say, layer by layer. */
export interface Line {
	readonly portal?: Says;
	readonly addresses?: Says;
	readonly doh?: Says;
	readonly names?: Says;
	readonly tls?: Says;
	readonly issuer?: string;
	readonly publicRoot?: boolean;
	readonly proxied?: boolean;
	readonly aheadMs?: number;
	readonly ipv6?: Says;
	readonly gateway?: GatewayFinding["answer"];
	readonly links?: readonly (Link | Link["medium"])[];
	readonly routes?: readonly (4 | 6)[];
}

/** All findings about a connection; well unless told. */
export function line(how: Line = {}): Finding[] {
	const { portal = "ok", addresses = "ok", doh = "ok", names = "ok", ipv6 = "not_tried", aheadMs = 0 } = how;
	const { tls = doh === "ok" ? "ok" : doh, issuer = "WR2, Google Trust Services", publicRoot = true } = how;
	const proxied = how.proxied ? { proxied: true as const } : {};
	const shown = tls === "ok" || tls.startsWith("tls_");
	return [
		link(...(how.links ?? ["cable"])),
		gateway(how.gateway ?? "answers"),
		...routes(...(how.routes ?? [4])),
		...PAGES.map((vendor) => control("portal", vendor, portal, { ...proxied, ...(portal === "ok" && { aheadMs }) })),
		...LITERALS.map((vendor) => control("addresses", vendor, addresses, proxied)),
		...RESOLVERS.map((vendor) => control("doh", vendor, doh, proxied)),
		...NAMES.map((vendor) => control("names", vendor, names)),
		...PAGES.map((vendor) => control("families", vendor, ipv6, { family: 6 })),
		...RESOLVERS.map((vendor) => certificate(vendor, tls, { ...proxied, ...(shown && { issuer, publicRoot }) })),
	];
}
