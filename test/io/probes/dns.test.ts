import { afterEach, describe, expect, test } from "vitest";
import type { DnsProbeSpec } from "../../../src/core/check.ts";
import { createNetwork, type NetworkOptions } from "../../../src/io/network/network.ts";
import { createAuthority } from "../../helpers/certificates.ts";
import { closeDnsServers, type DnsZone, dnsAnswer, serveDns } from "../../helpers/dns-server.ts";
import { closedPort, closeServers, serveHttps, serveSilence } from "../../helpers/servers.ts";
import { failureIn, HASTY, run, soonAborted } from "./run.ts";

afterEach(closeServers);
afterEach(closeDnsServers);

const ZONE: DnsZone = {
	"both.test": { a: ["93.184.215.14"], aaaa: ["2606:2800:21f::1"] },
	"four.test": { a: ["93.184.215.14"] },
	"six.test": { aaaa: ["2606:2800:21f::1"] },
	"none.test": {},
	"ill.test": { code: 2 },
	"refused.test": { code: 5 },
	"odd.test": { code: 4 },
	"lied.test": { a: ["93.184.215.14", "10.10.34.34"] },
	"sunk.test": { a: ["0.0.0.0"] },
	"lied-six.test": { aaaa: ["::1"] },
	"silent.test": "silent",
};

const spec = (name: string, more: Partial<DnsProbeSpec> = {}): DnsProbeSpec => ({ type: "dns", name, ...more });

/** What each name comes to, whoever is asked. */
const OUTCOMES: readonly (readonly [string, Partial<DnsProbeSpec>, string])[] = [
	["both.test", {}, "ok"],
	["four.test", {}, "ok"],
	["six.test", {}, "ok"],
	["four.test", { family: 4 }, "ok"],
	["six.test", { family: 6 }, "ok"],
	["none.test", {}, "dns_nxdomain dns"],
	["gone.test", {}, "dns_nxdomain dns"],
	["ill.test", {}, "dns_servfail dns"],
	["refused.test", {}, "dns_servfail dns"],
	["lied.test", {}, "dns_servfail dns"],
	["sunk.test", {}, "dns_servfail dns"],
	["lied-six.test", {}, "dns_servfail dns"],
	["lied.test", { mayBePrivate: true }, "ok"],
	["silent.test", {}, "dns_timeout dns"],
];

describe("a DNS probe of the system's resolver", () => {
	const network = async (more: NetworkOptions = {}) =>
		createNetwork({ dnsServers: [(await serveDns(ZONE)).address], deadlines: { ...HASTY, dnsMs: 800 }, ...more });

	test.each(OUTCOMES)("of %s %j: %s", async (name, more, expected) => {
		const result = await run(spec(name, more), await network());
		const outcome = failureIn(result);
		expect(outcome).toEqual(expected === "ok" ? { kind: "ok" } : expected);
		expect(Object.keys(result.phases)).toEqual(["dns"]);
		expect(result).not.toHaveProperty("address");
	});

	test("names the lie", async () => {
		expect((await run(spec("lied.test"), await network())).outcome).toMatchObject({
			failure: { detail: "lied.test: answered 10.10.34.34, which is no public address" },
		});
	});

	test("of a name without an address of the wanted family fails only where that family leads anywhere", async () => {
		const result = await run(spec("six.test", { family: 4 }), await network());
		expect(["dns_nxdomain dns", { kind: "skipped" }]).toContainEqual(failureIn(result));
	});

	test("is not tried behind a proxy, which looks names up by itself", async () => {
		const on = await network({ proxy: { url: "http://127.0.0.1:1", bypass: ["four.test"] } });
		expect((await run(spec("both.test"), on)).outcome).toMatchObject({ kind: "skipped" });
		expect((await run(spec("four.test"), on)).outcome).toEqual({ kind: "ok" });
	});

	test("ends when it is not wanted any more", async () => {
		expect(failureIn(await run(spec("silent.test"), await network(), soonAborted()))).toBe("dns_timeout dns");
	});
});

describe("a DNS probe over HTTPS", () => {
	async function resolver(
		reply: (query: Buffer) => Buffer = (query) => dnsAnswer(query, ZONE),
		type = "application/dns-message",
	) {
		const authority = await createAuthority();
		const questions: string[] = [];
		const server = await serveHttps(await authority.issue(["doh.test"]), (request, response) => {
			const parts: Buffer[] = [];
			request.on("data", (part: Buffer) => parts.push(part));
			request.on("end", () => {
				const query = Buffer.concat(parts);
				questions.push(`${request.method} ${query.readUInt16BE(query.length - 4)}`);
				response.writeHead(200, { "content-type": type }).end(reply(query));
			});
		});
		const network = createNetwork({ extraRoots: [authority.pem], deadlines: HASTY, dnsServers: ["127.0.0.1:1"] });
		const over = { url: `https://doh.test:${server.port}/dns-query`, addresses: ["127.0.0.1"] };
		return { network, over, questions };
	}

	test.each(OUTCOMES.filter(([name]) => name !== "silent.test"))("of %s %j: %s", async (name, more, expected) => {
		const { network, over } = await resolver();
		const outcome = failureIn(await run(spec(name, { over, ...more }), network));
		if (expected === "ok") expect(outcome).toEqual({ kind: "ok" });
		else expect(outcome).toContain(expected.split(" ")[0]);
	});

	test("asks for IPv6 only where IPv4 is not enough, over verified TLS and without the local resolver", async () => {
		const { network, over, questions } = await resolver();
		const result = await run(spec("both.test", { over }), network);
		expect(result).toMatchObject({ outcome: { kind: "ok" }, address: "127.0.0.1", certificate: { daysLeft: 0 } });
		expect(Object.keys(result.phases)).toEqual(["connect", "tls", "first_byte", "transfer"]);
		await run(spec("six.test", { over }), network);
		expect(questions).toEqual(["POST 1", "POST 1", "POST 28"]);
	});

	test.each<[string, (query: Buffer) => Buffer, string?]>([
		[
			"another name",
			() => dnsAnswer(Buffer.from(`000001000001000000000000046576696c04746573740000010001`, "hex"), ZONE),
		],
		["half a message", (query) => dnsAnswer(query, ZONE).subarray(0, 20)],
		["a web page", () => Buffer.from("<html>"), "text/html"],
	])("finds %s unreadable", async (_, reply, type) => {
		const { network, over } = await resolver(reply, type);
		expect(failureIn(await run(spec("both.test", { over }), network))).toMatch(/^unreadable/);
	});

	test("finds a code that nobody expects unreadable", async () => {
		const { network, over } = await resolver();
		expect(failureIn(await run(spec("odd.test", { over }), network))).toMatch(/^unreadable/);
	});

	test("tells a resolver that is not there from a name that is not", async () => {
		const addresses = ["127.0.0.1"];
		const network = createNetwork({ deadlines: HASTY });
		const at = (port: number) => spec("both.test", { over: { url: `https://doh.test:${port}/`, addresses } });
		expect(failureIn(await run(at(await closedPort()), network))).toBe("refused connect");
		expect(failureIn(await run(at((await serveSilence()).port), network))).toBe("timeout tls");
	});
});
