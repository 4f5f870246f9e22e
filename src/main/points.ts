import { PHASES, type Phase } from "../core/failure.ts";
import type { Time } from "../core/model.ts";
import type { SeriesPoint } from "../io/history/series.ts";
import type { HistoryPoint } from "../ipc/answers.ts";

/** Sums up what the history has into steps of this width, oldest first; where nothing was asked there is none. */
export function pointsOf(series: readonly SeriesPoint[], stepMs: Time): HistoryPoint[] {
	const steps = Map.groupBy(series, ({ at }) => Math.floor(at / stepMs) * stepMs);
	return [...steps].map(([at, parts]) => pointOf(at, parts));
}

function pointOf(at: Time, parts: readonly SeriesPoint[]): HistoryPoint {
	const sum = (of: (part: SeriesPoint) => number) => parts.reduce((total, part) => total + of(part), 0);
	const [ok, failed, blocked] = [sum((part) => part.ok), sum((part) => part.failed), sum((part) => part.blocked)];
	const answered = ok + blocked;
	const timed = parts.flatMap(({ durationMs }) => durationMs ?? []);
	if (answered === 0 || timed.length === 0) return { at, ok, failed, blocked, phases: {} };
	const average = (phase: Phase) => sum(({ phases }) => phases[phase] ?? 0) / answered;
	return {
		at,
		ok,
		failed,
		blocked,
		averageMs: timed.reduce((total, each) => total + each.sum, 0) / answered,
		worstMs: Math.max(...timed.map(({ max }) => max)),
		phases: Object.fromEntries(PHASES.map((phase) => [phase, average(phase)] as const).filter(([, ms]) => ms > 0)),
	};
}
