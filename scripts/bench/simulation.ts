import type { Check } from "../../src/core/check.ts";
import { type Failure, failure } from "../../src/core/failure.ts";
import type { Service } from "../../src/core/model.ts";
import { Monitor } from "../../src/engine/monitor.ts";
import type { History } from "../../src/engine/ports.ts";
import { VirtualClock } from "../../src/replay/virtual-clock.ts";
import { fakeWorld, type Script } from "../../test/fakes/world.ts";
import { CONTROLS, twelveServices } from "../../test/helpers/watched.ts";

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const START = Date.UTC(2026, 0, 5);

const TIMEOUT: Failure = failure("timeout", "no answer", { phase: "connect" });

/** One run in a hundred is lost, and every evening one feature is down for an hour. */
export const USUAL_DAY: Script = {
	loss: 0.01,
	probe({ service, feature }, now) {
		const hour = ((now - START) % DAY) / HOUR;
		const down = service === "sa" && feature === "media" && hour >= 18 && hour < 19;
		return down ? { kind: "failed", failure: TIMEOUT } : undefined;
	},
};

export interface Watched {
	readonly services: readonly Service[];
	/** Of those services, and the controls. */
	readonly checks: readonly Check[];
}

/** Twelve services with four hosts each, and six controls. */
export function twelve(): Watched {
	const all = twelveServices();
	return {
		services: all.map(({ service }) => service),
		checks: [...CONTROLS, ...all.flatMap(({ checks }) => checks)],
	};
}

/** The real engine in a scripted world under a clock that needs no time. */
export interface Simulation {
	readonly clock: VirtualClock;
	/** When each host was asked. */
	readonly asked: Map<string, number[]>;
	/** How often the engine has taken a turn. */
	readonly turns: () => number;
	/** Runs until `ms` after the start. */
	runUntil(ms: number): Promise<void>;
}

export function simulate(
	{ services, checks }: Watched,
	script: Script,
	historyUnder?: (clock: VirtualClock) => History,
): Simulation {
	const clock = new VirtualClock(START);
	const { runCheck, asked } = fakeWorld(clock, script);
	const history = historyUnder?.(clock);
	let turns = 0;
	const onChange = () => {
		turns += 1;
	};
	const monitor = new Monitor(
		{ clock, runCheck, concurrency: 8, onChange, ...(history && { history }) },
		{ services, checks, seed: 7 },
	);
	monitor.start();
	return { clock, asked, turns: () => turns, runUntil: (ms) => clock.runUntil(START + ms) };
}
