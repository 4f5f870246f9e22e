import { BlockList, isIP } from "node:net";
import { groupsOf } from "./ipv6-groups.ts";

/** Everything that is not the public Internet: the special-purpose registries of IANA (RFC 6890 and its successors). */
const NOT_PUBLIC = new BlockList();

for (const [network, prefix] of [
	["0.0.0.0", 8],
	["10.0.0.0", 8],
	["100.64.0.0", 10],
	["127.0.0.0", 8],
	["169.254.0.0", 16],
	["172.16.0.0", 12],
	["192.0.0.0", 24],
	["192.0.2.0", 24],
	["192.168.0.0", 16],
	["198.18.0.0", 15],
	["198.51.100.0", 24],
	["203.0.113.0", 24],
	["224.0.0.0", 4],
	["240.0.0.0", 4],
] as const) {
	NOT_PUBLIC.addSubnet(network, prefix, "ipv4");
}

for (const [network, prefix] of [
	["::", 128],
	["::1", 128],
	["64:ff9b:1::", 48],
	["100::", 64],
	["2001::", 23],
	["2001:db8::", 32],
	["3fff::", 20],
	["5f00::", 16],
	["fc00::", 7],
	["fe80::", 10],
	["fec0::", 10],
	["ff00::", 8],
] as const) {
	NOT_PUBLIC.addSubnet(network, prefix, "ipv6");
}

/**
 * Whether an address belongs to this computer, a local network or another range that no public server has. IPv6 addresses
 * that carry an IPv4 one (mapped, NAT64, 6to4) are judged by it. Text that is not an address counts as private.
 */
export function isPrivateAddress(address: string): boolean {
	const bare = address.replace(/^\[(.*)\]$/, "$1").replace(/%.*$/, "");
	const version = isIP(bare);
	if (version === 0) return true;
	if (version === 4) return NOT_PUBLIC.check(bare, "ipv4");
	const carried = carriedIpv4(bare);
	return carried === undefined ? NOT_PUBLIC.check(bare, "ipv6") : NOT_PUBLIC.check(carried, "ipv4");
}

function carriedIpv4(address: string): string | undefined {
	const groups = groupsOf(address);
	const prefix = groups.slice(0, 6).join(":");
	if (prefix === "0:0:0:0:0:65535" || prefix === "100:65435:0:0:0:0") return ipv4Of(groups[6], groups[7]);
	if (prefix === "0:0:0:0:0:0" && groups[6] !== 0) return ipv4Of(groups[6], groups[7]);
	return groups[0] === 0x2002 ? ipv4Of(groups[1], groups[2]) : undefined;
}

function ipv4Of(high = 0, low = 0): string {
	return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}
