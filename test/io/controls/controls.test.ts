import { afterEach, describe, expect, test } from "vitest";
import type { ControlSpec } from "../../../src/core/check.ts";
import { judgePortal } from "../../../src/io/controls/http.ts";
import { runControl } from "../../../src/io/controls/run-control.ts";
import type { Headers } from "../../../src/io/network/headers.ts";
import { createNetwork, type NetworkOptions } from "../../../src/io/network/network.ts";
import { createAuthority } from "../../helpers/certificates.ts";
import { closeDnsServers, type DnsZone, dnsAnswer, serveDns } from "../../helpers/dns-server.ts";
import { closedPort, closeServers, serveHttp, serveHttps, serveTcp } from "../../helpers/servers.ts";

afterEach(async () => {
	await Promise.all([closeServers(), closeDnsServers()]);
});

async function run(spec: ControlSpec, options: NetworkOptions = {}) {
	const network = createNetwork({
		deadlines: { dnsMs: 300, connectMs: 300, firstByteMs: 300, totalMs: 600 },
		...options,
	});
	const result = await runControl(spec, network, { signal: new AbortController().signal, attempt: 0 });
	const { outcome } = result;
	const brief = outcome.kind === "failed" ? `${outcome.failure.kind} ${outcome.failure.phase ?? "-"}` : outcome.kind;
	return { ...result, brief };
}

describe("a captive-portal page", () => {
	const nothing = { status: 204 };
	const success = { status: 200, body: "success" };

	test.each<
		[kind: string, expected: { status: number; body?: string }, status: number, body: string, headers?: Headers]
	>([
		["ok", nothing, 204, ""],
		["ok", success, 200, "success"],
		["ok", success, 200, "\n success\r\n"],
		["portal", success, 200, "<html>Log in</html>"],
		["portal", success, 200, ""],
		["portal", success, 200, "success and more"],
		["portal", success, 204, ""],
		["portal", nothing, 200, "<html>Log in</html>"],
		["portal", nothing, 200, ""],
		["portal", nothing, 302, "", { location: "http://login.hotel.test/" }],
		["portal", success, 301, "success", { location: "https://same.test/" }],
		["portal", nothing, 304, ""],
		["portal", nothing, 511, "<html>Log in</html>"],
		["failed", nothing, 404, ""],
		["failed", success, 503, "success"],
		["failed", nothing, 403, ""],
	])("gives %s where %j is expected and %i %j comes", (kind, expected, status, body, headers = {}) => {
		expect(judgePortal({ status, headers, body: Buffer.from(body) }, expected).kind).toBe(kind);
	});

	test("that is another shows where it came from, as one plain line", () => {
		const response = {
			status: 302,
			headers: { location: `http://login.test/\u202e${"x".repeat(400)}` },
			body: Buffer.alloc(0),
		};
		const outcome = judgePortal(response, nothing);
		expect(outcome).toMatchObject({
			kind: "portal",
			detail: expect.stringMatching(/^redirected to http:\/\/login\.test\/ x+…$/),
		});
	});

	test("is asked for over plain HTTP, and a long page in its place is not read to its end", async () => {
		const good = await serveHttp((_request, response) => void response.end("success\n"));
		const long = await serveHttp((_request, response) => void response.end("x".repeat(3_000_000)));
		const at = (port: number): ControlSpec => ({ type: "http", url: `http://127.0.0.1:${port}/`, ...success });
		expect(await run(at(good.port))).toMatchObject({ brief: "ok", phases: { first_byte: expect.any(Number) } });
		expect((await run(at(long.port))).brief).toBe("portal");
		expect((await run(at(await closedPort()))).brief).toBe("refused connect");
	});
});

describe("a name with published addresses", () => {
	const spec: ControlSpec = { type: "dns", name: "known.test", addresses: ["192.0.2.1", "192.0.2.2"] };
	const zone = (entry: DnsZone[string]) => serveDns({ "known.test": entry });

	test("is answered by any of them", async () => {
		const server = await zone({ a: ["192.0.2.9", "192.0.2.2"] });
		const result = await run(spec, { dnsServers: [server.address] });
		expect(result.brief).toBe("ok");
		expect(Object.keys(result.phases)).toEqual(["dns"]);
	});

	test("answered by others is a resolver that lies", async () => {
		const server = await zone({ a: ["10.0.0.1"] });
		const { outcome } = await run(spec, { dnsServers: [server.address] });
		const detail = "known.test: answered 10.0.0.1, expected 192.0.2.1 or 192.0.2.2";
		expect(outcome).toMatchObject({ kind: "failed", failure: { kind: "unreadable", detail } });
	});

	test("that is not answered fails as any name does", async () => {
		const servers = await Promise.all([zone({ code: 2 }), zone("silent"), serveDns({})]);
		const briefs = servers.map(async ({ address }) => (await run(spec, { dnsServers: [address] })).brief);
		expect(await Promise.all(briefs)).toEqual(["dns_servfail dns", "dns_timeout dns", "dns_nxdomain dns"]);
	});
});

test("a literal address is well when it accepts a connection", async () => {
	const server = await serveTcp(() => {});
	expect((await run({ type: "ip", address: "127.0.0.1", port: server.port })).brief).toBe("ok");
	expect((await run({ type: "ip", address: "127.0.0.1", port: await closedPort() })).brief).toBe("refused connect");
});

describe("DNS over HTTPS", () => {
	async function serve(
		zone: DnsZone,
		change: (answer: Buffer) => Buffer = (answer) => answer,
		type = "application/dns-message",
	) {
		const authority = await createAuthority();
		const server = await serveHttps(await authority.issue(["dns.test"]), async (request, response) => {
			const query = Buffer.concat(await request.toArray());
			const asked = request.method === "POST" && request.headers["content-type"] === "application/dns-message";
			response.writeHead(asked ? 200 : 400, { "content-type": type }).end(change(dnsAnswer(query, zone)));
		});
		const spec = (name: string, host = "dns.test"): ControlSpec => {
			return { type: "doh", url: `https://${host}:${server.port}/dns-query`, addresses: ["127.0.0.1"], name };
		};
		const noResolver = { dnsServers: [`127.0.0.1:${await closedPort()}`], extraRoots: [authority.pem] };
		return async (name: string, host?: string) => (await run(spec(name, host), noResolver)).brief;
	}

	const zone: DnsZone = {
		"host.test": { a: ["192.0.2.1"] },
		"ill.test": { code: 2 },
		"shy.test": { code: 5 },
		"bare.test": {},
	};

	test("needs no resolver of ours, and its server's certificate is verified", async () => {
		const ask = await serve(zone);
		expect(await ask("host.test")).toBe("ok");
		expect(await ask("Host.TEST")).toBe("ok");
		expect(await ask("host.test", "other.test")).toBe("tls_untrusted tls");
	});

	test("passes on what the DNS says", async () => {
		const ask = await serve(zone);
		const names = ["gone.test", "ill.test", "shy.test", "bare.test"];
		expect(await Promise.all(names.map((name) => ask(name)))).toEqual([
			"dns_nxdomain -",
			"dns_servfail -",
			"dns_servfail -",
			"unreadable -",
		]);
	});

	test("that is not what was asked for is unreadable", async () => {
		const asks = [
			await serve(zone, () => Buffer.from("<html>Log in</html>")),
			await serve(zone, (answer) => answer.subarray(0, -3)),
			await serve(zone, (answer) => answer.fill("x", 13, 14)),
			await serve(zone, (answer) => answer, "text/html"),
		];
		expect(await Promise.all(asks.map((ask) => ask("host.test")))).toEqual(asks.map(() => "unreadable -"));
	});
});
