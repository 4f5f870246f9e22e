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

export type ProbeSpec =
	| HttpProbeSpec
	| TwoStepProbeSpec
	| TcpProbeSpec
	| TlsProbeSpec
	| DnsProbeSpec
	| WebSocketProbeSpec
	| StunProbeSpec
	| MtprotoProbeSpec;

/** A version of the Internet Protocol. */
export type Family = 4 | 6;

interface ProbeSpecBase {
	/** Over this family only; absent: as the system prefers, with the other to fall back on. */
	readonly family?: Family;
}

export interface HttpProbeSpec extends ProbeSpecBase {
	readonly type: "http";
	readonly url: string;
	/** Ask for so many bytes only (`Range: bytes=0-…`) and hang up after them, for media hosts. */
	readonly firstBytes?: number;
	/** Recorded healthy values. Without them any answer below 500 over a verified connection means reachable. */
	readonly healthy?: HealthyHttp;
	/** Name of a private root in the catalogue's `roots` folder, for hosts that no public root vouches for. */
	readonly root?: string;
}

export interface HealthyHttp {
	/** Statuses that are healthy, even where others would count as failures (Signal's calls host answers 503 when well). */
	readonly status?: readonly number[];
	/** Headers of a healthy answer, names in lower case; with `value`, the header's own contains it in whatever case. */
	readonly headers?: readonly { readonly name: string; readonly value?: string }[];
	/** Text that a healthy body contains, compared exactly. */
	readonly contains?: string;
	/** Values of a healthy JSON body, by JSON pointer (RFC 6901). In an expected text `*` stands for anything. */
	readonly json?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Asks an API for the address of a picture or the like, and then for the first bytes of that. */
export interface TwoStepProbeSpec extends ProbeSpecBase {
	readonly type: "two_step";
	readonly url: string;
	/** Where in the first answer's JSON the address stands (RFC 6901). */
	readonly pointer: string;
	/** Names that the address may lead to; each also stands for all names under it. */
	readonly hosts: readonly string[];
}

export interface TcpProbeSpec extends ProbeSpecBase {
	readonly type: "tcp";
	readonly host: string;
	readonly port: number;
}

export interface TlsProbeSpec extends ProbeSpecBase {
	readonly type: "tls";
	readonly host: string;
	readonly port: number;
	readonly root?: string;
	/** The protocol that both sides must agree on (ALPN), such as `mqtt`. */
	readonly alpn?: string;
}

/** Whether a name leads to an address; with `family`, to one of that family. */
export interface DnsProbeSpec extends ProbeSpecBase {
	readonly type: "dns";
	readonly name: string;
	/** A DNS-over-HTTPS server to ask (RFC 8484) instead of the system's resolver; its addresses, where no resolver is to be needed. */
	readonly over?: { readonly url: string; readonly addresses?: readonly string[] };
	/** True where the name may lead into a local network; otherwise such an answer is a lie. */
	readonly mayBePrivate?: boolean;
}

export interface WebSocketProbeSpec extends ProbeSpecBase {
	readonly type: "websocket";
	/** `wss:` or `ws:` */
	readonly url: string;
	/** The page that a browser would come from, where the server wants to hear one. */
	readonly origin?: string;
	/** The protocol to ask for (`Sec-WebSocket-Protocol`). */
	readonly protocol?: string;
	readonly healthy?: HealthyWebSocket;
	readonly root?: string;
}

export interface HealthyWebSocket {
	/** Statuses that are healthy; without them, 101 and whatever is reachable. */
	readonly status?: readonly number[];
	/** Text in the first message, of a server that greets whoever connects. */
	readonly greeting?: string;
	/** The code with which the server closes of its own accord (RFC 6455, section 7.4; 1006 where it just hangs up). */
	readonly closeCode?: number;
}

/** A STUN binding over UDP (RFC 8489): how calls find their way. */
export interface StunProbeSpec extends ProbeSpecBase {
	readonly type: "stun";
	readonly host: string;
	readonly port: number;
}

/** The first, open step of Telegram's handshake: `req_pq_multi`, answered by `resPQ`. */
export interface MtprotoProbeSpec extends ProbeSpecBase {
	readonly type: "mtproto";
	readonly host: string;
	readonly port: number;
}

/** An official status page or feed. It may speak of several features, and of its service as a whole. */
export interface SourceCheck extends CheckBase {
	readonly kind: "source";
	readonly service: ServiceId;
	readonly source: SourceSpec;
}

/** How official pages are written; `docs/sources.md` says of each what is read and how it was confirmed. */
export const SOURCE_FORMATS = [
	"statuspage",
	"incidentio",
	"instatus",
	"betterstack",
	"statusio",
	"cachet",
	"cstate",
	"checkly",
	"statuspal",
	"sorry",
	"statushub",
	"pagerduty",
	"uptimekuma",
	"upptime",
	"uptimecom",
	"uptimerobot",
	"slack",
	"google",
	"apple",
	"aws",
	"microsoft",
	"meta",
	"salesforce",
	"heroku",
	"signal",
	"azure",
	"statuscast",
	"feed",
] as const;
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

/** Those who tell what other people report; `docs/reports.md` says of each what is asked. */
export const REPORTS_PROVIDERS = ["downdetector", "statusgator", "isdown", "radar", "ioda"] as const;
export type ReportsProvider = (typeof REPORTS_PROVIDERS)[number];

/** What other people report of a service, as somebody else gathers it. */
export interface ReportsCheck extends CheckBase {
	readonly kind: "reports";
	readonly service: ServiceId;
	readonly provider: ReportsProvider;
}

export type Check = ProbeCheck | SourceCheck | ReportsCheck | ControlCheck;
