import { describe, expect, test } from "vitest";
import { type Failure, failure, isOfProxy } from "../../src/core/failure.ts";
import type { Notice } from "../../src/core/notice.ts";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { witnesses } from "../../src/core/streak.ts";
import { Monitor } from "../../src/engine/monitor.ts";
import { VirtualClock } from "../../src/replay/virtual-clock.ts";
import { fakeWorld, type Script } from "../fakes/world.ts";
import { HOUR, MINUTE, run, T0 } from "../helpers/evidence.ts";
import { CONTROLS, watched } from "../helpers/watched.ts";

const GONE = failure("refused", "nobody there", { phase: "proxy" });
const WANTS_LOGIN = failure("http", "the proxy wants a login", { phase: "proxy", status: 407 });
const CANNOT_REACH = failure("http", "the proxy answered 502 for a.s.test:443", { phase: "proxy", status: 502 });

test.each<[why: Failure, own: boolean]>([
	[GONE, true],
	[WANTS_LOGIN, true],
	[failure("unreadable", "garbage", { phase: "proxy" }), true],
	[failure("http", "no CONNECT", { phase: "proxy", status: 501 }), true],
	[CANNOT_REACH, false],
	[failure("http", "504", { phase: "proxy", status: 504 }), false],
	[failure("refused", "by the target", { phase: "connect" }), false],
	[failure("http", "HTTP 407", { status: 407 }), false],
])("%o is the proxy's own failure: %s", (why, own) => {
	expect(isOfProxy(why)).toBe(own);
});

describe("a host behind a proxy that cannot be used", () => {
	const failing = (why: Failure, at: number) => run("a", "ok", at, { outcome: { kind: "failed", failure: why } });

	test("is not tried, rather than failing", () => {
		const [witness] = witnesses([failing(GONE, T0), failing(WANTS_LOGIN, T0 - 1), run("a", "ok", T0 - 2)], 0, T0);
		expect(witness).toMatchObject({ says: "skipped", inRow: 2, why: GONE.detail, weight: 0 });
		expect(witness).not.toHaveProperty("lastFailureAt");
	});

	test("has failed, where the proxy says so", () => {
		expect(witnesses([failing(CANNOT_REACH, T0)], 0, T0)).toMatchObject([{ says: "fails", failure: CANNOT_REACH }]);
	});
});

describe("in an office", () => {
	const { service, checks } = watched("s", { features: { messaging: ["a.s.test", "b.s.test"] } });

	async function play(script: Script): Promise<{ notices: Notice[]; snapshot: Snapshot }> {
		const clock = new VirtualClock(T0);
		const notices: Notice[] = [];
		const { runCheck } = fakeWorld(clock, script);
		const monitor = new Monitor(
			{ clock, runCheck, show: (notice) => void notices.push(notice) },
			{ services: [service], checks: [...CONTROLS, ...checks], seed: 1 },
		);
		monitor.start();
		await clock.runUntil(T0 + HOUR);
		await monitor.stop();
		return { notices, snapshot: monitor.snapshot() };
	}

	const from = T0 + 20 * MINUTE;
	const failing = (why: Failure) => (_check: unknown, now: number) =>
		now >= from ? ({ kind: "failed", failure: why } as const) : undefined;

	test("whose proxy for one service is gone, the service is unknown and nobody is alarmed", async () => {
		for (const why of [GONE, WANTS_LOGIN]) {
			const { notices, snapshot } = await play({ probe: failing(why) });
			expect(notices).toEqual([]);
			expect(snapshot.services[0]?.features[0]?.level).toBe("unknown");
		}
	});

	test("whose proxy reports that it cannot reach the service, it is an outage", async () => {
		const { notices } = await play({ probe: failing(CANNOT_REACH) });
		expect(notices.map(({ kind }) => kind)).toEqual(["opened"]);
	});

	test("whose proxy is gone for everything, the proxy is the culprit", async () => {
		const { notices, snapshot } = await play({ probe: failing(GONE), control: failing(GONE) });
		expect(snapshot.connection).toMatchObject({ state: "trouble", cause: "proxy" });
		expect(notices.filter(({ kind }) => kind === "opened")).toEqual([]);
	});
});
