import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import type { ClientCertificate, NetworkSettings } from "../core/settings.ts";
import type { NetworkOptions } from "./network/network.ts";
import type { Identity } from "./network/trust.ts";
import type { ResolveProxy } from "./network/ways.ts";
import { SettingsError } from "./settings-error.ts";

/**
 * What the settings say of the network, with the files they name read and tried. `systemProxy` is asked where they say nothing of
 * proxies. Throws `SettingsError`; no secret is in its words.
 */
export function networkOptions(settings: NetworkSettings, systemProxy?: ResolveProxy): NetworkOptions {
	const { proxy, dnsServers, certificates, clientCertificates } = settings;
	return {
		extraRoots: certificates.flatMap(rootsIn),
		identities: clientCertificates.map(identityIn),
		...(proxy === undefined && systemProxy && { resolveProxy: systemProxy }),
		...(proxy !== undefined && proxy !== "direct" && { proxy }),
		...(dnsServers.length > 0 && { dnsServers }),
	};
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

function rootsIn(file: string): string[] {
	const blocks = read(file, "certificates").toString("latin1").match(CERTIFICATE) ?? [];
	if (blocks.length === 0) throw complaint("certificates", file, "a certificate in PEM form", "none");
	for (const [index, pem] of blocks.entries()) {
		try {
			new X509Certificate(pem);
		} catch {
			throw complaint("certificates", file, "certificates in PEM form", `number ${index + 1} broken`);
		}
	}
	return blocks;
}

function identityIn({ hosts, file, key, passphrase }: ClientCertificate): Identity {
	const bytes = read(file, "clientCertificates");
	const text = bytes.toString("latin1");
	const secret = passphrase === undefined ? {} : { passphrase };
	const isPem = text.includes("-----BEGIN ");
	const own = isPem
		? { cert: text, key: key === undefined ? text : read(key, "clientCertificates").toString("latin1"), ...secret }
		: { pfx: bytes, ...secret };
	try {
		createSecureContext(own);
	} catch (error) {
		const form = isPem ? "a certificate with its private key" : "a PKCS#12 or PEM file";
		throw complaint("clientCertificates", file, form, foundBy(error, passphrase !== undefined));
	}
	return { hosts, ...own };
}

/** What OpenSSL says, by the words of it that mean one thing. */
const SAYINGS: readonly (readonly [said: RegExp, words: string])[] = [
	[/key values mismatch|key_values_mismatch/i, "a key that belongs to another certificate"],
	[/unsupported pkcs12/i, "one locked in an old way (RC2); export it anew with AES"],
	[/no start line|decoder routines::unsupported|no_start_line/i, "no private key"],
];

function foundBy(error: unknown, hasPassphrase: boolean): string {
	const said = error instanceof Error ? error.message : "";
	if (/mac verify failure|bad decrypt|incorrect_password|bad_decrypt/i.test(said)) {
		return hasPassphrase ? "one that this passphrase does not open" : "one that wants a passphrase";
	}
	return SAYINGS.find(([pattern]) => pattern.test(said))?.[1] ?? "something else";
}

function read(file: string, place: string): Buffer {
	try {
		return readFileSync(file);
	} catch (error) {
		const code = error instanceof Error && "code" in error ? String(error.code) : "an error";
		throw complaint(place, file, "a file", code === "ENOENT" ? "nothing" : code);
	}
}

function complaint(place: string, file: string, expected: string, found: string): SettingsError {
	return new SettingsError(`${place}: ${file}: expected ${expected}, found ${found}`);
}
