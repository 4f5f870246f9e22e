import { describe, expect, test } from "vitest";
import { failure } from "../../src/core/failure.ts";
import type { Incident } from "../../src/core/incidents.ts";
import { healthAfter, lagOf, type SourceHealth, type SourceReading } from "../../src/core/source-health.ts";
import { HOUR, MINUTE, T0 } from "../helpers/evidence.ts";

const read = (at: number, more: object = {}): SourceReading => ({ at, page: "Parley", format: "statuspage", ...more });
const failed = (at: number, status = 503): SourceReading => ({ at, failure: failure("http", "no", { status }) });
const healthOf = (...readings: SourceReading[]) => readings.reduce<SourceHealth>(healthAfter, {});

describe("the health of a source", () => {
	test("tells its first and its last good answer", () => {
		expect(healthOf(read(T0), read(T0 + HOUR))).toEqual({
			since: T0,
			readAt: T0 + HOUR,
			page: "Parley",
			format: "statuspage",
		});
	});

	test("tells since when it fails and how often, and keeps the last good answer", () => {
		const health = healthOf(read(T0), failed(T0 + MINUTE), failed(T0 + HOUR, 500));
		expect(health).toMatchObject({ readAt: T0, failing: { since: T0 + MINUTE, times: 2 } });
		expect(health.lastFailure).toMatchObject({ at: T0 + HOUR, failure: { status: 500 } });
	});

	test("remembers the last failure when it is over", () => {
		const health = healthOf(failed(T0), read(T0 + MINUTE));
		expect(health.failing).toBeUndefined();
		expect(health.lastFailure).toMatchObject({ at: T0 });
		expect(health.since).toBe(T0 + MINUTE);
	});

	test("notices a known page that suddenly answers in another format, and when", () => {
		const changed = healthOf(
			read(T0),
			read(T0 + MINUTE, { format: "instatus" }),
			read(T0 + HOUR, { format: "instatus" }),
		);
		expect(changed.changed).toEqual({ from: "statuspage", to: "instatus", at: T0 + MINUTE });
		expect(healthOf(read(T0)).changed).toBeUndefined();
	});

	test("notices where a page has moved for good, and since when, until its address answers by itself again", () => {
		const to = "https://new.example/";
		const moved = [read(T0), read(T0 + MINUTE, { movedTo: to }), read(T0 + HOUR, { movedTo: to })];
		expect(healthOf(...moved).moved).toEqual({ to, at: T0 + MINUTE });
		expect(healthOf(...moved, read(T0 + 2 * HOUR)).moved).toBeUndefined();
		expect(healthOf(...moved, failed(T0 + 2 * HOUR)).moved).toEqual({ to, at: T0 + MINUTE });
	});

	test("counts how often it wanted to be asked less", () => {
		expect(healthOf(failed(T0, 429), read(T0 + MINUTE), failed(T0 + HOUR, 429)).limited).toEqual({
			times: 2,
			at: T0 + HOUR,
		});
		expect(healthOf(failed(T0, 503)).limited).toBeUndefined();
	});

	test("of reports has neither page nor format", () => {
		expect(healthOf({ at: T0 })).toEqual({ since: T0, readAt: T0 });
	});
});

describe("how late a page is", () => {
	const incident = (seen: number | undefined, admitted?: number, more: Partial<Incident> = {}): Incident => ({
		id: "i1",
		cause: "service",
		culprit: "parley-owner",
		openedAt: T0,
		closedAt: T0 + 5 * HOUR,
		...(seen !== undefined && { seenAt: T0 + seen * MINUTE }),
		...(admitted !== undefined && { admissions: [{ at: T0 + admitted * MINUTE, page: "Parley" }] }),
		features: [{ service: "parley", feature: "media", level: "degraded", since: T0, until: T0 + HOUR }],
		...more,
	});
	const lag = (...incidents: Incident[]) => lagOf(incidents, { service: "parley", page: "Parley", since: T0 - HOUR });

	test("is told in the middle and at worst, beside how often it was first and how often it said nothing", () => {
		const all = [incident(0, 10), incident(1, 41), incident(0, 12), incident(0, 0), incident(5, 2), incident(0)];
		expect(lag(...all)).toEqual({
			outages: 6,
			first: 2,
			missed: 1,
			lateMs: { middle: 12 * MINUTE, worst: 40 * MINUTE },
		});
		expect(lag(incident(0, 10), incident(0, 20))).toMatchObject({ lateMs: { middle: 10 * MINUTE } });
	});

	test("is measured by nothing that own probes did not see", () => {
		expect(lag(incident(undefined, 0))).toEqual({ outages: 0, first: 0, missed: 0 });
	});

	test("leaves open what goes on and may yet be admitted", () => {
		const { closedAt: _, ...open } = incident(0);
		expect(lag(open)).toEqual({ outages: 0, first: 0, missed: 0 });
		const { closedAt: __, ...admitted } = incident(0, 7);
		expect(lag(admitted)).toMatchObject({ outages: 1, lateMs: { worst: 7 * MINUTE } });
	});

	test.each<[string, Partial<Incident>]>([
		["of other services", { features: [{ service: "loft", feature: "media", level: "degraded", since: T0 }] }],
		["from before the page was read", { openedAt: T0 - 2 * HOUR }],
		["that turned out to be part of another", { mergedInto: "i0" }],
	])("does not count outages %s", (_, more) => {
		expect(lag(incident(0, 10, more)).outages).toBe(0);
	});

	test("counts the outages of what it carries for a provider's page", () => {
		const carried = incident(0, 10, {
			culprit: "parley",
			features: [{ service: "loft", feature: "media", level: "degraded", since: T0 }],
		});
		expect(lag(carried).outages).toBe(1);
	});

	test("takes another page's admission for none", () => {
		expect(lag(incident(0, undefined, { admissions: [{ at: T0, page: "Other" }] }))).toMatchObject({
			missed: 1,
			first: 0,
		});
	});
});
