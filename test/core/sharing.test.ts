import { describe, expect, test } from "vitest";
import type { Check, SourceCheck } from "../../src/core/check.ts";
import type { SourceOutcome } from "../../src/core/evidence.ts";
import { forAllSharers, sharersIn } from "../../src/core/sharing.ts";
import { Monitor } from "../../src/engine/monitor.ts";
import { VirtualClock } from "../../src/replay/virtual-clock.ts";
import { fakeWorld, type Script } from "../fakes/world.ts";
import { controlRun, HOUR, MINUTE, T0 } from "../helpers/evidence.ts";
import { CONTROLS, watched } from "../helpers/watched.ts";

const FOUR = ["aa", "bb", "cc", "dd"];

/** Four services of one owner that are told of on one page, or each on a page of its own on the same host. */
function pages(onePage: boolean) {
	const all = FOUR.map((id) => watched(id, { owner: "meta", features: { messaging: [`a.${id}.test`] } }));
	const sources = FOUR.map(
		(service): SourceCheck => ({
			kind: "source",
			id: `${service}/official`,
			host: "status.meta.test",
			service,
			source: {
				format: "meta",
				url: `https://status.meta.test/${onePage ? "orgs" : service}.json`,
				components: { [service]: "messaging" },
				speaksForWhole: true,
			},
		}),
	);
	const checks: Check[] = [...CONTROLS, ...all.flatMap((each) => each.checks), ...sources];
	return { services: all.map(({ service }) => service), checks };
}

const PAGE: SourceOutcome = {
	kind: "read",
	fresh: true,
	page: {
		format: "meta",
		page: { name: "Meta" },
		level: "operational",
		components: FOUR.map((id) => ({ id, name: id, level: id === "bb" ? "partial_outage" : "operational" })),
		incidents: [],
		maintenances: [],
		unknownWords: [],
	},
};

async function day(onePage: boolean, script: Script = { source: () => PAGE }) {
	const clock = new VirtualClock(T0);
	const { runCheck, asked } = fakeWorld(clock, script);
	const heard = new Map<string, number[]>();
	const history = {
		append: (all: readonly { checkId: string; at: number }[]) => {
			for (const { checkId, at } of all) heard.set(checkId, [...(heard.get(checkId) ?? []), at]);
		},
		saveLevels() {},
		saveIncidents() {},
		saveDesk() {},
		saveShowing() {},
		maintain() {},
	};
	const monitor = new Monitor({ clock, runCheck, concurrency: 8, history }, { ...pages(onePage), seed: 5 });
	monitor.start();
	await clock.runUntil(T0 + 24 * HOUR);
	const snapshot = monitor.snapshot();
	await monitor.stop();
	return { requests: asked.get("status.meta.test") ?? [], heard, snapshot };
}

function longestGap(times: readonly number[] = []): number {
	return Math.max(...times.slice(1).map((at, n) => at - (times[n] ?? 0)));
}

describe("services that are told of on one page", () => {
	test("have it read once for all of them, and each hears it every time", async () => {
		const { requests, heard, snapshot } = await day(true);
		expect(heard.get("aa/official")?.length).toBe(requests.length);
		for (const id of FOUR) expect(heard.get(`${id}/official`)).toEqual(heard.get("aa/official"));
		const levels = snapshot.services.map(({ features: [first] }) => first?.level);
		expect(levels).toEqual(["operational", "partial_outage", "operational", "operational"]);
	});

	test("cost the host no more than one of them would, and hear it four times as often as with pages of their own", async () => {
		const [shared, apart] = [await day(true), await day(false)];
		// one of them is in trouble, which is read every two minutes
		expect(shared.requests.length).toBeLessThanOrEqual(24 * 30);
		const gaps = (heard: Map<string, number[]>) => longestGap(heard.get("aa/official"));
		expect(gaps(shared.heard)).toBeLessThan(6 * MINUTE);
		expect(gaps(apart.heard)).toBeGreaterThan(15 * MINUTE);
	});

	test("that cannot be read are tried again as seldom as one alone would be", async () => {
		const { requests, heard } = await day(true, {});
		// five minutes, and up to an hour more: half an hour on average
		expect(requests.length).toBeGreaterThan(30);
		expect(requests.length).toBeLessThan(60);
		for (const id of FOUR) expect(heard.get(`${id}/official`)?.length).toBe(requests.length);
	});

	test("are never read twice within a minute", async () => {
		for (const { requests } of [await day(true), await day(false)])
			expect(Math.min(...requests.slice(1).map((at, n) => at - (requests[n] ?? 0)))).toBeGreaterThanOrEqual(MINUTE);
	});
});

describe("evidence for all sharers", () => {
	const sharers = sharersIn(pages(true).checks);

	test("is that of each of them, under its own name", () => {
		const evidence = {
			kind: "source",
			checkId: "bb/official",
			service: "bb",
			startedAt: T0,
			at: T0,
			outcome: PAGE,
		} as const;
		const all = forAllSharers(sharers, evidence);
		expect(all.map((each) => [each.checkId, "service" in each && each.service])).toEqual(
			["bb", "aa", "cc", "dd"].map((id) => [`${id}/official`, id]),
		);
	});

	test("is only one's own where the page, or the run, is", () => {
		expect(sharersIn(pages(false).checks).size).toBe(0);
		const control = controlRun("alpha", "http", "ok", T0);
		expect(forAllSharers(sharers, control)).toEqual([control]);
	});
});
