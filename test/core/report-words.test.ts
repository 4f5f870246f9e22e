import { describe, expect, test } from "vitest";
import type { Check, ReportsCheck } from "../../src/core/check.ts";
import type { Evidence, ReportsOutcome } from "../../src/core/evidence.ts";
import { failure } from "../../src/core/failure.ts";
import type { FeatureName } from "../../src/core/model.ts";
import type { Notice } from "../../src/core/notice.ts";
import { reportWords } from "../../src/core/report-words.ts";
import { Monitor } from "../../src/engine/monitor.ts";
import { VirtualClock } from "../../src/replay/virtual-clock.ts";
import { fakeWorld, type Script } from "../fakes/world.ts";
import { HOUR, MINUTE, SECOND, T0 } from "../helpers/evidence.ts";
import { type Story, tell } from "../helpers/story.ts";
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

describe("what a provider has told", () => {
	const [AA, BB] = [
		watched("aa", { features: { messaging: ["a.aa"], calls: [] } }),
		watched("bb", { features: { messaging: ["a.bb"], calls: [] } }),
	];
	const start = () =>
		tell([
			{ service: AA.service, checks: [...AA.checks, reportsOf("aa")] },
			{ service: BB.service, checks: [...BB.checks, reportsOf("bb")] },
		]);
	const read = (story: Story, at: number, service: string, outcome: ReportsOutcome, more: object = {}) =>
		story.evidence(at, {
			...{ kind: "reports", checkId: `${service}/reports`, service, provider: "downdetector" },
			...{ startedAt: T0 + at, at: T0 + at, outcome },
			...more,
		} as Evidence);
	const words = (story: Story, service = "aa") => reportWords(story.state, service);

	test("without counting backs a suspicion, and proves nothing", () => {
		const story = start();
		read(story, 0, "aa", { kind: "noted", trouble: true, regions: ["Rome"] });
		expect(words(story)).toMatchObject([{ seen: "moderate", proven: "none", calm: false, regions: ["Rome"] }]);
		read(story, MINUTE, "aa", { kind: "noted", trouble: false, regions: [] });
		expect(words(story)).toMatchObject([{ seen: "none", proven: "none" }]);
	});

	test("counts while it is fresh or is not to be asked again; two hours later it holds nothing up any more", () => {
		const at = (minutes: number, more: object = {}) => {
			const story = start();
			read(story, 0, "aa", counted(5000), more);
			story.tick(minutes * MINUTE);
			return words(story).map(({ count, calm }) => `${count?.perHour}${calm ? " calm" : ""}`);
		};
		expect(at(12)).toEqual(["5000"]);
		expect(at(90)).toEqual([]);
		expect(at(90, { askAgainAfterMs: 90 * MINUTE })).toEqual(["5000"]);
		expect(at(120)).toEqual([]);
		expect(at(121)).toEqual(["0 calm"]);
	});

	test("is a bystander's beside ten times as much above the usual, unless its own host fails", () => {
		const story = start();
		story.controls(SECOND);
		read(story, 2 * SECOND, "aa", counted(1000));
		expect(words(story)[0]).not.toHaveProperty("bystander");
		read(story, 3 * SECOND, "bb", counted(9800));
		expect(words(story)[0]).not.toHaveProperty("bystander");
		read(story, 4 * SECOND, "bb", counted(9900));
		expect(words(story)).toMatchObject([{ bystander: true, seen: "strong" }]);
		expect(words(story, "bb")[0]).not.toHaveProperty("bystander");
		story.probes(5 * SECOND, "timeout", "aa/messaging/a.aa");
		expect(words(story)[0]).not.toHaveProperty("bystander");
	});

	test("in the hour after own probes have seen trouble begin and end keeps it up no longer", () => {
		const shown = (failures: number) => {
			const story = start();
			story.controls(SECOND);
			read(story, 2 * SECOND, "aa", counted(5000, "messaging"));
			for (let n = 0; n < failures; n++) {
				story.probes(MINUTE + n * 15 * SECOND, "timeout", "aa/messaging/a.aa");
				story.controls(MINUTE + n * 15 * SECOND + SECOND);
			}
			for (let n = 0; n < 12; n++) story.probes(3 * MINUTE + n * 20 * SECOND, "ok", "aa/messaging/a.aa");
			return story.state.tracks.get("aa/messaging")?.level;
		};
		expect(shown(0)).toBe("degraded");
		expect(shown(5)).toBe("operational");
	});
});
