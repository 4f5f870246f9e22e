import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Notice } from "../core/notice.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { RunCheck } from "../engine/ports.ts";
import { castOf, perform } from "./performance.ts";
import type { Scenario } from "./scenario.ts";
import { VirtualClock } from "./virtual-clock.ts";
import { ScriptedWorld } from "./world.ts";

/** What a user would have been told, and what it cost those who were asked. */
export interface Replayed {
	readonly notices: readonly Notice[];
	readonly snapshot: Snapshot;
	/** Moments of requests by host. */
	readonly asked: ReadonlyMap<string, readonly number[]>;
	readonly wallMs: number;
}

/**
 * Plays a scenario with the real schedule, verdicts and notices under a virtual clock. Nothing is sent anywhere.
 * Throws `ScenarioError` where it names a service that the catalogue does not know.
 */
export async function replay(scenario: Scenario, catalogue: Catalogue): Promise<Replayed> {
	const before = performance.now();
	const clock = new VirtualClock(scenario.from);
	const { runCheck, asked } = scriptedChecks(scenario, clock);
	const notices: Notice[] = [];
	const snapshot = await perform(scenario, castOf(scenario, catalogue), {
		clock,
		runCheck,
		show: (notice) => void notices.push(notice),
	});
	return { notices, snapshot, asked, wallMs: performance.now() - before };
}

/** Checks as the script answers them, and the moments at which each host was asked. */
export function scriptedChecks(scenario: Scenario, clock: VirtualClock) {
	const world = new ScriptedWorld(scenario);
	const asked = new Map<string, number[]>();
	const runCheck: RunCheck = (check) => {
		const now = clock.now();
		const times = asked.get(check.host);
		if (times) times.push(now);
		else asked.set(check.host, [now]);
		const { evidence, tookMs } = world.answer(check, now);
		const { promise, resolve } = Promise.withResolvers<typeof evidence>();
		const cancelTimer = clock.wakeAt(now + tookMs, () => resolve({ ...evidence, at: clock.now() }));
		return {
			evidence: promise,
			cancel() {
				cancelTimer();
				resolve(evidence);
			},
		};
	};
	return { runCheck, asked };
}
