import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { newDesk } from "../../../src/core/desk.ts";
import type { Incident } from "../../../src/core/incidents.ts";
import { toldNow } from "../../../src/core/tellings.ts";
import { historyCensus } from "../../../src/io/history/census.ts";
import { forgetPast, removeHistory } from "../../../src/io/history/forget.ts";
import { DAY, HOUR, historyAt, inFreshFolder, MINUTE, MONDAY, probed } from "../../helpers/history.ts";

const NOW = MONDAY + 2 * DAY;

function incident(id: string, closedAt?: number): Incident {
	const feature = { service: "chat", feature: "messaging", level: "major_outage", since: MONDAY } as const;
	return {
		id,
		cause: "service",
		culprit: "chat",
		openedAt: MONDAY,
		...(closedAt !== undefined && { closedAt }),
		features: [{ ...feature, ...(closedAt !== undefined && { until: closedAt }) }],
		timeline: [],
	} as unknown as Incident;
}

/** A history with a past and a present. */
function lived(file: string): void {
	const { history } = historyAt(file);
	history.append([probed(MONDAY), probed(NOW - HOUR), probed(NOW - MINUTE)]);
	history.saveLevels([
		{ service: "chat", feature: "messaging", at: MONDAY, level: "operational" },
		{ service: "chat", feature: "messaging", at: MONDAY + HOUR, level: "major_outage" },
	]);
	const [past, present] = [incident("i1", MONDAY + HOUR), incident("i2")];
	history.saveIncidents([past, present]);
	const told = new Map([past, present].map((each) => [each.id, toldNow(undefined, each, MONDAY)]));
	history.saveDesk({ ...newDesk(MONDAY), told, awaited: [{ service: "chat", since: MONDAY, features: [] }] }, []);
	history.close();
}

describe("a history that people delete", () => {
	it("keeps what goes on, what they know of it and what they asked for, and nothing else", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			lived(file);
			forgetPast(file, NOW);
			const { history } = historyAt(file);
			expect(history.readIncidents().map(({ id }) => id)).toEqual(["i2"]);
			expect([...(history.readDesk()?.told.keys() ?? [])]).toEqual(["i2"]);
			expect(history.readDesk()?.awaited).toHaveLength(1);
			expect(history.readLevels("chat", "messaging", MONDAY, NOW)).toMatchObject([{ level: "major_outage" }]);
			const feature = { service: "chat", feature: "messaging" } as const;
			for (const resolution of ["minute", "hour", "day"] as const)
				expect(history.readSeries(feature, MONDAY, NOW + DAY, resolution)).toEqual([]);
			history.append([probed(NOW + MINUTE)]);
			expect(history.readSeries(feature, MONDAY, NOW + DAY, "minute")).toHaveLength(1);
			history.close();
		}));

	it("is gone from the disk, damaged ones that were set aside among it", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			lived(file);
			expect(readFileSync(file).includes('"i1"')).toBe(true);
			writeFileSync(`${file}.damaged-20260101T000000Z`, "old");
			writeFileSync(join(folder, "settings.json"), "{}");
			forgetPast(file, NOW);
			expect(readFileSync(file).includes('"i1"')).toBe(false);
			expect(readdirSync(folder).filter((name) => !name.startsWith("history.db"))).toEqual(["settings.json"]);
			expect(existsSync(`${file}.damaged-20260101T000000Z`)).toBe(false);
			removeHistory(file);
			expect(readdirSync(folder)).toEqual(["settings.json"]);
		}));
});

describe("what a history holds", () => {
	it("is counted beside whoever writes it", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			expect(historyCensus(file, NOW)).toEqual({ bytes: 0 });
			lived(file);
			const { history } = historyAt(file);
			history.append([probed(NOW)]);
			const { bytes, oldest, runsToday } = historyCensus(file, NOW + MINUTE);
			expect([oldest, runsToday]).toEqual([MONDAY, 3]);
			expect(bytes).toBeGreaterThan(4096);
			history.close();
		}));

	it("is unknown where the file is no history", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			writeFileSync(file, "not a database at all");
			expect(historyCensus(file, NOW)).toEqual({ bytes: 21 });
		}));
});
