import { describe, expect, it } from "vitest";
import { isPrivateAddress } from "../../../src/io/network/private-address.ts";

describe("isPrivateAddress", () => {
	it.each([
		["this computer", "127.0.0.1"],
		["this computer, elsewhere in the block", "127.255.3.4"],
		["no address in particular", "0.0.0.0"],
		["a home network", "192.168.1.1"],
		["a company's network", "10.20.30.40"],
		["the upper end of 172.16/12", "172.31.255.255"],
		["link-local, where clouds keep their secrets", "169.254.169.254"],
		["carrier-grade NAT", "100.64.0.1"],
		["the upper end of carrier-grade NAT", "100.127.255.255"],
		["documentation", "203.0.113.9"],
		["benchmarks", "198.19.0.1"],
		["multicast", "224.0.0.251"],
		["broadcast", "255.255.255.255"],
		["IPv6 loopback", "::1"],
		["IPv6 loopback written out", "0:0:0:0:0:0:0:1"],
		["no IPv6 address in particular", "::"],
		["unique local", "fd12:3456:789a::1"],
		["IPv6 link-local with its zone", "fe80::1%eth0"],
		["deprecated site-local", "fec0::1"],
		["IPv6 multicast", "ff02::1"],
		["IPv6 documentation", "2001:db8::1"],
		["Teredo", "2001:0:53aa:64c::1"],
		["loopback mapped into IPv6", "::ffff:127.0.0.1"],
		["loopback mapped into IPv6, in hex", "::FFFF:7f00:1"],
		["an IPv4-compatible address", "::192.168.0.1"],
		["a private address behind NAT64", "64:ff9b::10.0.0.1"],
		["a private address in 6to4", "2002:c0a8:0101::1"],
		["an address in brackets", "[::1]"],
		["a name", "localhost"],
		["nothing", ""],
		["an octal trick", "0177.0.0.1"],
	])("refuses %s: %s", (_what, address) => {
		expect(isPrivateAddress(address)).toBe(true);
	});

	it.each([
		["1.1.1.1"],
		["8.8.8.8"],
		["100.63.255.255"],
		["100.128.0.0"],
		["172.15.255.255"],
		["172.32.0.0"],
		["169.253.255.255"],
		["223.255.255.255"],
		["2606:4700:4700::1111"],
		["2a03:2880:f12f:83:face:b00c:0:25de"],
		["2001:4860:4860::8888"],
		["::ffff:8.8.8.8"],
		["64:ff9b::8.8.8.8"],
		["2002:0808:0808::1"],
	])("lets %s through", (address) => {
		expect(isPrivateAddress(address)).toBe(false);
	});
});
