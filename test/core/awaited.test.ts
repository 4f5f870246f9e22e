import { describe, expect, test } from "vitest";
import { type Awaited, awaiting, grown, isBack, toldBack } from "../../src/core/awaited.ts";
import { newDesk, withoutHearing } from "../../src/core/desk.ts";
import type { Incident, IncidentFeature } from "../../src/core/incidents.ts";
import type { Level } from "../../src/core/level.ts";
import { toldNow, toldOver } from "../../src/core/tellings.ts";
import { MINUTE, T0 } from "../helpers/evidence.ts";

const held = (service: string, feature: "feed" | "media", more: Partial<IncidentFeature> = {}): IncidentFeature => ({
	service,
	feature,
	level: "major_outage",
	since: T0,
	...more,
});
const incident = (...features: IncidentFeature[]): Incident => ({
	id: "i1",
	cause: "service",
	culprit: "meta",
	openedAt: T0,
	features,
});
const LATER = T0 + MINUTE;
const WA: Awaited = { service: "wa", features: ["feed"], since: T0 };

describe("a service that is awaited", () => {
	test("is so once, since its trouble began, with all that is in trouble; one that is well is not", () => {
		const trouble = [incident(held("wa", "media", { since: LATER }), held("wa", "feed"), held("ig", "feed"))];
		const awaited = awaiting([], "wa", trouble);
		expect(awaited).toEqual([{ service: "wa", features: ["media", "feed"], since: T0 }]);
		expect(awaiting(awaited, "wa", trouble)).toBe(awaited);
		expect(awaiting(awaited, "ig", trouble)).toHaveLength(2);
		expect(awaiting(awaited, "x", trouble)).toBe(awaited);
	});

	test("takes in what comes to be in trouble, and is the very same while nothing does", () => {
		const awaited = [WA, { ...WA, service: "ig" }];
		expect(grown(awaited, [incident(held("wa", "feed"))])).toBe(awaited);
		const more = grown(awaited, [incident(held("ig", "media"))]);
		expect(more.map(({ features }) => features)).toEqual([["feed"], ["feed", "media"]]);
	});

	test("is back once nothing of it is in trouble and all that was is seen to be well, or watched no more", () => {
		const back = (incidents: Incident[], level: Level | undefined) => isBack(WA, incidents, () => level);
		expect(back([], "operational")).toBe(true);
		expect(back([], undefined)).toBe(true);
		expect(back([], "unknown")).toBe(false);
		expect(back([incident(held("wa", "media"))], "operational")).toBe(false);
		const both: Awaited = { ...WA, features: ["feed", "media"] };
		const levelOf = (_: string, feature: string) => (feature === "feed" ? "operational" : "unknown");
		expect(isBack(both, [], levelOf)).toBe(false);
	});
});

describe("once people have heard that it is back", () => {
	const wanted = { rules: [], mutes: [] };
	const over = { until: LATER };

	test("what was told of it alone is over", () => {
		const told = new Map([["i1", toldNow(undefined, incident(held("wa", "feed")), T0)]]);
		const after = toldBack(told, "wa", [{ ...incident(held("wa", "feed", over)), closedAt: LATER }], wanted, LATER);
		expect(after.get("i1")).toMatchObject({ closedAt: LATER, believed: [] });
	});

	test("what was told of others goes on", () => {
		const both = incident(held("wa", "feed"), held("ig", "feed"));
		const told = new Map([["i1", toldNow(undefined, both, T0)]]);
		const after = toldBack(told, "wa", [incident(held("wa", "feed", over), held("ig", "feed"))], wanted, LATER);
		expect(after.get("i1")).toMatchObject({ believed: ["ig"] });
		expect(after.get("i1")).not.toHaveProperty("closedAt");
	});

	test("what was never told of it, or is over already, stays as it is", () => {
		const ig = toldNow(undefined, incident(held("ig", "feed")), T0);
		const closed = toldOver(toldNow(undefined, incident(held("wa", "feed")), T0), incident(held("wa", "feed")), T0);
		const after = toldBack(new Map(Object.entries({ i1: ig, i2: closed })), "wa", [], wanted, LATER);
		expect([after.get("i1"), after.get("i2")]).toEqual([ig, closed]);
	});
});

test("incidents of whose beginning nobody could see the notice are told anew, the others are not", () => {
	const telling = toldNow(undefined, incident(held("wa", "feed")), T0);
	const desk = { ...newDesk(T0), told: new Map(Object.entries({ i1: telling, i2: telling })) };
	expect([...withoutHearing(desk, ["i2"]).told.keys()]).toEqual(["i1"]);
	expect(withoutHearing(desk, [])).toBe(desk);
});
