import type { Baseline } from "../../core/baseline.ts";
import type { Desk } from "../../core/desk.ts";
import type { Evidence } from "../../core/evidence.ts";
import type { DecidedNotice, LevelChange, Showing } from "../../core/history.ts";
import type { Incident } from "../../core/incidents.ts";
import type { CheckId, FeatureName, ServiceId, Time } from "../../core/model.ts";
import type { SourceHealth } from "../../core/source-health.ts";
import type { Stretch } from "./asked.ts";
import { Backlog } from "./backlog.ts";
import { setCeiling } from "./file.ts";
import { HeldFile, type Open } from "./held-file.ts";
import type { Limits } from "./rollup.ts";
import { DAY_MS, runOf } from "./run.ts";
import type { Resolution, SeriesOf, SeriesPoint } from "./series.ts";
import type { IncidentFilter } from "./store.ts";
import { type OutOfReach, Telling } from "./telling.ts";
import { HistoryError, type HistoryTrouble, isRefused } from "./trouble.ts";

export interface HistoryOptions {
	readonly file: string;
	readonly now: () => Time;
	/** What the history may grow to before it loses detail and age; twice this is a hard ceiling. 64 MiB unless told. */
	readonly maxBytes?: number;
	/** What is older is forgotten. 400 days unless told. */
	readonly maxAgeMs?: number;
	/** Told once for each trouble, not at each call that meets it. Must not throw. */
	readonly onTrouble: (trouble: HistoryTrouble) => void;
}

/**
 * Opens the history, or begins one. A damaged file is set aside and a new one begun.
 * Throws `HistoryError` where there can be none: no folder that can be written, another program's file, a newer version.
 */
export function openHistory(options: HistoryOptions): HistoryDb {
	return new HistoryDb(options);
}

/** The history on disk. No call throws: what cannot be written now waits in memory, what cannot be read is empty. */
export class HistoryDb {
	readonly #limits: Limits;
	readonly #backlog = new Backlog();
	readonly #telling: Telling;
	readonly #held: HeldFile;
	#closed = false;

	constructor(options: HistoryOptions) {
		const { file, now, maxBytes = 64 * 1024 * 1024, maxAgeMs = 400 * DAY_MS } = options;
		this.#telling = new Telling(options);
		this.#limits = { maxBytes, maxAgeMs };
		const onSetAside = (kept: string, cause: unknown) => this.#telling.setAside(kept, cause);
		this.#held = new HeldFile({ file, now, limits: this.#limits, onSetAside });
		try {
			this.#held.use(() => {});
		} catch (error) {
			if (error instanceof HistoryError) throw error;
			this.#telling.failed("write_failed", error);
		}
	}

	/** Counts each run in the minute in which it ended. */
	append(evidence: readonly Evidence[]): void {
		this.#backlog.addRuns(evidence.map(runOf));
		this.#flush();
	}

	saveLevels(changes: readonly LevelChange[]): void {
		this.#backlog.addLevels(changes);
		this.#flush();
	}

	/** Keeps the last word on each incident, by its id. */
	saveIncidents(incidents: readonly Incident[]): void {
		this.#backlog.addIncidents(incidents);
		this.#flush();
	}

	/** Keeps the last word on what people have been told, and every notice that led to it: all or nothing. */
	saveDesk(desk: Desk, notices: readonly DecidedNotice[]): void {
		this.#backlog.addDesk(desk, notices);
		this.#flush();
	}

	saveShowing(showing: Showing): void {
		this.#backlog.addShowing(showing);
		this.#flush();
	}

	/**
	 * The buckets that touch [from, until), oldest first, empty ones left out. Minutes are kept for two days and hours
	 * for ninety; what is older is found in the coarser resolutions only.
	 */
	readSeries(of: SeriesOf, from: Time, until: Time, resolution: Resolution): SeriesPoint[] {
		return this.#attempt("read_failed", ({ store }) => store.readSeries(of, from, until, resolution)) ?? [];
	}

	/** When the service, or any at all, was asked, oldest first; between times there was no connection, or nothing ran. */
	readAsked(from: Time, until: Time, service?: ServiceId): Stretch[] {
		return this.#attempt("read_failed", ({ store }) => store.readAsked(from, until, service)) ?? [];
	}

	/** The changes before `until`, oldest first, beginning with the one in force at `from`, where it is known. */
	readLevels(service: ServiceId, feature: FeatureName, from: Time, until: Time): LevelChange[] {
		return this.#attempt("read_failed", ({ store }) => store.readLevels(service, feature, from, until)) ?? [];
	}

	/** Oldest first. */
	readIncidents(filter: IncidentFilter = {}): Incident[] {
		return this.#attempt("read_failed", ({ store }) => store.readIncidents(filter)) ?? [];
	}

	/** What people have been told and asked for; `undefined` where nobody has ever been told anything. */
	readDesk(): Desk | undefined {
		return this.#attempt("read_failed", ({ store }) => store.readDesk());
	}

	/** Notices that were decided and of which nobody knows whether they were shown, oldest first. */
	readUnshown(): DecidedNotice[] {
		return this.#attempt("read_failed", ({ store }) => store.readUnshown()) ?? [];
	}

	/** How well each source can be read, by its check. */
	readHealth(): Map<CheckId, SourceHealth> {
		return this.#attempt("read_failed", ({ store }) => store.readHealth()) ?? new Map();
	}

	/** What was counted of reports up to the hour of `now`, by check. */
	readBaselines(now: Time): Map<CheckId, Baseline> {
		return this.#attempt("read_failed", ({ store }) => store.readBaselines(now)) ?? new Map();
	}

	/** Sums minutes up to hours and hours to days, once they are old enough. Calling it again changes nothing. */
	rollUp(now: Time): void {
		this.#attempt("write_failed", ({ store }) => store.rollUp(now));
	}

	/** The hourly upkeep: rolls up, forgets what is too old or too much, and takes the log into the file. */
	maintain(now: Time): void {
		const lossy = this.#attempt("write_failed", ({ db, store }) => {
			// A history at its ceiling needs some room to become smaller.
			setCeiling(db, 3 * this.#limits.maxBytes);
			try {
				store.rollUp(now);
				return store.prune(now);
			} finally {
				setCeiling(db, 2 * this.#limits.maxBytes);
				db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
			}
		});
		if (lossy === true) this.#telling.pruned(this.#limits.maxBytes);
		this.#flush();
	}

	/** Writes what waits, tidies up and lets go of the file. Later calls do nothing. */
	close(): void {
		if (this.#closed) return;
		this.#flush();
		this.#closed = true;
		this.#held.close();
	}

	#flush(): void {
		if (this.#backlog.isEmpty) return;
		this.#attempt("write_failed", ({ store }) => {
			try {
				store.write(this.#backlog);
				this.#backlog.clear();
			} catch (error) {
				// What no file would take must not stand in the way of what comes after it.
				if (isRefused(error)) this.#backlog.clear();
				throw error;
			}
		});
		this.#backlog.trim();
	}

	/** What `work` gives with the open file; nothing where it is out of reach. */
	#attempt<T>(kind: OutOfReach, work: (open: Open) => T): T | undefined {
		if (this.#closed) return undefined;
		try {
			const result = this.#held.use(work);
			this.#telling.worked(kind);
			return result;
		} catch (error) {
			this.#telling.failed(kind, error);
			return undefined;
		}
	}
}
