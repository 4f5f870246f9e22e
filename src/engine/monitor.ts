import { type CheckViews, checkViews } from "../core/check-views.ts";
import { withoutHearing } from "../core/desk.ts";
import type { Evidence } from "../core/evidence.ts";
import type { DecidedNotice, LevelChange } from "../core/history.ts";
import type { CheckId, ServiceId, Time } from "../core/model.ts";
import type { Notice } from "../core/notice.ts";
import { IDLE_AFTER_MS } from "../core/power.ts";
import { type Event, reduce } from "../core/reduce.ts";
import { due, isSettled, nextDueAt } from "../core/schedule.ts";
import { forAllSharers } from "../core/sharing.ts";
import { project, type Snapshot } from "../core/snapshot.ts";
import { createState, type Setup, type State } from "../core/state.ts";
import type { Wish } from "../core/wishes.ts";
import { deliver, deliverLate, isNews } from "./delivery.ts";
import { Limiter, USUAL_PLACES } from "./limiter.ts";
import type { Clock, History, RunCheck, Show } from "./ports.ts";

export interface MonitorPorts {
	readonly clock: Clock;
	readonly runCheck: RunCheck;
	readonly history?: History;
	/** Checks that may begin at once; four unless told. One that only waits for an answer counts no more. */
	readonly concurrency?: number;
	/** Something changed; `snapshot()` gives the new picture. Called often: draw at your own pace. */
	readonly onChange?: () => void;
	/** Shows what is worth telling. Where it fails, that is written into the history, and watching goes on. */
	readonly show?: Show;
}

/** What to watch, and what an earlier run left behind. */
export interface MonitorSetup extends Omit<Setup, "now"> {
	/** Decided, and as far as anybody knows not shown. */
	readonly unshown?: readonly DecidedNotice[];
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
	#unshown: readonly DecidedNotice[];
	#writtenAt: Time;
	#maintainedAt: Time;

	constructor(ports: MonitorPorts, { unshown = [], desk, ...setup }: MonitorSetup) {
		const now = ports.clock.now();
		this.#ports = ports;
		this.#limiter = new Limiter(ports.concurrency ?? USUAL_PLACES, () => ports.clock.now());
		this.#state = createState({ ...setup, ...(desk && { desk: withoutHearing(desk, missed(unshown, now)) }), now });
		this.#unshown = unshown;
		this.#wakeAt = now;
		this.#writtenAt = now;
		this.#maintainedAt = now;
		// what is no longer watched has been closed on the way in
		this.#saveChanges(setup.book?.incidents ?? this.#state.book.incidents, []);
		if (desk) ports.history?.saveDesk(this.#state.desk, []);
	}

	start(): void {
		deliverLate(this.#unshown, this.#ports);
		this.#unshown = [];
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

	/** What a service is judged by; `undefined` where it is not watched. */
	checks(service: ServiceId): CheckViews | undefined {
		return checkViews(this.#state, service);
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

	/** The charger came or went, or nobody has touched the computer for `idleMs`. To be told about once a minute, changed or not. */
	power({ onBattery, idleMs }: { readonly onBattery: boolean; readonly idleMs: number }): void {
		const idle = idleMs >= IDLE_AFTER_MS;
		const { power } = this.#state;
		if (this.#stopped || (power.onBattery === onBattery && power.idle === idle)) return;
		this.#happen({ kind: "power", at: this.#ports.clock.now(), onBattery, idle });
		this.#turn();
	}

	/** Somebody mutes a service, awaits one, goes away, comes back, or wants other notices. */
	wish(wish: Wish): void {
		if (this.#stopped) return;
		this.#happen({ ...wish, at: this.#ports.clock.now() });
		this.#ports.onChange?.();
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
		const next = this.#limiter.room === 0 ? this.#limiter.roomAt : nextDueAt(this.#state);
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
		const at = this.#ports.clock.now();
		try {
			for (const each of forAllSharers(this.#state.sharers, evidence)) {
				this.#unsaved.push(each);
				this.#happen({ kind: "evidence", at, evidence: each });
			}
		} finally {
			this.#turn();
		}
	}

	#happen(event: Event): void {
		const { book, desk } = this.#state;
		const { state, notices, levels } = reduce(this.#state, event);
		this.#state = state;
		this.#saveChanges(book.incidents, levels);
		if (state.desk !== desk) this.#tell(notices, desk.count);
	}

	/** What is decided is on disk before it is shown: whatever happens in between, nobody is told twice. */
	#tell(notices: readonly Notice[], first: number): void {
		const decided = notices.map((notice, index) => ({ number: first + index, notice }));
		this.#ports.history?.saveDesk(this.#state.desk, decided);
		deliver(decided, this.#ports);
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

/** Incidents whose beginning was never shown, and is no news any more. */
function missed(unshown: readonly DecidedNotice[], now: Time): string[] {
	return unshown.flatMap((each) => (each.notice.kind === "opened" && !isNews(each, now) ? [each.notice.incident] : []));
}
