import { loadCatalogue } from "../../../src/io/catalogue-files.ts";
import { findScenario } from "../../../src/replay/library.ts";
import { castOf, perform } from "../../../src/replay/performance.ts";
import { loadScenario, type Rule, type Scenario } from "../../../src/replay/scenario.ts";
import { VirtualClock } from "../../../src/replay/virtual-clock.ts";
import { ScriptedWorld } from "../../../src/replay/world.ts";
import { answerWith } from "./answer.ts";

/** How many months to live through. */
export interface Live {
	readonly months: number;
}

export interface Lived {
	/** Notices that named a service. */
	readonly alarms: number;
	/** Notices about the connection. */
	readonly aboutConnection: number;
	/** Of this process at the end of each month, after a collection, bytes. */
	readonly resident: readonly number[];
	/** Processor time, ms: others may be using the cores. */
	readonly tookMs: number;
}

answerWith(async ({ months }: Live): Promise<Lived> => {
	const scenario = repeated(loadScenario(findScenario("quiet-month").file), months);
	const clock = new VirtualClock(scenario.from);
	const world = new ScriptedWorld(scenario);
	const month = (scenario.until - scenario.from) / months;
	const resident: number[] = [];
	for (let n = 1; n <= months; n++) {
		clock.wakeAt(scenario.from + n * month - 1, () => {
			globalThis.gc?.();
			resident.push(process.memoryUsage.rss());
		});
	}
	let alarms = 0;
	let aboutConnection = 0;
	const before = process.cpuUsage();
	await perform(scenario, castOf(scenario, loadCatalogue()), {
		clock,
		runCheck: (check) => {
			const { evidence, tookMs } = world.answer(check, clock.now());
			const { promise, resolve } = Promise.withResolvers<typeof evidence>();
			const cancelTimer = clock.wakeAt(clock.now() + tookMs, () => resolve({ ...evidence, at: clock.now() }));
			return {
				evidence: promise,
				cancel() {
					cancelTimer();
					resolve(evidence);
				},
			};
		},
		show: (notice) => {
			if ("incident" in notice || notice.kind === "digest") alarms += 1;
			else aboutConnection += 1;
		},
	});
	const { user, system } = process.cpuUsage(before);
	return { alarms, aboutConnection, resident, tookMs: (user + system) / 1000 };
});

/** The scenario so many times over, one after another. */
function repeated(scenario: Scenario, times: number): Scenario {
	const length = scenario.until - scenario.from;
	const later = (rule: Rule, by: number): Rule => ({
		...rule,
		...(rule.from !== undefined && { from: rule.from + by }),
		...("until" in rule && rule.until !== undefined && { until: rule.until + by }),
	});
	const world = Array.from({ length: times }, (_, n) => scenario.world.map((rule) => later(rule, n * length))).flat();
	return { ...scenario, until: scenario.from + times * length, world };
}
