import { expect, test } from "vitest";
import { fuse } from "../../src/core/fuse.ts";
import type { Feature } from "../../src/core/model.ts";
import type { ReportsWord } from "../../src/core/reports.ts";
import type { Witness } from "../../src/core/streak.ts";
import { MINUTE, T0 } from "../helpers/evidence.ts";

const CROWD: ReportsWord = {
	provider: "downdetector",
	count: { perHour: 14_000, usual: 20 },
	features: ["media"],
	regions: [],
	seen: "strong",
	proven: "strong",
	calm: false,
	at: T0,
};
const WELL: Witness = {
	host: "a",
	says: "passes",
	inRow: 5,
	weight: 0,
	share: 0,
	recovery: 0,
	at: T0,
	startedAt: T0,
	tookMs: 100,
};
const levelOf = (feature: Feature, provedAt?: number) =>
	fuse({
		feature,
		owner: "meta",
		witnesses: feature.blind ? [] : [WELL],
		official: [],
		reports: [CROWD],
		now: T0,
		...(provedAt !== undefined && { provedAt }),
	}).level;

test("what many people report and own probes never saw is told although the hosts answer", () => {
	expect(levelOf({ name: "media" })).toBe("degraded");
});

test("what own probes saw begin and see end is over, though people go on reporting it for an hour", () => {
	expect(levelOf({ name: "media" }, T0 - MINUTE)).toBe("operational");
	expect(levelOf({ name: "media" }, T0 - 59 * MINUTE)).toBe("operational");
	expect(levelOf({ name: "media" }, T0 - 60 * MINUTE)).toBe("degraded");
});

test("of what no probe can see people are believed for as long as they report it", () => {
	expect(levelOf({ name: "media", blind: "no host of its own" }, T0 - MINUTE)).toBe("partial_outage");
});
