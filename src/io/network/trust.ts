import { createSecureContext, getCACertificates, rootCertificates, type SecureContext } from "node:tls";
import { failure } from "../../core/failure.ts";
import { Trouble } from "./failure-of.ts";

/** Whom we believe: one shared context for the public roots, and one for each private root. */
export interface Trust {
	/**
	 * The context of the named private root, which vouches alone for its hosts; without a name, that of the public roots.
	 * Throws `Trouble` for a name that is not known.
	 */
	context(root?: string): SecureContext;
}

/**
 * Plain curves first: a probe keeps no secret that a later computer could read, the post-quantum key share would cost
 * a tenth of its CPU, and the greeting stays within one packet.
 */
const GROUPS = "X25519:P-256:P-384:P-521";

/** Bundled roots, the system's and `extra` ones (PEM) are all believed. Reading them takes a while: it is done once, when first needed. */
export function createTrust(extra: readonly string[], roots: ReadonlyMap<string, string>): Trust {
	const contexts = new Map<string, SecureContext>();
	const build = (name: string): SecureContext => {
		const ca = name === "" ? publicRoots(extra) : roots.get(name);
		if (ca === undefined) throw new Trouble(failure("unreadable", `no private root is named "${name}"`));
		const context = createSecureContext({ ca, ecdhCurve: GROUPS });
		contexts.set(name, context);
		return context;
	};
	return { context: (name = "") => contexts.get(name) ?? build(name) };
}

/** The same root may be written in lines of another length: what counts is its content. */
function publicRoots(extra: readonly string[]): string[] {
	const all = [...rootCertificates, ...getCACertificates("system"), ...extra];
	return [...new Map(all.map((pem) => [pem.replaceAll(/\s+/g, ""), pem])).values()];
}
