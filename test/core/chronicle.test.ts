import { describe, expect, test } from "vitest";
import { chronicled } from "../../src/core/chronicle.ts";
import type { Incident, IncidentFeature } from "../../src/core/incidents.ts";
import { MINUTE, T0 } from "../helpers/evidence.ts";

const feature = (name: "media" | "feed", more: Partial<IncidentFeature> = {}): IncidentFeature => ({
	service: "ig",
	feature: name,
	level: "partial_outage",
	since: T0,
	...more,
});
const incident = (more: Partial<Incident> = {}): Incident => ({
	id: "i1",
	cause: "service",
	culprit: "meta",
	openedAt: T0,
	features: [feature("media")],
	...more,
});
/** An incident that went through these stages, a minute apart. */
function through(...stages: readonly Partial<Incident>[]): Incident {
	let now: Incident | undefined;
	for (const [n, stage] of stages.entries()) {
		now = chronicled(now, { ...incident(), ...now, ...stage }, T0 + n * MINUTE);
	}
	return now as Incident;
}
const told = ({ timeline = [] }: Incident) => timeline.map(({ kind, at }) => `${(at - T0) / MINUTE} ${kind}`);

describe("an incident's timeline", () => {
	test("begins with its opening and what failed first", () => {
		expect(through({}).timeline).toEqual([
			{ kind: "opened", at: T0 },
			{ kind: "joined", at: T0, service: "ig", feature: "media", level: "partial_outage" },
		]);
	});

	test("tells what joined, got worse, eased and got well, each once", () => {
		const story = through(
			{},
			{ features: [feature("media"), feature("feed")] },
			{ features: [feature("media", { level: "major_outage" }), feature("feed")] },
			{ features: [feature("media", { level: "degraded" }), feature("feed", { until: T0 })] },
			{ features: [feature("media", { level: "degraded" }), feature("feed", { until: T0 })] },
		);
		expect(told(story)).toEqual(["0 opened", "0 joined", "1 joined", "2 worsened", "3 eased", "3 well"]);
	});

	test("tells when a page first admitted it, and not again", () => {
		const story = through({}, { admitted: { at: T0, page: "Meta" } }, { admitted: { at: T0 + 1, page: "Other" } });
		expect(told(story)).toEqual(["0 opened", "0 joined", "1 admitted"]);
		expect(story.timeline?.at(-1)).toEqual({ kind: "admitted", at: T0 + MINUTE, page: "Meta" });
	});

	test("tells who was blamed, that it closed and came back, and into which it was merged", () => {
		const over = { features: [feature("media", { until: T0 })], closedAt: T0 };
		const { closedAt: _, ...open } = incident();
		const closed = through({}, { culprit: "cloudflare" }, over);
		expect(told(closed)).toEqual(["0 opened", "0 joined", "1 blamed", "2 well", "2 closed"]);
		const back = chronicled(closed, { ...open, culprit: "cloudflare" }, T0 + 3 * MINUTE);
		expect(told(back).slice(-2)).toEqual(["3 reopened", "3 joined"]);
		const merged = chronicled(through({}), { ...incident(), ...over, mergedInto: "i0" }, T0 + MINUTE);
		expect(told(merged)).toEqual(["0 opened", "0 joined", "1 well", "1 merged"]);
	});

	test("tells an end once, though something is found out about it later", () => {
		const over = { features: [feature("media", { until: T0 })], closedAt: T0 };
		const closed = through({}, over, { admitted: { at: T0, page: "Meta" } });
		expect(told(closed)).toEqual(["0 opened", "0 joined", "1 well", "1 closed", "2 admitted"]);
		const merged = through({}, { ...over, mergedInto: "i0" }, { admitted: { at: T0, page: "Meta" } });
		expect(told(merged)).toEqual(["0 opened", "0 joined", "1 well", "1 merged", "2 admitted"]);
	});

	test("keeps its beginning and its end, however long the story", () => {
		const levels = ["degraded", "major_outage"] as const;
		const stages = Array.from({ length: 300 }, (_, n) => ({
			features: [feature("media", { level: levels[n % 2] ?? "degraded" })],
		}));
		const { timeline = [] } = through(...stages);
		expect(timeline).toHaveLength(80);
		expect(timeline[0]).toEqual({ kind: "opened", at: T0 });
		expect(timeline.at(-1)?.at).toBe(T0 + 299 * MINUTE);
	});

	test("is left alone where nothing changed", () => {
		const same = through({});
		expect(chronicled(same, same, T0 + MINUTE)).toBe(same);
	});
});
