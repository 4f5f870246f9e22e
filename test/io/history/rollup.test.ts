import { statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newDesk } from "../../../src/core/desk.ts";
import type { ProbeEvidence } from "../../../src/core/evidence.ts";
import type { Incident } from "../../../src/core/incidents.ts";
import type { Notice } from "../../../src/core/notice.ts";
import type { HistoryDb } from "../../../src/io/history/history-db.ts";
import type { SeriesPoint } from "../../../src/io/history/series.ts";
import {
	countedRuns,
	DAY,
	failedProbe,
	HOUR,
	historyAt,
	inFreshFolder,
	MINUTE,
	MONDAY,
	probed,
} from "../../helpers/history.ts";

const CHECK = "chat/messaging/https://chat.test/";

/** How many rows each table holds. */
function rows(file: string): Record<string, number> {
	const db = new DatabaseSync(file, { readOnly: true });
	const counts = ["minutes", "hours", "days"].map(
		(table) => [table, db.prepare(`SELECT 1 FROM ${table}`).all().length] as const,
	);
	db.close();
	return Object.fromEntries(counts);
}

describe("rolling up", () => {
	it("keeps minutes for two days, hours for ninety, and cuts at whole hours and days UTC", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			const { history } = historyAt(file);
			const now = MONDAY + 100 * DAY + 10.5 * HOUR;
			const ages = [10 * MINUTE, 48 * HOUR, 48 * HOUR + 31 * MINUTE, 90 * DAY, 90 * DAY + 11 * HOUR];
			history.append(ages.map((age) => probed(now - age)));
			history.rollUp(now);
			expect(rows(file)).toEqual({ minutes: 2, hours: 2, days: 1 });
			const days = history.readSeries(CHECK, 0, now, "day").map((point) => point.at - MONDAY);
			expect(days).toEqual([9 * DAY, 10 * DAY, 98 * DAY, 100 * DAY]);
			const hours = history.readSeries(CHECK, 0, now, "hour").map((point) => (point.at - MONDAY) / HOUR);
			expect(hours).toEqual([10 * 24 + 10, 98 * 24 + 9, 98 * 24 + 10, 100 * 24 + 10]);
			history.close();
		}));

	it("changes nothing the second time", () =>
		inFreshFolder((folder) => {
			const { history } = historyAt(join(folder, "history.db"));
			history.append(Array.from({ length: 300 }, (_, i) => probed(MONDAY + i * MINUTE)));
			const now = MONDAY + 3 * DAY;
			history.rollUp(now);
			const once = history.readSeries(CHECK, 0, now, "hour");
			history.rollUp(now);
			history.rollUp(now - DAY);
			expect(history.readSeries(CHECK, 0, now, "hour")).toEqual(once);
			expect(once.map((point) => point.ok)).toEqual([60, 60, 60, 60, 60]);
			history.close();
		}));

	it("adds late evidence to the hour or day that was rolled up long ago", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			const { history } = historyAt(file);
			const now = MONDAY + 200 * DAY;
			history.append([probed(MONDAY, {}, 100)]);
			history.rollUp(now);
			history.append([failedProbe(MONDAY + 30 * MINUTE, "reset"), probed(MONDAY + HOUR, {}, 500)]);
			const expected = [{ at: MONDAY, ok: 2, failed: 1, durationMs: { sum: 600, min: 100, max: 500 } }];
			expect(history.readSeries(CHECK, MONDAY, now, "day")).toMatchObject(expected);
			history.rollUp(now);
			expect(history.readSeries(CHECK, MONDAY, now, "day")).toMatchObject(expected);
			expect(rows(file)).toEqual({ minutes: 0, hours: 0, days: 1 });
			history.close();
		}));
});

const run = fc.record({
	minute: fc.integer({ min: 0, max: 200 * 24 * 60 }),
	check: fc.constantFrom("a", "b", "c"),
	tookMs: fc.integer({ min: 0, max: 30_000 }),
	us: fc.integer({ min: 0, max: 5_000_000 }),
	outcome: fc.constantFrom("ok", "timeout", "refused", "skipped"),
});
type Run = typeof run extends fc.Arbitrary<infer T> ? T : never;

const story = fc.array(
	fc.oneof(
		fc.record({ kind: fc.constant("append" as const), runs: fc.array(run, { maxLength: 12 }) }),
		fc.record({ kind: fc.constantFrom("rollUp" as const, "maintain" as const), day: fc.integer({ min: 0, max: 300 }) }),
	),
	{ maxLength: 15 },
);

function evidenceOf({ minute, check, tookMs, us, outcome }: Run): ProbeEvidence {
	const at = MONDAY + minute * MINUTE;
	const more = { checkId: check, phases: { connect: us / 1000 } };
	if (outcome === "ok") return probed(at, more, tookMs);
	if (outcome === "skipped") return probed(at, { ...more, outcome: { kind: "skipped", why: "as told" } });
	return failedProbe(at, outcome, { checkId: check });
}

/** The same sums, made the simple way. */
function expectedDays(runs: readonly Run[]): SeriesPoint[] {
	const byDay = Map.groupBy(runs, ({ minute }) => Math.floor(minute / 1440));
	const days = [...byDay].sort(([a], [b]) => a - b);
	return days.map(([day, all]) => {
		const ok = all.filter(({ outcome }) => outcome === "ok");
		const failed = all.filter(({ outcome }) => outcome === "timeout" || outcome === "refused");
		const times = ok.map(({ tookMs }) => tookMs);
		const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
		const connect = sum(ok.map(({ us }) => us)) / 1000;
		const last = failed
			.map(({ minute, outcome }) => ({ at: MONDAY + minute * MINUTE, kind: outcome as "timeout" | "refused" }))
			.sort((a, b) => a.at - b.at || (a.kind < b.kind ? -1 : 1))
			.at(-1);
		return {
			at: MONDAY + day * DAY,
			ok: ok.length,
			failed: failed.length,
			blocked: 0,
			skipped: all.length - ok.length - failed.length,
			...(times.length > 0 && {
				durationMs: { sum: sum(times), min: Math.min(...times), max: Math.max(...times) },
			}),
			phases: connect > 0 ? { connect } : {},
			...(last && { lastFailure: last }),
		};
	});
}

describe("over minutes, hours and days together", () => {
	it("the totals are what was appended, whatever the order and the times of the upkeep", () =>
		inFreshFolder((folder) => {
			let files = 0;
			fc.assert(
				fc.property(story, (steps) => {
					const { history, troubles } = historyAt(join(folder, `${files++}.db`));
					const appended: Run[] = [];
					for (const step of steps) {
						if (step.kind === "append") {
							history.append(step.runs.map(evidenceOf));
							appended.push(...step.runs);
						} else history[step.kind](MONDAY + step.day * DAY);
					}
					for (const check of ["a", "b", "c"]) {
						const seen = history.readSeries(check, 0, MONDAY + 300 * DAY, "day");
						expect(seen).toEqual(expectedDays(appended.filter((each) => each.check === check)));
					}
					const feature = history.readSeries({ service: "chat", feature: "messaging" }, 0, MONDAY + 300 * DAY, "day");
					expect(feature).toEqual(expectedDays(appended));
					expect(troubles).toEqual([]);
					history.close();
				}),
				{ numRuns: 60 },
			);
		}));
});

describe("the age limit", () => {
	it("forgets runs, closed incidents, notices and levels, but neither the level in force nor an open incident", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			const { history, troubles } = historyAt(file, { maxAgeMs: 30 * DAY });
			const incident = (id: string, closedAt?: number): Incident => {
				const base = { id, cause: "service", culprit: "chat", openedAt: MONDAY, features: [] } as const;
				return closedAt === undefined ? base : { ...base, closedAt };
			};
			history.append([probed(MONDAY, { checkId: "gone" }), probed(MONDAY), probed(MONDAY + 50 * DAY)]);
			history.saveIncidents([incident("i1", MONDAY + HOUR), incident("i2"), incident("i3", MONDAY + 40 * DAY)]);
			const levels = [MONDAY, MONDAY + DAY, MONDAY + 2 * DAY, MONDAY + 40 * DAY].map(
				(at) => ({ service: "chat", feature: "calls", at, level: "degraded" }) as const,
			);
			history.saveLevels(levels);
			const notices = [MONDAY, MONDAY + 40 * DAY].map((at, number) => {
				const notice: Notice = { kind: "connection_lost", at, cause: "isp", since: at };
				return { number, notice };
			});
			history.saveDesk(newDesk(MONDAY), notices);
			const now = MONDAY + 60 * DAY;
			history.maintain(now);
			expect(countedRuns(history)).toBe(1);
			expect(history.readIncidents().map(({ id }) => id)).toEqual(["i2", "i3"]);
			expect(history.readLevels("chat", "calls", 0, now)).toEqual(levels.slice(2));
			expect(history.readUnshown()).toEqual(notices.slice(1));
			expect(history.readDesk()).toEqual(newDesk(MONDAY));
			const db = new DatabaseSync(file);
			expect(db.prepare("SELECT name FROM checks").all()).toEqual([{ name: CHECK }]);
			db.close();
			expect(troubles).toEqual([]);
			history.close();
		}));
});

/** Ten checks, once a minute for the given hours. */
function fill(history: HistoryDb, from: number, hours: number): number {
	for (let minute = 0; minute < hours * 60; minute++) {
		const at = from + minute * MINUTE;
		history.append(Array.from({ length: 10 }, (_, i) => probed(at, { checkId: `c${i}` })));
	}
	return hours * 600;
}

describe("the size limit", () => {
	it("costs detail first: the file shrinks and no run is lost from the totals", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			const { history, troubles } = historyAt(file, { maxBytes: 512 * 1024 });
			const appended = fill(history, MONDAY, 24);
			expect(troubles).toEqual([]);
			history.close();
			const before = statSync(file).size;
			expect(before).toBeGreaterThan(512 * 1024);
			const again = historyAt(file, { maxBytes: 512 * 1024 });
			again.history.maintain(MONDAY + DAY);
			again.history.maintain(MONDAY + DAY + HOUR);
			expect(statSync(file).size).toBeLessThanOrEqual(512 * 1024);
			const total = again.history
				.readSeries({ service: "chat", feature: "messaging" }, 0, MONDAY + 2 * DAY, "day")
				.reduce((sum, point) => sum + point.ok, 0);
			expect(total).toBe(appended);
			expect(again.troubles).toMatchObject([{ kind: "pruned", message: expect.stringContaining("outgrew 512 KiB") }]);
			again.history.close();
		}));

	it("costs age where detail is not enough", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			const limit = { maxBytes: 160 * 1024, maxAgeMs: 400 * DAY };
			const { history } = historyAt(file, limit);
			for (let day = 0; day < 300; day++) {
				history.append(Array.from({ length: 10 }, (_, i) => probed(MONDAY + day * DAY, { checkId: `c${i}` })));
			}
			const now = MONDAY + 300 * DAY;
			history.maintain(now);
			expect(statSync(file).size).toBeLessThanOrEqual(limit.maxBytes);
			const kept = history.readSeries("c1", 0, now, "day").map((point) => point.at);
			expect(kept.length).toBeGreaterThan(50);
			expect(kept).toEqual(Array.from({ length: kept.length }, (_, i) => now - (kept.length - i) * DAY));
			history.close();
		}));

	it("has a hard ceiling: writes wait in memory until the upkeep has made room", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			const { history, troubles } = historyAt(file, { maxBytes: 128 * 1024 });
			const appended = fill(history, MONDAY, 12);
			expect(troubles).toMatchObject([{ kind: "write_failed", message: expect.stringContaining("size limit") }]);
			history.maintain(MONDAY + 12 * HOUR);
			const sum = (points: readonly SeriesPoint[]) => points.reduce((all, point) => all + point.ok, 0);
			const of = { service: "chat", feature: "messaging" } as const;
			expect(sum(history.readSeries(of, 0, MONDAY + DAY, "day"))).toBe(appended);
			expect(troubles.map(({ kind }) => kind)).toEqual(["write_failed", "pruned"]);
			history.close();
			expect(statSync(file).size).toBeLessThanOrEqual(256 * 1024);
		}));
});
