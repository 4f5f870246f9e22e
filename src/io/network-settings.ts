import { isIP } from "node:net";
import { z } from "zod";
import { isHostPattern } from "./network/host-patterns.ts";
import { createProxy } from "./network/proxy.ts";

// Messages given here are the words that follow "expected" in an error sentence.

const path = z.string().min(1).max(1000);
const hostPattern = z
	.string()
	.max(253)
	.refine(isHostPattern, "a host, *.domain, an address, a network such as 10.0.0.0/8, or <local>");
const proxyUrl = z
	.string()
	.max(1000)
	.refine(isProxyUrl, "an address such as http://proxy.example:3128, https://… or socks5://…");
const dnsServer = z.string().max(60).refine(isDnsServer, "an address such as 192.0.2.53 or 192.0.2.53:5353");

/** The parts of the settings file that are about the way to the network, as people write them. */
export const networkSettings = {
	/** `direct`: no proxy, whatever the system says. */
	proxy: z
		.union([
			z.literal("direct"),
			z.strictObject({
				/** `http://`, `https://` or `socks5://`, with `user:password@` where the proxy wants a login. */
				url: proxyUrl,
				/** Hosts to be reached directly. */
				bypass: z.array(hostPattern).max(200).default([]),
			}),
		])
		.optional(),
	/** Files of further root certificates, PEM; relative to the settings file. */
	certificates: z.array(path).max(20).default([]),
	/** Who we are to hosts, proxies among them, that want to see a certificate. */
	clientCertificates: z
		.array(
			z.strictObject({
				hosts: z.array(hostPattern).min(1).max(200),
				/** PKCS#12, or PEM; relative to the settings file. */
				file: path,
				/** The private key, PEM, where `file` does not hold it. */
				key: path.exactOptional(),
				passphrase: z.string().max(200).exactOptional(),
			}),
		)
		.max(20)
		.default([]),
	dnsServers: z.array(dnsServer).max(4).default([]),
};

function isProxyUrl(url: string): boolean {
	try {
		createProxy({ url });
		// anything behind the port would be ignored in silence
		return /^[a-z0-9]+:\/\/[^/?#]+\/?$/.test(url);
	} catch {
		return false;
	}
}

function isDnsServer(text: string): boolean {
	const [, bracketed, plain, port = "53"] = /^(?:\[([^\]]+)\]|([\d.]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
	return isIP(text) !== 0 || (isIP(bracketed ?? plain ?? "") !== 0 && Number(port) >= 1 && Number(port) <= 65_535);
}
