import { isIP } from "node:net";
import type { Check, ProbeSpec } from "../../core/check.ts";

/** What a run of a check goes through, and can therefore see fail. */
export interface Sees {
	/** The resolver is asked for a name. */
	readonly name: boolean;
	/** What answers a connection; absent where nothing is connected to. */
	readonly wire?: Wire;
	readonly tls: boolean;
	/** The other side is to say something once the connection stands. */
	readonly answer: boolean;
}

type Wire = "web" | "socket" | "mtproto" | "stun";

export function seenBy(check: Check): Sees {
	switch (check.kind) {
		case "source":
			return web(check.source.url);
		case "reports":
			return NOTHING;
		case "probe":
			return seenByProbe(check.probe);
		case "control": {
			const { control } = check;
			if (control.type === "ip") return over("socket", control.address);
			if (control.type === "dns") return JUST_A_NAME;
			return control.type === "http" ? web(control.url) : { ...web(control.url), name: false };
		}
	}
}

/** Other people's reports are not played: they are told as the script has them. */
const NOTHING: Sees = { name: false, tls: false, answer: false };
const JUST_A_NAME: Sees = { name: true, tls: false, answer: false };

function seenByProbe(probe: ProbeSpec): Sees {
	switch (probe.type) {
		case "http":
		case "two_step":
		case "websocket":
			return web(probe.url);
		case "dns":
			if (!probe.over) return JUST_A_NAME;
			return probe.over.addresses ? { ...web(probe.over.url), name: false } : web(probe.over.url);
		case "tcp":
			return over("socket", probe.host);
		case "tls":
			return { ...over("socket", probe.host), tls: true };
		default:
			return { ...over(probe.type, probe.host), answer: true };
	}
}

/** The addresses that a check knows by itself, without a resolver. */
export function literalsIn(check: Check): readonly string[] {
	const literal = isIP(check.host) === 0 ? [] : [check.host];
	if (check.kind === "control" && "addresses" in check.control) return check.control.addresses;
	if (check.kind !== "probe" || check.probe.type !== "dns") return literal;
	return check.probe.over?.addresses ?? literal;
}

/** Whether the check is a question for a name that is asked over HTTPS. */
export function isDnsOverHttps(check: Check): boolean {
	if (check.kind === "control") return check.control.type === "doh";
	return check.kind === "probe" && check.probe.type === "dns" && check.probe.over !== undefined;
}

function web(url: string): Sees {
	const { protocol, hostname } = new URL(url);
	const tls = protocol === "https:" || protocol === "wss:";
	return { ...over("web", hostname.replace(/^\[|\]$/g, "")), tls, answer: true };
}

function over(wire: Wire, host: string): Sees {
	return { name: isIP(host) === 0, wire, tls: false, answer: false };
}
