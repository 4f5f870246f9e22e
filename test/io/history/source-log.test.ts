import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import type { ReportsEvidence } from "../../../src/core/evidence.ts";
import { failure } from "../../../src/core/failure.ts";
import { MIGRATIONS, migrate } from "../../../src/io/history/schema.ts";
import { DAY, HOUR, historyAt, inFreshFolder, MINUTE, MONDAY, probed, sourceRead } from "../../helpers/history.ts";

const CHECK = "chat/official/https://status.chat.test/";
const WEEK = 7 * DAY;

function counted(at: number, perHour: number): ReportsEvidence {
	const outcome = { kind: "counted", perHour, baseline: 1, regions: [] } as const;
	return {
		kind: "reports",
		checkId: "chat/reports",
		service: "chat",
		provider: "downdetector",
		startedAt: at,
		at,
		outcome,
	};
}

const failedSource = (at: number) => ({
	...sourceRead(at),
	outcome: { kind: "failed", failure: failure("http", "HTTP 429", { status: 429 }) } as const,
});

describe("sources in a history", () => {
	it("keep how well they can be read, over a restart", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			const { history } = historyAt(file);
			history.append([sourceRead(MONDAY), probed(MONDAY)]);
			history.append([failedSource(MONDAY + HOUR), failedSource(MONDAY + 2 * HOUR)]);
			history.close();
			const { history: again, troubles } = historyAt(file);
			expect([...again.readHealth()]).toEqual([
				[
					CHECK,
					{
						since: MONDAY,
						readAt: MONDAY,
						page: "Chat",
						format: "statuspage",
						failing: { since: MONDAY + HOUR, times: 2 },
						lastFailure: {
							at: MONDAY + 2 * HOUR,
							failure: { kind: "http", detail: "HTTP 429", status: 429 },
						},
						limited: { times: 2, at: MONDAY + 2 * HOUR },
					},
				],
			]);
			expect(troubles).toEqual([]);
			again.close();
		}));

	it("are forgotten with their checks, and what is no health is none", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			const { history, clock, troubles } = historyAt(file);
			history.append([sourceRead(MONDAY), counted(MONDAY, 5)]);
			const db = new DatabaseSync(file);
			db.exec('UPDATE sources SET body = \'{"readAt":"yesterday"}\'');
			db.close();
			expect(history.readHealth().get(CHECK)).toEqual({});
			clock.now = MONDAY + 500 * DAY;
			history.maintain(clock.now);
			expect(history.readHealth().size).toBe(0);
			expect(troubles).toEqual([]);
			history.close();
		}));
});

describe("reports in a history", () => {
	it("are counted by the hour, for what is usual at an hour of the week", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			const { history } = historyAt(file);
			history.append([counted(MONDAY, 10), counted(MONDAY + 20 * MINUTE, 30)]);
			history.append([counted(MONDAY + 40 * MINUTE, 20), counted(MONDAY + HOUR, 8)]);
			const hour = MONDAY / HOUR;
			const past = history.readBaselines(MONDAY + WEEK).get("chat/reports")?.past;
			expect([...(past ?? [])]).toEqual([
				[hour, 20],
				[hour + 1, 8],
			]);
			expect(history.readBaselines(MONDAY + 30 * MINUTE).size).toBe(0);
			history.close();
		}));

	it("are kept for as many weeks as matter", () =>
		inFreshFolder((folder) => {
			const { history, clock } = historyAt(join(folder, "history.db"));
			history.append(Array.from({ length: 12 }, (_, week) => counted(MONDAY + week * WEEK, week)));
			clock.now = MONDAY + 12 * WEEK;
			history.maintain(clock.now);
			expect(history.readBaselines(clock.now).get("chat/reports")?.past.size).toBe(8);
			history.close();
		}));
});

describe("a history of version 2", () => {
	it("is taken to this one with what is in it, and nothing is known of its sources yet", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			const db = new DatabaseSync(file);
			migrate(db, MIGRATIONS.slice(0, 2));
			db.exec(`INSERT INTO checks VALUES (1, '${CHECK}', 'source', 'chat', NULL, 20000)`);
			db.close();
			const { history, troubles } = historyAt(file);
			expect([history.readHealth().size, history.readBaselines(MONDAY).size]).toEqual([0, 0]);
			history.append([sourceRead(MONDAY)]);
			expect(history.readHealth().get(CHECK)).toMatchObject({ page: "Chat" });
			expect(troubles).toEqual([]);
			history.close();
		}));
});
