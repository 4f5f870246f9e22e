import { expect, test } from "vitest";
import type { ProbeCheck } from "../../src/core/check.ts";
import type { Evidence } from "../../src/core/evidence.ts";
import { Monitor } from "../../src/engine/monitor.ts";
import type { RunCheck } from "../../src/engine/ports.ts";
import { systemClock } from "../../src/io/clock.ts";
import { createNetwork } from "../../src/io/network/network.ts";
import { createRunCheck } from "../../src/io/run-check.ts";
import { VirtualClock } from "../../src/replay/virtual-clock.ts";
import { fakeWorld } from "../fakes/world.ts";
import { MINUTE, SECOND, T0 } from "../helpers/evidence.ts";
import { closeServers, serveHttp, serveSilence } from "../helpers/servers.ts";
import { CONTROLS, watched } from "../helpers/watched.ts";

const FEATURES = ["messaging", "media", "feed", "calls"] as const;
/** Fifty hosts each. */
const HUNG = [0, 1, 2, 3].map((n) => {
	const hosts = (feature: string) =>
		Array.from({ length: 13 }, (_, m) => `${feature}${m}.hung${n}.test`).slice(
			feature === "feed" || feature === "calls" ? 1 : 0,
		);
	return watched(`hung${n}`, { features: Object.fromEntries(FEATURES.map((feature) => [feature, hosts(feature)])) });
});
const HUNG_HOSTS = HUNG.flatMap(({ checks }) => checks.map(({ host }) => host));
const WELL = watched("well", { features: { web: ["well.test"] } });
/** The healthy one comes last. */
const ALL = [...HUNG, WELL];

test("two hundred hung targets do not delay a healthy one by more than its own time", { timeout: 20_000 }, async () => {
	const clock = new VirtualClock(T0);
	const world = fakeWorld(clock, {
		probe: ({ service }) =>
			service === "well" ? undefined : ({ kind: "failed", failure: { kind: "timeout", detail: "hung" } } as const),
	});
	const monitor = new Monitor(
		{ clock, runCheck: world.runCheck },
		{
			services: ALL.map(({ service }) => service),
			checks: [...CONTROLS, ...ALL.flatMap(({ checks }) => checks)],
			seed: 1,
		},
	);
	monitor.start();
	await clock.runUntil(T0 + 17 * MINUTE);
	await monitor.stop();
	const times = world.asked.get("well.test") ?? [];
	// nothing is known of anybody in the first round, and it begins sixteen runs a second
	expect((times[0] ?? 0) - T0).toBeLessThan(20 * SECOND);
	const later = times.slice(2).map((at, index) => at - (times[index + 1] ?? 0));
	expect(later.length).toBeGreaterThanOrEqual(2);
	expect(Math.max(...later)).toBeLessThan(1.2 * 5 * MINUTE + SECOND);
});

test("over real sockets, a healthy target takes its own time while two hundred hang beside it, and nothing of them is left", async () => {
	const silent = await serveSilence();
	const healthy = await serveHttp((_request, response) => void response.end("fine"));
	const network = createNetwork({ hosts: new Map([...HUNG_HOSTS, "well.test"].map((host) => [host, ["127.0.0.1"]])) });
	const run: RunCheck = createRunCheck({
		network,
		readSource: () => Promise.reject(new Error("none")),
		now: systemClock.now,
	});
	const check = (host: string, port: number): ProbeCheck => ({
		kind: "probe",
		id: host,
		host,
		service: "s",
		feature: "web",
		probe: { type: "http", url: `http://${host}:${port}/` },
	});
	const took = async () => {
		const { outcome, at, startedAt } = (await run(check("well.test", healthy.port), 0).evidence) as Extract<
			Evidence,
			{ kind: "probe" }
		>;
		expect(outcome.kind).toBe("ok");
		return at - startedAt;
	};
	const alone = Math.max(await took(), await took());
	expect(HUNG_HOSTS).toHaveLength(200);
	const runs = HUNG_HOSTS.map((host) => run(check(host, silent.port), 0));
	await expect.poll(silent.held).toBe(200);
	expect(await took()).toBeLessThan(2 * alone + 50);
	for (const each of runs) each.cancel();
	await Promise.all(runs.map(({ evidence }) => evidence));
	await expect.poll(silent.held).toBe(0);
	network.close();
	await closeServers();
});
