import type { Time } from "../../core/model.ts";

/** How far a clock that was held back may run after the real time, ms; what is more is given up, and the clock is slow. */
const MOST_BEHIND_MS = 1_000;

interface Hold {
	until: Time;
}

/**
 * The speed at which scripted time passes, `speed` ms of it in each real one. It never runs ahead of work that is under way in the
 * real world: while a hold lasts, no moment at or after the hold's `until` comes. Nothing is skipped, time only gets slower.
 */
export class Pace {
	readonly #speed: number;
	readonly #holds = new Set<Hold>();
	#startedAt = 0;
	/** The moment `#origin` came at the real time `#since`: never, until time begins to pass. */
	#origin: Time;
	#since = Number.POSITIVE_INFINITY;
	/** Real time that was given up. */
	#lostMs = 0;
	#stopped = false;
	#wake = () => {};

	constructor(start: Time, speed: number) {
		this.#origin = start;
		this.#speed = speed;
	}

	/** Time begins to pass now; until then it stands still. */
	start(): void {
		this.#startedAt = this.#since = performance.now();
	}

	/** The scripted time now. */
	now(): Time {
		return Math.min(this.#target(), this.#heldUntil());
	}

	/** How much scripted time a real ms has been worth so far: the speed asked for, or less. */
	achieved(): number {
		const real = performance.now() - this.#startedAt;
		return real < MOST_BEHIND_MS ? this.#speed : this.#speed * (1 - this.#lostMs / real);
	}

	/** Resolves to true once `at` has come, to false as soon as the pace is stopped. */
	readonly reach = async (at: Time): Promise<boolean> => {
		while (!this.#stopped) {
			const target = this.#target();
			const held = this.#heldUntil() <= at;
			if (!held && target >= at) return true;
			await this.#pause(held ? undefined : (at - target) / this.#speed);
		}
		return false;
	};

	/** Work is under way that ends at `until` by the script. Returns what says that it has really ended. */
	hold(until: Time): () => void {
		const hold = { until };
		this.#holds.add(hold);
		return () => {
			if (!this.#holds.has(hold)) return;
			const behind = (this.#target() - this.now()) / this.#speed - MOST_BEHIND_MS;
			if (behind > 0) {
				this.#since += behind;
				this.#lostMs += behind;
			}
			this.#holds.delete(hold);
			this.#wake();
		};
	}

	/** Time jumps to `at`: the computer has slept. */
	jumpTo(at: Time): void {
		this.#origin = at;
		this.#since = performance.now();
		for (const hold of this.#holds) hold.until = Math.max(hold.until, at);
	}

	/** Whoever waits is told that the moment never comes. */
	stop(): void {
		this.#stopped = true;
		this.#wake();
	}

	#target(): Time {
		return this.#origin + Math.max(0, performance.now() - this.#since) * this.#speed;
	}

	#heldUntil(): Time {
		let earliest = Number.POSITIVE_INFINITY;
		for (const { until } of this.#holds) earliest = Math.min(earliest, until);
		return earliest;
	}

	#pause(ms: number | undefined): Promise<void> {
		return new Promise((resolve) => {
			const timer = ms === undefined ? undefined : setTimeout(() => this.#wake(), Math.max(1, ms));
			this.#wake = () => {
				clearTimeout(timer);
				this.#wake = () => {};
				resolve();
			};
		});
	}
}
