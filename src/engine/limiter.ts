import type { Time } from "../core/model.ts";
import type { Run } from "./ports.ts";

/** How many runs may begin at once, unless told: whoever watches has all day. */
export const USUAL_PLACES = 4;
/** What a run costs it costs at its beginning. From then on it waits for somebody far away, and that must not keep others waiting. */
const PLACE_MS = 250;

/** Gives out places to runs that begin, and can end all of them. */
export class Limiter {
	readonly #places: number;
	readonly #now: () => Time;
	readonly #begunAt = new Map<Run, Time>();

	/** `places` is at least 1. */
	constructor(places: number, now: () => Time) {
		this.#places = places;
		this.#now = now;
	}

	/** How many more may start now. */
	get room(): number {
		return Math.max(0, this.#places - this.#taken().length);
	}

	/** When the next place is given back at the latest. */
	get roomAt(): Time {
		return Math.min(...this.#taken()) + PLACE_MS;
	}

	/** Counts a run until it ends or only waits. Only to be called while there is room. */
	add(run: Run): void {
		this.#begunAt.set(run, this.#now());
		void run.evidence.then(() => this.#begunAt.delete(run));
	}

	/** Cancels what is under way and resolves when all of it has ended. */
	async stop(): Promise<void> {
		const running = [...this.#begunAt.keys()];
		for (const run of running) run.cancel();
		await Promise.all(running.map((run) => run.evidence));
	}

	/** A clock that was set back gives all places back. */
	#taken(): Time[] {
		const now = this.#now();
		return [...this.#begunAt.values()].filter((at) => at <= now && now - at < PLACE_MS);
	}
}
