import { LADDER_STEPS } from "./cadence.ts";
import type { ControlCheck } from "./check.ts";
import type { ControlEvidence, ProbeEvidence } from "./evidence.ts";
import type { Transition } from "./hysteresis.ts";
import { isProblem } from "./level.ts";
import type { CheckId, Time } from "./model.ts";
import type { Random } from "./random.ts";
import { bringForward } from "./runs.ts";
import { featureKey, type State } from "./state.ts";

/** Controls asked at a first failure: as many vendors as it takes to vouch for the line. */
const FIRST_CONTROLS = 3;
/** One control that fails is that vendor's affair; from here on it may be the line's. */
const FAILED_CONTROLS_TO_ASK_ALL = 2;
/** Failures of controls this close together may have one reason. */
const TOGETHER_MS = 60_000;
/** A control that ran this recently is not asked again. */
const JUST_RAN_MS = 10_000;
/** Siblings of an outage are asked within this time, not all at once. */
const SIBLINGS_WITHIN_MS = 15_000;

/**
 * A probe failed: while that is being proved, the other hosts of its feature are asked with it, so that a lucky pass of theirs costs
 * seconds and not a round. So are some controls, and from the second failure on every control: the line is to be known good at
 * the very moment of each failure that counts.
 */
export function afterFailure(state: State, evidence: ProbeEvidence, random: Random): State {
	const track = state.tracks.get(featureKey(evidence.service, evidence.feature));
	// a feature that is known to be in trouble has nothing to prove
	if (track && isProblem(track.level)) return state;
	const attempt = state.runs.get(evidence.checkId)?.attempt ?? 0;
	const siblings =
		attempt <= LADDER_STEPS ? (state.probesOf.get(featureKey(evidence.service, evidence.feature)) ?? []) : [];
	const idle = idleControls(state);
	const controls = attempt === 1 ? some(idle, random) : attempt <= LADDER_STEPS + 1 ? idsOf(idle) : [];
	const others = siblings.filter((id) => id !== evidence.checkId);
	return bringForward(state, [...others, ...controls], state.now);
}

/** A control failed: some others are asked, and all of them once a second one fails too. It is asked again in its own time. */
export function afterControlFailure(state: State, evidence: ControlEvidence, random: Random): State {
	if (evidence.outcome.kind === "ok") return state;
	const failed = [...state.runs.values()].filter(
		({ recent: [newest] }) =>
			newest?.kind === "control" && newest.outcome.kind !== "ok" && state.now - newest.at < TOGETHER_MS,
	);
	const others = idleControls(state).filter(({ id }) => id !== evidence.checkId);
	return bringForward(
		state,
		failed.length >= FAILED_CONTROLS_TO_ASK_ALL ? idsOf(others) : some(others, random),
		state.now,
	);
}

/** An outage opened: everything of the same owner, and everything behind a suspected provider, is asked soon. */
export function afterOpening(state: State, transitions: readonly Transition[], random: Random): State {
	let next = state;
	for (const { kind, service, feature } of transitions) {
		if (kind !== "opened") continue;
		const suspects = new Set(state.tracks.get(featureKey(service, feature))?.verdict.suspects);
		const owner = state.services.get(service)?.owner.id;
		for (const check of state.checks.values()) {
			if (check.kind === "control") continue;
			const related =
				state.services.get(check.service)?.owner.id === owner ||
				suspects.has(check.service) ||
				(check.kind === "probe" && check.upstream !== undefined && suspects.has(check.upstream));
			if (related) next = bringForward(next, [check.id], state.now + random.next() * SIBLINGS_WITHIN_MS);
		}
	}
	return next;
}

/** Everything is asked again, spread over a short while: after a sleep, a lost connection, or because someone asked. */
export function everythingSoon(state: State, from: Time, withinMs: number, random: Random): State {
	let next = state;
	for (const check of state.checks.values()) {
		const at = check.kind === "control" ? from : from + random.next() * withinMs;
		next = bringForward(next, [check.id], at);
	}
	return next;
}

function idsOf(controls: readonly ControlCheck[]): CheckId[] {
	return controls.map(({ id }) => id);
}

/** One control each of several vendors, by lot. */
function some(controls: readonly ControlCheck[], random: Random): CheckId[] {
	const byVendor = [...new Map(controls.map(({ vendor, id }) => [vendor, id])).values()];
	const start = Math.floor(random.next() * byVendor.length);
	return [...byVendor.slice(start), ...byVendor.slice(0, start)].slice(0, FIRST_CONTROLS);
}

function idleControls(state: State): ControlCheck[] {
	return [...state.checks.values()].filter((check): check is ControlCheck => {
		if (check.kind !== "control") return false;
		const startedAt = state.runs.get(check.id)?.recent[0]?.startedAt;
		return startedAt === undefined || state.now - startedAt >= JUST_RAN_MS;
	});
}
