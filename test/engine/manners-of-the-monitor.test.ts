import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Check, ProbeCheck } from "../../src/core/check.ts";
import type { ProbeOutcome } from "../../src/core/evidence.ts";
import { failure } from "../../src/core/failure.ts";
import type { Notice } from "../../src/core/notice.ts";
import type { OfficialPage } from "../../src/core/official.ts";
import { Monitor } from "../../src/engine/monitor.ts";
import type { RunCheck } from "../../src/engine/ports.ts";
import { VirtualClock } from "../../src/replay/virtual-clock.ts";
import { fakeWorld, type Script } from "../fakes/world.ts";
import { HOUR, MINUTE, SECOND, T0 } from "../helpers/evidence.ts";
import { CONTROLS, twelveServices, watched } from "../helpers/watched.ts";

const ALL = [...twelveServices(), watched("paged", { features: { web: ["w.paged.test"] }, official: { Site: "web" } })];
const CONTROL_HOSTS = new Set(CONTROLS.map(({ host }) => host));
const HOSTS = ALL.flatMap(({ checks }) => checks.map(({ host }) => host));
/** A run that has lasted longer only waits. */
const BEGINNING_MS = 250;

type Deed = (monitor: Monitor) => void;

interface Played {
	readonly asked: ReadonlyMap<string, readonly number[]>;
	/** The most runs that were beginning at one moment. */
	readonly beginnings: number;
	/** When people were first told of an outage; 0 where they were not. */
	readonly openedAt: number;
}

/** Plays a script with what people do meanwhile, and notes who was asked when. */
async function play(
	script: Script,
	deeds: readonly (readonly [at: number, deed: Deed])[],
	lasting: number,
	seed: number,
): Promise<Played> {
	const clock = new VirtualClock(T0);
	const world = fakeWorld(clock, script, seed);
	const running = new Map<object, number>();
	let beginnings = 0;
	const runCheck: RunCheck = (check) => {
		const run = world.runCheck(check);
		running.set(run, clock.now());
		void run.evidence.then(() => running.delete(run));
		const begun = [...running.values()].filter((at) => clock.now() - at < BEGINNING_MS).length;
		beginnings = Math.max(beginnings, begun);
		return run;
	};
	const checks: Check[] = [...CONTROLS, ...ALL.flatMap((each) => each.checks)];
	let openedAt = 0;
	const show = (notice: Notice) => {
		if (notice.kind === "opened") openedAt ||= notice.at;
	};
	const monitor = new Monitor({ clock, runCheck, show }, { services: ALL.map(({ service }) => service), checks, seed });
	monitor.start();
	for (const [at, deed] of deeds.toSorted(([a], [b]) => a - b)) {
		await clock.runUntil(T0 + at);
		deed(monitor);
	}
	await clock.runUntil(T0 + lasting);
	await monitor.stop();
	return { asked: world.asked, beginnings, openedAt };
}

/** The most of these times within any window of the given length. */
function busiest(times: readonly number[], windowMs: number): number {
	return Math.max(0, ...times.map((from, index) => times.slice(index).filter((at) => at < from + windowMs).length));
}

function gaps(times: readonly number[]): number[] {
	return times.slice(1).map((at, index) => at - (times[index] ?? 0));
}

const TIMEOUT: ProbeOutcome = { kind: "failed", failure: failure("timeout", "no answer", { phase: "connect" }) };
const tooMany = (retryAfterMs?: number): ProbeOutcome => ({
	kind: "blocked",
	failure: failure("http", "HTTP 429", { status: 429, ...(retryAfterMs !== undefined && { retryAfterMs }) }),
});

interface Trouble {
	readonly service: string;
	readonly from: number;
	readonly lasting: number;
}

const LASTING = 2 * HOUR;
const moment = fc.nat(LASTING);
const trouble = fc.record({
	service: fc.constantFrom(...ALL.map(({ service }) => service.id)),
	from: moment,
	lasting: fc.nat(HOUR),
});
const deed: fc.Arbitrary<Deed> = fc.oneof(
	fc.constant((monitor: Monitor) => monitor.checkNow()),
	fc.constant((monitor: Monitor) => monitor.checkNow(["sa", "paged"])),
	fc.constant((monitor: Monitor) => monitor.woke()),
	fc.constant((monitor: Monitor) => monitor.networkChanged()),
	fc
		.record({ onBattery: fc.boolean(), idleMs: fc.constantFrom(0, 20 * MINUTE) })
		.map((power) => (monitor: Monitor) => monitor.power(power)),
);
const story = fc.record({
	seed: fc.nat(1_000_000),
	loss: fc.constantFrom(0, 0.02, 0.2),
	troubles: fc.array(trouble, { maxLength: 4 }),
	offline: fc.option(fc.record({ from: moment, lasting: fc.nat(20 * MINUTE) }), { nil: undefined }),
	/** Hosts that have enough of us, for as long as they say. */
	weary: fc.array(
		fc.record({
			host: fc.constantFrom(...HOSTS),
			from: moment,
			retryAfterMs: fc.option(fc.nat(HOUR), { nil: undefined }),
		}),
		{
			maxLength: 3,
		},
	),
	deeds: fc.array(fc.tuple(moment, deed), { maxLength: 12 }),
});

test("whatever happens, nobody is asked more often than is polite, and few runs begin at once", {
	timeout: 60_000,
}, async () => {
	await fc.assert(
		fc.asyncProperty(story, async ({ seed, loss, troubles, offline, weary, deeds }) => {
			const during = (now: number, { from, lasting }: Pick<Trouble, "from" | "lasting">) =>
				now >= T0 + from && now < T0 + from + lasting;
			const refusedAt = new Map<string, { at: number; until: number }[]>();
			const probe = (check: ProbeCheck, now: number): ProbeOutcome | undefined => {
				const tired = weary.find(({ host, from }) => host === check.host && now >= T0 + from);
				if (tired) {
					const until = now + Math.max(15 * MINUTE, tired.retryAfterMs ?? 0);
					refusedAt.set(check.host, [...(refusedAt.get(check.host) ?? []), { at: now, until }]);
					return tooMany(tired.retryAfterMs);
				}
				const down =
					(offline && during(now, offline)) ||
					troubles.some((each) => each.service === check.service && during(now, each));
				return down ? TIMEOUT : undefined;
			};
			const lost = (now: number) =>
				offline && during(now, offline) ? (TIMEOUT as { kind: "failed"; failure: never }) : undefined;
			const script: Script = { loss, probe, control: (_check, now) => lost(now), source: (_check, now) => lost(now) };
			const { asked, beginnings } = await play(script, deeds, LASTING, seed);
			expect(beginnings).toBeLessThanOrEqual(4);
			for (const [host, times] of asked) {
				expect(Math.min(Number.POSITIVE_INFINITY, ...gaps(times)), host).toBeGreaterThanOrEqual(10 * SECOND);
				expect(busiest(times, MINUTE), host).toBeLessThanOrEqual(4);
				expect(busiest(times, HOUR), host).toBeLessThanOrEqual(CONTROL_HOSTS.has(host) ? 60 : 30);
			}
			for (const [host, refusals] of refusedAt) {
				for (const { at, until } of refusals) {
					expect(
						asked.get(host)?.filter((time) => time > at && time < until),
						host,
					).toEqual([]);
				}
			}
		}),
		{ numRuns: 25 },
	);
});

const EMPTY: OfficialPage = {
	format: "statuspage",
	page: { name: "Paged" },
	level: "operational",
	components: [],
	incidents: [],
	maintenances: [],
	unknownWords: [],
};
/** All is well, and the page says so. */
const WELL: Script = {
	source: () => ({
		kind: "read",
		fresh: true,
		page: EMPTY,
	}),
};

describe("in quiet times", () => {
	test("no host is asked more than fourteen times in any hour, and each by its own jittered clock", async () => {
		const { asked, beginnings } = await play(WELL, [], 5 * HOUR, 3);
		expect(beginnings).toBeLessThanOrEqual(4);
		for (const [host, times] of asked) {
			expect(busiest(times, HOUR), host).toBeLessThanOrEqual(14);
			if (CONTROL_HOSTS.has(host)) continue;
			const later = gaps(times.filter((at) => at > T0 + 10 * MINUTE));
			// moved by a tenth of the interval either way, and a little more where an hour would hold too many
			expect(Math.min(...later), host).toBeGreaterThanOrEqual(0.7 * 5 * MINUTE);
			expect(Math.max(...later), host).toBeLessThanOrEqual(1.4 * 5 * MINUTE);
			expect(new Set(later).size, host).toBeGreaterThan(later.length / 2);
		}
	});

	test("installs that start together ask one host at all times of the interval", { timeout: 20_000 }, async () => {
		const phases = await Promise.all(
			Array.from({ length: 60 }, async (_, seed) => {
				const { asked } = await play({}, [], 20 * MINUTE, seed);
				const at = asked.get("a.sa.test")?.find((time) => time > T0 + 8 * MINUTE) ?? 0;
				return Math.floor((((at - T0) / (5 * MINUTE)) % 1) * 10);
			}),
		);
		const tenths = Map.groupBy(phases, (tenth) => tenth);
		expect(tenths.size).toBeGreaterThanOrEqual(9);
		expect(Math.max(...[...tenths.values()].map(({ length }) => length))).toBeLessThanOrEqual(16);
	});
});

describe("a computer on battery, or with nobody before it", () => {
	const count = (times: readonly number[] = [], from: number) => times.filter((at) => at >= T0 + from).length;
	const page = "status.paged.test";
	test("asks half as often on battery, and reads pages a quarter as often while nobody is there", async () => {
		const usual = await play(WELL, [], 3 * HOUR, 5);
		const saving = await play(WELL, [[0, (m) => m.power({ onBattery: true, idleMs: 0 })]], 3 * HOUR, 5);
		const alone = await play(WELL, [[0, (m) => m.power({ onBattery: false, idleMs: 10 * MINUTE })]], 3 * HOUR, 5);
		const share = (played: Played, host: string) =>
			count(played.asked.get(host), HOUR) / count(usual.asked.get(host), HOUR);
		expect(share(saving, "a.sa.test")).toBeCloseTo(0.5, 1);
		expect(share(saving, page)).toBeCloseTo(0.5, 1);
		expect(share(alone, "a.sa.test")).toBeCloseTo(1, 1);
		expect(share(alone, page)).toBeCloseTo(0.25, 1);
	});

	test("reads at once what it left unread, when somebody is back", async () => {
		const deeds: [number, Deed][] = [
			[0, (m) => m.power({ onBattery: false, idleMs: 11 * MINUTE })],
			[2 * HOUR + 9 * MINUTE, (m) => m.power({ onBattery: false, idleMs: 0 })],
		];
		const { asked } = await play(WELL, deeds, 3 * HOUR, 5);
		const times = asked.get(page) ?? [];
		const back = T0 + 2 * HOUR + 9 * MINUTE;
		const before = times.findLast((at) => at < back) ?? 0;
		const next = times.find((at) => at >= back) ?? 0;
		expect(back - before).toBeGreaterThan(5 * MINUTE);
		expect(next - back).toBeLessThanOrEqual(30 * SECOND);
	});

	test("proves an outage as fast as ever: what is saved is saved in quiet times", async () => {
		const from = T0 + HOUR;
		const down: Script = { probe: ({ service }, now) => (service === "sa" && now >= from ? TIMEOUT : undefined) };
		const proofTook = async (deeds: readonly [number, Deed][]) => {
			const { asked, openedAt } = await play(down, deeds, 2 * HOUR, 5);
			const first = Math.min(
				...["a", "b", "c", "d"].map((each) => asked.get(`${each}.sa.test`)?.find((at) => at >= from) ?? 0),
			);
			return openedAt - first;
		};
		const usual = await proofTook([]);
		const saving = await proofTook([[0, (m) => m.power({ onBattery: true, idleMs: HOUR })]]);
		expect(usual).toBeGreaterThan(0);
		expect(saving).toBeGreaterThan(0);
		expect(saving).toBeLessThan(usual + 30 * SECOND);
	});
});
