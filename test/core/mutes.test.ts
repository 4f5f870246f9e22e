import { describe, expect, test } from "vitest";
import type { Incident, IncidentFeature } from "../../src/core/incidents.ts";
import type { Problem } from "../../src/core/level.ts";
import { endMutes, type Mute, withMute, withoutMute } from "../../src/core/mutes.ts";
import { MINUTE, T0 } from "../helpers/evidence.ts";

const UNTIL_LATER: Mute["until"] = { kind: "time", at: T0 + MINUTE };
const [WA, IG]: [Mute, Mute] = [
	{ service: "wa", until: UNTIL_LATER },
	{ service: "ig", until: UNTIL_LATER },
];

/** One open incident in which these services' feeds are in trouble. */
function trouble(levels: Readonly<Record<string, Problem>>): Incident[] {
	const features = Object.entries(levels).map(
		([service, level]): IncidentFeature => ({ service, feature: "feed", level, since: T0 }),
	);
	return [{ id: "i1", cause: "service", culprit: "meta", openedAt: T0, features }];
}

describe("a service's mute", () => {
	test("takes the place of its last one, and leaves those of others alone", () => {
		const scene = { now: T0, incidents: [], zoneOffsetAt: () => 0 };
		const until = { kind: "resolved" } as const;
		expect(withMute([WA, IG], "wa", "resolved", scene)).toEqual([IG, { service: "wa", until }]);
		expect(withMute([WA, IG], undefined, "resolved", scene)).toEqual([WA, IG, { until }]);
	});

	test("is lifted alone, and all are where none is named", () => {
		expect(withoutMute([WA, IG, { until: UNTIL_LATER }], "wa")).toEqual([IG, { until: UNTIL_LATER }]);
		expect(withoutMute([WA, IG], undefined)).toEqual([]);
	});
});

describe("mutes end", () => {
	test("at their time, without a word of why", () => {
		expect(endMutes([WA], [], T0 + MINUTE)).toEqual({ mutes: [], worse: [], resolved: [] });
	});

	test("when their own service's trouble is over, whatever others have", () => {
		const mutes: Mute[] = [{ service: "wa", until: { kind: "resolved" } }, IG];
		expect(endMutes(mutes, trouble({ ig: "degraded" }), T0)).toEqual({ mutes: [IG], worse: [], resolved: [mutes[0]] });
		expect(endMutes(mutes, trouble({ wa: "degraded" }), T0)).toEqual({ mutes, worse: [], resolved: [] });
	});

	test("of everything when all trouble is over", () => {
		const mutes: Mute[] = [{ until: { kind: "resolved" } }];
		expect(endMutes(mutes, trouble({ ig: "degraded" }), T0).mutes).toEqual(mutes);
		expect(endMutes(mutes, [], T0).resolved).toEqual(mutes);
	});

	test("when trouble is worse than it was, and tell whose", () => {
		const mutes: Mute[] = [{ until: { kind: "worse", level: "partial_outage" } }];
		const found = endMutes(mutes, trouble({ wa: "partial_outage", ig: "major_outage", fb: "degraded" }), T0);
		expect(found).toEqual({ mutes: [], worse: ["ig"], resolved: [] });
		expect(endMutes(mutes, trouble({ wa: "partial_outage" }), T0).mutes).toEqual(mutes);
	});

	test("only in their turn: while all last they are the very same", () => {
		const mutes = [WA, IG];
		expect(endMutes(mutes, trouble({ wa: "degraded" }), T0).mutes).toBe(mutes);
		expect(endMutes([WA, { ...IG, until: { kind: "time", at: T0 } }], [], T0)).toMatchObject({
			mutes: [WA],
			resolved: [],
		});
	});
});
