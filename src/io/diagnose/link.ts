import { isIP } from "node:net";
import type { AddressKind, Link, LinkFinding } from "../../core/diagnosis-findings.ts";
import { isPrivateAddress } from "../network/private-address.ts";
import type { Computer } from "./computer.ts";

/**
 * How systems and programs name their adapters: Linux by systemd's scheme (`enp3s0`, `wlan0`, `wwp0s20`), macOS by BSD's (`en0`, of which it
 * does not say whether it is Wi-Fi), Windows in words. VPN programs bring names of their own; the first pattern that fits counts.
 */
const MEDIA: readonly (readonly [Link["medium"], RegExp])[] = [
	[
		"vpn",
		/^(?:u?tun|tap|wg|ppp|ipsec|zt|tailscale|nordlynx|proton|mullvad|cscotun|gpd|outline|warp)|vpn|wireguard|anyconnect|globalprotect|fortissl|tap-windows/i,
	],
	[
		"virtual",
		/^(?:docker|br-|veth|virbr|vmnet|vbox|vnic|lxc|cni|flannel|bridge|awdl|llw|anpi|ap\d)|vethernet|virtualbox|vmware|hyper-v/i,
	],
	["mobile", /^(?:ww|rmnet|pdp_ip)|cellular|mobil/i],
	["wireless", /^wl|wi-?fi|wireless|wlan/i],
	["cable", /^(?:eth|enp|eno|ens|enx|em\d)|ethernet/i],
];

/** What this computer is connected by: every adapter that has an address, without the address. */
export function findLink(computer: Pick<Computer, "interfaces">): LinkFinding {
	const links = Object.entries(computer.interfaces()).flatMap(([name, addresses = []]): Link[] => {
		const own = addresses.filter(({ internal }) => !internal);
		if (own.length === 0) return [];
		return [{ medium: mediumOf(name), addresses: [...new Set(own.map(({ address }) => kindOf(address)))].sort() }];
	});
	return { kind: "link", links };
}

export function mediumOf(name: string): Link["medium"] {
	return MEDIA.find(([, pattern]) => pattern.test(name))?.[0] ?? "other";
}

/** IPv4 calls its self-given addresses 169.254.0.0/16 (RFC 3927), IPv6 fe80::/10 (RFC 4291). */
export function kindOf(address: string): AddressKind {
	const bare = address.replace(/%.*$/, "");
	if (isIP(bare) === 4 ? bare.startsWith("169.254.") : /^fe[89ab]/i.test(bare)) return "link_local";
	return isPrivateAddress(bare) ? "private" : "public";
}
