import { existsSync, readdirSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type { ProbeSpec } from "../../src/core/check.ts";
import { createNetwork, type Network } from "../../src/io/network/network.ts";
import { runProbe } from "../../src/io/probes/run-probe.ts";
import { createAuthority } from "./certificates.ts";
import { serveSocks5 } from "./proxy-servers.ts";
import { closedPort, closeServers, serveHttp, serveHttps, serveProxy, serveReset, serveSilence } from "./servers.ts";

/** What a process holds while nothing is under way. */
export interface Holding {
	readonly probes: number;
	/** Connections that our servers still have. */
	readonly sockets: number;
	/** Timers, sockets and requests, as Node counts them. */
	readonly resources: number;
	/** Open files of whatever sort; 0 where the system does not tell. */
	readonly files: number;
	readonly rssBytes: number;
}

interface Kind {
	readonly spec: ProbeSpec;
	readonly on: Network;
	readonly ends: "ok" | "failed" | "skipped";
	/** Nobody wants it any more after this long. */
	readonly abandonAfterMs?: number;
}

const AT_ONCE = 8;
const PAGE = gzipSync("all is well ".repeat(200));

/**
 * Makes probes of all sorts and ends over real sockets, against servers in this very process, and reports what is held before the
 * first and after every `every` of them. Throws where one ends otherwise than it must.
 */
export async function probeMany(count: number, every: number, report: (holding: Holding) => void): Promise<void> {
	const { kinds, held, close } = await openWorld();
	try {
		// what is made once and kept, such as the trusted roots, is made by the first round
		await runAll(kinds, 0, kinds.length * 2);
		report(await holding(0, held));
		for (let done = 0; done < count; done += every) {
			await runAll(kinds, done, Math.min(count, done + every));
			report(await holding(Math.min(count, done + every), held));
		}
	} finally {
		await close();
	}
}

async function runAll(kinds: readonly Kind[], from: number, to: number): Promise<void> {
	let next = from;
	const lane = async () => {
		while (next < to) await runOne(kinds[next++ % kinds.length] as Kind);
	};
	await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

async function runOne({ spec, on, ends, abandonAfterMs }: Kind): Promise<void> {
	const controller = new AbortController();
	const timer = abandonAfterMs === undefined ? undefined : setTimeout(() => controller.abort(), abandonAfterMs);
	const { outcome } = await runProbe(spec, on, { signal: controller.signal, attempt: 0 });
	clearTimeout(timer);
	if (outcome.kind !== ends)
		throw new Error(`expected ${ends} of ${JSON.stringify(spec)}, found ${JSON.stringify(outcome)}`);
}

async function openWorld() {
	const authority = await createAuthority();
	const web = await serveHttp(
		(_request, response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(PAGE),
	);
	const secure = await serveHttps(
		await authority.issue(["127.0.0.1"]),
		(_request, response) => void response.end("fine"),
	);
	const strange = await serveHttps(await (await createAuthority("Stranger")).issue(["127.0.0.1"]), () => {});
	const endless = await serveHttp((_request, response) => void response.write("x".repeat(20_000)));
	const [reset, silent, closed] = [await serveReset(), await serveSilence(), await closedPort()];
	const proxy = await serveProxy({ to: secure.port });
	const barring = await serveProxy({ refuses: 403 });
	const socks = await serveSocks5({ to: secure.port });
	const direct = createNetwork({ extraRoots: [authority.pem] });
	const through = (url: string) => ({ ...createNetwork({ proxy: { url } }), trust: direct.trust });
	const viaProxy = through(`http://127.0.0.1:${proxy.port}`);
	const viaSocks = through(`socks5://127.0.0.1:${socks.port}`);
	const barred = through(`http://127.0.0.1:${barring.port}`);
	const http = (port: number, more: object = {}): ProbeSpec => ({
		type: "http",
		url: `http://127.0.0.1:${port}/`,
		...more,
	});
	const https = (port: number): ProbeSpec => ({ type: "http", url: `https://127.0.0.1:${port}/` });
	const tcp = (port: number): ProbeSpec => ({ type: "tcp", host: "127.0.0.1", port });
	const kinds: readonly Kind[] = [
		{ spec: http(web.port, { healthy: { contains: "well" } }), on: direct, ends: "ok" },
		{ spec: https(secure.port), on: direct, ends: "ok" },
		{ spec: tcp(web.port), on: direct, ends: "ok" },
		{ spec: http(endless.port), on: direct, ends: "ok" },
		{ spec: http(reset.port), on: direct, ends: "failed" },
		{ spec: tcp(closed), on: direct, ends: "failed" },
		{ spec: https(strange.port), on: direct, ends: "failed" },
		{ spec: https(web.port), on: direct, ends: "failed" },
		{ spec: http(silent.port), on: direct, ends: "failed", abandonAfterMs: 5 },
		{ spec: https(silent.port), on: direct, ends: "failed", abandonAfterMs: 5 },
		{ spec: https(443), on: viaProxy, ends: "ok" },
		{ spec: http(80), on: viaProxy, ends: "ok" },
		{ spec: https(443), on: viaSocks, ends: "ok" },
		{ spec: https(443), on: barred, ends: "skipped" },
	];
	const servers = [web, secure, strange, endless, reset, silent, proxy, barring, socks];
	const held = () => servers.reduce((sum, server) => sum + server.held(), 0);
	return { kinds, held, close: closeServers };
}

/** Waits a moment for sockets to close. */
async function holding(probes: number, held: () => number): Promise<Holding> {
	for (let turn = 0; turn < 50 && held() > 0; turn++) await wait(10);
	await wait(50);
	globalThis.gc?.();
	return {
		probes,
		sockets: held(),
		resources: process.getActiveResourcesInfo().length,
		files: existsSync("/proc/self/fd") ? readdirSync("/proc/self/fd").length : 0,
		rssBytes: process.memoryUsage.rss(),
	};
}
