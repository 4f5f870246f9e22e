import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { isIP } from "node:net";
import {
	BasicConstraintsExtension,
	PemConverter,
	SubjectAlternativeNameExtension,
	X509CertificateGenerator,
} from "@peculiar/x509";

/** A private key and the certificate that goes with it, PEM. */
export interface Credentials {
	readonly key: string;
	readonly cert: string;
}

/** A certificate authority that lives as long as the process; its key is written nowhere. */
export interface Authority {
	/** The root certificate, PEM. */
	readonly pem: string;
	/** A certificate for these names and addresses, good from a day ago to a day ahead of the real time. */
	issue(names: readonly string[]): Promise<Credentials>;
}

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const DAY_MS = 86_400_000;

export async function createAuthority(name: string): Promise<Authority> {
	const now = Date.now();
	const span = {
		signingAlgorithm: ALGORITHM,
		notBefore: new Date(now - DAY_MS),
		notAfter: new Date(now + DAY_MS),
	};
	const keys = await newKeys();
	const root = await X509CertificateGenerator.createSelfSigned({
		...span,
		name: `CN=${name}`,
		keys,
		extensions: [new BasicConstraintsExtension(true, undefined, true)],
	});
	return {
		pem: root.toString("pem"),
		async issue(names) {
			const own = await newKeys();
			const cert = await X509CertificateGenerator.create({
				...span,
				subject: `CN=${name} server`,
				issuer: root.subject,
				signingKey: keys.privateKey,
				publicKey: own.publicKey,
				extensions: [
					new SubjectAlternativeNameExtension(
						names.map((value) => ({ type: isIP(value) === 0 ? ("dns" as const) : ("ip" as const), value })),
					),
				],
			});
			return { cert: cert.toString("pem"), key: await pemOf(own.privateKey) };
		},
	};
}

function newKeys() {
	return webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]) as Promise<webcrypto.CryptoKeyPair>;
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
	return PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");
}
