import { BlockList, isIP } from "node:net";

/** Names without a dot, as browsers understand this word in a list of exceptions. */
const LOCAL = "<local>";
const NAME = /^[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/;

/** Whether a text is a pattern that `hostPatterns` knows. */
export function isHostPattern(pattern: string): boolean {
	return readPattern(pattern) !== undefined;
}

/**
 * Whether a host is one of those listed: a name, which stands for all names under it too (`*.` and `.` before it change nothing),
 * an address, a network (`10.0.0.0/8`) for literal addresses, or `<local>` for names without a dot. Throws for any other text.
 */
export function hostPatterns(patterns: readonly string[]): (host: string) => boolean {
	const names = new Set<string>();
	const networks = new BlockList();
	let local = false;
	for (const pattern of patterns) {
		const read = readPattern(pattern);
		if (!read) throw new Error(`expected a host, *.domain, an address, a network or <local>, found "${pattern}"`);
		if (read === LOCAL) local = true;
		else if (typeof read === "string") names.add(read);
		else networks.addSubnet(read.network, read.prefix, read.family);
	}
	return (host) => {
		const name = host.toLowerCase().replace(/\.$/, "");
		const version = isIP(name);
		if (version !== 0) return networks.check(name, version === 6 ? "ipv6" : "ipv4");
		return (local && !name.includes(".")) || suffixesOf(name).some((suffix) => names.has(suffix));
	};
}

interface Subnet {
	readonly network: string;
	readonly prefix: number;
	readonly family: "ipv4" | "ipv6";
}

function readPattern(pattern: string): string | Subnet | undefined {
	const text = pattern.trim().toLowerCase();
	if (text === LOCAL) return LOCAL;
	const [, network = "", digits] = /^\[?([\da-f.:]+)\]?(?:\/(\d{1,3}))?$/.exec(text) ?? [];
	const version = isIP(network);
	if (version !== 0) {
		const bits = version === 6 ? 128 : 32;
		const prefix = Number(digits ?? bits);
		return prefix <= bits ? { network, prefix, family: version === 6 ? "ipv6" : "ipv4" } : undefined;
	}
	const name = text.replace(/^\*?\./, "").replace(/\.$/, "");
	// what looks like an address and is none would never match
	return NAME.test(name) && !/^[\d.]+$/.test(name) ? name : undefined;
}

/** `a.b.c`, `b.c`, `c` */
function suffixesOf(name: string): string[] {
	const labels = name.split(".");
	return labels.map((_, index) => labels.slice(index).join("."));
}
