import { readFile } from "node:fs/promises";
import { networkInterfaces } from "node:os";
import { rootCertificates } from "node:tls";
import type { Family } from "../../core/check.ts";
import { hasRoute } from "../network/route.ts";

/** What a diagnosis asks of the computer it runs on. */
export interface Computer {
	interfaces(): ReturnType<typeof networkInterfaces>;
	/** Whether there is a way to the Internet over that family. */
	hasRoute(family: Family): Promise<boolean>;
	/** The text of a file of the system; absent where there is none. */
	read(path: string): Promise<string | undefined>;
	/** The roots that every browser knows, PEM. */
	readonly publicRoots: readonly string[];
	/** Time that passes at one pace, whatever the clock is set to, and stands still while the computer sleeps, ms. */
	elapsed(): number;
}

export const thisComputer: Computer = {
	interfaces: networkInterfaces,
	hasRoute: (family) => hasRoute(family),
	read: (path) => readFile(path, "utf8").catch(() => undefined),
	publicRoots: rootCertificates,
	elapsed: () => performance.now(),
};
