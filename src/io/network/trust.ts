import { createSecureContext, rootCertificates, type SecureContext, type SecureContextOptions } from "node:tls";
import { failure } from "../../core/failure.ts";
import { Trouble } from "./failure-of.ts";
import { hostPatterns } from "./host-patterns.ts";
import { readSystemRoots } from "./system-roots.ts";

/** Whom we believe, and who we are: one shared context for the public roots, one for each private root and each client certificate. */
export interface Trust {
	/**
	 * The context of the named private root, which vouches alone for its hosts; without a name, that of the public roots. With the
	 * client certificate for this host, where there is one. Throws `Trouble` for a name that is not known.
	 */
	context(root?: string, host?: string): SecureContext;
	/** Why the system's own roots are missing, once they have been looked for and where they are. */
	readonly trouble: string | undefined;
}

/** A client certificate, shown to those of its hosts that ask for one. */
export interface Identity extends Pick<SecureContextOptions, "cert" | "key" | "pfx" | "passphrase"> {
	/** As `hostPatterns` knows them; the first identity that fits counts. */
	readonly hosts: readonly string[];
}

/**
 * Plain curves first: a probe keeps no secret that a later computer could read, the post-quantum key share would cost
 * a tenth of its CPU, and the greeting stays within one packet.
 */
const GROUPS = "X25519:P-256:P-384:P-521";

/** Bundled roots, the system's and `extra` ones (PEM) are all believed. Reading them takes a while: it is done once, when first needed. */
export function createTrust(
	extra: readonly string[],
	roots: ReadonlyMap<string, string>,
	identities: readonly Identity[] = [],
	read = readSystemRoots,
): Trust {
	const contexts = new Map<string, SecureContext>();
	const known = identities.map(({ hosts, ...own }) => ({ own, isFor: hostPatterns(hosts) }));
	let publicRoots: readonly string[] | undefined;
	let trouble: string | undefined;
	const rootsOf = (name: string): string | readonly string[] => {
		if (name === "") {
			if (!publicRoots) {
				const system = read();
				trouble = system.trouble;
				publicRoots = each([...rootCertificates, ...system.roots, ...extra]);
			}
			return publicRoots;
		}
		const root = roots.get(name);
		if (root === undefined) throw new Trouble(failure("unreadable", `no private root is named "${name}"`));
		return root;
	};
	const build = (key: string, name: string, own: SecureContextOptions | undefined): SecureContext => {
		const context = createSecureContext({ ...own, ca: rootsOf(name) as string[], ecdhCurve: GROUPS });
		contexts.set(key, context);
		return context;
	};
	return {
		context(name = "", host = "") {
			const nth = known.findIndex(({ isFor }) => isFor(host));
			const key = `${nth} ${name}`;
			return contexts.get(key) ?? build(key, name, known[nth]?.own);
		},
		get trouble() {
			return trouble;
		},
	};
}

/** The same root may be written in lines of another length: what counts is its content. */
function each(roots: readonly string[]): string[] {
	return [...new Map(roots.map((pem) => [pem.replaceAll(/\s+/g, ""), pem])).values()];
}
