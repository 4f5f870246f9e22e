import { type Conclusion, concluded } from "./diagnosis-conclusion.ts";
import type {
	CertificateFinding,
	ControlFinding,
	Fault,
	Finding,
	HostFinding,
	Link,
	Outcome,
} from "./diagnosis-findings.ts";
import { interceptorOf } from "./diagnosis-issuers.ts";
import { type Look, passed, vendorsIn } from "./diagnosis-look.ts";

/** One vendor may be down, or blocked where the user lives. */
const VENDORS_TO_SEE_A_PATTERN = 2;
const VENDORS_TO_BE_SURE = 3;

/** Trouble on this side that explains whatever else fails; absent where services can be judged. */
export function localTroubleIn(look: Look): Conclusion | undefined {
	return (
		offline(look) ??
		portal(look) ??
		proxy(look) ??
		names(look) ??
		nothingAnswers(look) ??
		patchy(look) ??
		certificates(look)
	);
}

function offline({ link, routes, controls }: Look): Conclusion | undefined {
	if (passed(controls).length > 0) return undefined;
	const unlinked = link !== undefined && !link.links.some(leadsOut);
	const lost = routes.length > 0 && !routes.some(({ known }) => known);
	return unlinked || lost ? concluded("offline", "high", [...(link ? [link] : []), ...routes]) : undefined;
}

/** Adapters of virtual machines are always there; an address that the computer gave itself leads nowhere. */
export function leadsOut({ medium, addresses }: Link): boolean {
	return medium !== "virtual" && addresses.some((kind) => kind !== "link_local");
}

function portal({ controls }: Look): Conclusion | undefined {
	const seen = controls.filter(({ outcome }) => outcome.kind === "portal");
	return vendorsIn(seen) >= VENDORS_TO_SEE_A_PATTERN ? concluded("captive_portal", "high", seen) : undefined;
}

function proxy({ controls }: Look): Conclusion | undefined {
	const seen = controls.filter((control) => control.proxied);
	if (seen.length === 0 || !seen.every((control) => failedWith(control, isProxysFault))) return undefined;
	const wanted = seen.some((control) => failedWith(control, ({ status }) => status === 407));
	return concluded(wanted ? "proxy_login" : "proxy_dead", "high", seen);
}

/** Its own word, or the errors with which it stands in for whoever it does not reach. */
function isProxysFault({ phase, status = 0 }: Fault): boolean {
	return phase === "proxy" || status >= 500;
}

/** Everything that needs a name fails, while what needs none is well. */
function names({ controls }: Look): Conclusion | undefined {
	const named = controls.filter(({ layer }) => layer === "names" || layer === "portal");
	const nameless = passed(controls).filter(({ layer }) => layer === "addresses" || layer === "doh");
	if (vendorsIn(named) < VENDORS_TO_SEE_A_PATTERN || passed(named).length > 0 || nameless.length === 0)
		return undefined;
	const seen = [...named, ...nameless];
	if (named.some(isFalseAnswer)) return concluded("dns_lying", "high", seen);
	const unfound = ({ layer, outcome }: ControlFinding) =>
		layer === "names" || (outcome.kind === "failed" && outcome.fault.kind.startsWith("dns_"));
	return named.every(unfound) ? concluded("dns_dead", "high", seen) : undefined;
}

/** A name whose addresses are published led to others. */
function isFalseAnswer(control: ControlFinding): boolean {
	return control.layer === "names" && failedWith(control, ({ kind }) => kind === "unreadable");
}

function nothingAnswers({ link, gateway, controls }: Look): Conclusion | undefined {
	if (controls.length === 0) return concluded("unclear", "low", []);
	if (passed(controls).length > 0) return undefined;
	const seen: readonly Finding[] = [...(link ? [link] : []), ...(gateway ? [gateway] : []), ...controls];
	const sure = vendorsIn(controls) >= VENDORS_TO_BE_SURE ? "high" : "low";
	if (hasVpn(link?.links)) return concluded("vpn", sure === "high" ? "fair" : "low", seen);
	if (gateway?.answer === "answers") return concluded("isp", sure, seen);
	if (gateway?.answer === "silent") return concluded("lan", sure, seen);
	return concluded("no_internet", sure === "high" ? "fair" : "low", seen);
}

export function hasVpn(links: readonly Link[] = []): boolean {
	return links.some((link) => link.medium === "vpn" && leadsOut(link));
}

function patchy({ controls }: Look): Conclusion | undefined {
	return passed(controls).length * 2 <= controls.length ? concluded("patchy", "fair", controls) : undefined;
}

/** No control shows a certificate that can be trusted: the clock is wrong, or somebody signs them anew. */
function certificates({ certificates: shown, clock }: Look): Conclusion | undefined {
	const distrusted = shown.filter((each) => failedWith(each, isTlsFault));
	if (distrusted.length === 0 || passed(shown).length > 0) return undefined;
	if (clock) return concluded("clock_wrong", "high", [...clock.seen, ...distrusted]);
	const known = distrusted.some(({ issuer }) => issuer !== undefined && interceptorOf(issuer));
	return known || vendorsIn(distrusted) >= VENDORS_TO_SEE_A_PATTERN ? interceptionBy(distrusted) : undefined;
}

/** The connection stood, and could not be secured. */
export function isTlsFault({ phase, kind }: Fault): boolean {
	return phase === "tls" || kind.startsWith("tls_");
}

/** Who signs these certificates anew, and where that is. */
export function interceptionBy(seen: readonly (CertificateFinding | HostFinding)[]): Conclusion {
	const issuer = seen.flatMap((each) => each.issuer ?? [])[0];
	const known = issuer === undefined ? undefined : interceptorOf(issuer);
	const culprit = known?.name ?? issuer;
	const cause = known?.where === "device" ? "device" : "network";
	return concluded("interception", known ? "high" : "fair", seen, { cause, ...(culprit !== undefined && { culprit }) });
}

/** Whether it failed, and in that way. */
export function failedWith({ outcome }: { readonly outcome: Outcome }, how: (fault: Fault) => boolean): boolean {
	return outcome.kind === "failed" && how(outcome.fault);
}
