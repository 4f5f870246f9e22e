/** Something that opens secure connections on the way and signs them anew. */
export interface Interceptor {
	readonly name: string;
	/** Where it sits: a program on this computer, or a box or service of the network. */
	readonly where: "device" | "network";
}

type Entry = readonly [name: string, where: Interceptor["where"], issuer: RegExp];

/**
 * The issuers that such products name in the certificates they make. Up to Zscaler they are those that Chromium tells its users about
 * (`ssl_error_assistant.asciipb`, version 6); the others are the vendors' documented names of their roots: Avast's, AVG's and Norton's
 * "Web/Mail Shield Root", "ESET SSL Filter CA", "Adguard Personal CA", "Gateway CA - Cloudflare Managed" (Cloudflare One), `ca.*.goskope.com`
 * (Netskope), and the names that mitmproxy, Burp, Charles and Fiddler give their own. Read on 22 November 2026.
 */
const KNOWN: readonly Entry[] = [
	["Avast", "device", /avast!? (?:web\/mail shield|antivirus)/i],
	["Bitdefender", "device", /bitdefender personal ca/i],
	["Cisco Umbrella", "network", /cisco umbrella/i],
	["ContentKeeper", "network", /contentkeeper/i],
	["Cyberoam", "network", /cyberoam/i],
	["Forcepoint", "network", /forcepoint/i],
	["Fortinet", "network", /fortinet|fortigate/i],
	["Kaspersky", "device", /kaspersky/i],
	["McAfee Web Gateway", "network", /mcafee web gateway/i],
	["NetSpark", "device", /netspark/i],
	["Smoothwall", "network", /smoothwall/i],
	["SonicWall", "network", /sonicwall/i],
	["Sophos", "network", /sophos/i],
	["Blue Coat", "network", /blue ?coat/i],
	["Trend Micro", "network", /iwss\.trend/i],
	["Zscaler", "network", /zscaler/i],
	["AVG", "device", /avg web\/mail shield/i],
	["Norton", "device", /norton web\/mail shield/i],
	["ESET", "device", /eset ssl filter/i],
	["AdGuard", "device", /adguard personal/i],
	["Cloudflare Gateway", "network", /gateway ca - cloudflare/i],
	["Netskope", "network", /goskope|netskope/i],
	["mitmproxy", "device", /mitmproxy/i],
	["Burp Suite", "device", /portswigger/i],
	["Charles", "device", /charles proxy/i],
	["Fiddler", "device", /fiddlerroot/i],
];

/** The product behind an issuer's names; absent where none is known by them. */
export function interceptorOf(issuer: string): Interceptor | undefined {
	const found = KNOWN.find(([, , pattern]) => pattern.test(issuer));
	return found && { name: found[0], where: found[1] };
}
