import { spawnSync } from "node:child_process";
import { networkInterfaces } from "node:os";
import { afterEach, describe, expect, test } from "vitest";
import type { ProbeSpec } from "../../../src/core/check.ts";
import { createNetwork } from "../../../src/io/network/network.ts";
import { hasRoute } from "../../../src/io/network/route.ts";
import { closedPort, closeServers, serveHttp, serveProxy, serveTcp } from "../../helpers/servers.ts";
import { run } from "./run.ts";

afterEach(closeServers);

const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === "::1"));
if (!hasIpv6) process.stderr.write("SKIPPED: this computer has no ::1, so probes over IPv6 are not tried\n");

const hosts = new Map([["both.test", ["127.0.0.1", "::1"]]]);

describe.skipIf(!hasIpv6)("a probe that is told its family", () => {
	const spec = (port: number, family?: 4 | 6): ProbeSpec => ({
		type: "http",
		url: `http://both.test:${port}/`,
		...(family && { family }),
	});

	test("uses it alone, and records it", async () => {
		const server = await serveHttp((_request, response) => void response.end(), "::1");
		const network = createNetwork({ hosts });
		expect(await run(spec(server.port, 6), network)).toMatchObject({
			outcome: { kind: "ok" },
			address: "::1",
			family: 6,
		});
		expect(await run(spec(server.port, 4), network)).toMatchObject({
			outcome: { kind: "failed", failure: { kind: "refused" } },
			address: "127.0.0.1",
			family: 4,
		});
		expect(await run(spec(server.port), network), "with the other to fall back on").toMatchObject({
			outcome: { kind: "ok" },
			family: 6,
		});
	});

	test("holds for every kind that connects", async () => {
		const { port } = await serveTcp(() => {}, "::1");
		const network = createNetwork({ hosts });
		expect(await run({ type: "tcp", host: "both.test", port, family: 6 }, network)).toMatchObject({ family: 6 });
		expect((await run({ type: "tcp", host: "both.test", port, family: 4 }, network)).outcome.kind).toBe("failed");
	});
});

test("a probe over a family that the name does not have is a failure where that family leads somewhere", async () => {
	const network = createNetwork({ hosts: new Map([["four.test", ["127.0.0.1"]]]) });
	const { outcome } = await run({ type: "tcp", host: "four.test", port: 1, family: 6 }, network);
	const expected = (await hasRoute(6))
		? { kind: "failed", failure: { kind: "dns_nxdomain", phase: "dns", detail: "four.test has no IPv6 address" } }
		: { kind: "skipped", why: "this computer has no way to the Internet over IPv6" };
	expect(outcome).toMatchObject(expected);
});

/** Runs a program on a network of its own, in which there is nothing. */
const ALONE = "unshare";
const alone = spawnSync(ALONE, ["-rn", "true"]).status === 0;
if (!alone)
	process.stderr.write("SKIPPED: this computer gives nobody a network of their own, so no family is without a route\n");

/** Runs probes on a computer that has no network at all. */
function runAlone(specs: readonly ProbeSpec[]) {
	const from = (path: string) => JSON.stringify(new URL(`../../../src/io/${path}`, import.meta.url).href);
	const script = `
		import { createNetwork } from ${from("network/network.ts")};
		import { runProbe } from ${from("probes/run-probe.ts")};
		const network = createNetwork();
		const run = { signal: new AbortController().signal, attempt: 0 };
		console.log(JSON.stringify(await Promise.all(${JSON.stringify(specs)}.map((spec) => runProbe(spec, network, run)))));`;
	const argv = ["-rn", process.execPath, "--input-type=module", "--eval", script];
	return JSON.parse(spawnSync(ALONE, argv, { encoding: "utf8" }).stdout);
}

test.skipIf(!alone)(
	"a probe over a family without a route is skipped, never failed; without a family it fails as ever",
	() => {
		const four = { host: "192.0.2.1", port: 443 };
		const six = { host: "2001:db8::1", port: 443 };
		const results = runAlone([
			{ type: "tcp", ...four, family: 4 },
			{ type: "tls", ...six, family: 6 },
			{ type: "stun", ...six, family: 6 },
			{ type: "mtproto", ...four, family: 4 },
			{ type: "http", url: "http://[2001:db8::1]/", family: 6 },
			{ type: "tcp", ...four },
			{ type: "stun", ...six },
		]);
		const skipped = (family: 4 | 6) => ({
			outcome: { kind: "skipped", why: `this computer has no way to the Internet over IPv${family}` },
			family,
		});
		const failed = { outcome: { kind: "failed", failure: { kind: "unreachable", phase: "connect" } } };
		const expected = [skipped(4), skipped(6), skipped(6), skipped(4), skipped(6), failed, failed];
		expect(results).toMatchObject(expected);
	},
);

test("a host that refuses is a failure, whatever the family", async () => {
	const spec: ProbeSpec = { type: "tcp", host: "127.0.0.1", port: await closedPort(), family: 4 };
	expect((await run(spec)).outcome).toMatchObject({ kind: "failed", failure: { kind: "refused" } });
});

test("behind a proxy nobody chooses the family, and none is recorded", async () => {
	const server = await serveTcp(() => {});
	const proxy = await serveProxy({ to: server.port });
	const network = createNetwork({ proxy: { url: `http://127.0.0.1:${proxy.port}` } });
	const spec: ProbeSpec = { type: "tcp", host: "far.test", port: 443 };
	const through = await run(spec, network);
	expect(through).toMatchObject({ outcome: { kind: "ok" }, proxied: true, address: "127.0.0.1" });
	expect(through).not.toHaveProperty("family");
	expect((await run({ ...spec, family: 6 }, network)).outcome).toEqual({
		kind: "skipped",
		why: "the proxy does not let us choose IPv6",
	});
});
