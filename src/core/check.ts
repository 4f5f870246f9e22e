import type { CheckId, FeatureName, ServiceId } from "./model.ts";

interface CheckBase {
	readonly id: CheckId;
	/** The host that is asked, lower case, without port: politeness and the count of witnesses go by it. */
	readonly host: string;
}

/** An active network test of one feature of one service. */
export interface ProbeCheck extends CheckBase {
	readonly kind: "probe";
	readonly service: ServiceId;
	readonly feature: FeatureName;
	/** The provider this host sits behind, where the catalogue knows one. */
	readonly upstream?: ServiceId;
	readonly probe: ProbeSpec;
}

export type ProbeSpec = HttpProbeSpec | TcpProbeSpec | TlsProbeSpec;

export interface HttpProbeSpec {
	readonly type: "http";
	readonly url: string;
	/** Ask for the first byte only (`Range: bytes=0-0`), for media hosts. */
	readonly firstByteOnly?: boolean;
	/** Recorded healthy values. Without them any answer below 500 over a verified connection means reachable. */
	readonly healthy?: HealthyHttp;
	/** Name of a private root in the catalogue's `roots` folder, for hosts that no public root vouches for. */
	readonly root?: string;
}

export interface HealthyHttp {
	/** Statuses that are healthy, even where others would count as failures (Signal's calls host answers 503 when well). */
	readonly status?: readonly number[];
	/** Text that a healthy body contains, compared exactly. */
	readonly contains?: string;
}

export interface TcpProbeSpec {
	readonly type: "tcp";
	readonly host: string;
	readonly port: number;
}

export interface TlsProbeSpec {
	readonly type: "tls";
	readonly host: string;
	readonly port: number;
	readonly root?: string;
}

/** An official status page or feed. It may speak of several features, and of its service as a whole. */
export interface SourceCheck extends CheckBase {
	readonly kind: "source";
	readonly service: ServiceId;
	readonly source: SourceSpec;
}

export const SOURCE_FORMATS = ["statuspage", "incidentio", "instatus", "feed"] as const;
export type SourceFormat = (typeof SOURCE_FORMATS)[number];

export interface SourceSpec {
	/** What the catalogue expects; what a page really is, each answer tells anew. */
	readonly format: SourceFormat;
	readonly url: string;
	/** From a component's id, `Group / Name` or name, as the page writes them, to the feature it speaks of. */
	readonly components: Readonly<Record<string, FeatureName>>;
	/** False for a page about a neighbouring product (a business API): a hint, no word on the service as a whole. */
	readonly speaksForWhole: boolean;
}

/** A probe of the local network: an address that must answer whatever the services do. */
export interface ControlCheck extends CheckBase {
	readonly kind: "control";
	readonly vendor: string;
	readonly control: ControlSpec;
}

export type ControlKind = ControlSpec["type"];

export type ControlSpec =
	/** A captive-portal endpoint over plain HTTP; redirects are not followed. Without `body` the body must be empty. */
	| { readonly type: "http"; readonly url: string; readonly status: number; readonly body?: string }
	/** A name whose addresses are published, asked of the system's resolver. */
	| { readonly type: "dns"; readonly name: string; readonly addresses: readonly string[] }
	/** A literal address that accepts TCP connections: no name needed. */
	| { readonly type: "ip"; readonly address: string; readonly port: number }
	/** DNS over HTTPS (RFC 8484 wire format) at known addresses, verified for `host`: no local resolver needed. */
	| { readonly type: "doh"; readonly url: string; readonly addresses: readonly string[]; readonly name: string };

export type Check = ProbeCheck | SourceCheck | ControlCheck;
