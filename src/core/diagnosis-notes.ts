import type { ConclusionKind } from "./diagnosis-conclusion.ts";
import { brokenIpv6 } from "./diagnosis-host.ts";
import { interceptorOf } from "./diagnosis-issuers.ts";
import { hasVpn } from "./diagnosis-local.ts";
import { type Look, passed, vendorsIn } from "./diagnosis-look.ts";
import type { Time } from "./model.ts";

/** Something unusual on this side. */
export type Note =
	| { readonly kind: "vpn" | "proxy" | "ipv6_broken" | "ipv6_only" }
	/** Ahead of the world's by so much; negative where it is behind. */
	| { readonly kind: "clock_wrong"; readonly aheadMs: Time }
	/** Secure connections are opened on the way by somebody whom this computer trusts. */
	| { readonly kind: "interception"; readonly by?: string }
	/** One vendor's page is replaced by another; on its own that is no login page of the network. */
	| { readonly kind: "one_portal"; readonly vendor: string };

/** What to mention beside a conclusion; what the conclusion itself says is not repeated. */
export function notesOn(look: Look, conclusion: ConclusionKind): Note[] {
	const { link, clock, controls, certificates, routes } = look;
	const portals = controls.filter(({ outcome }) => outcome.kind === "portal");
	const knows = (family: 4 | 6) => routes.some((route) => route.family === family && route.known);
	const issuers = passed(certificates).flatMap(({ publicRoot, issuer }) => (publicRoot === false ? [issuer] : []));
	const notes: Note[] = [];
	if (hasVpn(link?.links) && conclusion !== "vpn") notes.push({ kind: "vpn" });
	if (controls.some(({ proxied }) => proxied) && conclusion !== "proxy_dead" && conclusion !== "proxy_login")
		notes.push({ kind: "proxy" });
	if (clock && conclusion !== "clock_wrong") notes.push({ kind: "clock_wrong", aheadMs: clock.aheadMs });
	if (issuers.length > 0) notes.push({ kind: "interception", ...named(issuers) });
	if (brokenIpv6(look) && conclusion !== "ipv6_broken") notes.push({ kind: "ipv6_broken" });
	if (routes.length === 2 && knows(6) && !knows(4) && passed(controls).length > 0) notes.push({ kind: "ipv6_only" });
	if (vendorsIn(portals) === 1) notes.push({ kind: "one_portal", vendor: portals[0]?.vendor ?? "" });
	return notes;
}

function named(issuers: readonly (string | undefined)[]): { readonly by?: string } {
	const issuer = issuers.find((each) => each !== undefined);
	if (issuer === undefined) return {};
	return { by: interceptorOf(issuer)?.name ?? issuer };
}
