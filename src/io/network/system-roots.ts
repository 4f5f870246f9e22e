import { getCACertificates } from "node:tls";
import { failureOf } from "./failure-of.ts";

/** The certificates that this computer's own store vouches for. */
interface SystemRoots {
	/** PEM, each once. */
	readonly roots: readonly string[];
	/** Why there are none, as one plain line, where that is odd. */
	readonly trouble?: string;
}

/** Reads the system's store, which takes a while. Never throws: without it the bundled roots still stand. */
export function readSystemRoots(read: () => readonly string[] = () => getCACertificates("system")): SystemRoots {
	try {
		// some systems list each certificate under several names
		const roots = [...new Set(read())];
		return roots.length > 0 ? { roots } : { roots, trouble: "the system's certificate store is empty" };
	} catch (error) {
		return { roots: [], trouble: `the system's certificate store cannot be read: ${failureOf(error).detail}` };
	}
}
