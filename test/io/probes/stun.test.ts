import { networkInterfaces } from "node:os";
import { afterEach, describe, expect, test } from "vitest";
import type { StunProbeSpec } from "../../../src/core/check.ts";
import { createNetwork } from "../../../src/io/network/network.ts";
import { closeDnsServers, serveDns } from "../../helpers/dns-server.ts";
import { closeStunServers, serveStun, stunMessage, stunSuccess } from "../../helpers/stun-server.ts";
import { failureIn, HASTY, run, soonAborted } from "./run.ts";

afterEach(closeStunServers);
afterEach(closeDnsServers);

const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === "::1"));
if (!hasIpv6) process.stderr.write("SKIPPED: this computer has no ::1, so STUN over IPv6 is not tried\n");

function stun(port: number, more: Partial<StunProbeSpec> = {}): StunProbeSpec {
	return { type: "stun", host: "127.0.0.1", port, ...more };
}

const idOf = (request: Buffer) => request.subarray(8, 20);

describe("a STUN probe", () => {
	test("is well when its own request is answered, and tells nobody the address in the answer", async () => {
		const server = await serveStun();
		const result = await run(stun(server.port));
		expect(result).toMatchObject({ outcome: { kind: "ok" }, address: "127.0.0.1", family: 4 });
		expect(Object.keys(result.phases)).toEqual(["connect", "first_byte"]);
		expect(JSON.stringify(result)).not.toMatch(/90\.90|5a5a|mapped/i);
		expect(server.requests).toHaveLength(1);
	});

	test.skipIf(!hasIpv6)("speaks IPv6 where it is asked to", async () => {
		const server = await serveStun((request) => [stunSuccess(idOf(request), 6)], "::1");
		const result = await run(stun(server.port, { host: "::1", family: 6 }));
		expect(result).toMatchObject({ outcome: { kind: "ok" }, address: "::1", family: 6 });
	});

	test("asks again where a packet is lost", async () => {
		const server = await serveStun((request, nth) => (nth === 0 ? [] : [stunSuccess(idOf(request), 4)]));
		const result = await run(stun(server.port), createNetwork());
		expect(result.outcome).toEqual({ kind: "ok" });
		expect(server.requests).toHaveLength(2);
		expect(server.requests[1]).toEqual(server.requests[0]);
		expect(result.phases.first_byte).toBeGreaterThan(450);
	});

	test("does not take an answer to somebody else for its own", async () => {
		const server = await serveStun((request) => [
			stunSuccess(Buffer.alloc(12, 1), 4),
			Buffer.from("not a STUN message at all, and longer than the head of one"),
			Buffer.alloc(0),
			request,
		]);
		expect(failureIn(await run(stun(server.port)))).toBe("timeout first_byte");
	});

	test("waits past such answers for the right one", async () => {
		const server = await serveStun((request) => [stunSuccess(Buffer.alloc(12, 1), 4), stunSuccess(idOf(request), 4)]);
		expect((await run(stun(server.port))).outcome).toEqual({ kind: "ok" });
	});

	test("fails on an answer that is none", async () => {
		const server = await serveStun((request) => [stunMessage(0x0101, idOf(request), [])]);
		expect(failureIn(await run(stun(server.port)))).toBe("unreadable first_byte");
	});

	test.each([
		[401, "blocked"],
		[300, "blocked"],
		[500, "failed"],
	])("takes the server's error %i for %s", async (code, kind) => {
		const value = Buffer.from([0, 0, Math.floor(code / 100), code % 100]);
		const server = await serveStun((request) => [stunMessage(0x0111, idOf(request), [[0x0009, value]])]);
		expect((await run(stun(server.port))).outcome).toMatchObject({ kind, failure: { detail: `STUN error ${code}` } });
	});

	test("is refused where nobody listens", async () => {
		const server = await serveStun();
		await server.close();
		expect(failureIn(await run(stun(server.port)))).toBe("refused first_byte");
	});

	test("gives up at the deadline, and when it is not wanted any more", async () => {
		const server = await serveStun(() => []);
		expect(failureIn(await run(stun(server.port)))).toBe("timeout first_byte");
		const began = performance.now();
		expect(failureIn(await run(stun(server.port), createNetwork(), soonAborted()))).toBe("timeout first_byte");
		expect(performance.now() - began).toBeLessThan(400);
	});

	test("tells a name that does not exist", async () => {
		const dns = await serveDns({});
		const network = createNetwork({ dnsServers: [dns.address], deadlines: HASTY });
		expect(failureIn(await run(stun(3478, { host: "gone.test" }), network))).toBe("dns_nxdomain dns");
	});

	test("is not tried through a proxy, unless the host is reached directly", async () => {
		const server = await serveStun();
		const behind = (bypass: string[]) => createNetwork({ proxy: { url: "http://127.0.0.1:1", bypass } });
		expect(await run(stun(server.port), behind([]))).toEqual({
			outcome: { kind: "skipped", why: "UDP cannot go through the proxy" },
			phases: {},
		});
		expect((await run(stun(server.port), behind(["127.0.0.1"]))).outcome).toEqual({ kind: "ok" });
	});
});
