import type { Check } from "../core/check.ts";
import type { Desk } from "../core/desk.ts";
import type { Evidence } from "../core/evidence.ts";
import type { DecidedNotice, LevelChange, Showing } from "../core/history.ts";
import type { Incident } from "../core/incidents.ts";
import type { Time } from "../core/model.ts";
import type { Notice } from "../core/notice.ts";

/** Where time comes from. A virtual clock in tests, the computer's in life. */
export interface Clock {
	now(): Time;
	/** Calls back once, at `at` or as soon after it as possible; returns what cancels it. */
	wakeAt(at: Time, callback: () => void): () => void;
}

/** One run of one check under way. */
export interface Run {
	/** Always resolves, never rejects: failures are evidence. */
	readonly evidence: Promise<Evidence>;
	/** The run is no longer wanted: `evidence` resolves soon and is ignored. */
	cancel(): void;
}

/** Starts a check. `attempt` counts from 0 within one suspicion; later attempts use other addresses and fresh connections. */
export type RunCheck = (check: Check, attempt: number) => Run;

/** Shows a notice to people. May throw, or reject: that is written down, and nothing else comes of it. */
export type Show = (notice: Notice) => void | Promise<void>;

/** What outlives the process. Calls must not throw: a store that fails keeps its trouble to itself and reports it elsewhere. */
export interface History {
	append(evidence: readonly Evidence[]): void;
	saveLevels(changes: readonly LevelChange[]): void;
	/** Kept by id: the newest of an id wins. */
	saveIncidents(incidents: readonly Incident[]): void;
	/** What people have been told and asked for, with the notices that led to it: all or nothing, before any of them is shown. */
	saveDesk(desk: Desk, notices: readonly DecidedNotice[]): void;
	saveShowing(showing: Showing): void;
	/** Rolls up and prunes; called about once an hour. */
	maintain(now: Time): void;
}
