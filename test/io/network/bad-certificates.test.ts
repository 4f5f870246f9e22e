import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { afterEach, beforeAll, expect, test } from "vitest";
import { createNetwork } from "../../../src/io/network/network.ts";
import { runProbe } from "../../../src/io/probes/run-probe.ts";
import { type Authority, type Credentials, createAuthority, selfSigned } from "../../helpers/certificates.ts";
import { closeServers, serveHttps } from "../../helpers/servers.ts";

const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);
const HOSTS = new Map([["good.test", ["127.0.0.1"]]]);

let authority: Authority;
/** Signs with SHA-1, as nobody should. */
let tired: { readonly pem: string; issue(bits: number, hash: string): Promise<Credentials> };

beforeAll(async () => {
	authority = await createAuthority();
	tired = await tiredAuthority();
});

afterEach(closeServers);

async function tiredAuthority() {
	const algorithm = (bits: number, hash: string) => ({
		name: "RSASSA-PKCS1-v1_5",
		hash,
		modulusLength: bits,
		publicExponent: new Uint8Array([1, 0, 1]),
	});
	const newKeys = async (bits: number, hash: string) =>
		(await webcrypto.subtle.generateKey(algorithm(bits, hash), true, ["sign", "verify"])) as webcrypto.CryptoKeyPair;
	const keys = await newKeys(2048, "SHA-256");
	const dates = { notBefore: inDays(-1), notAfter: inDays(1) };
	const root = await x509.X509CertificateGenerator.createSelfSigned({
		name: "CN=Tired Root",
		keys,
		signingAlgorithm: algorithm(2048, "SHA-256"),
		...dates,
		extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
	});
	const pkcs8 = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
	return {
		pem: root.toString("pem"),
		async issue(bits: number, hash: string): Promise<Credentials> {
			const own = await newKeys(bits, "SHA-256");
			const signingKey = await webcrypto.subtle.importKey("pkcs8", pkcs8, algorithm(2048, hash), true, ["sign"]);
			const cert = await x509.X509CertificateGenerator.create({
				subject: "CN=good.test",
				issuer: root.subject,
				signingKey,
				publicKey: own.publicKey,
				signingAlgorithm: algorithm(2048, hash),
				...dates,
				extensions: [new x509.SubjectAlternativeNameExtension([{ type: "dns", value: "good.test" }])],
			});
			const key = x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", own.privateKey), "PRIVATE KEY");
			// a server of today would not even load such a certificate
			return { cert: cert.toString("pem"), key, ...{ ciphers: "DEFAULT@SECLEVEL=0" } };
		},
	};
}

test.each<[what: string, issue: () => Promise<Credentials>, expected: string, words: RegExp]>([
	["that has expired", () => authority.issue(["good.test"], inDays(-1)), "tls_untrusted tls", /expired.*until /],
	[
		"that is not valid yet",
		() => authority.issue(["good.test"], inDays(10)),
		"tls_untrusted tls",
		/not yet valid.*until /,
	],
	[
		"for another name",
		() => authority.issue(["evil.test"]),
		"tls_untrusted tls",
		/not for good\.test: .*for DNS:evil\.test/,
	],
	["for a name under it only", () => authority.issue(["*.good.test"]), "tls_untrusted tls", /not for good\.test/],
	["for every name there is", () => authority.issue(["*.test"]), "tls_untrusted tls", /not for good\.test/],
	[
		"that vouches for itself",
		() => selfSigned(["good.test"]),
		"tls_untrusted tls",
		/self.signed.*issued by good\.test/,
	],
	[
		"of a root that nobody knows",
		async () => (await createAuthority("Stranger")).issue(["good.test"]),
		"tls_untrusted tls",
		/issued by Stranger/,
	],
	["that is sound", () => tired.issue(2048, "SHA-256"), "ok", /^$/],
	[
		"with a key that is too short",
		() => tired.issue(1024, "SHA-256"),
		"tls_untrusted tls",
		/key too weak: issued by Tired Root/,
	],
	[
		"signed by SHA-1",
		() => tired.issue(2048, "SHA-1"),
		"tls_untrusted tls",
		/digest algorithm too weak: issued by Tired Root/,
	],
])("a certificate %s", async (_what, issue, expected, words) => {
	const server = await serveHttps(await issue(), (_request, response) => void response.end("fine"));
	const on = createNetwork({ extraRoots: [authority.pem, tired.pem], hosts: HOSTS, deadlines: { totalMs: 2000 } });
	const run = { signal: new AbortController().signal, attempt: 0 };
	const { outcome } = await runProbe({ type: "http", url: `https://good.test:${server.port}/` }, on, run);
	const failed = outcome.kind === "failed" ? outcome.failure : undefined;
	expect(failed ? `${failed.kind} ${failed.phase}` : outcome.kind).toBe(expected);
	expect(failed?.detail ?? "").toMatch(words);
});
