import { inspect } from "node:util";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { ProbeSpec } from "../../../src/core/check.ts";
import { createNetwork, type NetworkOptions } from "../../../src/io/network/network.ts";
import type { ProbeResult } from "../../../src/io/probes/probe.ts";
import { runProbe } from "../../../src/io/probes/run-probe.ts";
import { type Authority, createAuthority } from "../../helpers/certificates.ts";
import { serveSocks5, serveTlsFront } from "../../helpers/proxy-servers.ts";
import {
	closedPort,
	closeServers,
	serveHttp,
	serveHttps,
	serveProxy,
	serveReset,
	serveSilence,
	serveTcp,
	type TestServer,
} from "../../helpers/servers.ts";

const LIMIT_MS = 300;
const DEADLINES = { dnsMs: LIMIT_MS, connectMs: LIMIT_MS, tlsMs: LIMIT_MS, firstByteMs: LIMIT_MS, totalMs: 1000 };
const HTTPS: ProbeSpec = { type: "http", url: "https://good.test/" };
const PLAIN: ProbeSpec = { type: "http", url: "http://plain.test/path?query" };
const TCP: ProbeSpec = { type: "tcp", host: "good.test", port: 5222 };

let authority: Authority;

beforeAll(async () => {
	authority = await createAuthority();
});

afterEach(closeServers);

function network(more: NetworkOptions = {}) {
	return createNetwork({ deadlines: DEADLINES, extraRoots: [authority.pem], ...more });
}

function probe(spec: ProbeSpec, on: ReturnType<typeof network>): Promise<ProbeResult> {
	return runProbe(spec, on, { signal: new AbortController().signal, attempt: 0 });
}

function briefly({ outcome, proxied }: ProbeResult): string {
	const way = proxied ? " proxied" : "";
	return outcome.kind === "failed" ? `${outcome.failure.kind} ${outcome.failure.phase}${way}` : `${outcome.kind}${way}`;
}

function detailOf({ outcome }: ProbeResult): string {
	if (outcome.kind === "skipped") return outcome.why;
	return "failure" in outcome ? outcome.failure.detail : outcome.kind;
}

async function target(): Promise<TestServer> {
	return serveHttps(await authority.issue(["good.test"]), (_request, response) => void response.end("fine"));
}

describe("a proxy that is spoken to over TLS", () => {
	async function front(names: readonly string[], inner: TestServer) {
		return serveTlsFront(await authority.issue(names), inner.port);
	}

	test("opens tunnels, in which the target's own certificate counts", async () => {
		const server = await target();
		const inner = await serveProxy({ to: server.port, login: "me:secret" });
		const proxy = await front(["127.0.0.1"], inner);
		const on = network({ proxy: { url: `https://me:secret@127.0.0.1:${proxy.port}` } });
		const result = await probe(HTTPS, on);
		expect(briefly(result)).toBe("ok proxied");
		expect(Object.keys(result.phases)).toEqual(["connect", "proxy", "tls", "first_byte", "transfer"]);
		expect(inner.asked).toEqual(["CONNECT good.test:443"]);
		const wrong = await probe({ type: "tls", host: "other.test", port: 443 }, on);
		expect(briefly(wrong)).toBe("tls_untrusted tls proxied");
	});

	test("takes plain HTTP whole", async () => {
		const inner = await serveProxy({});
		const proxy = await front(["127.0.0.1"], inner);
		expect(briefly(await probe(PLAIN, network({ proxy: { url: `https://127.0.0.1:${proxy.port}` } })))).toBe(
			"ok proxied",
		);
		expect(inner.asked).toEqual(["GET http://plain.test/path?query"]);
	});

	test("must prove who it is before it is told anything", async () => {
		const inner = await serveProxy({ login: "me:secret" });
		const proxy = await front(["another.test"], inner);
		const result = await probe(HTTPS, network({ proxy: { url: `https://me:secret@127.0.0.1:${proxy.port}` } }));
		expect(briefly(result)).toBe("tls_untrusted proxy proxied");
		expect(inner.asked).toEqual([]);
		expect(result.certificate).toBeUndefined();
	});
});

describe("a SOCKS5 proxy", () => {
	test.each([1, 3, 4] as const)("resolves names itself, and may name its own address in form %i", async (from) => {
		const server = await target();
		const proxy = await serveSocks5({ to: server.port, from });
		const result = await probe(HTTPS, network({ proxy: { url: `socks5://127.0.0.1:${proxy.port}` } }));
		expect(briefly(result)).toBe("ok proxied");
		expect(Object.keys(result.phases)).toEqual(["connect", "proxy", "tls", "first_byte", "transfer"]);
		expect(proxy.asked).toEqual(["1 3 good.test 443"]);
	});

	test("is given literal addresses as such, and carries plain HTTP and bare connections too", async () => {
		const server = await serveHttp((_request, response) => void response.end("fine"));
		const proxy = await serveSocks5({ to: server.port });
		const on = network({ proxy: { url: `socks5://127.0.0.1:${proxy.port}` } });
		expect(briefly(await probe(PLAIN, on))).toBe("ok proxied");
		expect(briefly(await probe({ type: "tcp", host: "192.0.2.7", port: 9 }, on))).toBe("ok proxied");
		expect(briefly(await probe({ type: "tcp", host: "2001:db8::7", port: 258 }, on))).toBe("ok proxied");
		expect(proxy.asked).toEqual(["1 3 plain.test 80", "1 1 192.0.2.7 9", `1 4 32.1.13.184.${"0.".repeat(11)}7 258`]);
	});

	test("leaves what the target says first for the target's reader", async () => {
		const server = await serveTcp((socket) => void socket.end("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"));
		const proxy = await serveSocks5({ to: server.port });
		expect(briefly(await probe(PLAIN, network({ proxy: { url: `socks5://127.0.0.1:${proxy.port}` } })))).toBe(
			"ok proxied",
		);
	});

	test("is given a login where it wants one and there is one", async () => {
		const server = await serveTcp(() => {});
		const proxy = await serveSocks5({ to: server.port, login: "me:s e:crét" });
		const at = `127.0.0.1:${proxy.port}`;
		expect(briefly(await probe(TCP, network({ proxy: { url: `socks5://me:s%20e%3Acr%C3%A9t@${at}` } })))).toBe(
			"ok proxied",
		);
		const wrong = await probe(TCP, network({ proxy: { url: `socks5://me:guess@${at}` } }));
		expect(wrong.outcome).toMatchObject({ kind: "failed", failure: { kind: "refused", phase: "proxy" } });
		expect(detailOf(wrong)).toBe("the proxy wants a login, and not the one it was given");
		expect(detailOf(await probe(TCP, network({ proxy: { url: `socks5://${at}` } })))).toBe("the proxy wants a login");
		const open = await serveSocks5({ to: server.port });
		const polite = network({ proxy: { url: `socks5://me:secret@127.0.0.1:${open.port}` } });
		expect(briefly(await probe(TCP, polite))).toBe("ok proxied");
		expect(open.asked).toEqual(["1 3 good.test 5222"]);
	});

	test.each<[number, string, RegExp]>([
		[1, "unreachable proxy proxied", /the proxy failed \(SOCKS reply 1\)/],
		[2, "skipped proxied", /does not allow a connection to good\.test:5222/],
		[3, "unreachable connect proxied", /has no route to good\.test:5222/],
		[4, "unreachable connect proxied", /cannot reach good\.test:5222/],
		[5, "refused connect proxied", /was refused by good\.test:5222/],
		[6, "timeout connect proxied", /no answer in time from good\.test:5222/],
		[7, "skipped proxied", /opens no connections at all/],
		[8, "skipped proxied", /does not take the address of good\.test:5222/],
		[9, "unreachable proxy proxied", /SOCKS reply 9/],
		[255, "unreachable proxy proxied", /SOCKS reply 255/],
	])("that replies %i gives: %s", async (reply, expected, words) => {
		const proxy = await serveSocks5({ reply });
		const result = await probe(TCP, network({ proxy: { url: `socks5://127.0.0.1:${proxy.port}` } }));
		expect(briefly(result)).toBe(expected);
		expect(detailOf(result)).toMatch(words);
	});

	test("that chooses a login which was not offered is not followed", async () => {
		for (const method of [1, 2, 77]) {
			const proxy = await serveSocks5({ method });
			const result = await probe(TCP, network({ proxy: { url: `socks5://127.0.0.1:${proxy.port}` } }));
			expect(briefly(result)).toBe("unreadable proxy proxied");
			expect(detailOf(result)).toContain(`login method ${method}`);
			expect(proxy.asked).toEqual([]);
		}
	});
});

describe("a login", () => {
	const refusing = (...asks: string[]) =>
		serveTcp((socket) => {
			const lines = asks.map((ask) => `proxy-authenticate: ${ask}\r\n`).join("");
			socket.once("data", () => socket.end(`HTTP/1.1 407 No\r\n${lines}content-length: 0\r\n\r\n`));
		});

	test.each<[asks: string[], login: string, words: string]>([
		[[], "", "the proxy wants a login"],
		[['Basic realm="office"'], "", "the proxy wants a login"],
		[['Basic realm="office"'], "me:guess@", "the proxy wants a login, and not the one it was given"],
		[["Negotiate", "NTLM"], "me:guess@", "the proxy wants a login by Negotiate or NTLM, and only Basic can be given"],
		[["Negotiate", 'basic realm="x"'], "", "the proxy wants a login"],
	])("that is wanted (%j, given %j) is told in words", async (asks, login, words) => {
		const proxy = await refusing(...asks);
		const on = network({ proxy: { url: `http://${login}127.0.0.1:${proxy.port}` } });
		for (const spec of [HTTPS, PLAIN]) {
			const result = await probe(spec, on);
			expect(result.outcome).toMatchObject({ kind: "failed", failure: { kind: "http", phase: "proxy", status: 407 } });
			expect(detailOf(result)).toBe(words);
		}
	});

	test("is nowhere to be seen: not in evidence, not in a printed network", async () => {
		const refuses = await serveProxy({ login: "other:other" });
		for (const url of [
			`http://me:hunter2@127.0.0.1:${refuses.port}`,
			`socks5://me:hunter2@127.0.0.1:${refuses.port}`,
		]) {
			const on = network({ proxy: { url } });
			const seen = [await probe(HTTPS, on), on.proxy, on, await on.ways.to({ host: "h", port: 1 }, on.begin())];
			for (const each of seen) expect(`${inspect(each, { depth: 9 })}${JSON.stringify(each)}`).not.toContain("hunter2");
		}
	});
});

describe("a proxy that misbehaves costs its time and no more", () => {
	const raw = (reply: (socket: import("node:net").Socket) => void) =>
		serveTcp((socket) => void socket.once("data", () => reply(socket)));

	test.each<[what: string, serve: () => Promise<TestServer>, http: string, socks: string]>([
		["hangs", serveSilence, "timeout proxy", "timeout proxy"],
		["drops the connection", serveReset, "reset proxy", "reset proxy"],
		["hangs up in the middle of its answer", () => raw((s) => void s.end("\x05")), "unreadable proxy", "reset proxy"],
		[
			"answers garbage",
			() => raw((s) => void s.end("\0\x01\x02garbage\r\n\r\n")),
			"unreadable proxy",
			"unreadable proxy",
		],
		[
			"speaks the other protocol",
			() => raw((s) => void s.end("HTTP/1.1 400 Bad Request\r\n\r\n")),
			"http proxy",
			"unreadable proxy",
		],
		["sends ten megabytes of headers", () => raw(headersWithoutEnd), "unreadable proxy", "unreadable proxy"],
		[
			"redirects",
			() => raw((s) => void s.end("HTTP/1.1 302 Found\r\nlocation: http://login.test/\r\n\r\n")),
			"http proxy",
			"unreadable proxy",
		],
		["drips", () => raw(drip), "timeout proxy", "unreadable proxy"],
		["is endlessly about to answer", () => raw(hints), "http proxy", "unreadable proxy"],
	])("one that %s", async (_what, serve, http, socks) => {
		const server = await serve();
		const began = performance.now();
		for (const [scheme, expected] of [
			["http", http],
			["socks5", socks],
		] as const) {
			const result = await probe(HTTPS, network({ proxy: { url: `${scheme}://127.0.0.1:${server.port}` } }));
			expect(briefly(result)).toBe(`${expected} proxied`);
		}
		expect(performance.now() - began).toBeLessThan(4 * LIMIT_MS);
		await expect.poll(server.held).toBe(0);
	});
});

function headersWithoutEnd(socket: import("node:net").Socket): void {
	socket.write("HTTP/1.1 200 OK\r\n");
	const line = Buffer.from(`x-pad: ${"x".repeat(8000)}\r\n`);
	let sent = 0;
	const more = () => {
		while (!socket.destroyed && sent < 10e6) {
			sent += line.length;
			if (!socket.write(line)) return;
		}
		socket.end("\r\n");
	};
	socket.on("drain", more);
	more();
}

function drip(socket: import("node:net").Socket): void {
	const timer = setInterval(() => socket.write("H"), 20);
	socket.write("HTTP/1.1 200 OK\r\nx: ");
	socket.on("close", () => clearInterval(timer));
}

function hints(socket: import("node:net").Socket): void {
	const more = () => {
		while (!socket.destroyed && socket.write("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(50)));
	};
	socket.on("drain", more);
	more();
}

describe("several ways out", () => {
	/** Stands for a PAC script, a browser or the system; notes what it was asked. */
	function script(answer: string | (() => Promise<string>)) {
		const urls: string[] = [];
		const resolveProxy = (url: string) => {
			urls.push(url);
			return typeof answer === "string" ? Promise.resolve(answer) : answer();
		};
		return { urls, resolveProxy };
	}

	test("are asked for by origin alone, with the scheme of the request", async () => {
		const server = await target();
		const proxy = await serveProxy({ to: server.port });
		const { urls, resolveProxy } = script(`PROXY 127.0.0.1:${proxy.port}`);
		const on = network({ resolveProxy });
		await probe({ type: "http", url: "https://good.test/a/secret?token=1" }, on);
		await probe({ type: "http", url: "http://plain.test:8080/a/secret" }, on);
		await probe({ type: "tcp", host: "2001:db8::1", port: 5222 }, on);
		expect(urls).toEqual(["https://good.test/", "http://plain.test:8080/", "https://[2001:db8::1]:5222/"]);
	});

	test("are tried in their order, until one of them leads out", async () => {
		const server = await target();
		const socks = await serveSocks5({ to: server.port });
		const silent = await serveSilence();
		const list = `PROXY 127.0.0.1:${await closedPort()}; PROXY 127.0.0.1:${silent.port}; SOCKS5 127.0.0.1:${socks.port}; DIRECT`;
		const on = network({ resolveProxy: script(list).resolveProxy });
		expect(briefly(await probe(HTTPS, on))).toBe("ok proxied");
		expect([silent.connections(), socks.connections()]).toEqual([1, 1]);
		// what did not lead out is not tried again so soon
		expect(briefly(await probe(HTTPS, on))).toBe("ok proxied");
		expect([silent.connections(), socks.connections()]).toEqual([1, 2]);
	});

	test("that led nowhere are tried first again after five minutes", async () => {
		const server = await target();
		const first = await serveSilence();
		const second = await serveProxy({ to: server.port });
		let now = Date.now();
		const list = `PROXY 127.0.0.1:${first.port}; PROXY 127.0.0.1:${second.port}`;
		const on = network({ resolveProxy: script(list).resolveProxy, now: () => now });
		await probe(HTTPS, on);
		now += 5 * 60_000 - 1;
		await probe(HTTPS, on);
		expect(first.connections()).toBe(1);
		now += 1;
		await probe(HTTPS, on);
		expect(first.connections()).toBe(2);
	});

	test("end at a proxy that says no: that is its answer, and not a way around it", async () => {
		const server = await target();
		const open = await serveProxy({ to: server.port });
		const cases = [
			[await serveProxy({ login: "a:b" }), "http proxy proxied"],
			[await serveProxy({ refuses: 502 }), "http proxy proxied"],
			[await serveProxy({ refuses: 403 }), "skipped proxied"],
		] as const;
		for (const [proxy, expected] of cases) {
			const list = `PROXY 127.0.0.1:${proxy.port}; PROXY 127.0.0.1:${open.port}; DIRECT`;
			expect(briefly(await probe(HTTPS, network({ resolveProxy: script(list).resolveProxy })))).toBe(expected);
		}
		const socks = await serveSocks5({ reply: 5 });
		const list = `SOCKS5 127.0.0.1:${socks.port}; PROXY 127.0.0.1:${open.port}`;
		expect(briefly(await probe(HTTPS, network({ resolveProxy: script(list).resolveProxy })))).toBe(
			"refused connect proxied",
		);
		expect(open.asked).toEqual([]);
	});

	test("that end with the direct one lead out directly where the office is far away", async () => {
		const server = await target();
		const hosts = new Map([["good.test", ["127.0.0.1"]]]);
		const mapPort = () => server.port;
		const list = `PROXY 127.0.0.1:${await closedPort()}; DIRECT`;
		const on = network({ resolveProxy: script(list).resolveProxy, hosts, mapPort });
		expect(briefly(await probe(HTTPS, on))).toBe("ok");
	});

	test("lead out by the proxy at once where the office has been reached again", async () => {
		const server = await target();
		const proxy = await serveProxy({ to: server.port });
		const hosts = new Map([["good.test", ["127.0.0.1"]]]);
		let list = `PROXY 127.0.0.1:${await closedPort()}; DIRECT`;
		let directPort = server.port;
		const resolveProxy = () => Promise.resolve(list);
		const on = network({ resolveProxy, hosts, mapPort: () => directPort });
		expect(briefly(await probe(HTTPS, on))).toBe("ok");
		on.ways.putLast([{ kind: "http", host: "127.0.0.1", port: proxy.port }]);
		list = `PROXY 127.0.0.1:${proxy.port}; DIRECT`;
		directPort = await closedPort();
		expect(briefly(await probe(HTTPS, on))).toBe("ok proxied");
		expect(proxy.asked).toEqual(["CONNECT good.test:443"]);
	});

	test("are not to blame where the direct one was tried first, and no other leads out", async () => {
		const hosts = new Map([["good.test", ["127.0.0.1"]]]);
		const wall = await closedPort();
		const on = network({
			resolveProxy: script(`DIRECT; PROXY 127.0.0.1:${wall}`).resolveProxy,
			hosts,
			mapPort: () => wall,
		});
		expect(briefly(await probe(HTTPS, on))).toBe("refused connect");
	});

	test("of which none leads out are the proxy's failure, even where the direct one ends at a wall", async () => {
		const hosts = new Map([["good.test", ["127.0.0.1"]]]);
		const wall = await closedPort();
		const list = `PROXY 127.0.0.1:${wall}; DIRECT`;
		const on = network({ resolveProxy: script(list).resolveProxy, hosts, mapPort: () => wall });
		expect(briefly(await probe(HTTPS, on))).toBe("refused proxy proxied");
		const direct = network({ resolveProxy: script("DIRECT").resolveProxy, hosts, mapPort: () => wall });
		expect(briefly(await probe(HTTPS, direct))).toBe("refused connect");
	});

	test.each<[what: string, answer: string | (() => Promise<string>), expected: RegExp]>([
		["are not understood", "SOCKS4 old.test:1080; PROXY nowhere", /no way out is understood in "SOCKS4 old/],
		["are none", "", /no way out is understood in ""/],
		["nobody tells in time", () => new Promise(() => {}), /nothing within 300 ms/],
		["cannot be told", () => Promise.reject(new Error("the script broke")), /the script broke/],
	])("that %s are a failure of the proxy settings, not of the target", async (_what, answer, expected) => {
		const result = await probe(HTTPS, network({ resolveProxy: script(answer).resolveProxy }));
		expect(result.outcome).toMatchObject({ kind: "failed", failure: { phase: "proxy" } });
		expect(detailOf(result)).toMatch(expected);
	});

	test("are not asked for where one proxy is set for all", async () => {
		const server = await target();
		const proxy = await serveProxy({ to: server.port });
		const { urls, resolveProxy } = script("DIRECT");
		const on = network({ resolveProxy, proxy: { url: `http://127.0.0.1:${proxy.port}` } });
		expect(briefly(await probe(HTTPS, on))).toBe("ok proxied");
		expect(urls).toEqual([]);
	});

	test("decide what can be probed: no UDP through any proxy, Telegram's protocol through SOCKS5 alone", async () => {
		const stun: ProbeSpec = { type: "stun", host: "good.test", port: 3478 };
		const mtproto: ProbeSpec = { type: "mtproto", host: "good.test", port: 443 };
		const six: ProbeSpec = { ...TCP, family: 6 };
		const hung = await serveSilence();
		const through = async (list: string) => {
			const on = network({ resolveProxy: script(list).resolveProxy });
			const results = await Promise.all([stun, mtproto, six].map((spec) => probe(spec, on)));
			return results.map(({ outcome }) => outcome.kind);
		};
		expect(await through(`PROXY 127.0.0.1:${hung.port}`)).toEqual(["skipped", "skipped", "skipped"]);
		expect(await through(`SOCKS5 127.0.0.1:${hung.port}`)).toEqual(["skipped", "failed", "skipped"]);
	});
});
