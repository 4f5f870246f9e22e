import type { Evidence } from "../core/evidence.ts";
import type { LevelChange } from "../core/history.ts";
import type { CheckId, ServiceId, Time } from "../core/model.ts";
import type { Notice } from "../core/notices.ts";
import { type Event, reduce } from "../core/reduce.ts";
import { due, isSettled, nextDueAt } from "../core/schedule.ts";
import { project, type Snapshot } from "../core/snapshot.ts";
import { createState, type Setup, type State } from "../core/state.ts";
import { Limiter } from "./limiter.ts";
import type { Clock, History, RunCheck } from "./ports.ts";

export interface MonitorPorts {
	readonly clock: Clock;
	readonly runCheck: RunCheck;
	readonly history?: History;
	/** Checks that may run at once. */
	readonly concurrency: number;
	/** Something changed; `snapshot()` gives the new picture. Called often: draw at your own pace. */
	readonly onChange?: () => void;
	readonly onNotices?: (notices: readonly Notice[]) => void;
}

/** The loop wakes at least this often, to let evidence grow old. */
const LONGEST_NAP_MS = 60_000;
/** A timer this late means that the computer slept or its clock jumped. */
const SLEPT_MS = 90_000;
/** A clock this far behind what it showed before has been set back. */
const SET_BACK_MS = 5_000;
/** History is written in batches of this age. */
const WRITE_EVERY_MS = 30_000;
const MAINTAIN_EVERY_MS = 60 * 60_000;

/** The loop: runs what is due, feeds what comes back to `reduce`, and tells who listens. Start it once, stop it once. */
export class Monitor {
	readonly #ports: MonitorPorts;
	readonly #limiter: Limiter;
	#state: State;
	#cancelWake: (() => void) | undefined;
	#wakeAt: Time;
	#stopped = false;
	#turning = false;
	#waiting: (() => void)[] = [];
	#unsaved: Evidence[] = [];
	#writtenAt: Time;
	#maintainedAt: Time;

	constructor(ports: MonitorPorts, setup: Omit<Setup, "now">) {
		const now = ports.clock.now();
		this.#ports = ports;
		this.#limiter = new Limiter(ports.concurrency);
		this.#state = createState({ ...setup, now });
		this.#wakeAt = now;
		this.#writtenAt = now;
		this.#maintainedAt = now;
		// what is no longer watched has been closed on the way in
		this.#saveChanges(setup.book?.incidents ?? this.#state.book.incidents, []);
	}

	start(): void {
		this.#turn();
	}

	/** Ends every run, writes what is unsaved and never calls back again. */
	async stop(): Promise<void> {
		this.#stopped = true;
		this.#cancelWake?.();
		await this.#limiter.stop();
		this.#write(this.#ports.clock.now());
		for (const resolve of this.#waiting.splice(0)) resolve();
	}

	snapshot(): Snapshot {
		return project(this.#state);
	}

	/** Resolves when the present round has said all it can, or when the monitor is stopped. */
	settled(): Promise<void> {
		if (this.#stopped || isSettled(this.#state)) return Promise.resolve();
		return new Promise((resolve) => this.#waiting.push(resolve));
	}

	/** Asks the given services, or all, as soon as politeness allows. */
	checkNow(services?: readonly ServiceId[]): void {
		this.#happen({ kind: "asked", at: this.#ports.clock.now(), ...(services && { services }) });
		this.#turn();
	}

	/** The computer has slept until now. */
	woke(): void {
		this.#happen({ kind: "woke", at: this.#ports.clock.now() });
		this.#turn();
	}

	/** Wi-Fi, cable or VPN changed. */
	networkChanged(): void {
		this.#happen({ kind: "network_changed", at: this.#ports.clock.now() });
		this.#turn();
	}

	#turn(): void {
		if (this.#stopped || this.#turning) return;
		this.#turning = true;
		try {
			this.#go(this.#ports.clock.now());
		} finally {
			this.#turning = false;
		}
		if (this.#waiting.length > 0 && isSettled(this.#state)) for (const resolve of this.#waiting.splice(0)) resolve();
		this.#ports.onChange?.();
	}

	#go(now: Time): void {
		const setBack = now < this.#state.now - SET_BACK_MS;
		if (setBack) this.#writtenAt = this.#maintainedAt = now;
		try {
			if (setBack || now - this.#wakeAt > SLEPT_MS) this.#happen({ kind: "woke", at: now });
			this.#happen({ kind: "tick", at: now });
			this.#begin(due(this.#state).slice(0, this.#limiter.room), now);
			this.#keepHistory(now);
		} finally {
			// a listener that throws must not be the last thing that happens
			this.#sleep(now);
		}
	}

	#sleep(now: Time): void {
		this.#cancelWake?.();
		// while the limiter is full, the next run to end takes the turn
		const next = this.#limiter.room === 0 ? undefined : nextDueAt(this.#state);
		this.#wakeAt = Math.min(Math.max(next ?? Number.POSITIVE_INFINITY, now + 1), now + LONGEST_NAP_MS);
		this.#cancelWake = this.#ports.clock.wakeAt(this.#wakeAt, () => this.#turn());
	}

	#begin(ids: readonly CheckId[], now: Time): void {
		if (ids.length === 0) return;
		const { checks, runs } = this.#state;
		this.#happen({ kind: "began", at: now, checkIds: ids });
		for (const id of ids) {
			const check = checks.get(id);
			if (!check) continue;
			const run = this.#ports.runCheck(check, runs.get(id)?.attempt ?? 0);
			this.#limiter.add(run);
			void run.evidence.then((evidence) => this.#arrive(evidence));
		}
	}

	#arrive(evidence: Evidence): void {
		if (this.#stopped) return;
		this.#unsaved.push(evidence);
		try {
			this.#happen({ kind: "evidence", at: this.#ports.clock.now(), evidence });
		} finally {
			this.#turn();
		}
	}

	#happen(event: Event): void {
		const before = this.#state.book.incidents;
		const { state, notices, levels } = reduce(this.#state, event);
		this.#state = state;
		this.#saveChanges(before, levels);
		if (notices.length > 0) this.#ports.onNotices?.(notices);
	}

	#saveChanges(before: State["book"]["incidents"], levels: readonly LevelChange[]): void {
		const { history } = this.#ports;
		if (!history) return;
		if (levels.length > 0) history.saveLevels(levels);
		const { incidents } = this.#state.book;
		if (incidents === before) return;
		const known = new Set(before);
		const changed = incidents.filter((incident) => !known.has(incident));
		if (changed.length > 0) history.saveIncidents(changed);
	}

	#keepHistory(now: Time): void {
		if (now - this.#writtenAt >= WRITE_EVERY_MS) this.#write(now);
		if (now - this.#maintainedAt < MAINTAIN_EVERY_MS) return;
		this.#maintainedAt = now;
		this.#ports.history?.maintain(now);
	}

	#write(now: Time): void {
		this.#writtenAt = now;
		if (this.#unsaved.length === 0) return;
		this.#ports.history?.append(this.#unsaved);
		this.#unsaved = [];
	}
}
