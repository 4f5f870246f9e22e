import { describe, expect, it } from "vitest";
import type { Level } from "../../../src/core/level.ts";
import { FORGOTTEN_AFTER_MS } from "../../../src/core/official-levels.ts";
import { componentsNamedIn } from "../../../src/io/sources/named-components.ts";
import { componentOf, incidentOf, inDoubt, maintenanceOf, summedPageOf } from "../../../src/io/sources/parts.ts";
import { NOW } from "./fixture.ts";

const HOUR = 3_600_000;

describe("whether work is going on", () => {
	const active = (underWay: boolean | undefined, from?: number, until?: number) =>
		maintenanceOf({ id: "m", title: "M", state: "x", underWay, from, until }, NOW).active;

	it.each<[string, boolean | undefined, number | undefined, number | undefined, boolean]>([
		["the vendor says so", true, undefined, undefined, true],
		["the vendor denies it inside its window", false, NOW - HOUR, NOW + HOUR, false],
		["only its window tells, and it is now", undefined, NOW - HOUR, NOW + HOUR, true],
		["only its window tells, and it is over", undefined, NOW - 2 * HOUR, NOW - HOUR, false],
		["nothing tells when it ends", undefined, NOW - HOUR, undefined, false],
		["the vendor says so ahead of its time", true, NOW + HOUR, NOW + 2 * HOUR, false],
		["it takes longer than planned", true, NOW - 2 * HOUR, NOW - HOUR, true],
		["it was forgotten weeks ago", true, NOW - FORGOTTEN_AFTER_MS - 2 * HOUR, NOW - FORGOTTEN_AFTER_MS - HOUR, false],
	])("%s", (_what, underWay, from, until, expected) => {
		expect(active(underWay, from, until)).toBe(expected);
	});
});

describe("the level of a page that has no word for it", () => {
	const level = (components: Level[], incidents: Level[] = [], open = true, working = false, updated = NOW) =>
		summedPageOf(
			{
				format: "x",
				name: "X",
				components: components.map((each, n) => componentOf(`${n}`, "C", each)),
				incidents: incidents.map((each, n) =>
					incidentOf({ id: `${n}`, title: "I", state: "x", level: each, open, updated }),
				),
				maintenances: working ? [maintenanceOf({ id: "m", title: "M", state: "x", underWay: true }, NOW)] : [],
				unknown: new Set(),
			},
			"operational",
			NOW,
		).level;

	it.each<[string, Level, Level]>([
		["is the worst of its components", level(["operational", "partial_outage", "degraded"]), "partial_outage"],
		["is never operational beside an unknown one", level(["operational", "unknown"]), "unknown"],
		["is no better than its open incidents", level(["operational"], ["degraded"]), "degraded"],
		["does not count incidents that are over", level(["operational"], ["degraded"], false), "operational"],
		["does not count forgotten ones", level(["operational"], ["degraded"], true, false, 0), "operational"],
		["is unknown beside an open incident of unknown weight", level(["operational"], ["unknown"]), "unknown"],
		["is maintenance while there is nothing worse", level(["operational"], [], true, true), "maintenance"],
		["is what silence means where nothing is listed", level([]), "operational"],
	])("%s", (_what, seen, expected) => {
		expect(seen).toBe(expected);
	});

	it("is no longer operational where the vendor shows only a part of it", () => {
		const page = summedPageOf({ format: "x", name: "X", unknown: new Set() }, "operational", NOW);
		expect(inDoubt(page).level).toBe("unknown");
		expect(inDoubt({ ...page, level: "degraded" }).level).toBe("degraded");
	});
});

describe("components that only incidents name", () => {
	const incident = (level: Level, open = true, updated = NOW) =>
		incidentOf({ id: "i", title: "I", state: "x", level, open, updated });
	const about = [{ id: "a", name: "A", group: "G" }];

	it("are as bad as the worst current incident about them, and well once all are over", () => {
		const levels = (...incidents: ReturnType<typeof incident>[]) =>
			componentsNamedIn(
				incidents.map((each) => ({ incident: each, about })),
				NOW,
			);
		expect(levels(incident("degraded"), incident("major_outage"))).toEqual([
			{ id: "a", name: "A", group: "G", level: "major_outage" },
		]);
		expect(levels(incident("degraded"), incident("major_outage", false))[0]?.level).toBe("degraded");
		expect(levels(incident("major_outage", false), incident("degraded", true, 0))[0]?.level).toBe("operational");
		expect(levels(incident("unknown"))[0]?.level).toBe("unknown");
	});
});
