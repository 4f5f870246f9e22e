import { describe, expect, test } from "vitest";
import { interceptorOf } from "../../src/core/diagnosis-issuers.ts";

describe("an issuer", () => {
	test.each([
		["avast! Web/Mail Shield Root", "Avast", "device"],
		["Avast Web/Mail Shield Root", "Avast", "device"],
		["AVG Web/Mail Shield Root", "AVG", "device"],
		["Norton Web/Mail Shield Root", "Norton", "device"],
		["Kaspersky Anti-Virus Personal Root Certificate, AO Kaspersky Lab", "Kaspersky", "device"],
		["ESET SSL Filter CA, ESET, spol. s r. o.", "ESET", "device"],
		["Bitdefender Personal CA.Net-Defender, Bitdefender", "Bitdefender", "device"],
		["Adguard Personal CA", "AdGuard", "device"],
		["Zscaler Intermediate Root CA (zscalertwo.net), Zscaler Inc.", "Zscaler", "network"],
		["Cisco Umbrella Primary SubCA, Cisco", "Cisco Umbrella", "network"],
		["FG100D3G14800000, Fortinet", "Fortinet", "network"],
		["ca.example.goskope.com", "Netskope", "network"],
		["Gateway CA - Cloudflare Managed G1 0123", "Cloudflare Gateway", "network"],
		["mitmproxy", "mitmproxy", "device"],
		["PortSwigger CA", "Burp Suite", "device"],
		["DO_NOT_TRUST_FiddlerRoot", "Fiddler", "device"],
	])("%s is %s", (issuer, name, where) => {
		expect(interceptorOf(issuer)).toEqual({ name, where });
	});

	test.each([
		"WR2, Google Trust Services",
		"R11, Let's Encrypt",
		"DigiCert Global G2 TLS RSA SHA256 2020 CA1, DigiCert Inc",
		"Cloudflare Inc ECC CA-3, Cloudflare, Inc.",
		"E5, Let's Encrypt",
		"Amazon RSA 2048 M02, Amazon",
		"GlobalSign Atlas R3 DV TLS CA 2024 Q1, GlobalSign nv-sa",
		"Sectigo RSA Domain Validation Secure Server CA, Sectigo Limited",
		"Microsoft Azure RSA TLS Issuing CA 03, Microsoft Corporation",
		"",
	])("of the public web is no interceptor: %s", (issuer) => {
		expect(interceptorOf(issuer)).toBeUndefined();
	});
});
