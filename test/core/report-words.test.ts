import { describe, expect, test } from "vitest";
import type { Check, ReportsCheck } from "../../src/core/check.ts";
import type { ReportsOutcome } from "../../src/core/evidence.ts";
import { failure } from "../../src/core/failure.ts";
import type { FeatureName } from "../../src/core/model.ts";
import type { Notice } from "../../src/core/notice.ts";
import { Monitor } from "../../src/engine/monitor.ts";
import { VirtualClock } from "../../src/replay/virtual-clock.ts";
import { fakeWorld, type Script } from "../fakes/world.ts";
import { HOUR, MINUTE, T0 } from "../helpers/evidence.ts";
import { CONTROLS, watched } from "../helpers/watched.ts";

const REFUSED: ReportsOutcome = { kind: "failed", failure: failure("http", "HTTP 401", { status: 401 }) };
const LOST = failure("timeout", "no answer", { phase: "connect" });

function counted(perHour: number, ...features: FeatureName[]): ReportsOutcome {
	return { kind: "counted", perHour, baseline: 20, regions: [], ...(features.length > 0 && { features }) };
}

function reportsOf(service: string): ReportsCheck {
	return { kind: "reports", id: `${service}/reports`, host: "reports.test", service, provider: "downdetector" };
}

/** Two services whose calls nobody can see, under the real schedule, for some hours. */
async function watch(script: Script, hours = 2) {
	const both = ["aa", "bb"].map((id) =>
		watched(id, { features: { messaging: [`a.${id}.test`, `b.${id}.test`], calls: [] } }),
	);
	const checks: Check[] = [...CONTROLS, ...both.flatMap((each) => each.checks), reportsOf("aa"), reportsOf("bb")];
	const clock = new VirtualClock(T0);
	const { runCheck, asked } = fakeWorld(clock, script);
	const notices: Notice[] = [];
	const monitor = new Monitor(
		{ clock, runCheck, concurrency: 8, show: (notice) => void notices.push(notice) },
		{ services: both.map(({ service }) => service), checks, seed: 3 },
	);
	monitor.start();
	await clock.runUntil(T0 + hours * HOUR);
	const snapshot = monitor.snapshot();
	await monitor.stop();
	const told = notices.flatMap((notice) =>
		"incident" in notice
			? [`${notice.kind} ${notice.features.map(({ service, feature }) => `${service}/${feature}`).join(" ")}`]
			: [],
	);
	return { told, asked, snapshot, notices };
}

const during = (now: number, from: number, until: number) => now >= T0 + from && now < T0 + until;

describe("reports of several services", () => {
	test("open and close what nobody can see, and leave it unknown afterwards", async () => {
		const { told, snapshot } = await watch({
			reports: ({ service }, now) =>
				service === "aa" && during(now, 30 * MINUTE, HOUR) ? counted(5000, "calls") : undefined,
		});
		expect(told).toEqual(["opened aa/calls", "closed aa/calls"]);
		const calls = snapshot.services[0]?.features.find(({ feature }) => feature === "calls");
		expect(calls).toMatchObject({ level: "unknown", suspected: false });
	});

	test("of less than fifty times the usual take ten minutes to be believed", async () => {
		const { notices } = await watch({
			reports: ({ service }, now) => (service === "aa" && now >= T0 + 30 * MINUTE ? counted(600, "calls") : undefined),
		});
		expect(notices).toHaveLength(1);
		expect((notices[0]?.at ?? 0) - T0).toBeGreaterThanOrEqual(40 * MINUTE);
		expect((notices[0]?.at ?? 0) - T0).toBeLessThan(50 * MINUTE);
	});

	test("do not blame a bystander for a tenth of what another has, while its own hosts answer", async () => {
		const script = (failing: boolean): Script => ({
			reports: ({ service }, now) =>
				now >= T0 + 30 * MINUTE ? counted(service === "aa" ? 175_000 : 1800, "calls") : undefined,
			probe: ({ service, host }, now) =>
				failing && service === "bb" && host.startsWith("a.") && now >= T0 + 30 * MINUTE
					? { kind: "failed", failure: LOST }
					: undefined,
		});
		expect((await watch(script(false))).told).toEqual(["opened aa/calls"]);
		expect((await watch(script(true))).told.join()).toContain("bb/calls");
	});

	test("that nobody can read any more hold nothing up for ever", async () => {
		const { told } = await watch(
			{
				reports: ({ service }, now) => {
					if (service !== "aa" || now < T0 + 30 * MINUTE) return undefined;
					return now < T0 + HOUR ? counted(5000, "calls") : REFUSED;
				},
			},
			5,
		);
		expect(told).toEqual(["opened aa/calls", "closed aa/calls"]);
	});

	test("are asked for once a minute at most, whoever they are about, and hourly where the key is refused", async () => {
		const { asked } = await watch({ reports: () => counted(5000, "calls") });
		const times = asked.get("reports.test") ?? [];
		expect(Math.min(...times.slice(1).map((at, n) => at - (times[n] ?? 0)))).toBeGreaterThanOrEqual(MINUTE);
		const refused = await watch({ reports: () => REFUSED }, 6);
		expect(refused.asked.get("reports.test")?.length).toBeLessThanOrEqual(2 * 6);
		expect(refused.told).toEqual([]);
	});

	test("are asked for at once when a host fails twice, and prove what one host alone would not", async () => {
		const { told, asked } = await watch({
			probe: ({ host }, now) =>
				host === "a.aa.test" && now >= T0 + 30 * MINUTE ? { kind: "failed", failure: LOST } : undefined,
			reports: ({ service }, now) => (service === "aa" && now >= T0 + 30 * MINUTE ? counted(150) : undefined),
		});
		expect(told).toEqual(["opened aa/messaging"]);
		expect(asked.get("reports.test")?.length).toBeGreaterThan(0);
	});

	test("are held against what the provider calls usual while no weeks of one's own are known", async () => {
		const { told } = await watch({ reports: () => ({ ...counted(5000, "calls"), baseline: 5000 }) as ReportsOutcome });
		expect(told).toEqual([]);
	});
});
