import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import { beforeAll, describe, expect, test } from "vitest";
import { createNetwork } from "../../../src/io/network/network.ts";
import { readSystemRoots } from "../../../src/io/network/system-roots.ts";
import { createTrust } from "../../../src/io/network/trust.ts";
import { runProbe } from "../../../src/io/probes/run-probe.ts";
import { type Authority, createAuthority } from "../../helpers/certificates.ts";
import { closeServers, serveHttps } from "../../helpers/servers.ts";

let authority: Authority;

beforeAll(async () => {
	authority = await createAuthority();
});

const NO_ROOTS: ReadonlyMap<string, string> = new Map();

describe("the system's certificate store", () => {
	test("is read when it is first needed, once, and not for a private root", () => {
		let reads = 0;
		const read = () => {
			reads++;
			return { roots: [authority.pem] };
		};
		const trust = createTrust([], new Map([["private", authority.pem]]), [{ hosts: ["a.test"] }], read);
		trust.context("private", "b.test");
		expect(reads).toBe(0);
		expect(trust.context("", "b.test")).toBe(trust.context());
		trust.context("", "a.test");
		expect(reads).toBe(1);
		expect(trust.trouble).toBeUndefined();
	});

	test.each<[what: string, read: () => string[], trouble: RegExp]>([
		[
			"cannot be read",
			() => {
				throw new Error("no such\nstore");
			},
			/^the system's certificate store cannot be read: no such store$/,
		],
		["is empty", () => [], /^the system's certificate store is empty$/],
	])("that %s is said, and the bundled roots still stand", (_what, read, trouble) => {
		const trust = createTrust([], NO_ROOTS, [], () => readSystemRoots(read));
		expect(trust.trouble).toBeUndefined();
		expect(() => trust.context()).not.toThrow();
		expect(trust.trouble).toMatch(trouble);
	});

	test("that lists a certificate twice gives it once", () => {
		expect(readSystemRoots(() => [authority.pem, authority.pem]).roots).toEqual([authority.pem]);
	});

	test("of this computer gives certificates, or says why not", () => {
		const { roots, trouble } = readSystemRoots();
		expect(roots.length > 0).toBe(trouble === undefined);
		for (const pem of roots.slice(0, 3)) expect(new X509Certificate(pem).subject).not.toBe("");
	});
});

test("a certificate that does not verify is said to lack the system's roots, where it does", async () => {
	const server = await serveHttps(await authority.issue(["127.0.0.1"]), () => {});
	const trust = createTrust([], NO_ROOTS, [], () => ({
		roots: [],
		trouble: "the system's certificate store is empty",
	}));
	const on = { ...createNetwork(), trust };
	const run = { signal: new AbortController().signal, attempt: 0 };
	const { outcome } = await runProbe({ type: "tls", host: "127.0.0.1", port: server.port }, on, run);
	await closeServers();
	expect(outcome).toMatchObject({ failure: { kind: "tls_untrusted" } });
	expect("failure" in outcome && outcome.failure.detail).toMatch(
		/issued by Semaforo Test Root.*\(the system's certificate store is empty\)$/,
	);
});

describe("a context", () => {
	test("is one for all public hosts, and one for each private root and each client certificate", () => {
		const identities = [{ hosts: ["*.a.test"] }, { hosts: ["b.test", "10.0.0.0/8"] }];
		const trust = createTrust(
			[...rootCertificates.slice(0, 1)],
			new Map([["private", authority.pem]]),
			identities,
			() => ({
				roots: [],
			}),
		);
		const names = ["x.test", "y.test", "deep.a.test", "a.test", "b.test", "10.1.2.3", "11.1.2.3"];
		const all = names.map((host) => trust.context("", host));
		const [public1, public2, a1, a2, b1, b2, outside] = all;
		expect([public2, a2, b2, outside]).toEqual([public1, a1, b1, public1]);
		expect(new Set([...all, trust.context("private", "x.test"), trust.context("private", "b.test")]).size).toBe(5);
	});
});
