import { describe, expect, test } from "vitest";
import type { Check } from "../../../src/core/check.ts";
import type { Evidence } from "../../../src/core/evidence.ts";
import type { Notice } from "../../../src/core/notice.ts";
import { openDemonstration } from "../../../src/replay/loopback/demonstration.ts";
import { replay } from "../../../src/replay/replay.ts";
import { type Scenario, ScenarioError } from "../../../src/replay/scenario.ts";
import { MINUTE, scenarioOf, smallCatalogue, T0 } from "./stage.ts";

const SPEED = 3_000;
const minute = (n: number) => T0 + n * MINUTE;

async function perform(scenario: Scenario, catalogue = smallCatalogue()) {
	const notices: Notice[] = [];
	const runs: { check: Check; scripted: Evidence; seen: Evidence }[] = [];
	const demonstration = await openDemonstration(scenario, catalogue, SPEED);
	const snapshot = await demonstration.play({
		show: (notice) => void notices.push(notice),
		onRun: (check, scripted, seen) => runs.push({ check, scripted, seen }),
	});
	return { notices, runs, snapshot, demonstration };
}

/** Pictures time out, then their servers answer 503, then the page admits it, then all is well. */
const OUTAGE = scenarioOf(
	[
		{ probe: { host: ["*.pictures.test"] }, from: minute(4), until: minute(8), answer: { fail: "timeout" } },
		{ probe: { host: ["*.pictures.test"] }, from: minute(8), until: minute(13), answer: { http: 503 } },
		{
			official: { service: ["chat"] },
			from: minute(9),
			until: minute(14),
			answer: { level: "partial_outage", features: { media: "partial_outage" }, title: "Some pictures do not load" },
		},
	],
	{ until: minute(24), noise: { loss: 0.01 } },
);

describe("a demonstration", () => {
	test("tells what a replay of the same file tells, at the same moments", async () => {
		const { notices, runs, demonstration } = await perform(OUTAGE);
		const replayed = await replay(OUTAGE, smallCatalogue());
		expect(notices).toEqual(replayed.notices);
		expect([notices[0]?.kind, notices.at(-1)?.kind]).toEqual(["opened", "closed"]);
		expect(notices[0]).toMatchObject({ culprit: "chat", features: [{ service: "chat", feature: "media" }] });
		expect(demonstration.runs).toEqual({ strayed: 0, total: runs.length });
		expect(runs.length).toBeGreaterThan(100);
	});

	test("tells what other people report as the script has it, without asking anybody", async () => {
		const scenario = scenarioOf(
			[
				{
					reports: { service: ["chat"] },
					from: minute(4),
					until: minute(12),
					answer: { perHour: 9000, baseline: 10, features: ["login"] },
				},
			],
			{ until: minute(40) },
		);
		const { notices, runs } = await perform(scenario);
		expect(notices).toEqual((await replay(scenario, smallCatalogue())).notices);
		expect(notices.map(({ kind }) => kind)).toEqual(["opened", "closed"]);
		expect(runs.filter(({ check }) => check.kind === "reports")).toEqual([]);
	});

	test("every outcome has come over a socket of this computer", async () => {
		const { runs } = await perform(OUTAGE);
		const addresses = runs.flatMap(({ seen }) => (seen.kind === "probe" && seen.address ? [seen.address] : []));
		expect(new Set(addresses)).toEqual(new Set(["127.0.0.1"]));
		const details = runs.flatMap(({ seen: { outcome } }) =>
			outcome.kind === "failed" ? [outcome.failure.detail] : [],
		);
		expect(details).toContain("HTTP 503");
		expect(details.filter((detail) => detail.includes("scripted"))).toEqual([]);
	});

	test("each page is read in its own format, and what it admits is shown", async () => {
		const formats = ["statuspage", "incidentio", "instatus", "feed"] as const;
		const { snapshot } = await perform({ ...OUTAGE, until: minute(12) }, smallCatalogue(formats));
		const media = snapshot.services[0]?.features.find(({ feature }) => feature === "media");
		expect(media?.reasons.find(({ kind }) => kind === "official")).toMatchObject({
			title: "Some pictures do not load",
		});
		expect(snapshot.services[0]?.sources.map(({ format }) => format)).toEqual(formats);
	});

	test("sleep, a change of the network and a portal pass as in a replay, and no service is blamed", async () => {
		const scenario = scenarioOf(
			[
				{ device: "asleep", from: minute(4), until: minute(94) },
				{ device: "interface-changed", from: minute(94) },
				{ probe: {}, from: minute(94), until: minute(99), answer: { fail: "tls_untrusted" } },
				{ official: {}, from: minute(94), until: minute(99), answer: { unreadable: true } },
				{ control: { kind: ["http"] }, from: minute(94), until: minute(99), answer: { portal: true } },
				{ control: { kind: ["doh", "ip"] }, from: minute(94), until: minute(99), answer: { fail: "timeout" } },
			],
			{ until: minute(106) },
		);
		const { notices, demonstration } = await perform(scenario);
		expect(notices.map(({ kind }) => kind)).toEqual(["connection_lost", "connection_back"]);
		expect(notices[0]).toMatchObject({ cause: "captive_portal" });
		expect(notices).toEqual((await replay(scenario, smallCatalogue())).notices);
		expect(demonstration.runs.strayed).toBe(0);
	});

	test("ends at once when it is stopped, and leaves nothing open", async () => {
		const resources = () =>
			process
				.getActiveResourcesInfo()
				.filter((name) => !/Timeout|Immediate/.test(name))
				.sort();
		const settled = () => new Promise((resolve) => setTimeout(resolve, 50));
		await settled();
		const before = resources();
		const demonstration = await openDemonstration(OUTAGE, smallCatalogue(), 1);
		expect(resources().length).toBeGreaterThan(before.length);
		setTimeout(() => demonstration.stop(), 50);
		const began = performance.now();
		await demonstration.play({});
		expect(performance.now() - began).toBeLessThan(1_000);
		await settled();
		expect(resources()).toEqual(before);
	});

	test("a service that nobody knows is a mistake in the file", async () => {
		const scenario = scenarioOf([], { services: ["nobody"] });
		await expect(openDemonstration(scenario, smallCatalogue(), 1)).rejects.toThrow(ScenarioError);
	});
});
