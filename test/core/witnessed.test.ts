import { expect, test } from "vitest";
import { failure } from "../../src/core/failure.ts";
import type { Incident } from "../../src/core/incidents.ts";
import type { Reason } from "../../src/core/verdict.ts";
import { testimonyIn, witnessed } from "../../src/core/witnessed.ts";
import { MINUTE, T0 } from "../helpers/evidence.ts";

const incident: Incident = { id: "i1", cause: "service", culprit: "meta", openedAt: T0, features: [] };
const page = (name: string, level: "operational" | "degraded" = "degraded"): Reason => ({
	kind: "official",
	page: name,
	level,
	whole: false,
	at: T0,
});
const fails = (inRow: number, at = T0): Reason => ({
	kind: "host_fails",
	host: "a",
	failure: failure("timeout", "-"),
	inRow,
	at,
});
const reports = (perHour: number): Reason => ({ kind: "reports", perHour, baseline: 10, regions: [], at: T0 });

test("an incident keeps every page that admits it, each once and with its time, and who was first", () => {
	const first = { ...incident, ...witnessed(incident, [page("B"), page("C", "operational")], T0) };
	expect(first.admitted).toEqual({ at: T0, page: "B" });
	const then = { ...first, ...witnessed(first, [page("A"), page("B")], T0 + MINUTE) };
	expect(then.admitted).toEqual({ at: T0, page: "B" });
	expect(then.admissions).toEqual([
		{ at: T0, page: "B" },
		{ at: T0 + MINUTE, page: "A" },
	]);
});

test("it keeps when own probes first saw it, and that many people report it", () => {
	expect(witnessed(incident, [fails(1)], T0)).toEqual({});
	expect(witnessed(incident, [fails(2)], T0)).toEqual({ seenAt: T0 });
	expect(witnessed({ ...incident, seenAt: T0 }, [fails(9)], T0 + MINUTE)).toEqual({});
	expect(witnessed(incident, [fails(1), page("B", "operational"), fails(2)], T0)).toEqual({ seenAt: T0 });
	const slow: Reason = { kind: "host_slow", host: "a", tookMs: 3000, usualMs: 100, at: T0 };
	expect(witnessed(incident, [slow], T0)).toEqual({ seenAt: T0 });
	expect(witnessed(incident, [reports(150)], T0)).toEqual({});
	expect(witnessed(incident, [reports(150), reports(900)], T0)).toEqual({ reported: true });
	expect(witnessed(incident, [reports(900)], T0)).toEqual({ reported: true });
});

test("what it looks at is compared by what counts, not by numbers and times", () => {
	expect(testimonyIn([fails(2), page("A")])).toBe(testimonyIn([page("A"), fails(7, T0 + MINUTE)]));
	expect(testimonyIn([page("B"), page("A")])).toBe(testimonyIn([page("A"), page("B")]));
	expect(testimonyIn([page("A")])).not.toBe(testimonyIn([page("A"), page("B")]));
	expect(testimonyIn([fails(1)])).not.toBe(testimonyIn([fails(2)]));
});
