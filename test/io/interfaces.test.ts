import type { NetworkInterfaceInfo } from "node:os";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { onNetworkChange } from "../../src/io/interfaces.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const at = (family: "IPv4" | "IPv6", address: string, internal = false) =>
	({ family, address, internal, netmask: "", mac: "", cidr: null, scopeid: 0 }) as NetworkInterfaceInfo;

test("tells of addresses that come, go or change, but not of private IPv6 addresses that rotate", () => {
	let interfaces: NodeJS.Dict<NetworkInterfaceInfo[]> = {
		lo: [at("IPv4", "127.0.0.1", true)],
		wlan0: [at("IPv4", "192.0.2.7"), at("IPv6", "2001:db8::1")],
	};
	let changes = 0;
	const end = onNetworkChange(
		() => (changes += 1),
		() => interfaces,
	);
	const after = (next: typeof interfaces) => {
		interfaces = next;
		vi.advanceTimersByTime(6_000);
		return changes;
	};
	expect(after(interfaces)).toBe(0);
	expect(after({ wlan0: [at("IPv4", "192.0.2.7"), at("IPv6", "2001:db8::2")] })).toBe(0);
	expect(after({ wlan0: [at("IPv4", "192.0.2.99")] })).toBe(1);
	expect(after({ wlan0: [at("IPv4", "192.0.2.99")], tun0: [at("IPv4", "10.0.0.2")] })).toBe(2);
	expect(after({})).toBe(3);
	end();
	expect(after({ eth0: [at("IPv4", "192.0.2.1")] })).toBe(3);
});
