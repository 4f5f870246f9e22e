import { networkInterfaces } from "node:os";

/** How often the addresses of this computer are compared, ms: often enough to notice before the first probe fails. */
const COMPARE_EVERY_MS = 3_000;

/** Calls back whenever this computer's own addresses change: Wi-Fi, cable or VPN came or went. Returns what ends it. */
export function onNetworkChange(callback: () => void, read: typeof networkInterfaces = networkInterfaces): () => void {
	let known = fingerprint(read());
	const timer = setInterval(() => {
		const now = fingerprint(read());
		if (now === known) return;
		known = now;
		callback();
	}, COMPARE_EVERY_MS);
	timer.unref();
	return () => clearInterval(timer);
}

/** What tells one network from another. Temporary IPv6 addresses come and go on a line that stays the same: of IPv6 only the presence counts. */
export function fingerprint(interfaces: ReturnType<typeof networkInterfaces>): string {
	const seen = Object.entries(interfaces).flatMap(([name, addresses = []]) =>
		addresses
			.filter(({ internal }) => !internal)
			.map(({ family, address }) => (family === "IPv4" ? `${name} ${address}` : `${name} ${family}`)),
	);
	return [...new Set(seen)].sort().join("\n");
}
