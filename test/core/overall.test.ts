import { describe, expect, test } from "vitest";
import type { Level } from "../../src/core/level.ts";
import { overall } from "../../src/core/overall.ts";
import type { FeatureView, ServiceView } from "../../src/core/snapshot.ts";

const BLIND = "blind";

function service(...levels: (Level | typeof BLIND)[]): ServiceView {
	const features = levels.map(
		(level): FeatureView => ({
			feature: "web",
			level: level === BLIND ? "unknown" : level,
			...(level === BLIND && { blind: "it needs an account" }),
			since: 0,
			cause: "unknown",
			confidence: 0,
			suspected: false,
			reasons: [],
		}),
	);
	const level = features.some((each) => each.level !== "unknown")
		? (features.find((each) => each.level !== "unknown")?.level ?? "unknown")
		: "unknown";
	return { id: "x", name: "X", level, features, sources: [] };
}

describe("at a glance", () => {
	test.each<[string, ServiceView[], ReturnType<typeof overall>]>([
		["all that was seen works", [service("operational")], { level: "operational", gaps: false }],
		["nothing is watched", [], { level: "unknown", gaps: false }],
		[
			"a gap is no trouble, and not all well",
			[service("operational", "unknown")],
			{ level: "operational", gaps: true },
		],
		["a feature that nobody can see is no gap", [service("operational", BLIND)], { level: "operational", gaps: false }],
		[
			"more is unknown than known",
			[service("unknown"), service("unknown", BLIND), service("operational")],
			{ level: "unknown", gaps: true },
		],
		["half is unknown", [service("unknown"), service("operational")], { level: "operational", gaps: true }],
		[
			"services that nobody can see do not count as unknown",
			[service(BLIND), service(BLIND), service("operational")],
			{ level: "operational", gaps: false },
		],
		[
			"trouble counts however little is known of the rest",
			[service("unknown"), service("unknown"), service("degraded")],
			{ level: "degraded", gaps: true },
		],
	])("%s", (_, services, expected) => {
		expect(overall(services)).toEqual(expected);
	});
});
