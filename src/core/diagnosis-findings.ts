import type { Family } from "./check.ts";
import type { Phases } from "./evidence.ts";
import type { Failure } from "./failure.ts";
import type { Level } from "./level.ts";
import type { FeatureName, ServiceId, Time } from "./model.ts";

/**
 * What one test of a diagnosis saw. A finding holds no address, no name of this computer, of its user or of its Wi-Fi, and no word of
 * an error message, which may quote them: what is not in it cannot leak from a report.
 */
export type Finding =
	| LinkFinding
	| GatewayFinding
	| RouteFinding
	| ControlFinding
	| CertificateFinding
	| HostFinding
	| DetourFinding
	| WordFinding;

/** A failure without its detail. */
export type Fault = Pick<Failure, "kind" | "phase" | "status">;

export type Outcome =
	| { readonly kind: "ok" }
	| { readonly kind: "failed"; readonly fault: Fault }
	/** It answered and refused us: it is up, and says nothing more. */
	| { readonly kind: "blocked"; readonly fault: Fault }
	/** Something answered in its place: a login page or a redirect to one. */
	| { readonly kind: "portal" }
	/** It says nothing: there was no way to try it as meant. */
	| { readonly kind: "not_tried" };

/** What this computer is connected by. */
export interface LinkFinding {
	readonly kind: "link";
	readonly links: readonly Link[];
}

export interface Link {
	/** As far as its name tells. */
	readonly medium: "cable" | "wireless" | "mobile" | "vpn" | "virtual" | "other";
	/** The kinds of its addresses, each once: an address itself is nobody's business. */
	readonly addresses: readonly AddressKind[];
}

/** `link_local` addresses are those a computer gives itself when nobody gives it one. */
export type AddressKind = "public" | "private" | "link_local";

/** The router that leads out of this network. */
export interface GatewayFinding {
	readonly kind: "gateway";
	/** `none`: the line leads straight out. `not_tried`: this system does not say where it is. */
	readonly answer: "answers" | "silent" | "none" | "not_tried";
	readonly phases: Phases;
}

/** Whether this computer knows a way to the Internet over that family; nothing was sent. */
export interface RouteFinding {
	readonly kind: "route";
	readonly family: Family;
	readonly known: boolean;
}

/** A control: an address that must answer whatever the services do. */
export interface ControlFinding {
	readonly kind: "control";
	readonly layer: "names" | "doh" | "addresses" | "portal" | "families";
	readonly vendor: string;
	readonly outcome: Outcome;
	readonly phases: Phases;
	readonly family?: Family;
	readonly proxied?: true;
	/** How far this computer's clock is ahead of the vendor's, ms; negative where it is behind. */
	readonly aheadMs?: Time;
}

/** Whose certificate a control shows. */
export interface CertificateFinding {
	readonly kind: "certificate";
	readonly vendor: string;
	readonly host: string;
	readonly outcome: Outcome;
	readonly phases: Phases;
	/** The issuer's names, as it says itself. */
	readonly issuer?: string;
	/** True where one of the public roots that every browser knows vouches for it. */
	readonly publicRoot?: boolean;
	readonly proxied?: true;
}

/** A host of a service. */
export interface HostFinding {
	readonly kind: "host";
	/** `asked`: of a service somebody asked about. `kin`: of another service of the same owner. `carried`: of one behind the same provider. */
	readonly role: "asked" | "kin" | "carried";
	readonly service: ServiceId;
	readonly owner: string;
	readonly feature: FeatureName;
	readonly host: string;
	/** Of the last try. */
	readonly outcome: Outcome;
	readonly tries: number;
	readonly phases: Phases;
	readonly family?: Family;
	readonly proxied?: true;
	/** What kind of address its name led to; absent where no name was looked up. */
	readonly answer?: "public" | "private";
	readonly upstream?: ServiceId;
	/** The provider whose edge signature the answer carried. */
	readonly edge?: ServiceId;
	readonly issuer?: string;
}

/** Another way to a host that failed: by the addresses that a resolver over HTTPS knows. */
export interface DetourFinding {
	readonly kind: "detour";
	readonly service: ServiceId;
	readonly host: string;
	/** What that resolver said: an address, that there is none, or nothing at all. */
	readonly lookup: "found" | "none" | "failed";
	readonly answer?: "public" | "private";
	/** True where the usual address is among the others. */
	readonly same?: boolean;
	/** What came of going there. */
	readonly outcome: Outcome;
	readonly phases: Phases;
}

/** What somebody else says of a service, or of a provider. */
export interface WordFinding {
	readonly kind: "word";
	readonly service: ServiceId;
	readonly from: "official" | "others";
	/** Who says so. */
	readonly page: string;
	readonly level: Level;
	readonly title?: string;
}
