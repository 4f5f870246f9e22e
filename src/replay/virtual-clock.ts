import type { Clock } from "../engine/ports.ts";

/** Resolves once a moment may come; to false where it never will. */
export type Pace = (at: number) => Promise<boolean>;

interface Timer {
	readonly id: number;
	readonly at: number;
	readonly callback: () => void;
}

/** A clock that stands still until it is told to go: whole days pass in milliseconds, unless a pace holds them back. */
export class VirtualClock implements Clock {
	#now: number;
	#timers = new Map<number, Timer>();
	#nextId = 0;
	readonly #pace: Pace | undefined;

	constructor(start: number, pace?: Pace) {
		this.#now = start;
		this.#pace = pace;
	}

	now(): number {
		return this.#now;
	}

	wakeAt(at: number, callback: () => void): () => void {
		const id = this.#nextId++;
		this.#timers.set(id, { id, at: Math.max(at, this.#now), callback });
		return () => this.#timers.delete(id);
	}

	/** Resolves once the clock has reached `now + ms` through `wakeAt`. */
	after(ms: number): Promise<void> {
		return new Promise((resolve) => void this.wakeAt(this.#now + ms, resolve));
	}

	/** Runs everything that is due until then, each at its own moment, promises in between included. Where the pace ends it, the clock stays behind. */
	async runUntil(end: number): Promise<void> {
		await settle();
		for (;;) {
			const first = this.#first();
			const next = Math.max(this.#now, Math.min(first?.at ?? end, end));
			if (this.#pace && !(await this.#pace(next))) return;
			this.#now = next;
			if (!first || first.at > end) return;
			this.#timers.delete(first.id);
			first.callback();
			await settle();
		}
	}

	#first(): Timer | undefined {
		let first: Timer | undefined;
		for (const timer of this.#timers.values()) if (!first || timer.at < first.at) first = timer;
		return first;
	}

	/** The computer sleeps: time passes, timers do not fire. */
	sleepUntil(end: number): void {
		this.#now = end;
	}
}

/** Lets every promise that can go on go on. */
async function settle(): Promise<void> {
	for (let turn = 0; turn < 4; turn++) await Promise.resolve();
}
