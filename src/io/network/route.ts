import { createSocket } from "node:dgram";
import type { Family } from "../../core/check.ts";

/** Public resolvers' addresses, of which only the direction matters: nothing is sent there. */
const FAR_AWAY: Readonly<Record<Family, string>> = { 4: "8.8.8.8", 6: "2001:4860:4860::8888" };

const NO_ROUTE: ReadonlySet<unknown> = new Set(["ENETUNREACH", "EHOSTUNREACH", "EADDRNOTAVAIL", "EAFNOSUPPORT"]);

/** Whether this computer knows a way to `address`, or to the Internet over that family. Asks its own routing table, and sends nothing. */
export function hasRoute(family: Family, address: string = FAR_AWAY[family]): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = createSocket(family === 6 ? "udp6" : "udp4");
		const end = (error?: Error) => {
			resolve(!(error && "code" in error && NO_ROUTE.has(error.code)));
			socket.close();
		};
		socket.once("error", end);
		// To connect a UDP socket is to look up its route.
		socket.connect(9, address, end as () => void);
	});
}
