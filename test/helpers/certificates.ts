import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";

/** A private key and the certificate that goes with it, PEM. */
export interface Credentials {
	readonly key: string;
	readonly cert: string;
}

export interface Authority {
	readonly name: string;
	/** The root certificate, PEM. */
	readonly pem: string;
	/** A certificate for these names and addresses, good for a day around now unless `until` says otherwise. */
	issue(names: readonly string[], until?: Date): Promise<Credentials>;
}

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const DAY_MS = 86_400_000;

/** A certificate authority made on the spot. */
export async function createAuthority(name = "Semaforo Test Root"): Promise<Authority> {
	const keys = await newKeys();
	const root = await x509.X509CertificateGenerator.createSelfSigned({
		name: `CN=${name}`,
		keys,
		signingAlgorithm: ALGORITHM,
		notBefore: new Date(Date.now() - 30 * DAY_MS),
		notAfter: new Date(Date.now() + DAY_MS),
		extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
	});
	return {
		name,
		pem: root.toString("pem"),
		async issue(names, until = new Date(Date.now() + DAY_MS)) {
			const own = await newKeys();
			const cert = await x509.X509CertificateGenerator.create({
				subject: `CN=${names[0]}`,
				issuer: root.subject,
				signingKey: keys.privateKey,
				publicKey: own.publicKey,
				signingAlgorithm: ALGORITHM,
				notBefore: new Date(until.getTime() - 2 * DAY_MS),
				notAfter: until,
				extensions: [alternativeNames(names)],
			});
			return { cert: cert.toString("pem"), key: await pemOf(own.privateKey) };
		},
	};
}

/** A certificate that vouches for itself. */
export async function selfSigned(names: readonly string[]): Promise<Credentials> {
	const keys = await newKeys();
	const cert = await x509.X509CertificateGenerator.createSelfSigned({
		name: `CN=${names[0]}`,
		keys,
		signingAlgorithm: ALGORITHM,
		notBefore: new Date(Date.now() - DAY_MS),
		notAfter: new Date(Date.now() + DAY_MS),
		extensions: [alternativeNames(names)],
	});
	return { cert: cert.toString("pem"), key: await pemOf(keys.privateKey) };
}

function alternativeNames(names: readonly string[]) {
	return new x509.SubjectAlternativeNameExtension(
		names.map((value) => ({ type: /^[\d.]+$|:/.test(value) ? ("ip" as const) : ("dns" as const), value })),
	);
}

function newKeys() {
	return webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]) as Promise<webcrypto.CryptoKeyPair>;
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
	return x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");
}
