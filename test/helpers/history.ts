import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ControlEvidence, ProbeEvidence, SourceEvidence } from "../../src/core/evidence.ts";
import { type FailureKind, failure } from "../../src/core/failure.ts";
import type { Time } from "../../src/core/model.ts";
import { type HistoryDb, type HistoryOptions, openHistory } from "../../src/io/history/history-db.ts";
import type { HistoryTrouble } from "../../src/io/history/trouble.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A Monday, 00:00 UTC. */
export const MONDAY: Time = Date.UTC(2026, 0, 5);

/** Runs `work` with a new folder, which is gone afterwards. */
export async function inFreshFolder(work: (folder: string) => void | Promise<void>): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), "semaforo-history-"));
	try {
		await work(folder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** An open history with the trouble it told; its clock stands at `clock.now`. */
export function historyAt(
	file: string,
	more: Partial<HistoryOptions> = {},
): { history: HistoryDb; troubles: HistoryTrouble[]; clock: { now: Time } } {
	const troubles: HistoryTrouble[] = [];
	const clock = { now: MONDAY };
	const history = openHistory({
		file,
		now: () => clock.now,
		onTrouble: (trouble) => troubles.push(trouble),
		...more,
	});
	return { history, troubles, clock };
}

/** A run of a probe of chat's messages that ended at `at` after `tookMs`. */
export function probed(at: Time, more: Partial<ProbeEvidence> = {}, tookMs = 120): ProbeEvidence {
	return {
		kind: "probe",
		checkId: "chat/messaging/https://chat.test/",
		service: "chat",
		feature: "messaging",
		host: "chat.test",
		startedAt: at - tookMs,
		at,
		outcome: { kind: "ok" },
		phases: { dns: 10.5, connect: 20, tls: 30, first_byte: 50, transfer: 0.25 },
		...more,
	};
}

export function failedProbe(at: Time, kind: FailureKind, more: Partial<ProbeEvidence> = {}): ProbeEvidence {
	return probed(at, { outcome: { kind: "failed", failure: failure(kind, "as told") }, phases: { dns: 4000 }, ...more });
}

export function sourceRead(at: Time): SourceEvidence {
	const page = { format: "statuspage", page: { name: "Chat" }, level: "operational" as const };
	return {
		kind: "source",
		checkId: "chat/official/https://status.chat.test/",
		service: "chat",
		startedAt: at - 80,
		at,
		outcome: {
			kind: "read",
			fresh: true,
			page: { ...page, components: [], incidents: [], maintenances: [], unknownWords: [] },
		},
	};
}

export function controlRun(at: Time, outcome: ControlEvidence["outcome"]): ControlEvidence {
	const base = { kind: "control", checkId: "control/alpha/http/alpha.test", vendor: "alpha", control: "http" } as const;
	return { ...base, startedAt: at - 15, at, outcome, phases: { connect: 5, first_byte: 9 } };
}

/** How many runs a history has counted over all time for the probe of `probed`. */
export function countedRuns(history: HistoryDb, checkId = "chat/messaging/https://chat.test/"): number {
	return history
		.readSeries(checkId, 0, MONDAY + 4000 * DAY, "day")
		.reduce((sum, point) => sum + point.ok + point.failed + point.blocked + point.skipped, 0);
}

/** Skips a test that this computer cannot run, and prints why. */
export function skipSaying(context: { skip: (note: string) => never }, reason: string): never {
	process.stdout.write(`skipped: ${reason}\n`);
	return context.skip(reason);
}
