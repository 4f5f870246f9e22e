import type {
	CertificateFinding,
	ControlFinding,
	DetourFinding,
	Finding,
	GatewayFinding,
	HostFinding,
	LinkFinding,
	RouteFinding,
	WordFinding,
} from "./diagnosis-findings.ts";
import type { Time } from "./model.ts";

/** All findings, sorted by what they are about. */
export interface Look {
	readonly link: LinkFinding | undefined;
	readonly gateway: GatewayFinding | undefined;
	readonly routes: readonly RouteFinding[];
	/** Those that say something about the line. */
	readonly controls: readonly ControlFinding[];
	/** The same vendors over IPv6 alone. */
	readonly overIpv6: readonly ControlFinding[];
	readonly certificates: readonly CertificateFinding[];
	readonly hosts: readonly HostFinding[];
	readonly detours: readonly DetourFinding[];
	readonly words: readonly WordFinding[];
	/** How far the clock is off, where enough vendors agree that it is. */
	readonly clock: { readonly aheadMs: Time; readonly seen: readonly ControlFinding[] } | undefined;
}

/** How far a clock may be off before certificates and logins that are good look bad. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;
const CLOCKS_TO_CONCLUDE = 2;

/** How proxies say that they open no tunnels to bare addresses: their habit, and no trouble of the line. */
const NO_TUNNEL: readonly (number | undefined)[] = [403, 405, 501];

/** The findings in an order of their own, so that it does not matter in which they came. */
export function lookAt(findings: readonly Finding[]): Look {
	const sorted = findings
		.map((finding) => ({ finding, text: JSON.stringify(finding) }))
		.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
		.map(({ finding }) => finding);
	const of = <K extends Finding["kind"]>(kind: K) =>
		sorted.filter((finding): finding is Extract<Finding, { kind: K }> => finding.kind === kind);
	const controls = of("control").filter(({ outcome }) => outcome.kind !== "not_tried");
	const proxied = controls.some((control) => control.proxied);
	return {
		link: of("link")[0],
		gateway: of("gateway")[0],
		routes: of("route"),
		controls: controls.filter((control) => control.layer !== "families" && !isProxysHabit(control, proxied)),
		overIpv6: controls.filter(({ layer, family }) => layer === "families" && family === 6),
		certificates: of("certificate").filter(({ outcome }) => outcome.kind !== "not_tried"),
		hosts: of("host").filter(({ outcome }) => outcome.kind !== "not_tried"),
		detours: of("detour"),
		words: of("word"),
		clock: clockIn(controls),
	};
}

/** Behind a proxy names are the proxy's to look up, and bare addresses seldom let through. */
function isProxysHabit({ layer, outcome }: ControlFinding, proxied: boolean): boolean {
	if (!proxied || (layer !== "names" && layer !== "addresses")) return false;
	if (layer === "names") return true;
	return outcome.kind === "failed" && outcome.fault.phase === "proxy" && NO_TUNNEL.includes(outcome.fault.status);
}

/** The middle of what the vendors' clocks say, one word for each vendor; absent where it is within what is tolerated. */
function clockIn(controls: readonly ControlFinding[]): Look["clock"] {
	const byVendor = new Map(
		controls.flatMap((control) => (control.aheadMs === undefined ? [] : [[control.vendor, control]])),
	);
	const off = [...byVendor.values()].sort((a, b) => (a.aheadMs ?? 0) - (b.aheadMs ?? 0));
	const middle = off[Math.floor((off.length - 1) / 2)]?.aheadMs;
	if (middle === undefined || Math.abs(middle) <= CLOCK_TOLERANCE_MS) return undefined;
	const seen = off.filter(({ aheadMs = 0 }) => Math.abs(aheadMs - middle) <= CLOCK_TOLERANCE_MS);
	return seen.length >= CLOCKS_TO_CONCLUDE && seen.length * 2 > off.length ? { aheadMs: middle, seen } : undefined;
}

export function passed<F extends { readonly outcome: { readonly kind: string } }>(
	findings: readonly F[],
): readonly F[] {
	return findings.filter(({ outcome }) => outcome.kind === "ok");
}

/** How many vendors these are of. */
export function vendorsIn(findings: readonly { readonly vendor: string }[]): number {
	return new Set(findings.map(({ vendor }) => vendor)).size;
}
