import type { NetworkInterfaceInfo } from "node:os";
import { describe, expect, test } from "vitest";
import { gatewayIn, isNeighbour } from "../../../src/io/diagnose/gateway.ts";
import { findLink, kindOf, mediumOf } from "../../../src/io/diagnose/link.ts";

const address = (text: string, internal = false): NetworkInterfaceInfo => ({
	...{ address: text, netmask: "", mac: "02:00:00:00:00:01", internal, cidr: null },
	...(text.includes(":") ? { family: "IPv6", scopeid: 0 } : { family: "IPv4" }),
});

describe("what this computer is connected by", () => {
	test.each([
		["eth0", "cable"],
		["enp3s0", "cable"],
		["Ethernet 2", "cable"],
		["wlan0", "wireless"],
		["wlp2s0", "wireless"],
		["Wi-Fi", "wireless"],
		["WLAN", "wireless"],
		["wwp0s20u4", "mobile"],
		["Cellular", "mobile"],
		["en0", "other"],
		["tun0", "vpn"],
		["utun4", "vpn"],
		["wg0", "vpn"],
		["ppp0", "vpn"],
		["tailscale0", "vpn"],
		["NordLynx", "vpn"],
		["Cisco AnyConnect Secure Mobility Client", "vpn"],
		["OpenVPN TAP-Windows6", "vpn"],
		["docker0", "virtual"],
		["br-3f2a", "virtual"],
		["veth1a2b", "virtual"],
		["vEthernet (Default Switch)", "virtual"],
		["VirtualBox Host-Only Network", "virtual"],
		["awdl0", "virtual"],
		["Something new", "other"],
	])("is guessed by the name %s: %s", (name, medium) => {
		expect(mediumOf(name)).toBe(medium);
	});

	test("is told without any address, and without what is inside the computer", () => {
		const found = findLink({
			interfaces: () => ({
				lo: [address("127.0.0.1", true), address("::1", true)],
				wlan0: [address("192.168.1.7"), address("fe80::1"), address("2a00:1450::5"), address("192.168.1.8")],
				eth0: [],
			}),
		});
		expect(found).toEqual({
			kind: "link",
			links: [{ medium: "wireless", addresses: ["link_local", "private", "public"] }],
		});
	});

	test.each([
		["169.254.10.1", "link_local"],
		["fe80::1%en0", "link_local"],
		["febf::1", "link_local"],
		["10.1.2.3", "private"],
		["100.64.0.1", "private"],
		["fd12::1", "private"],
		["203.0.113.9", "private"],
		["93.184.216.34", "public"],
		["2a00:1450::5", "public"],
	])("an address %s is %s", (text, kind) => {
		expect(kindOf(text)).toBe(kind);
	});
});

describe("the router of this network", () => {
	const head = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT";
	const row = (iface: string, destination: string, gateway: string) =>
		`${iface}\t${destination}\t${gateway}\t0003\t0\t0\t100\t00000000\t0\t0\t0`;

	test.each([
		[
			"the default route has one",
			[row("eth0", "0008090A", "00000000"), row("eth0", "00000000", "0108090A")],
			"10.9.8.1",
		],
		["the default route leads straight out", [row("tun0", "00000000", "00000000")], undefined],
		["there is no default route", [row("eth0", "0008090A", "00000000")], undefined],
		[
			"a second default route has one",
			[row("tun0", "00000000", "00000000"), row("eth0", "00000000", "FE01A8C0")],
			"192.168.1.254",
		],
		["the table is nonsense", ["eth0\t00000000\tzz"], undefined],
	])("is read where %s", (_, rows, expected) => {
		expect(gatewayIn([head, ...rows, ""].join("\n"))).toBe(expected);
	});

	test("is at home where the kernel knows its hardware address", () => {
		const table = [
			"IP address       HW type     Flags       HW address            Mask     Device",
			"10.9.8.1         0x1         0x2         02:00:00:00:00:09     *        eth0",
			"10.9.8.10        0x1         0x0         00:00:00:00:00:00     *        eth0",
			"10.9.8.11        0x1         0x6         02:00:00:00:00:0a     *        eth0",
		].join("\n");
		expect(["10.9.8.1", "10.9.8.10", "10.9.8.11", "10.9.8.12"].map((each) => isNeighbour(each, table))).toEqual([
			true,
			false,
			true,
			false,
		]);
	});
});
