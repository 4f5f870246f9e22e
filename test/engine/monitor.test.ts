import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Check } from "../../src/core/check.ts";
import { failure } from "../../src/core/failure.ts";
import type { DecidedNotice, Showing } from "../../src/core/history.ts";
import type { Incident, IncidentFeature } from "../../src/core/incidents.ts";
import type { Service } from "../../src/core/model.ts";
import type { Notice } from "../../src/core/notice.ts";
import { WEEKDAYS } from "../../src/core/quiet-hours.ts";
import { randomFrom } from "../../src/core/random.ts";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { Monitor } from "../../src/engine/monitor.ts";
import type { Clock, History, RunCheck, Show } from "../../src/engine/ports.ts";
import { VirtualClock } from "../../src/replay/virtual-clock.ts";
import { fakeWorld, type Script } from "../fakes/world.ts";
import { HOUR, MINUTE, SECOND, T0 } from "../helpers/evidence.ts";
import { CONTROLS, twelveServices, watched } from "../helpers/watched.ts";

interface Played {
	readonly notices: Notice[];
	readonly snapshot: Snapshot;
	readonly asked: ReadonlyMap<string, readonly number[]>;
	readonly monitor: Monitor;
	readonly clock: VirtualClock;
}

type Watch = readonly { service: Service; checks: readonly Check[] }[];

/** Plays a script to the given time after the start, at full speed; `look` sees the picture after every change. */
async function play(
	watch: Watch,
	script: Script,
	lasting: number,
	seed = 1,
	look?: (snapshot: Snapshot) => void,
): Promise<Played> {
	const clock = new VirtualClock(T0);
	const world = fakeWorld(clock, script, seed);
	const notices: Notice[] = [];
	const monitor = new Monitor(
		{
			clock,
			runCheck: world.runCheck,
			concurrency: 8,
			show: (notice) => void notices.push(notice),
			...(look && { onChange: () => look(monitor.snapshot()) }),
		},
		{
			services: watch.map(({ service }) => service),
			checks: [...CONTROLS, ...watch.flatMap(({ checks }) => checks)],
			seed,
		},
	);
	monitor.start();
	await clock.runUntil(T0 + lasting);
	return { notices, snapshot: monitor.snapshot(), asked: world.asked, monitor, clock };
}

const TIMEOUT = { kind: "failed", failure: failure("timeout", "no answer", { phase: "connect" }) } as const;
const during = (now: number, from: number, until: number) => now >= T0 + from && now < T0 + until;
const busiest = (asked: Played["asked"], windowMs: number) =>
	Math.max(
		...[...asked.values()].flatMap((times) => times.map((t) => times.filter((u) => u >= t && u < t + windowMs).length)),
	);

/** A history that keeps nothing. */
const FORGETFUL: History = {
	append() {},
	saveLevels() {},
	saveIncidents() {},
	saveDesk() {},
	saveShowing() {},
	maintain() {},
};

/** The messages of all errors that nobody caught while `run` ran, its own rejections included. */
async function errorsOf(run: () => Promise<void>): Promise<string[]> {
	const errors: string[] = [];
	const events = ["uncaughtException", "unhandledRejection"] as const;
	const before = events.map((event) => process.listeners(event as "uncaughtException"));
	for (const event of events) process.removeAllListeners(event).on(event, (error: Error) => errors.push(error.message));
	const tried = async (): Promise<void> => {
		try {
			await run();
		} catch (error) {
			errors.push((error as Error).message);
			if (errors.length < 1000) await tried();
		}
	};
	await tried();
	await new Promise((resolve) => setImmediate(resolve));
	for (const [n, event] of events.entries()) {
		process.removeAllListeners(event);
		for (const listener of before[n] ?? []) process.on(event, listener);
	}
	return errors;
}

describe("a monitor", () => {
	test("at the start asks the controls first, then everything, and settles", async () => {
		const { snapshot, asked, monitor } = await play(
			[watched("sa", { features: { messaging: ["a.test", "b.test"] } })],
			{},
			5 * SECOND,
		);
		expect(snapshot.level).toBe("operational");
		expect(snapshot.connection).toMatchObject({ state: "online", passed: 6 });
		expect(asked.get("a.test")?.[0]).toBeGreaterThan(T0);
		expect(asked.get("alpha.test")?.[0]).toBe(T0);
		await monitor.settled();
		await monitor.stop();
	});

	test("a quiet hour asks no host more than fourteen times, never twice within ten seconds", async () => {
		const { asked } = await play(twelveServices(), {}, 3 * HOUR);
		const perHour = [...asked.values()].map((times) => times.length / 3);
		expect(Math.max(...perHour)).toBeLessThanOrEqual(14);
		expect(
			Math.min(...[...asked.entries()].filter(([host]) => host.startsWith("a.")).map(([, times]) => times.length)),
		).toBeGreaterThan(30);
		expect(busiest(asked, 10 * SECOND)).toBe(1);
	});

	test("an outage of one feature opens one incident within minutes, and closes it after it is over", async () => {
		const script: Script = {
			probe: ({ service, feature }, now) =>
				service === "sa" && feature === "media" && during(now, HOUR, 2 * HOUR) ? TIMEOUT : undefined,
		};
		const { notices, snapshot, asked } = await play(twelveServices(), script, 3 * HOUR);
		expect(notices.map(({ kind }) => kind)).toEqual(["opened", "closed"]);
		const [opened, closed] = notices;
		expect(opened).toMatchObject({
			incident: "i1",
			cause: "service",
			culprit: "meta",
			features: [{ service: "sa", feature: "media", level: "major_outage" }],
		});
		expect((opened?.at ?? 0) - T0 - HOUR).toBeLessThan(4 * MINUTE);
		expect(closed).toMatchObject({ incident: "i1" });
		expect((closed?.at ?? 0) - T0 - 2 * HOUR).toBeLessThan(6 * MINUTE);
		expect(snapshot.level).toBe("operational");
		expect(busiest(asked, MINUTE)).toBeLessThanOrEqual(4);
		expect(
			(asked.get("c.sa.test") ?? []).filter((t) => during(t, HOUR + 10 * MINUTE, 2 * HOUR)).length,
		).toBeLessThanOrEqual(30);
	});

	test("services of one owner that fail together are one incident", async () => {
		const script: Script = {
			probe: ({ service }, now) =>
				["sa", "sb", "sc"].includes(service) && during(now, HOUR, 2 * HOUR) ? TIMEOUT : undefined,
		};
		const { notices } = await play(twelveServices(), script, 3 * HOUR);
		expect(new Set(notices.map((notice) => "incident" in notice && notice.incident))).toEqual(new Set(["i1"]));
		expect(notices.at(0)?.kind).toBe("opened");
		expect(notices.at(-1)?.kind).toBe("closed");
		const all = notices.flatMap((notice) => ("incident" in notice ? notice.features.map((f) => f.service) : []));
		expect(new Set(all)).toEqual(new Set(["sa", "sb", "sc"]));
	});

	test("unrelated services behind one provider are that provider's incident", async () => {
		const behind = (id: string) =>
			watched(id, { upstream: "cloudflare", features: { web: [`a.${id}.test`, `b.${id}.test`] } });
		const elsewhere = watched("free", { features: { web: ["a.free.test", "b.free.test"] } });
		const script: Script = {
			probe: ({ upstream }, now) =>
				upstream && during(now, HOUR, 2 * HOUR)
					? { kind: "failed", failure: failure("http", "502", { status: 502 }) }
					: undefined,
		};
		const { notices, snapshot } = await play([behind("medium"), behind("canva"), elsewhere], script, 3 * HOUR);
		const last = notices.filter(({ kind }) => kind !== "closed").at(-1);
		expect(last).toMatchObject({ cause: "upstream", culprit: "cloudflare" });
		expect(notices.at(-1)).toMatchObject({ kind: "closed", incident: "i1", culprit: "cloudflare" });
		expect(snapshot.incidents.filter(({ closedAt }) => closedAt === undefined)).toEqual([]);
	});

	test("a lost connection judges no service, is told once, and services are not asked through it", async () => {
		const down = (now: number) => during(now, HOUR, HOUR + 20 * MINUTE);
		const script: Script = {
			probe: (_, now) => (down(now) ? TIMEOUT : undefined),
			control: (_, now) => (down(now) ? TIMEOUT : undefined),
		};
		const { notices, asked } = await play(twelveServices(), script, 2 * HOUR);
		expect(notices.map(({ kind }) => kind)).toEqual(["connection_lost", "connection_back"]);
		expect((asked.get("a.sa.test") ?? []).filter((t) => during(t, HOUR + 5 * MINUTE, HOUR + 20 * MINUTE))).toEqual([]);
	});

	test("a connection that is back after fifty minutes stays known, though the controls were asked often", async () => {
		const down = (now: number) => (during(now, HOUR, HOUR + 50 * MINUTE) ? TIMEOUT : undefined);
		const script: Script = { probe: (_, now) => down(now), control: (_, now) => down(now) };
		const states: string[] = [];
		const levels = new Set<string>();
		await play(twelveServices(), script, 6 * HOUR, 3, ({ at, connection, level }) => {
			if (states.at(-1) !== connection.state) states.push(connection.state);
			if (at > T0 + HOUR + 55 * MINUTE) levels.add(level);
		});
		expect(states).toEqual(["unknown", "online", "trouble", "online"]);
		expect([...levels]).toEqual(["operational"]);
	});

	test("a login page is named as such and nothing is said about services", async () => {
		const script: Script = {
			probe: () => ({ kind: "failed", failure: failure("tls_untrusted", "portal") }),
			control: ({ control }) => (control.type === "http" ? { kind: "portal", detail: "login" } : TIMEOUT),
		};
		const { notices, snapshot } = await play(twelveServices(), script, 10 * MINUTE);
		expect(notices).toMatchObject([{ kind: "connection_lost", cause: "captive_portal" }]);
		expect(snapshot.level).toBe("unknown");
		expect(snapshot.services[0]?.features[0]?.reasons).toEqual([{ kind: "no_connection", cause: "captive_portal" }]);
	});

	test("after a sleep what was begun before it does not count, and the line may first come up", async () => {
		const clock = new VirtualClock(T0);
		const wake = T0 + 3 * HOUR;
		const world = fakeWorld(clock, {
			probe: (_, now) =>
				now >= wake && now < wake + 12 * SECOND
					? { kind: "failed", failure: failure("unreachable", "no route") }
					: undefined,
			control: (_, now) =>
				now >= wake && now < wake + 12 * SECOND
					? { kind: "failed", failure: failure("unreachable", "no route") }
					: undefined,
		});
		const notices: Notice[] = [];
		const watch = twelveServices();
		const monitor = new Monitor(
			{ clock, runCheck: world.runCheck, concurrency: 8, show: (notice) => void notices.push(notice) },
			{
				services: watch.map(({ service }) => service),
				checks: [...CONTROLS, ...watch.flatMap(({ checks }) => checks)],
				seed: 3,
			},
		);
		monitor.start();
		await clock.runUntil(T0 + HOUR);
		clock.sleepUntil(wake);
		await clock.runUntil(wake + 10 * MINUTE);
		expect(notices).toEqual([]);
		expect([...world.asked.values()].flat().filter((t) => t >= wake && t < wake + 12 * SECOND)).toEqual([]);
		expect(monitor.snapshot().level).toBe("operational");
	});

	test("a day with two in a hundred runs lost raises nothing", async () => {
		for (const seed of [1, 2, 3])
			expect((await play(twelveServices(), { loss: 0.02 }, 24 * HOUR, seed)).notices).toEqual([]);
	});

	test("hours on a line that loses two runs of five prove nothing about any service, whatever the seed", async () => {
		const bad: Script = { loss: 0.4 };
		for (const seed of [1, 2, 3, 4, 5, 6]) {
			const { notices, snapshot } = await play(twelveServices(), bad, 6 * HOUR, seed);
			expect([seed, notices.filter((notice) => "incident" in notice)]).toEqual([seed, []]);
			expect(snapshot.incidents).toEqual([]);
		}
	});

	test("a line that goes bad after a good hour, and is well again, proves nothing either", async () => {
		for (const seed of [1, 2, 3, 4]) {
			const lost = randomFrom(seed);
			const isLost = (now: number) => during(now, HOUR, 3 * HOUR) && lost.next() < 0.35;
			const script: Script = {
				probe: (_, now) => (isLost(now) ? TIMEOUT : undefined),
				control: (_, now) => (isLost(now) ? TIMEOUT : undefined),
			};
			const { notices, snapshot } = await play(twelveServices(), script, 4 * HOUR, seed);
			expect([seed, notices.filter((notice) => "incident" in notice)]).toEqual([seed, []]);
			expect(snapshot.incidents).toEqual([]);
		}
	});

	test("one lost run among thousands costs half a dozen requests at most", async () => {
		const total = ({ asked }: Played) =>
			[...asked.values()].flat().filter((at) => during(at, HOUR, HOUR + 4 * MINUTE)).length;
		for (const seed of [1, 2, 3]) {
			let lost = false;
			const unlucky: Script = {
				probe: ({ service }, now) => {
					if (lost || service !== "sc" || now < T0 + HOUR) return undefined;
					lost = true;
					return TIMEOUT;
				},
			};
			const quiet = total(await play(twelveServices(), {}, HOUR + 4 * MINUTE, seed));
			const cost = total(await play(twelveServices(), unlucky, HOUR + 4 * MINUTE, seed)) - quiet;
			expect(cost).toBeGreaterThan(0);
			expect(cost).toBeLessThanOrEqual(6);
		}
	});

	test("who is blamed does not change while the incident of a provider is open, though all behind it comes and goes", async () => {
		const behind = (id: string) =>
			watched(id, { upstream: "cloudflare", features: { web: [`a.${id}.test`, `b.${id}.test`] } });
		for (const seed of [1, 2, 3, 4]) {
			const chance = randomFrom(seed);
			const script: Script = {
				probe: ({ service }, now) => {
					const share = during(now, HOUR, HOUR + 10 * MINUTE) ? 1 : service === "canva" ? 0.9 : 0.5;
					return during(now, HOUR, 3 * HOUR) && chance.next() < share ? TIMEOUT : undefined;
				},
			};
			const culprits = new Map<string, Set<string>>();
			await play(["canva", "loft", "medium"].map(behind), script, 4 * HOUR, seed, ({ incidents }) => {
				for (const { id, cause, culprit, closedAt } of incidents)
					if (closedAt === undefined && (cause === "upstream" || culprits.has(id)))
						culprits.set(id, (culprits.get(id) ?? new Set()).add(culprit));
			});
			expect([...culprits.values()].map((each) => [...each])).toEqual([["cloudflare"]]);
		}
	});

	test("no host is asked more than four times a minute nor thirty times an hour, and no control more than sixty, whatever happens", async () => {
		const watch = [
			watched("sa", { owner: "o", upstream: "cdn", features: { feed: ["a.sa", "b.sa"], web: ["shared.o"] } }),
			watched("sb", { owner: "o", upstream: "cdn", features: { feed: ["a.sb"], web: ["shared.o", "b.sb"] } }),
			watched("sc", { upstream: "cdn", features: { web: ["a.sc", "b.sc"] } }),
		];
		const share = fc.constantFrom(0.1, 0.3, 0.5, 0.8, 1);
		const spell = fc.record({
			from: fc.nat(150).map((minutes) => minutes * MINUTE),
			lasting: fc.integer({ min: 1, max: 90 }).map((minutes) => minutes * MINUTE),
			hosts: fc.subarray(["a.sa", "b.sa", "shared.o", "a.sb", "b.sb", "a.sc", "b.sc", "controls"], { minLength: 1 }),
			share,
		});
		await fc.assert(
			fc.asyncProperty(
				fc.array(spell, { minLength: 1, maxLength: 4 }),
				fc.constantFrom(0, 0.02, 0.2),
				fc.nat(),
				async (spells, loss, seed) => {
					const chance = randomFrom(seed);
					const fails = (host: string, now: number) =>
						spells.some(
							(each) =>
								each.hosts.includes(host) &&
								during(now, each.from, each.from + each.lasting) &&
								chance.next() < each.share,
						)
							? TIMEOUT
							: undefined;
					const script: Script = {
						loss,
						probe: ({ host }, now) => fails(host, now),
						control: (_, now) => fails("controls", now),
					};
					const { asked } = await play(watch, script, 4 * HOUR, seed % 1000);
					const controls = new Set(CONTROLS.map(({ host }) => host));
					expect(busiest(asked, 10 * SECOND)).toBe(1);
					expect(busiest(asked, MINUTE)).toBeLessThanOrEqual(4);
					const [ofServices, ofControls] = [false, true].map((are) =>
						busiest(new Map([...asked].filter(([host]) => controls.has(host) === are)), HOUR),
					);
					expect(ofServices).toBeLessThanOrEqual(30);
					expect(ofControls).toBeLessThanOrEqual(60);
				},
			),
			{ numRuns: 25 },
		);
	});

	test("a day of twelve services passes in well under a second, twice with the same bytes", async () => {
		const script: Script = {
			loss: 0.01,
			probe: ({ feature, service }, now) =>
				feature === "media" && service < "sf" && during(now, 5 * HOUR, 6 * HOUR) ? TIMEOUT : undefined,
		};
		const bytes = async () => {
			const { notices, snapshot, asked } = await play(twelveServices(), script, 24 * HOUR, 7);
			return createHash("sha256")
				.update(JSON.stringify({ notices, snapshot, asked: [...asked] }))
				.digest("hex");
		};
		const costs: number[] = [];
		const timed = async () => {
			const before = process.cpuUsage();
			const found = await bytes();
			costs.push(process.cpuUsage(before).user / 1000);
			return found;
		};
		expect(await timed()).toBe(await timed());
		// the processor's time, the better of two: other programs and a cold start do not count
		expect(Math.min(...costs)).toBeLessThan(1000);
	});

	test("a host that asks for patience gets it", async () => {
		const script: Script = {
			probe: ({ host }) =>
				host === "a.sa.test"
					? { kind: "blocked", failure: failure("http", "429", { status: 429, retryAfterMs: 40 * MINUTE }) }
					: undefined,
		};
		const { asked, notices } = await play(twelveServices(), script, 2 * HOUR);
		expect(asked.get("a.sa.test")?.length).toBeLessThanOrEqual(4);
		expect(notices).toEqual([]);
	});

	test.each<{ how: string; fail: (told: number) => undefined | Promise<void> }>([
		{
			how: "throws",
			fail: (told) => {
				throw new Error(`toast ${told}`);
			},
		},
		{ how: "rejects", fail: (told) => Promise.reject(new Error(`toast ${told}`)) },
	])("goes on where showing a notice $how, and writes down why it could not be shown", async ({ fail }) => {
		const clock = new VirtualClock(T0);
		const down = (now: number) => (during(now, HOUR, 2 * HOUR) ? TIMEOUT : undefined);
		const world = fakeWorld(clock, { probe: (_, now) => down(now), control: (_, now) => down(now) });
		const watch = twelveServices();
		let told = 0;
		const showings: Showing[] = [];
		const monitor = new Monitor(
			{
				clock,
				runCheck: world.runCheck,
				concurrency: 8,
				history: { ...FORGETFUL, saveShowing: (showing) => void showings.push(showing) },
				show() {
					told += 1;
					return fail(told);
				},
			},
			{
				services: watch.map(({ service }) => service),
				checks: [...CONTROLS, ...watch.flatMap(({ checks }) => checks)],
				seed: 1,
			},
		);
		monitor.start();
		await clock.runUntil(T0 + 3 * HOUR);
		expect(showings).toMatchObject([
			{ number: 0, failure: "toast 1" },
			{ number: 1, failure: "toast 2" },
		]);
		expect(monitor.snapshot()).toMatchObject({ level: "operational", connection: { state: "online" } });
		expect(world.asked.get("a.sa.test")?.filter((at) => at > T0 + 150 * MINUTE).length).toBeGreaterThan(4);
		await monitor.stop();
	});

	test("that is told of an outage asks on: an error in a picture does not stop the next", async () => {
		const clock = new VirtualClock(T0);
		const world = fakeWorld(clock, {});
		const [one] = twelveServices();
		let pictures = 0;
		const monitor = new Monitor(
			{
				clock,
				runCheck: world.runCheck,
				concurrency: 8,
				onChange: () => {
					pictures += 1;
					throw new Error("picture");
				},
			},
			{ services: [one?.service as Service], checks: [...CONTROLS, ...(one?.checks ?? [])], seed: 1 },
		);
		const errors = await errorsOf(async () => {
			monitor.start();
		});
		const more = await errorsOf(async () => {
			while (clock.now() < T0 + HOUR) await clock.runUntil(T0 + HOUR);
		});
		expect(pictures).toBeGreaterThan(50);
		expect(errors.length + more.length).toBe(pictures);
		expect(world.asked.get("a.sa.test")?.length).toBeGreaterThan(10);
		await monitor.stop();
	});

	describe("whose clock is set back", () => {
		async function setBack(by: number) {
			const clock = new VirtualClock(T0);
			let offset = 0;
			const wrong: Clock = {
				now: () => clock.now() - offset,
				wakeAt: (at, callback) => clock.wakeAt(at + offset, callback),
			};
			const world = fakeWorld(clock, {});
			const saved: number[] = [];
			const runCheck: RunCheck = (check) => {
				const { evidence, cancel } = world.runCheck(check);
				const shifted = evidence.then((each) => ({ ...each, startedAt: each.startedAt - offset, at: wrong.now() }));
				return { evidence: shifted, cancel };
			};
			const [one] = twelveServices();
			const monitor = new Monitor(
				{
					clock: wrong,
					runCheck,
					concurrency: 8,
					history: { ...FORGETFUL, append: ({ length }) => saved.push(length) },
				},
				{ services: [one?.service as Service], checks: [...CONTROLS, ...(one?.checks ?? [])], seed: 1 },
			);
			monitor.start();
			await clock.runUntil(T0 + HOUR);
			const before = saved.length;
			offset = by;
			await clock.runUntil(T0 + HOUR + 70 * SECOND);
			const { connection } = monitor.snapshot();
			await clock.runUntil(T0 + 2 * HOUR);
			const asked = (world.asked.get("a.sa.test") ?? []).filter((at) => at > T0 + HOUR).length;
			return { monitor, connection, asked, saved: saved.length - before, now: monitor.snapshot().at - T0 };
		}

		test.each([2 * MINUTE, 3 * HOUR, 1000 * 24 * HOUR])("by %i ms starts afresh and keeps its pace", async (by) => {
			const { monitor, asked, saved, now, connection } = await setBack(by);
			expect(now).toBeLessThanOrEqual(2 * HOUR - by);
			expect(connection.since - T0).toBeGreaterThanOrEqual(HOUR - by);
			expect(asked).toBeGreaterThanOrEqual(11);
			expect(asked).toBeLessThanOrEqual(15);
			expect(saved).toBeGreaterThan(20);
			expect(monitor.snapshot().level).toBe("operational");
		});

		test("by a few seconds, as clocks are set all the time, does not notice", async () => {
			const { monitor, connection, asked } = await setBack(4 * SECOND);
			expect(connection).toMatchObject({ state: "online" });
			expect(connection.since - T0).toBeLessThan(MINUTE);
			expect(asked).toBeGreaterThanOrEqual(11);
			expect(monitor.snapshot().level).toBe("operational");
		});
	});

	describe("that takes up an earlier run", () => {
		const held = { service: "sa", feature: "media", level: "major_outage", since: T0 - HOUR } as const;
		const gone = { ...held, service: "gone" };
		const incident = (id: string, features: readonly IncidentFeature[]): Incident => ({
			...{ id, cause: "service", culprit: "meta", openedAt: T0 - HOUR },
			features,
		});
		function start(incidents: readonly Incident[]): Incident[] {
			const saved: Incident[] = [];
			const clock = new VirtualClock(T0);
			const [one] = twelveServices();
			new Monitor(
				{
					clock,
					runCheck: fakeWorld(clock, {}).runCheck,
					concurrency: 8,
					history: { ...FORGETFUL, saveIncidents: (list) => saved.push(...list) },
				},
				{
					services: [one?.service as Service],
					checks: [...CONTROLS, ...(one?.checks ?? [])],
					seed: 1,
					book: { incidents, nextNumber: 3 },
				},
			);
			return saved;
		}

		test("saves what has been closed because it is no longer watched, and only that", () => {
			expect(start([incident("i1", [gone]), incident("i2", [held])])).toEqual([
				{ ...incident("i1", [{ ...gone, until: T0 }]), closedAt: T0 },
			]);
		});

		test("saves an incident of which a part is no longer watched", () => {
			expect(start([incident("i1", [gone, held])])).toEqual([incident("i1", [{ ...gone, until: T0 }, held])]);
		});

		test("saves nothing where nothing changed", () => {
			expect(
				start([incident("i1", [held]), { ...incident("i2", [{ ...gone, until: T0 - 1 }]), closedAt: T0 - 1 }]),
			).toEqual([]);
		});
	});

	describe("that tells people something", () => {
		const mediaOfA: Script = {
			probe: ({ service, feature }, now) =>
				service === "sa" && feature === "media" && during(now, HOUR, 2 * HOUR) ? TIMEOUT : undefined,
		};

		function watchTwelve(history: Partial<History>, show: Show, unshown: readonly DecidedNotice[] = []) {
			const clock = new VirtualClock(T0);
			const world = fakeWorld(clock, mediaOfA);
			const watch = twelveServices();
			const monitor = new Monitor(
				{ clock, runCheck: world.runCheck, concurrency: 8, history: { ...FORGETFUL, ...history }, show },
				{
					services: watch.map(({ service }) => service),
					checks: [...CONTROLS, ...watch.flatMap(({ checks }) => checks)],
					seed: 1,
					unshown,
				},
			);
			return { clock, monitor };
		}

		test("has it on disk with what led to it before it is shown, and writes down that it was", async () => {
			const steps: string[] = [];
			const { clock, monitor } = watchTwelve(
				{
					saveIncidents: (list) => void steps.push(...list.map(({ id }) => `incident ${id}`)),
					saveDesk: ({ told, count }, notices) => {
						if (notices.length === 0) return;
						expect([...told.values()].map(({ closedAt }) => closedAt)).toHaveLength(1);
						expect(count).toBe((notices.at(-1)?.number ?? 0) + 1);
						steps.push(...notices.map(({ number, notice }) => `decided ${number} ${notice.kind}`));
					},
					saveShowing: ({ number, failure }) => void steps.push(`written ${number} ${failure ?? "shown"}`),
				},
				({ kind }) => void steps.push(`show ${kind}`),
			);
			monitor.start();
			await clock.runUntil(T0 + 3 * HOUR);
			expect([...new Set(steps)]).toEqual([
				"incident i1",
				...["decided 0 opened", "show opened", "written 0 shown"],
				...["decided 1 closed", "show closed", "written 1 shown"],
			]);
			await monitor.stop();
		});

		test("waits with the word that it was shown for as long as showing takes", async () => {
			const written: number[] = [];
			const { clock, monitor } = watchTwelve({ saveShowing: ({ at }) => void written.push(at) }, ({ at }) =>
				clock.after(at + 7 * SECOND - clock.now()),
			);
			monitor.start();
			await clock.runUntil(T0 + HOUR + 10 * MINUTE);
			const [openedAt = 0] = monitor.snapshot().incidents.map((incident) => incident.openedAt);
			expect(written).toEqual([openedAt + 7 * SECOND]);
			await monitor.stop();
		});

		test("shows what an earlier run had decided and not shown, where it is news still", () => {
			const notice = (at: number): Notice => ({ kind: "connection_lost", at, cause: "dns", since: at });
			const shown: Notice[] = [];
			const showings: Showing[] = [];
			const { monitor } = watchTwelve(
				{ saveShowing: (showing) => void showings.push(showing) },
				(each) => void shown.push(each),
				[
					{ number: 3, notice: notice(T0 - 10 * MINUTE - 1) },
					{ number: 4, notice: notice(T0 - 10 * MINUTE) },
				],
			);
			monitor.start();
			expect(shown).toEqual([notice(T0 - 10 * MINUTE)]);
			expect(showings).toEqual([
				{ number: 4, at: T0 },
				{ number: 3, at: T0, failure: "no news any more when it could be shown" },
			]);
		});

		test("does what people ask of it, and says so in its picture", async () => {
			const shown: Notice[] = [];
			const { clock, monitor } = watchTwelve({}, (notice) => void shown.push(notice));
			monitor.start();
			await clock.runUntil(T0 + 30 * MINUTE);
			monitor.wish({ kind: "muted", service: "sa", until: T0 + 90 * MINUTE });
			monitor.wish({ kind: "muted", service: "nobody", until: "resolved" });
			monitor.wish({ kind: "back_wanted", service: "sa" });
			const muted = () => monitor.snapshot().services.filter((service) => service.muted);
			expect(muted()).toMatchObject([{ id: "sa", muted: { until: { kind: "time", at: T0 + 90 * MINUTE } } }]);
			expect(monitor.snapshot().services.some(({ awaited }) => awaited)).toBe(false);
			await clock.runUntil(T0 + 80 * MINUTE);
			monitor.wish({ kind: "back_wanted", service: "sa" });
			expect(monitor.snapshot().services.filter(({ awaited }) => awaited)).toMatchObject([{ id: "sa" }]);
			expect(shown).toEqual([]);
			await clock.runUntil(T0 + 100 * MINUTE);
			expect([muted(), shown.map(({ kind }) => kind)]).toEqual([[], ["opened"]]);
			monitor.wish({ kind: "locked" });
			expect(monitor.snapshot().hush).toBe("away");
			await clock.runUntil(T0 + 150 * MINUTE);
			expect(shown).toHaveLength(1);
			monitor.wish({ kind: "unlocked" });
			expect(shown.slice(1)).toMatchObject([{ kind: "back", service: "sa", features: ["media"] }]);
			expect(monitor.snapshot().hush).toBeUndefined();
			await monitor.stop();
		});

		test("is quiet when people want it to be, from the moment they say so", async () => {
			const shown: Notice[] = [];
			const { clock, monitor } = watchTwelve({}, (notice) => void shown.push(notice));
			monitor.start();
			await clock.runUntil(T0 + 30 * MINUTE);
			// T0 is 12:00 UTC
			const windows = [{ days: [...WEEKDAYS], from: "12:00", to: "15:00" }];
			monitor.wish({ kind: "notifications_changed", notifications: { rules: [], quietHours: { windows } } });
			expect(monitor.snapshot().hush).toBe("quiet_hours");
			await clock.runUntil(T0 + 4 * HOUR);
			expect(shown).toMatchObject([{ kind: "digest", why: "quiet_hours", since: T0 + 30 * MINUTE }]);
			expect((shown[0]?.at ?? 0) - T0 - 3 * HOUR).toBeLessThanOrEqual(MINUTE);
			await monitor.stop();
		});

		test("makes nothing of a sleep alone", async () => {
			const shown: Notice[] = [];
			const { clock, monitor } = watchTwelve({}, (notice) => void shown.push(notice));
			monitor.start();
			await clock.runUntil(T0 + 90 * MINUTE);
			clock.sleepUntil(T0 + 5 * HOUR);
			await clock.runUntil(T0 + 6 * HOUR);
			expect(shown.map(({ kind }) => kind)).toEqual(["opened", "closed"]);
			await monitor.stop();
		});
	});

	test("stopping ends every run and never calls back", async () => {
		const clock = new VirtualClock(T0);
		const world = fakeWorld(clock, { probe: () => TIMEOUT });
		let changes = 0;
		const [one] = twelveServices();
		const monitor = new Monitor(
			{ clock, runCheck: world.runCheck, concurrency: 8, onChange: () => (changes += 1) },
			{ services: [one?.service as Service], checks: [...CONTROLS, ...(one?.checks ?? [])], seed: 1 },
		);
		monitor.start();
		await clock.runUntil(T0 + 2 * SECOND);
		const settled = monitor.settled();
		await monitor.stop();
		await settled;
		const before = changes;
		await clock.runUntil(T0 + HOUR);
		expect(changes).toBe(before);
	});
});
