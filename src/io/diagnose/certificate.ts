import { X509Certificate } from "node:crypto";
import { isIP, type Socket } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import type { CertificateFinding } from "../../core/diagnosis-findings.ts";
import { plainLine } from "../../core/failure.ts";
import { dial } from "../network/dial.ts";
import { converse, type Exchange } from "../network/exchange.ts";
import { coded, failureOf, Trouble } from "../network/failure-of.ts";
import type { Network } from "../network/network.ts";
import type { Means } from "./controls.ts";
import { faultOf } from "./fault.ts";

/** Where to look at a certificate. */
export interface CertificateTarget {
	readonly host: string;
	readonly port: number;
	/** Known addresses of the host. */
	readonly addresses?: readonly string[] | undefined;
	/** A private root that vouches for the host. */
	readonly root?: string | undefined;
}

type Seen = Pick<CertificateFinding, "outcome" | "phases" | "issuer" | "publicRoot" | "proxied">;

/**
 * Looks at the certificate of a host, trusted or not, sends nothing and hangs up. The outcome says whether this computer trusts it,
 * `publicRoot` whether every other would. Never throws.
 */
export async function lookAtCertificate(
	target: CertificateTarget,
	{ network, computer, signal }: Means,
): Promise<Seen> {
	const result = await converse(network, signal, async (exchange) => {
		const { host, port, addresses } = target;
		const socket = await dial(network, { host, port, addresses }, exchange);
		return exchange.step("tls", network.deadlines.tlsMs, () => handshake(socket, target, network, exchange));
	});
	const { phases, proxied } = result.seen;
	const seen = { phases, ...(proxied && { proxied: true as const }) };
	if ("failure" in result) return { ...seen, outcome: { kind: "failed", fault: faultOf(result.failure) } };
	const { certificate, distrust } = result.value;
	const fault = distrust && faultOf({ ...failureOf(distrust, "tls"), phase: "tls" });
	return {
		...seen,
		outcome: fault ? { kind: "failed", fault } : { kind: "ok" },
		...(certificate && {
			issuer: namesIn(certificate.issuer),
			publicRoot: isPublic(certificate, computer.publicRoots),
		}),
	};
}

interface Shown {
	readonly certificate: X509Certificate | undefined;
	/** Why it is not trusted. */
	readonly distrust: Error | undefined;
}

function handshake(
	socket: Socket,
	{ host, root }: CertificateTarget,
	network: Network,
	exchange: Exchange,
): Promise<Shown> {
	const secure = connect({
		socket,
		secureContext: network.trust.context(root, host),
		rejectUnauthorized: false,
		...(isIP(host) === 0 && { servername: host }),
	});
	exchange.onEnd(() => secure.destroy());
	return new Promise((resolve, reject) => {
		secure.once("secureConnect", () =>
			resolve({ certificate: secure.getPeerX509Certificate(), distrust: distrustOf(secure) }),
		);
		// after the end an error is of no interest, and must not end the process
		secure.on("error", (error) => reject(error));
		secure.once("close", () => reject(new Trouble(failureOf(coded("ECONNRESET", "hung up in the handshake"), "tls"))));
	});
}

/** Node gives the code alone, whatever its types say. */
function distrustOf({ authorized, authorizationError }: TLSSocket): Error | undefined {
	if (authorized) return undefined;
	return authorizationError instanceof Error ? authorizationError : coded(String(authorizationError), "not trusted");
}

/** The issuer's own name, and that of its organisation where that is another. */
function namesIn(issuer: string): string {
	const names = [/^CN=(.*)$/m, /^O=(.*)$/m].flatMap((line) => line.exec(issuer)?.[1] ?? []);
	return plainLine([...new Set(names)].join(", ") || "nobody named", 80);
}

const LONGEST_CHAIN = 8;

/** Whether the last certificate that the server sent is one of these roots, or signed by one. */
function isPublic(leaf: X509Certificate, roots: readonly string[]): boolean {
	let top = leaf;
	for (let depth = 0; top.issuerCertificate && depth < LONGEST_CHAIN; depth++) top = top.issuerCertificate;
	const bySubject = parsed(roots);
	const same = (bySubject.get(top.subject) ?? []).some(({ fingerprint256 }) => fingerprint256 === top.fingerprint256);
	return same || (bySubject.get(top.issuer) ?? []).some((root) => top.checkIssued(root) && top.verify(root.publicKey));
}

/** Parsed once: there are some 140 of them. */
const PARSED = new WeakMap<readonly string[], ReadonlyMap<string, readonly X509Certificate[]>>();

function parsed(roots: readonly string[]): ReadonlyMap<string, readonly X509Certificate[]> {
	const known =
		PARSED.get(roots) ??
		Map.groupBy(
			roots.map((pem) => new X509Certificate(pem)),
			({ subject }) => subject,
		);
	PARSED.set(roots, known);
	return known;
}
