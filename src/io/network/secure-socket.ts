import type { X509Certificate } from "node:crypto";
import { isIP, type Socket } from "node:net";
import { type ConnectionOptions, connect, type TLSSocket } from "node:tls";
import type { Certificate } from "../../core/evidence.ts";
import { plainLine } from "../../core/failure.ts";
import { coded } from "./failure-of.ts";
import type { Trust } from "./trust.ts";

/** How to secure a connection. The certificate is always verified: chain, dates and name. */
export interface Security {
	/** The name that the certificate must be for; a literal address must be named in it as one. */
	readonly host: string;
	/** A private root that vouches for the host instead of the public ones. */
	readonly root?: string | undefined;
	/** The protocol to offer (ALPN), where one is spoken; `alpnProtocol` of the socket tells whether both agreed on it. */
	readonly protocol?: string | undefined;
}

/** A TLS socket, and a promise of the end of its handshake. */
export interface SecureSocket {
	readonly socket: TLSSocket;
	/** Rejects with an error whose message names issuer, names and expiry, where the certificate is the reason. */
	secured(): Promise<void>;
	/** What the server's certificate says, once it has come. */
	certificate(now: number): Certificate | undefined;
}

const DAY_MS = 86_400_000;

/** Starts TLS, either over a connected socket or from the connection on. */
export function secureSocket(
	over: { readonly socket: Socket } | { readonly host: string; readonly port: number },
	security: Security,
	trust: Trust,
): SecureSocket {
	let certificate: X509Certificate | undefined;
	const literal = isIP(security.host) !== 0;
	const options: ConnectionOptions = {
		...over,
		secureContext: trust.context(security.root, security.host),
		...(literal ? {} : { servername: security.host }),
		...(security.protocol && { ALPNProtocols: [security.protocol] }),
		checkServerIdentity: () => identityError(security.host, certificate ?? socket.getPeerX509Certificate()),
	};
	const socket = connect(options);
	// When verification fails the certificate is gone before the error comes: it is kept from here for the words about it.
	socket.prependOnceListener("secure", () => {
		certificate = socket.getPeerX509Certificate();
	});
	// Node turns the whole chain into objects for its own check of the name, a fifth of the handshake's CPU; ours needs none.
	Object.assign(socket, { getPeerCertificate: () => ({}) });
	const secured = () =>
		new Promise<void>((resolve, reject) => {
			const fail = (error: Error) => reject(certificate ? described(error, certificate, trust.trouble) : error);
			socket.once("error", fail);
			socket.once("secureConnect", () => {
				socket.off("error", fail);
				resolve();
			});
		});
	return { socket, secured, certificate: (now) => certificate && factsOf(certificate, now) };
}

function factsOf({ issuer, validTo }: X509Certificate, now: number): Certificate | undefined {
	const expires = Date.parse(validTo);
	if (Number.isNaN(expires)) return undefined;
	return { issuer: plainLine(nameIn(issuer), 60), daysLeft: Math.floor((expires - now) / DAY_MS) };
}

/** The same check that Node makes, by OpenSSL: never by the common name, as browsers do it. */
function identityError(host: string, certificate: X509Certificate | undefined): Error | undefined {
	const name = host.replace(/\.$/, "");
	const fits = isIP(host)
		? certificate?.checkIP(host)
		: certificate?.checkHost(name, { subject: "never", partialWildcards: false });
	return fits ? undefined : coded("ERR_TLS_CERT_ALTNAME_INVALID", `the certificate is not for ${host}`);
}

/** Without the system's roots an office's own certificate cannot verify: that is said beside the reason. */
function described(error: Error, certificate: X509Certificate, trouble: string | undefined): Error {
	const code = "code" in error && typeof error.code === "string" ? error.code : "";
	const issuer = nameIn(certificate.issuer);
	const names = (certificate.subjectAltName ?? nameIn(certificate.subject)).slice(0, 60);
	// Node goes on with advice for who writes programs
	const [reason] = error.message.split(";");
	const more = trouble === undefined ? "" : ` (${trouble})`;
	return coded(code, `${reason}: issued by ${issuer}, for ${names}, until ${dayOf(certificate.validTo)}${more}`);
}

function nameIn(distinguishedName: string): string {
	const common = /^CN=(.*)$/m.exec(distinguishedName) ?? /^O=(.*)$/m.exec(distinguishedName);
	return (common?.[1] ?? "nobody named").slice(0, 60);
}

function dayOf(date: string): string {
	const time = Date.parse(date);
	return Number.isNaN(time) ? "no known day" : new Date(time).toISOString().slice(0, 10);
}
