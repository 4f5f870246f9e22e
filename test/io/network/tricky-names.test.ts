import type { lookup } from "node:dns";
import { afterEach, describe, expect, test } from "vitest";
import { type Failure, failure } from "../../../src/core/failure.ts";
import { converse } from "../../../src/io/network/exchange.ts";
import { fetchPage } from "../../../src/io/network/fetch-page.ts";
import { request } from "../../../src/io/network/http.ts";
import { createNetwork, type NetworkOptions } from "../../../src/io/network/network.ts";
import { outsideGuard } from "../../../src/io/network/outside-guard.ts";
import { isPrivateAddress } from "../../../src/io/network/private-address.ts";
import { runProbe } from "../../../src/io/probes/run-probe.ts";
import { closeDnsServers, serveDns } from "../../helpers/dns-server.ts";
import { closeServers, serveHttp } from "../../helpers/servers.ts";

const DEADLINES = { dnsMs: 300, connectMs: 300, firstByteMs: 300, totalMs: 600 };
const signal = new AbortController().signal;

afterEach(() => Promise.all([closeServers(), closeDnsServers()]));

const refusePrivate = (address: string): Failure | undefined =>
	isPrivateAddress(address) ? failure("unreadable", `not ${address}`) : undefined;

describe("a name with tricks in it", () => {
	test.each<[url: string, asks: string | undefined, detail: RegExp]>([
		// what is before an @ is nobody's host, and is not sent
		["http://good.test@evil.test/", "evil.test", /evil\.test/],
		["http://good.test%2Fx@evil.test/", "evil.test", /evil\.test/],
		["http://good.test\\@evil.test/", "good.test", /good\.test/],
		// a homograph is shown as what it is
		["http://аpple.test/", "xn--pple-43d.test", /xn--pple-43d\.test/],
		["http://GOOD.test./", "good.test", /good\.test/],
		["http://ｇｏｏｄ.test/", "good.test", /good\.test/],
		["http://good。test/", "good.test", /good\.test/],
		// every spelling of an address is the address
		["http://0x7f.1/", undefined, /not 127\.0\.0\.1/],
		["http://2130706433/", undefined, /not 127\.0\.0\.1/],
		["http://0177.0.0.1/", undefined, /not 127\.0\.0\.1/],
		["http://127.1/", undefined, /not 127\.0\.0\.1/],
		["http://①②⑦.0.0.1/", undefined, /not 127\.0\.0\.1/],
		["http://[::ffff:127.0.0.1]/", undefined, /not ::ffff:7f00:1/],
		["http://[::ffff:7f00:1]:8080/", undefined, /not ::ffff:7f00:1/],
		["http://169.254.169.254/latest/meta-data/", undefined, /not 169\.254\.169\.254/],
		// and some are no address at all
		["http://[fe80::1%25eth0]/", undefined, /not a web address/],
		["http://0x7f.0x0.0x0.0x1.0x1/", undefined, /not a web address/],
		["http://256.256.256.256/", undefined, /not a web address/],
		["http://a b.test/", undefined, /not a web address/],
		["http://good.test:99999/", undefined, /not a web address/],
		["http://xn--/", "xn--", /xn--/],
		["http:///", undefined, /not a web address/],
		["javascript:alert(1)", undefined, /not a web address/],
		// too long for a name, but not for a program
		[`http://${"x".repeat(64)}.test/`, undefined, /^x{64}\.test: /],
		[`http://${"x.".repeat(500)}test/`, undefined, /^(x\.)+/],
	])("%s", async (url, asks, detail) => {
		const resolver = await serveDns({});
		const on = createNetwork({ deadlines: DEADLINES, dnsServers: [resolver.address] });
		const result = await fetchPage(on, url, { signal, allowAddress: refusePrivate });
		expect("failure" in result ? result.failure.detail : "an answer").toMatch(detail);
		expect([...new Set(resolver.questions.map((each) => each.replace(/ a+$/, "")))]).toEqual(
			asks === undefined ? [] : [asks],
		);
	});

	test("gives its user and password to nobody", async () => {
		const heard: unknown[] = [];
		const server = await serveHttp(({ headers, url }, response) => {
			heard.push(headers, url);
			response.end();
		});
		const on = createNetwork({ deadlines: DEADLINES });
		const url = new URL(`http://me:hunter2@127.0.0.1:${server.port}/path#secret`);
		await converse(on, signal, (exchange) => request(on, { url, read: "start" }, exchange));
		expect(heard).toHaveLength(2);
		expect(JSON.stringify(heard)).not.toMatch(/hunter2|authorization|secret/);
	});

	test.each(["a..b", "-", "x".repeat(300), "xn--", "a b", "..", "%"])(
		"is a failure of the name and no crash: %s",
		async (host) => {
			const resolver = await serveDns({});
			const on = createNetwork({ deadlines: DEADLINES, dnsServers: [resolver.address] });
			const { outcome } = await runProbe({ type: "tcp", host, port: 1 }, on, { signal, attempt: 0 });
			expect(outcome).toMatchObject({ kind: "failed", failure: { phase: "dns" } });
		},
	);
});

describe("an address that is refused", () => {
	/** All addresses lead to one server on this computer, whatever they are. */
	async function world(answers: (nth: number) => readonly string[], redirectsTo?: string) {
		const server = await serveHttp((incoming, response) => {
			if (incoming.url === "/start" && redirectsTo) response.writeHead(302, { location: redirectsTo }).end();
			else response.end("secret");
		});
		const dialled: string[] = [];
		let asked = 0;
		const answering = (_host: string, _options: unknown, done: (error: null, found: unknown) => void) => {
			done(
				null,
				answers(asked++).map((address) => ({ address, family: 4 })),
			);
		};
		const options: NetworkOptions = {
			deadlines: DEADLINES,
			lookup: answering as unknown as typeof lookup,
			mapPort: () => server.port,
			mapAddress: (_host, address) => {
				dialled.push(address);
				return "127.0.0.1";
			},
		};
		return { on: createNetwork(options), dialled, asked: () => asked };
	}

	test("is not dialled later: the addresses that were looked at are the ones that are dialled", async () => {
		const { on, dialled, asked } = await world((nth) => [nth === 0 ? "198.41.0.4" : "127.0.0.1"]);
		const result = await fetchPage(on, "http://rebinding.test/", { signal, allowAddress: refusePrivate });
		expect(result).toHaveProperty("page");
		expect([asked(), dialled]).toEqual([1, ["198.41.0.4"]]);
		const again = await fetchPage(on, "http://rebinding.test/", { signal, allowAddress: refusePrivate });
		expect(again).toMatchObject({ failure: { detail: "not 127.0.0.1" } });
		expect(dialled).toEqual(["198.41.0.4"]);
	});

	test("is asked about at every hop: a public page may not lead inside", async () => {
		for (const inside of ["http://10.0.0.1/", "http://[::1]/", "http://0x7f.1/", "http://inner.test/"]) {
			const { on } = await world((nth) => [nth === 0 ? "198.41.0.4" : "192.168.1.1"], inside);
			const result = await fetchPage(on, "http://outer.test/start", { signal, allowAddress: outsideGuard() });
			expect(result).toMatchObject({
				failure: { detail: expect.stringMatching(/^leads to .*, which is no public address$/) },
			});
		}
	});

	test("is none where the page itself is somebody's own, or leads on in public", async () => {
		const own = await world(() => ["192.168.1.1"], "http://inner.test/");
		expect(await fetchPage(own.on, "http://own.test/start", { signal, allowAddress: outsideGuard() })).toHaveProperty(
			"page",
		);
		const open = await world(() => ["198.41.0.4"], "http://open.test/");
		expect(
			await fetchPage(open.on, "http://outer.test/start", { signal, allowAddress: outsideGuard() }),
		).toHaveProperty("page");
	});
});
