import type { lookup } from "node:dns";
import { afterEach, describe, expect, test } from "vitest";
import { converse } from "../../../src/io/network/exchange.ts";
import { createNetwork, type NetworkOptions } from "../../../src/io/network/network.ts";
import { createNameService } from "../../../src/io/network/resolve.ts";
import { closeDnsServers, serveDns } from "../../helpers/dns-server.ts";

const signal = new AbortController().signal;

afterEach(closeDnsServers);

async function resolve(host: string, options: NetworkOptions) {
	const network = createNetwork({ deadlines: { dnsMs: 400 }, ...options });
	const result = await converse(network, signal, (exchange) => network.names.resolve(host, exchange));
	return "failure" in result ? `${result.failure.kind}: ${result.failure.detail}` : result.value;
}

describe("own DNS servers", () => {
	test("are asked for both families, IPv4 first", async () => {
		const server = await serveDns({
			"both.test": { a: ["127.0.0.1", "127.0.0.2"], aaaa: ["::1"] },
			"six.test": { aaaa: ["::1"] },
		});
		const options = { dnsServers: [server.address] };
		expect(await resolve("both.test", options)).toEqual(["127.0.0.1", "127.0.0.2", "::1"]);
		expect(await resolve("six.test", options)).toEqual(["::1"]);
		expect(server.questions.toSorted()).toEqual(["both.test a", "both.test aaaa", "six.test a", "six.test aaaa"]);
	});

	test("are not asked about addresses and fixed names, and those take no step", async () => {
		const server = await serveDns({});
		const options = { dnsServers: [server.address], hosts: new Map([["fixed.test", ["127.0.0.9"]]]) };
		expect(await resolve("127.0.0.1", options)).toEqual(["127.0.0.1"]);
		expect(await resolve("::1", options)).toEqual(["::1"]);
		expect(await resolve("FIXED.test", options)).toEqual(["127.0.0.9"]);
		expect(server.questions).toEqual([]);
	});

	test("that fail say how", async () => {
		const server = await serveDns({
			"ill.test": { code: 2 },
			"no.test": { code: 5 },
			"bare.test": {},
			"mute.test": "silent",
		});
		const options = { dnsServers: [server.address] };
		const names = ["gone.test", "bare.test", "ill.test", "no.test", "mute.test"];
		expect(await Promise.all(names.map((name) => resolve(name, options)))).toEqual([
			"dns_nxdomain: gone.test: the name does not exist (NXDOMAIN)",
			"dns_nxdomain: bare.test: the name has no address",
			"dns_servfail: ill.test: the resolver could not answer (SERVFAIL)",
			"dns_servfail: no.test: the resolver refused to answer (REFUSED)",
			expect.stringMatching(/^dns_timeout: /),
		]);
	});
});

describe("the system's resolver", () => {
	test("answers as the user's programs are answered", async () => {
		expect(await resolve("localhost", {})).toContain("127.0.0.1");
	});

	test("has a deadline", async () => {
		const never = (() => {}) as unknown as typeof lookup;
		expect(await resolve("slow.test", { deadlines: { dnsMs: 50 }, lookup: never })).toBe(
			"dns_timeout: nothing within 50 ms",
		);
	});

	test("that fails is explained by a question of our own", async () => {
		const server = await serveDns({
			"ill.test": { code: 2 },
			"well.test": { a: ["127.0.0.1"] },
			"mute.test": "silent",
		});
		const fails = ((_host: string, _options: object, done: (error: Error) => void) =>
			done(new Error("EAI_AGAIN"))) as typeof lookup;
		const names = createNameService({ limitMs: 400, lookup: fails, explainBy: [server.address] });
		const network = createNetwork();
		const outcomes = ["gone.test", "ill.test", "mute.test", "well.test"].map(async (host) => {
			const result = await converse(network, signal, (exchange) => names.resolve(host, exchange));
			return "failure" in result ? result.failure.kind : result.value;
		});
		expect(await Promise.all(outcomes)).toEqual(["dns_nxdomain", "dns_servfail", "dns_timeout", "dns_servfail"]);
	});
});
