import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Incident } from "../../src/core/incidents.ts";
import type { Level } from "../../src/core/level.ts";
import { findIncident } from "../../src/main/find-incident.ts";
import { serviceChecks } from "../../src/main/service-checks.ts";
import { serviceBars, serviceHistory } from "../../src/main/service-history.ts";
import { DAY, failedProbe, HOUR, historyAt, inFreshFolder, MINUTE, MONDAY, probed } from "../helpers/history.ts";

// days begin at midnight here
process.env["TZ"] = "UTC";

const CHAT = { id: "chat", features: [{ feature: "messaging" }, { feature: "calls" }] } as const;
const NOW = MONDAY + DAY;
const past = (history: ReturnType<typeof historyAt>["history"] | undefined) => ({
	history,
	intervalMs: 5 * MINUTE,
	now: NOW,
});
const level = (at: number, to: Level) =>
	({ service: "chat", feature: "messaging", at: MONDAY + at, level: to }) as const;
const asked = (from: number, until: number) =>
	Array.from({ length: (until - from) / (5 * MINUTE) }, (_, run) => probed(MONDAY + from + run * 5 * MINUTE));

describe("the last day of a service", () => {
	test("is 24 steps: what was worst in each, and gaps while the computer was off", () =>
		inFreshFolder((folder) => {
			const { history } = historyAt(join(folder, "history.db"));
			history.append([...asked(0, 6 * HOUR), ...asked(12 * HOUR, DAY)]);
			history.saveLevels([
				level(0, "operational"),
				level(5.5 * HOUR, "major_outage"),
				level(12.1 * HOUR, "operational"),
			]);
			history.saveLevels([level(20.2 * HOUR, "maintenance"), level(20.4 * HOUR, "operational")]);
			const [bars] = serviceBars(past(history), [CHAT]);
			const shown = bars?.bands.map((band) => (band === "gap" ? " " : band[0])).join("");
			// what was seen last speaks for twelve minutes more
			expect(shown).toBe("ooooomm     mooooooomooo");
			expect(bars?.bands[20]).toBe("maintenance");
			history.close();
		}));

	test("is none where no history is kept, and gaps where nothing is written in it", () =>
		inFreshFolder((folder) => {
			expect(serviceBars(past(undefined), [CHAT])).toEqual([]);
			const { history } = historyAt(join(folder, "history.db"));
			expect(new Set(serviceBars(past(history), [CHAT])[0]?.bands)).toEqual(new Set(["gap"]));
			expect(serviceBars(past(history), [CHAT], "quarter")[0]?.bands).toHaveLength(90);
			history.close();
		}));
});

describe("what happened to a service", () => {
	test("has for each feature its levels, its bars, how much it worked, and its answers by their phases", () =>
		inFreshFolder((folder) => {
			const { history } = historyAt(join(folder, "history.db"));
			history.append(asked(0, DAY));
			history.append([failedProbe(MONDAY + 2 * MINUTE, "timeout"), probed(MONDAY + 3 * MINUTE, {}, 300)]);
			history.saveLevels([level(0, "operational"), level(6 * HOUR, "partial_outage"), level(12 * HOUR, "operational")]);
			const { features, edges, stepMs } = serviceHistory({ ...past(history), now: NOW - 5 * MINUTE }, CHAT, "day");
			const [messaging, calls] = features;
			expect(messaging?.levels.map(({ level: each }) => each)).toEqual([
				"operational",
				"partial_outage",
				"operational",
			]);
			expect(messaging?.bands).toHaveLength(edges.length - 1);
			expect(messaging?.uptime).toBeCloseTo(0.75, 1);
			expect(messaging?.points).toHaveLength(DAY / stepMs);
			// three runs on time and one of 300 ms
			expect(messaging?.points[0]).toMatchObject({
				at: MONDAY,
				ok: 4,
				failed: 1,
				averageMs: 165,
				worstMs: 300,
				phases: { connect: 20, tls: 30, first_byte: 50 },
			});
			expect(new Set(calls?.bands)).toEqual(new Set(["unknown"]));
			expect(calls).not.toHaveProperty("uptime");
			expect(calls?.points).toEqual([]);
			history.close();
		}));

	test("has the outages that touched it, but for those that became part of others", () =>
		inFreshFolder((folder) => {
			const { history } = historyAt(join(folder, "history.db"));
			const incident = (id: string, service: string, more: Partial<Incident> = {}): Incident => ({
				id,
				cause: "service",
				culprit: service,
				openedAt: MONDAY,
				features: [{ service, feature: "web", level: "degraded", since: MONDAY }],
				...more,
			});
			const merged = { closedAt: MONDAY + HOUR, mergedInto: "i4" };
			const kept = [
				incident("i1", "chat", { closedAt: MONDAY + HOUR }),
				incident("i2", "post"),
				incident("i3", "chat", merged),
				incident("i4", "chat"),
				incident("i5", "chat", { openedAt: 0, closedAt: MONDAY - 5 * DAY }),
			];
			history.saveIncidents(kept);
			expect(serviceHistory(past(history), CHAT, "day").incidents.map(({ id }) => id)).toEqual(["i1", "i4"]);
			const all = history.readIncidents({});
			expect(findIncident("i3", [], all)?.id).toBe("i4");
			expect(findIncident("i1", [incident("i1", "newer")], all)?.culprit).toBe("newer");
			expect(findIncident("i9", all)).toBeUndefined();
			expect(findIncident("i7", [incident("i7", "round", { mergedInto: "i7" })])?.id).toBe("i7");
			history.close();
		}));

	test("says how late an official page has been, and how it can be read where nothing is written down", () => {
		const source = {
			id: "s",
			url: "https://s.test/",
			format: "statuspage",
			level: "operational",
			nextAt: NOW,
		} as const;
		const views = { owner: "Chat", behind: [], probes: [], sources: [{ ...source, page: "Chat", readAt: NOW }] };
		expect(serviceChecks(undefined, "chat", views)).toMatchObject({
			health: { s: { page: "Chat", readAt: NOW, format: "statuspage" } },
			lags: {},
		});
		const incidents: Incident[] = [
			{
				id: "i1",
				cause: "service",
				culprit: "chat",
				openedAt: MONDAY,
				closedAt: NOW,
				seenAt: MONDAY,
				admissions: [{ at: MONDAY + 50 * MINUTE, page: "Chat" }],
				features: [{ service: "chat", feature: "web", level: "degraded", since: MONDAY }],
			},
		];
		const health = new Map([["s", { since: MONDAY - DAY, page: "Chat" }]]);
		const { lags } = serviceChecks({ readHealth: () => health, readIncidents: () => incidents }, "chat", views);
		expect(lags).toEqual({
			s: { outages: 1, first: 0, missed: 0, lateMs: { middle: 50 * MINUTE, worst: 50 * MINUTE } },
		});
	});
});
