import { afterControl, afterProbe, afterSource, type Next } from "./cadence.ts";
import type { Evidence } from "./evidence.ts";
import { isProblem } from "./level.ts";
import { asked, leftAlone } from "./manners.ts";
import type { CheckId, Time } from "./model.ts";
import { officialLevels } from "./official-levels.ts";
import type { Random } from "./random.ts";
import { type CheckState, featureKey, type State } from "./state.ts";

/** Runs of one check that are remembered: enough to prove, to settle and to see a trembling host. */
const REMEMBERED_RUNS = 8;

/** Checks have been started. */
export function began(state: State, ids: readonly CheckId[]): State {
	let { runs, hosts } = state;
	for (const id of ids) {
		const run = runs.get(id);
		const check = state.checks.get(id);
		if (!run || !check) continue;
		runs = runs.with(id, { ...run, running: true });
		hosts = hosts.with(check.host, asked(hosts.get(check.host), state.now));
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
	const next = plan(state, run, evidence, random);
	const kept: CheckState = isDoubtful(state, evidence)
		? { ...run, dueAt: Math.max(state.now, state.holdUntil), running: false }
		: {
				...run,
				dueAt: next.dueAt,
				attempt: next.attempt,
				running: false,
				recent: [evidence, ...run.recent].slice(0, evidence.kind === "probe" ? REMEMBERED_RUNS : 1),
				...wordsOf(state, evidence),
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

function plan(state: State, run: CheckState, evidence: Evidence, random: Random): Next {
	const slot = state.slots.get(evidence.checkId) ?? { intervalMs: 300_000, phase: 0 };
	const rhythm = {
		slot,
		origin: state.startedAt,
		attempt: run.attempt,
		...troubleSince(state, evidence),
		random,
		now: state.now,
	};
	switch (evidence.kind) {
		case "probe":
			return afterProbe(evidence, rhythm);
		case "source":
			return afterSource(evidence, rhythm);
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

/** A page is understood once, when it is read; "not modified" makes the words fresh again. */
function wordsOf(state: State, evidence: Evidence): Pick<CheckState, "words"> {
	const check = state.checks.get(evidence.checkId);
	if (evidence.kind !== "source" || check?.kind !== "source" || evidence.outcome.kind !== "read") return {};
	return { words: officialLevels(evidence.outcome.page, check.source, evidence.at) };
}

/** Makes the given checks due at `at`, where they would have come later; those under way are left as they are. */
export function bringForward(state: State, ids: Iterable<CheckId>, at: Time): State {
	let { runs } = state;
	for (const id of ids) {
		const run = runs.get(id);
		if (run && !run.running && run.dueAt > at) runs = runs.with(id, { ...run, dueAt: at });
	}
	return runs === state.runs ? state : { ...state, runs };
}
