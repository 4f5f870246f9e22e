import type { Clock } from "../engine/ports.ts";

/** A clock that stands still until it is told to go: whole days pass in milliseconds. */
export class VirtualClock implements Clock {
	#now: number;
	#timers = new Map<number, { at: number; callback: () => void }>();
	#nextId = 0;

	constructor(start: number) {
		this.#now = start;
	}

	now(): number {
		return this.#now;
	}

	wakeAt(at: number, callback: () => void): () => void {
		const id = this.#nextId++;
		this.#timers.set(id, { at: Math.max(at, this.#now), callback });
		return () => this.#timers.delete(id);
	}

	/** Resolves once the clock has reached `now + ms` through `wakeAt`. */
	after(ms: number): Promise<void> {
		return new Promise((resolve) => void this.wakeAt(this.#now + ms, resolve));
	}

	/** Runs everything that is due until then, each at its own moment, promises in between included. */
	async runUntil(end: number): Promise<void> {
		await settle();
		for (;;) {
			let first: { id: number; at: number; callback: () => void } | undefined;
			for (const [id, timer] of this.#timers) if (!first || timer.at < first.at) first = { id, ...timer };
			if (!first || first.at > end) break;
			this.#timers.delete(first.id);
			this.#now = Math.max(this.#now, first.at);
			first.callback();
			await settle();
		}
		this.#now = Math.max(this.#now, end);
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
