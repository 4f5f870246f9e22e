import type { Check, ControlCheck, ProbeCheck, ReportsCheck, SourceCheck } from "../../src/core/check.ts";
import type { ControlOutcome, Evidence, ProbeOutcome, ReportsOutcome, SourceOutcome } from "../../src/core/evidence.ts";
import { failure } from "../../src/core/failure.ts";
import { randomFrom } from "../../src/core/random.ts";
import type { Run } from "../../src/engine/ports.ts";
import type { VirtualClock } from "../../src/replay/virtual-clock.ts";

/** What a scripted world answers; where it says nothing, all is well. */
export interface Script {
	probe?(check: ProbeCheck, now: number): ProbeOutcome | undefined;
	source?(check: SourceCheck, now: number): SourceOutcome | undefined;
	reports?(check: ReportsCheck, now: number): ReportsOutcome | undefined;
	control?(check: ControlCheck, now: number): ControlOutcome | undefined;
	/** Share of all runs that time out by chance. */
	loss?: number;
}

const ANSWER_MS = 120;
const TIMEOUT_MS = 10_000;

/** A world that answers checks under a virtual clock and counts who was asked when. */
export function fakeWorld(clock: VirtualClock, script: Script, seed = 1) {
	const random = randomFrom(seed);
	const asked = new Map<string, number[]>();

	function answer(check: Check, startedAt: number): Evidence {
		const lost = random.next() < (script.loss ?? 0);
		const timeout = failure("timeout", "lost", { phase: "connect" });
		const base = { checkId: check.id, startedAt, at: startedAt };
		switch (check.kind) {
			case "probe": {
				const outcome: ProbeOutcome = lost
					? { kind: "failed", failure: timeout }
					: (script.probe?.(check, startedAt) ?? { kind: "ok" });
				const { service, feature, host, upstream } = check;
				return { ...base, kind: "probe", service, feature, host, outcome, phases: {}, ...(upstream && { upstream }) };
			}
			case "source": {
				const well: SourceOutcome = { kind: "failed", failure: failure("unreadable", "no page in this world") };
				return { ...base, kind: "source", service: check.service, outcome: script.source?.(check, startedAt) ?? well };
			}
			case "reports": {
				const usual: ReportsOutcome = { kind: "counted", perHour: 10, baseline: 10, regions: [] };
				const { service, provider } = check;
				return { ...base, kind: "reports", service, provider, outcome: script.reports?.(check, startedAt) ?? usual };
			}
			case "control": {
				const outcome: ControlOutcome = lost
					? { kind: "failed", failure: timeout }
					: (script.control?.(check, startedAt) ?? { kind: "ok" });
				return { ...base, kind: "control", vendor: check.vendor, control: check.control.type, outcome, phases: {} };
			}
		}
	}

	function runCheck(check: Check): Run {
		const startedAt = clock.now();
		const times = asked.get(check.host);
		if (times) times.push(startedAt);
		else asked.set(check.host, [startedAt]);
		const evidence = answer(check, startedAt);
		const timedOut = "failure" in evidence.outcome && evidence.outcome.failure.kind === "timeout";
		const took = timedOut ? TIMEOUT_MS : ANSWER_MS;
		let cancel = () => {};
		const cancelled = new Promise<void>((resolve) => {
			cancel = resolve;
		});
		const done = Promise.race([clock.after(took), cancelled]);
		return { evidence: done.then(() => ({ ...evidence, at: clock.now() })), cancel };
	}

	return { runCheck, asked };
}
