import { LADDER_STEPS } from "./cadence.ts";
import type { Check } from "./check.ts";
import { politeAt, roleOf } from "./manners.ts";
import type { CheckId, Time } from "./model.ts";
import { isDoubtful } from "./runs.ts";
import type { Asked, CheckState, State } from "./state.ts";

/** How long a round waits for the turn of one page, and how long people who asked wait for anything. */
const WAITED_FOR_MS = 15_000;
/** How long after people asked a failure is still part of what they wait for: proof takes about half a minute. */
const PROVED_WITHIN_MS = 60_000;

/**
 * The checks to start now, controls first. Nothing starts while a network settles, and nothing but controls while the
 * connection is unknown or lost: asking services through a dead line tells nothing about them.
 */
export function due(state: State): CheckId[] {
	if (state.now < state.holdUntil) return [];
	const found: { id: CheckId; dueAt: Time }[] = [];
	const hosts = new Set<string>();
	for (const [at, run] of state.runs.values().entries()) {
		if (run.running || run.dueAt > state.now) continue;
		const id = state.runs.keys()[at] as CheckId;
		const check = state.checks.get(id);
		if (!check || !mayRun(state, check)) continue;
		if (readyAt(state, check, run) > state.now || hosts.has(check.host)) continue;
		hosts.add(check.host);
		found.push({ id, dueAt: check.kind === "control" ? Number.NEGATIVE_INFINITY : run.dueAt });
	}
	return found.sort((a, b) => a.dueAt - b.dueAt).map(({ id }) => id);
}

/** When there is something to start next; `undefined` while everything is under way. */
export function nextDueAt(state: State): Time | undefined {
	let next: Time | undefined;
	for (const [index, run] of state.runs.values().entries()) {
		if (run.running || (next !== undefined && run.dueAt >= next)) continue;
		const check = state.checks.get(state.runs.keys()[index] as CheckId);
		if (!check || !mayRun(state, check)) continue;
		const at = Math.max(readyAt(state, check, run), state.holdUntil);
		if (next === undefined || at < next) next = at;
	}
	return next;
}

function mayRun(state: State, check: Check): boolean {
	return check.kind === "control" || state.connection.state === "online";
}

function readyAt(state: State, check: Check, run: CheckState): Time {
	return Math.max(run.dueAt, politeAt(state.hosts.get(check.host), roleOf(check)));
}

/** Whether this check is among those that somebody wants to know about. */
export function isAskedFor(check: Check, { services }: Asked): boolean {
	return check.kind === "control" || services === undefined || services.includes(check.service);
}

/**
 * How far a round is: a check counts once it has answered and, where it failed, once that is proved or refuted, or cannot
 * be soon because the host wants to be left alone. Where somebody has asked, it must have answered since, if politeness lets it.
 */
export function progress(state: State): { readonly done: number; readonly total: number } {
	let done = 0;
	let total = 0;
	for (const [id, run] of state.runs) {
		const check = state.checks.get(id);
		if (!check || !mayRun(state, check)) continue;
		total += 1;
		if (isAnswered(state, check, run) && !isAwaited(state, check, run)) done += 1;
	}
	return { done, total };
}

/** Whether somebody who has just asked waits for it. Once it is not awaited, it is not awaited again: progress never goes back. */
function isAwaited(state: State, check: Check, run: CheckState): boolean {
	const { asked, now } = state;
	if (!asked || now < asked.at || now - asked.at > WAITED_FOR_MS || !isAskedFor(check, asked)) return false;
	if ((run.recent[0]?.at ?? Number.NEGATIVE_INFINITY) >= asked.at) return false;
	return run.running || readyAt(state, check, run) <= asked.at + WAITED_FOR_MS;
}

function isAnswered(state: State, check: Check, run: CheckState): boolean {
	const newest = run.recent[0];
	if (newest === undefined || isDoubtful(state, newest)) return isSpared(state, check);
	if (check.kind !== "probe" || newest.outcome.kind !== "failed" || run.attempt > LADDER_STEPS) return true;
	if (!isOfRound(state, run) || (state.hosts.get(check.host)?.leaveAloneUntil ?? 0) > state.now) return true;
	const track = state.tracks.get(`${check.service}/${check.feature}`);
	return track?.verdict.standing !== "suspected";
}

/** What fails later, while nobody has asked, is looked into without a round. */
function isOfRound({ asked, now }: State, { recent }: CheckState): boolean {
	if (asked && now - asked.at <= PROVED_WITHIN_MS) return true;
	return recent.every(({ outcome }) => outcome.kind !== "ok");
}

/** Nobody waits for a page, or for reports, whose host has just been asked for others. */
function isSpared({ hosts, now }: State, check: Check): boolean {
	const later = check.kind === "source" || check.kind === "reports";
	return later && politeAt(hosts.get(check.host), roleOf(check)) > now + WAITED_FOR_MS;
}

/** Whether a round has said all it can: everything answered and proved, or the connection found lost by every control. */
export function isSettled(state: State): boolean {
	if (state.connection.state === "unknown") return false;
	const { done, total } = progress(state);
	if (done < total) return false;
	return state.connection.state === "trouble" || [...state.runs.values()].every((run) => !run.running);
}
