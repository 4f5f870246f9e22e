import { counted, NOTHING_COUNTED } from "./baseline.ts";
import { afterControl, afterProbe, afterReading, type Next } from "./cadence.ts";
import { weightOfFailure } from "./confidence.ts";
import type { Evidence } from "./evidence.ts";
import { isProblem } from "./level.ts";
import { asked, askedInHour, leftAlone, roleOf } from "./manners.ts";
import type { CheckId, Time } from "./model.ts";
import { officialLevels } from "./official-levels.ts";
import { paced, RUNS_TO_LEARN } from "./pace.ts";
import { stretch } from "./power.ts";
import type { Random } from "./random.ts";
import { type CheckState, featureKey, type State, slotOf } from "./state.ts";
import { saysOfItself } from "./streak.ts";

/** Runs of one check that are remembered: enough to prove, to settle and to see a trembling host, or to see what lasts. */
const REMEMBERED_RUNS = { probe: 8, source: 1, reports: 16, control: 1 };

/** Checks have been started. */
export function began(state: State, ids: readonly CheckId[]): State {
	let { runs, hosts } = state;
	for (const id of ids) {
		const run = runs.get(id);
		const check = state.checks.get(id);
		if (!run || !check) continue;
		runs = runs.with(id, { ...run, running: true });
		hosts = hosts.with(check.host, asked(hosts.get(check.host), state.now, roleOf(check)));
	}
	return { ...state, runs, hosts };
}

/**
 * A run has ended: its evidence is kept and its next run planned. Evidence of a check that is no longer watched is dropped;
 * so is evidence from before a doubtful time, and its check is asked again.
 */
export function ended(state: State, evidence: Evidence, random: Random): State {
	const run = state.runs.get(evidence.checkId);
	const check = state.checks.get(evidence.checkId);
	if (!run || !check) return state;
	const pace = paceOf(run, evidence);
	const next = planOfSharer(state, evidence) ?? plan(state, { ...run, ...pace }, evidence, random);
	const kept: CheckState = isDoubtful(state, evidence)
		? { ...run, dueAt: Math.max(state.now, state.holdUntil), running: false }
		: {
				...run,
				dueAt: next.dueAt,
				attempt: next.attempt,
				running: false,
				recent: [evidence, ...run.recent].slice(0, REMEMBERED_RUNS[evidence.kind]),
				...wordsOf(state, evidence),
				...baselineOf(run, evidence),
				...pace,
			};
	const runs = state.runs.with(evidence.checkId, kept);
	if (next.leaveAloneUntil === undefined) return { ...state, runs };
	return {
		...state,
		runs,
		hosts: state.hosts.with(check.host, leftAlone(state.hosts.get(check.host), next.leaveAloneUntil)),
	};
}

/** Whether a run began before this computer slept or moved, or, of a probe, before a lost connection came back. */
export function isDoubtful(state: State, { kind, startedAt }: Evidence): boolean {
	return startedAt < (kind === "probe" ? state.trustedSince : state.holdUntil);
}

/** A page that could not be read is tried again for all who share it when the first of them has drawn to try it. */
function planOfSharer({ sharers, runs }: State, { kind, checkId, startedAt, at, outcome }: Evidence): Next | undefined {
	if (kind !== "source" || outcome.kind !== "failed") return undefined;
	const told = sharers.get(checkId)?.map(({ id }) => runs.get(id));
	return told?.find((run) => run?.recent[0]?.at === at && run.recent[0].startedAt === startedAt);
}

function plan(state: State, run: CheckState, evidence: Evidence, random: Random): Next {
	const rhythm = {
		slot: slotOf(state, evidence.checkId),
		stretch: stretch(state.power, evidence.kind),
		origin: state.startedAt,
		attempt: run.attempt,
		weight: weightOfFailure([evidence, ...run.recent].toReversed().flatMap(saysOfItself)),
		slow: run.pace?.slow === true,
		askedInHour: askedInHour(state.hosts.get(state.checks.get(evidence.checkId)?.host ?? ""), state.now),
		...troubleSince(state, evidence),
		random,
		now: state.now,
	};
	switch (evidence.kind) {
		case "probe":
			return afterProbe(evidence, rhythm);
		case "source":
		case "reports":
			return afterReading(evidence, rhythm);
		case "control":
			return afterControl(evidence, rhythm, state.connection.state === "trouble" ? state.connection.since : undefined);
	}
}

/** Since when the evidence's feature, or any feature of its service where it is a page, has been in trouble. */
function troubleSince(state: State, evidence: Evidence): { troubleSince?: Time } {
	if (evidence.kind === "control") return {};
	const features =
		evidence.kind === "probe"
			? [evidence.feature]
			: (state.services.get(evidence.service)?.features.map(({ name }) => name) ?? []);
	const troubled = features.flatMap((feature) => {
		const track = state.tracks.get(featureKey(evidence.service, feature));
		return track && isProblem(track.level) ? [track.since] : [];
	});
	return troubled.length === 0 ? {} : { troubleSince: Math.min(...troubled) };
}

function paceOf({ pace }: CheckState, evidence: Evidence): Pick<CheckState, "pace"> {
	if (evidence.kind === "source" || evidence.kind === "reports" || evidence.outcome.kind !== "ok") return {};
	return { pace: paced(pace, evidence.at - evidence.startedAt, RUNS_TO_LEARN[evidence.kind]) };
}

/** A page is understood once, when it is read; "not modified" makes the words fresh again. */
function wordsOf(state: State, evidence: Evidence): Pick<CheckState, "words"> {
	const check = state.checks.get(evidence.checkId);
	if (evidence.kind !== "source" || check?.kind !== "source" || evidence.outcome.kind !== "read") return {};
	return { words: officialLevels(evidence.outcome.page, check.source, evidence.at) };
}

function baselineOf({ baseline = NOTHING_COUNTED }: CheckState, evidence: Evidence): Pick<CheckState, "baseline"> {
	if (evidence.kind !== "reports" || evidence.outcome.kind !== "counted") return {};
	return { baseline: counted(baseline, evidence.at, evidence.outcome.perHour) };
}

/**
 * Makes the given checks due at `at`, where they would have come later; those under way are left as they are, and a page is not
 * read again before its server wants it to be.
 */
export function bringForward(state: State, ids: Iterable<CheckId>, at: Time): State {
	let { runs } = state;
	for (const id of ids) {
		const run = runs.get(id);
		if (!run || run.running) continue;
		const dueAt = Math.max(at, wantedAt(run));
		if (run.dueAt > dueAt) runs = runs.with(id, { ...run, dueAt });
	}
	return runs === state.runs ? state : { ...state, runs };
}

function wantedAt({ recent: [newest] }: CheckState): Time {
	const wanted = newest && "askAgainAfterMs" in newest ? (newest.askAgainAfterMs ?? 0) : 0;
	return newest && wanted > 0 ? newest.at + wanted : 0;
}
