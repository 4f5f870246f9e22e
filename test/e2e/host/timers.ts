import type { Clock } from "../../../src/engine/ports.ts";
import type { VirtualClock } from "../../../src/replay/virtual-clock.ts";

/** Shorter ones are moments within a turn, and need no waiting for. */
const LEAST_MS = 1000;

/** What woke the program, and how often: the watch's own alarms, answers from the network, and Node's timers by their length. */
export const wakeUps = { watch: 0, answers: 0, timers: new Map<number, number>() };

/** The same clock, which counts whom it wakes. */
export function counting(clock: VirtualClock, whom: "watch" | "answers"): Clock {
	return {
		now: () => clock.now(),
		wakeAt: (at, callback) =>
			// a computer's clock counts whole milliseconds
			clock.wakeAt(Math.ceil(at), () => {
				wakeUps[whom] += 1;
				callback();
			}),
	};
}

/** Puts every longer timer of this process onto the scripted clock: minutes need no waiting for, and each firing is counted. */
export function timersOn(clock: VirtualClock): void {
	const real = { setTimeout, setInterval, clearTimeout };
	const make = (repeat: boolean, instead: typeof setTimeout) =>
		((callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
			if (ms < LEAST_MS) return instead(callback, ms, ...args);
			const timer = new ScriptedTimer((again) =>
				clock.wakeAt(clock.now() + ms, () => {
					wakeUps.timers.set(ms, (wakeUps.timers.get(ms) ?? 0) + 1);
					if (repeat) again();
					callback(...args);
				}),
			);
			return timer.refresh();
		}) as unknown as typeof setTimeout;
	const clear = (timer: unknown) =>
		timer instanceof ScriptedTimer ? timer.close() : real.clearTimeout(timer as NodeJS.Timeout);
	Object.assign(globalThis, {
		setTimeout: Object.assign(make(false, real.setTimeout), real.setTimeout),
		setInterval: make(true, real.setInterval as unknown as typeof setTimeout),
		clearTimeout: clear,
		clearInterval: clear,
	});
}

/** A timer as Node's, as far as anybody here asks of one. */
class ScriptedTimer {
	readonly #begin: (again: () => void) => () => void;
	#cancel: (() => void) | undefined;

	constructor(begin: (again: () => void) => () => void) {
		this.#begin = begin;
	}
	refresh(): this {
		this.#cancel?.();
		this.#cancel = this.#begin(() => this.refresh());
		return this;
	}
	close(): void {
		this.#cancel?.();
	}
	ref(): this {
		return this;
	}
	unref(): this {
		return this;
	}
	hasRef(): boolean {
		return false;
	}
}
