import type { Run } from "./ports.ts";

/** Keeps runs to a number at once, and can end them all. */
export class Limiter {
	readonly #most: number;
	readonly #running = new Set<Run>();

	/** `most` is how many may run at once, at least 1. */
	constructor(most: number) {
		this.#most = most;
	}

	/** How many more may start now. */
	get room(): number {
		return this.#most - this.#running.size;
	}

	/** Counts a run until it ends. Only to be called while there is room. */
	add(run: Run): void {
		this.#running.add(run);
		void run.evidence.then(() => this.#running.delete(run));
	}

	/** Cancels what is under way and resolves when all of it has ended. */
	async stop(): Promise<void> {
		const running = [...this.#running];
		for (const run of running) run.cancel();
		await Promise.all(running.map((run) => run.evidence));
	}
}
