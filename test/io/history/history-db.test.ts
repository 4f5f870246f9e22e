import { mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { Desk } from "../../../src/core/desk.ts";
import type { LevelChange } from "../../../src/core/history.ts";
import type { Incident } from "../../../src/core/incidents.ts";
import type { Notice } from "../../../src/core/notice.ts";
import { toldNow } from "../../../src/core/tellings.ts";
import type { History } from "../../../src/engine/ports.ts";
import type { HistoryDb } from "../../../src/io/history/history-db.ts";
import {
	controlRun,
	countedRuns,
	DAY,
	failedProbe,
	HOUR,
	historyAt,
	inFreshFolder,
	MINUTE,
	MONDAY,
	probed,
	skipSaying,
	sourceRead,
} from "../../helpers/history.ts";

const CHECK = "chat/messaging/https://chat.test/";

describe("the counting of runs", () => {
	it("fits the engine's port", () => {
		expectTypeOf<HistoryDb>().toExtend<History>();
	});

	it("keeps one row for a check and a minute, with counts, times and the last failure", () =>
		inFreshFolder((folder) => {
			const { history, troubles } = historyAt(join(folder, "history.db"));
			const at = MONDAY + 10 * MINUTE;
			history.append([probed(at, {}, 100), failedProbe(at + 20_000, "timeout")]);
			history.append([
				probed(at + 30_000, {}, 300),
				failedProbe(at + 5000, "refused"),
				probed(at + 40_000, { outcome: { kind: "skipped", why: "no route through the proxy" }, phases: {} }),
			]);
			expect(history.readSeries(CHECK, MONDAY, MONDAY + HOUR, "minute")).toEqual([
				{
					at,
					ok: 2,
					failed: 2,
					blocked: 0,
					skipped: 1,
					durationMs: { sum: 400, min: 100, max: 300 },
					phases: { dns: 21, connect: 40, tls: 60, first_byte: 100, transfer: 0.5 },
					lastFailure: { at: at + 20_000, kind: "timeout" },
				},
			]);
			expect(troubles).toEqual([]);
			history.close();
		}));

	it("counts a refusal as blocked and times it, since the host answered", () =>
		inFreshFolder((folder) => {
			const { history } = historyAt(join(folder, "history.db"));
			const failure = { kind: "http", status: 403, detail: "refused" } as const;
			history.append([probed(MONDAY, { outcome: { kind: "blocked", failure } }, 70)]);
			const [point] = history.readSeries(CHECK, MONDAY, MONDAY + MINUTE, "minute");
			expect(point).toMatchObject({ ok: 0, failed: 0, blocked: 1, durationMs: { sum: 70 } });
			expect(point).not.toHaveProperty("lastFailure");
			history.close();
		}));

	it("has no times for a minute in which nothing answered", () =>
		inFreshFolder((folder) => {
			const { history } = historyAt(join(folder, "history.db"));
			history.append([failedProbe(MONDAY, "dns_timeout")]);
			const [point] = history.readSeries(CHECK, MONDAY, MONDAY + MINUTE, "minute");
			expect(point).toMatchObject({ failed: 1, phases: {} });
			expect(point).not.toHaveProperty("durationMs");
			history.close();
		}));

	it("counts sources and controls too, and a login page as a control's failure", () =>
		inFreshFolder((folder) => {
			const { history } = historyAt(join(folder, "history.db"));
			history.append([
				sourceRead(MONDAY),
				controlRun(MONDAY, { kind: "ok" }),
				controlRun(MONDAY + 1000, { kind: "portal", detail: "a redirect" }),
			]);
			const series = (id: string) => history.readSeries(id, MONDAY, MONDAY + MINUTE, "minute");
			expect(series("chat/official/https://status.chat.test/")).toMatchObject([{ ok: 1, failed: 0 }]);
			expect(series("control/alpha/http/alpha.test")).toMatchObject([
				{ ok: 1, failed: 1, lastFailure: { at: MONDAY + 1000, kind: "portal" } },
			]);
			history.close();
		}));

	it("reads all probes of a feature as one series, and nothing of other features", () =>
		inFreshFolder((folder) => {
			const { history } = historyAt(join(folder, "history.db"));
			history.append([
				probed(MONDAY),
				probed(MONDAY + 1000, { checkId: "chat/messaging/tcp://b.chat.test:443" }),
				probed(MONDAY, { checkId: "chat/calls/tcp://c.chat.test:443", feature: "calls" }),
				probed(MONDAY, { checkId: "post/messaging/tcp://post.test:25", service: "post" }),
				sourceRead(MONDAY),
			]);
			const of = { service: "chat", feature: "messaging" } as const;
			expect(history.readSeries(of, MONDAY, MONDAY + DAY, "day")).toMatchObject([{ at: MONDAY, ok: 2 }]);
			history.close();
		}));

	it("gives the buckets that touch the range, however the range cuts them", () =>
		inFreshFolder((folder) => {
			const { history } = historyAt(join(folder, "history.db"));
			history.append([0, 1, 2, 3].map((minute) => probed(MONDAY + minute * MINUTE)));
			const minutes = history.readSeries(CHECK, MONDAY + 1.5 * MINUTE, MONDAY + 3 * MINUTE, "minute");
			expect(minutes.map((point) => point.at)).toEqual([MONDAY + MINUTE, MONDAY + 2 * MINUTE]);
			const hours = history.readSeries(CHECK, MONDAY + 30 * MINUTE, MONDAY + 40 * MINUTE, "hour");
			expect(hours).toMatchObject([{ at: MONDAY, ok: 4 }]);
			history.close();
		}));

	it("takes a run that ended before it began, or at no time at all, without harm", () =>
		inFreshFolder((folder) => {
			const { history, troubles } = historyAt(join(folder, "history.db"));
			history.append([probed(MONDAY, { startedAt: MONDAY + HOUR }), probed(MONDAY, { phases: { dns: Number.NaN } })]);
			history.append([probed(Number.NaN), probed(Number.POSITIVE_INFINITY), probed(-1), probed(1e300)]);
			history.maintain(MONDAY);
			expect(history.readSeries(CHECK, MONDAY, MONDAY + 1, "minute")).toMatchObject([
				{ ok: 2, durationMs: { min: 0 } },
			]);
			expect(troubles).toEqual([]);
			history.close();
		}));
});

describe("levels", () => {
	const change = (at: number, level: LevelChange["level"]): LevelChange => ({
		service: "chat",
		feature: "calls",
		at,
		level,
	});

	it("begin with the change in force at the start of the range, and end before its end", () =>
		inFreshFolder((folder) => {
			const { history } = historyAt(join(folder, "history.db"));
			const changes = [
				change(MONDAY, "operational"),
				change(MONDAY + 2 * HOUR, "degraded"),
				change(MONDAY + 3 * HOUR, "major_outage"),
				change(MONDAY + 5 * HOUR, "operational"),
			];
			history.saveLevels(changes);
			history.saveLevels([{ ...change(MONDAY + 2.5 * HOUR, "maintenance"), feature: "media" }]);
			const read = (from: number, until: number) => history.readLevels("chat", "calls", MONDAY + from, MONDAY + until);
			expect(read(2.5 * HOUR, 5 * HOUR)).toEqual(changes.slice(1, 3));
			expect(read(3 * HOUR, 9 * HOUR)).toEqual(changes.slice(2));
			expect(read(-HOUR, 1)).toEqual(changes.slice(0, 1));
			expect(read(-HOUR, 0)).toEqual([]);
			history.close();
		}));

	it("that this version does not know are unknown", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			const { history } = historyAt(file);
			const db = new DatabaseSync(file);
			db.exec(`INSERT INTO levels VALUES ('chat', 'calls', ${MONDAY}, 'splendid')`);
			db.close();
			expect(history.readLevels("chat", "calls", MONDAY, MONDAY + 1)).toEqual([change(MONDAY, "unknown")]);
			history.close();
		}));
});

describe("incidents", () => {
	const incident = (id: string, openedAt: number, closedAt?: number): Incident => ({
		id,
		cause: "service",
		culprit: "meta",
		openedAt,
		...(closedAt !== undefined && { closedAt }),
		features: [{ service: "chat", feature: "calls", level: "degraded", since: openedAt }],
	});

	it("keep the last word on each, and come back whole", () =>
		inFreshFolder((folder) => {
			const { history } = historyAt(join(folder, "history.db"));
			history.saveIncidents([incident("i1", MONDAY), incident("i2", MONDAY + HOUR)]);
			history.saveIncidents([incident("i1", MONDAY, MONDAY + 2 * HOUR)]);
			expect(history.readIncidents()).toEqual([
				incident("i1", MONDAY, MONDAY + 2 * HOUR),
				incident("i2", MONDAY + HOUR),
			]);
			history.close();
		}));

	it("can be asked for by what is open and by what was open since", () =>
		inFreshFolder((folder) => {
			const { history } = historyAt(join(folder, "history.db"));
			history.saveIncidents([
				incident("i1", MONDAY, MONDAY + HOUR),
				incident("i2", MONDAY, MONDAY + 3 * HOUR),
				incident("i3", MONDAY + HOUR),
			]);
			const ids = (filter: { since?: number; openOnly?: boolean }) => history.readIncidents(filter).map(({ id }) => id);
			expect(ids({ openOnly: true })).toEqual(["i3"]);
			expect(ids({ since: MONDAY + 2 * HOUR })).toEqual(["i2", "i3"]);
			history.close();
		}));

	it("that cannot be written down do not stand in the way of what follows", () =>
		inFreshFolder((folder) => {
			const { history, troubles } = historyAt(join(folder, "history.db"));
			const endless: Incident & { self?: unknown } = { ...incident("i1", MONDAY) };
			endless.self = endless;
			history.saveIncidents([endless]);
			expect(troubles).toMatchObject([{ kind: "write_failed" }]);
			history.saveIncidents([incident("i2", MONDAY)]);
			expect(history.readIncidents().map(({ id }) => id)).toEqual(["i2"]);
			history.close();
		}));
});

describe("the file", () => {
	it("is for its owner alone, in a folder for its owner alone", (context) =>
		inFreshFolder((folder) => {
			if (process.platform === "win32") skipSaying(context, "Windows has no such modes");
			const file = join(folder, "state", "semaforo", "history.db");
			const { history } = historyAt(file);
			history.append([probed(MONDAY)]);
			for (const name of [file, `${file}-wal`]) expect(statSync(name).mode & 0o777).toBe(0o600);
			expect(statSync(join(folder, "state", "semaforo")).mode & 0o777).toBe(0o700);
			history.close();
		}));

	it("is one file without a log once it is closed, and holds everything", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			const first = historyAt(file);
			first.history.append([probed(MONDAY)]);
			first.history.close();
			first.history.close();
			expect(statSync(`${file}-wal`, { throwIfNoEntry: false })).toBeUndefined();
			const second = historyAt(file);
			expect(countedRuns(second.history)).toBe(1);
			expect(second.troubles).toEqual([]);
			second.history.close();
		}));

	it("takes nothing and gives nothing after it was closed", () =>
		inFreshFolder((folder) => {
			const { history, troubles } = historyAt(join(folder, "history.db"));
			history.close();
			history.append([probed(MONDAY)]);
			history.maintain(MONDAY);
			expect(countedRuns(history)).toBe(0);
			expect(troubles).toEqual([]);
		}));

	it("is begun anew when somebody removes it, with its folder, while it is open", (context) =>
		inFreshFolder((folder) => {
			if (process.platform === "win32") skipSaying(context, "Windows does not remove open files");
			const inner = join(folder, "inner");
			mkdirSync(inner);
			const { history, troubles } = historyAt(join(inner, "history.db"));
			history.append([probed(MONDAY)]);
			rmSync(inner, { recursive: true });
			history.append([probed(MONDAY)]);
			expect(countedRuns(history)).toBe(1);
			expect(statSync(join(inner, "history.db")).isFile()).toBe(true);
			expect(troubles).toEqual([]);
			history.close();
		}));
});

describe("what people have been told", () => {
	const feature = { service: "chat", feature: "calls", level: "degraded", since: MONDAY } as const;
	const incident: Incident = {
		...{ id: "i1", cause: "service", culprit: "chat-owner", openedAt: MONDAY, closedAt: MONDAY + HOUR },
		features: [{ ...feature, until: MONDAY + HOUR }],
	};
	const desk: Desk = {
		told: new Map([["i1", { ...toldNow(undefined, incident, MONDAY), over: { since: MONDAY + HOUR, incident } }]]),
		lost: { cause: "captive_portal", since: MONDAY },
		mutes: [
			{ service: "chat", until: { kind: "time", at: MONDAY + DAY } },
			{ service: "mail", until: { kind: "worse", level: "partial_outage" } },
			{ until: { kind: "resolved" } },
		],
		awaited: [{ service: "chat", features: ["calls", "media"], since: MONDAY }],
		hush: { why: "away", since: MONDAY },
		budget: { savedMs: 1234, at: MONDAY },
		count: 17,
	};
	const base = { at: MONDAY, cause: "service", culprit: "chat-owner", openedAt: MONDAY, features: [feature] } as const;
	const notices: readonly Notice[] = [
		{ kind: "opened", incident: "i1", ...base },
		{ kind: "closed", incident: "i1", ...base, closedAt: MONDAY + HOUR },
		{ kind: "connection_lost", at: MONDAY, cause: "dns", since: MONDAY },
		{ kind: "connection_back", at: MONDAY, cause: "dns", since: MONDAY, until: MONDAY + HOUR },
		{ kind: "back", at: MONDAY, service: "chat", features: ["calls"], since: MONDAY },
		{
			...{ kind: "digest", at: MONDAY, why: "quiet_hours", since: MONDAY },
			incidents: [{ incident: "i1", cause: "upstream", culprit: "cloudflare", openedAt: MONDAY, features: [feature] }],
		},
	];
	const decided = notices.map((notice, number) => ({ number, notice }));

	it("comes back whole, of the desk only the last word", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			const first = historyAt(file);
			expect(first.history.readDesk()).toBeUndefined();
			first.history.saveDesk({ ...desk, count: 1 }, decided.slice(0, 2));
			first.history.saveDesk(desk, decided.slice(2));
			first.history.close();
			const { history, troubles } = historyAt(file);
			expect(history.readDesk()).toEqual(desk);
			expect(history.readUnshown()).toEqual(decided);
			expect(troubles).toEqual([]);
			history.close();
		}));

	it("is unshown until it was shown, or failed to be", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			const { history } = historyAt(file);
			history.saveDesk(desk, decided);
			history.saveShowing({ number: 0, at: MONDAY });
			history.saveShowing({ number: 2, at: MONDAY, failure: "no toasts here" });
			expect(history.readUnshown().map(({ number }) => number)).toEqual([1, 3, 4, 5]);
			history.close();
			const db = new DatabaseSync(file);
			expect(db.prepare("SELECT number, shown_at, failure FROM notices WHERE number < 3").all()).toEqual([
				{ number: 0, shown_at: MONDAY, failure: null },
				{ number: 1, shown_at: null, failure: null },
				{ number: 2, shown_at: null, failure: "no toasts here" },
			]);
			db.close();
		}));

	it("waits as a whole while another process writes, and is written with what was shown since", () =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			const { history } = historyAt(file);
			const other = new DatabaseSync(file);
			other.exec("BEGIN IMMEDIATE");
			history.saveDesk(desk, decided.slice(0, 2));
			history.saveShowing({ number: 0, at: MONDAY });
			expect([history.readDesk(), history.readUnshown()]).toEqual([undefined, []]);
			other.exec("ROLLBACK");
			other.close();
			history.saveLevels([]);
			expect(history.readDesk()).toEqual(desk);
			expect(history.readUnshown().map(({ number }) => number)).toEqual([1]);
			history.close();
		}));

	it.each([
		["no JSON", "{"],
		["not a desk", "[]"],
		["a desk of another shape", JSON.stringify({ told: {}, mutes: [], awaited: [], budget: {}, count: 0 })],
	])("is nothing where the file holds %s", (_, body) =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			const { history, troubles } = historyAt(file);
			history.saveDesk(desk, decided);
			const db = new DatabaseSync(file);
			db.prepare("UPDATE desk SET body = ?").run(body);
			db.prepare("UPDATE notices SET body = ? WHERE number < 5").run(body);
			db.close();
			expect(history.readDesk()).toBeUndefined();
			expect(history.readUnshown()).toEqual(decided.slice(5));
			expect(troubles).toEqual([]);
			history.close();
		}),
	);
});
