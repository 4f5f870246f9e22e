import type { Check } from "../../core/check.ts";
import type { FailureKind } from "../../core/failure.ts";
import type { Answer } from "../world.ts";
import type { DnsReply } from "./dns-answer.ts";
import { LOOPBACK } from "./listener.ts";
import { dnsReply, LOGIN_PAGE, type Reply, replyWith } from "./reply.ts";
import { isDnsOverHttps, type Sees, seenBy } from "./sees.ts";

/** Where a connection leads: to servers that answer, or to one that plays a failure. */
export type Door = "open" | "silent" | "closed" | "reset" | "untrusted" | "garbled";

/** How the small Internet plays one run of one check. */
export interface Part {
	readonly door: Door;
	/** What the resolver says of the host; where absent it keeps silent. */
	readonly name?: DnsReply;
	/** What a web server says, behind the open door. */
	readonly reply?: Reply;
}

/** The broadcast address of the loopback network: no connection leads there, and the kernel says so at once. */
export const UNREACHABLE = "127.255.255.255";

const FOUND: DnsReply = { code: 0, addresses: [LOOPBACK] };
const SERVFAIL: DnsReply = { code: 2, addresses: [] };
const NXDOMAIN: DnsReply = { code: 3, addresses: [] };
const NO_WAY: DnsReply = { code: 0, addresses: [UNREACHABLE] };

const CLOSED: Part = { door: "closed", name: FOUND };

/**
 * The part for one run: the real check comes to the outcome that the script wants, by way of what it can see. What it cannot
 * see, such as a certificate where it only connects, it meets as a closed port, and a plain question for a name as SERVFAIL.
 */
export function partFor(check: Check, answer: Answer, service: string): Part {
	const { outcome } = answer.evidence;
	const sees = seenBy(check);
	if (outcome.kind === "portal") return portal(sees);
	if (outcome.kind === "failed") {
		const { kind } = outcome.failure;
		const saidByServer = kind === "http" || kind === "unreadable";
		if (!saidByServer) return failing(kind, sees, check);
		if (sees.wire !== "web") return failing("refused", sees, check);
	}
	return open(replyWith(check, answer, service), nameFor(check));
}

function open(reply: Reply | undefined, name = FOUND): Part {
	return { door: "open", name, ...(reply && { reply }) };
}

/** A control of the resolver knows which addresses are right. */
function nameFor(check: Check): DnsReply {
	if (check.kind !== "control" || check.control.type !== "dns") return FOUND;
	return { code: 0, addresses: check.control.addresses };
}

/** A login page stands in the way of the web; whatever is secure, or no web at all, cannot pass. */
function portal({ wire, tls }: Sees): Part {
	if (tls) return { door: "untrusted", name: FOUND };
	return wire === "web" ? open(LOGIN_PAGE) : CLOSED;
}

function failing(kind: FailureKind, sees: Sees, check: Check): Part {
	if (kind.startsWith("dns_")) return failingName(kind, sees, check);
	if (!sees.wire) return kind === "timeout" ? { door: "closed" } : { door: "closed", name: SERVFAIL };
	switch (kind) {
		case "timeout":
			return { door: "silent", name: FOUND };
		case "unreachable":
			return { door: "open", name: NO_WAY };
		case "reset":
			return (sees.tls || sees.answer) && sees.wire !== "stun" ? { door: "reset", name: FOUND } : CLOSED;
		case "tls_untrusted":
			return sees.tls ? { door: "untrusted", name: FOUND } : CLOSED;
		case "tls_failed":
			return sees.tls ? { door: "garbled", name: FOUND } : CLOSED;
		default:
			return CLOSED;
	}
}

function failingName(kind: FailureKind, { name, wire }: Sees, check: Check): Part {
	const code = kind === "dns_nxdomain" ? NXDOMAIN : SERVFAIL;
	const silent = kind === "dns_timeout";
	if (isDnsOverHttps(check)) return silent ? { door: "silent", name: FOUND } : open(dnsReply(code));
	if (name) return silent ? { door: "closed" } : { door: "closed", name: code };
	return silent && wire ? { door: "silent", name: FOUND } : CLOSED;
}
