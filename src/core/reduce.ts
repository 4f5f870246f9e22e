import { connectivity } from "./connectivity.ts";
import type { ControlEvidence, Evidence } from "./evidence.ts";
import type { LevelChange } from "./history.ts";
import type { Track } from "./hysteresis.ts";
import { isProblem } from "./level.ts";
import { STRANGER } from "./manners.ts";
import type { CheckId, ServiceId, Time } from "./model.ts";
import { connectionNotice, decide, type Notice } from "./notices.ts";
import { type Random, randomFrom } from "./random.ts";
import { review } from "./review.ts";
import { began, bringForward, ended, isDoubtful } from "./runs.ts";
import { type Connection, type FeatureKey, featureKey, freshMs, type State } from "./state.ts";
import { afterControlFailure, afterFailure, afterOpening, everythingSoon } from "./suspicion.ts";
import { toldBy } from "./tellings.ts";

/** Everything that can happen. Each carries its time: core has no clock. */
export type Event =
	| { readonly kind: "tick"; readonly at: Time }
	| { readonly kind: "began"; readonly at: Time; readonly checkIds: readonly CheckId[] }
	| { readonly kind: "evidence"; readonly at: Time; readonly evidence: Evidence }
	/** The computer slept until now, or its clock jumped: only this event may lie before the last one. */
	| { readonly kind: "woke"; readonly at: Time }
	| { readonly kind: "network_changed"; readonly at: Time }
	/** Someone wants to know now; all services where none is named. */
	| { readonly kind: "asked"; readonly at: Time; readonly services?: readonly ServiceId[] };

/** The next state, and what happened on the way to it. */
export interface Step {
	readonly state: State;
	readonly notices: readonly Notice[];
	readonly levels: readonly LevelChange[];
}

/** Features are looked at this often even where no evidence came: evidence grows stale. */
const REVIEW_EVERY_MS = 3 * 60_000;
/** After a wake or a network change nothing is asked for this long: the line is still coming up. */
const SETTLE_MS = 20_000;
/** After that, everything is asked again within this time. */
const RESUME_WITHIN_MS = 30_000;

/** The only place where state changes. Pure: the same events give the same states, notices and random draws. */
export function reduce(state: State, event: Event): Step {
	const random = randomFrom(state.seed);
	const turnedBack = event.kind === "woke" && event.at < state.now;
	const step = happen(
		turnedBack ? turnBack(state, event.at) : { ...state, now: Math.max(state.now, event.at) },
		event,
		random,
	);
	return { ...step, state: { ...step.state, seed: random.seed } };
}

function happen(state: State, event: Event, random: Random): Step {
	switch (event.kind) {
		case "tick":
			return tick(state, random);
		case "began":
			return quietly(began(state, event.checkIds));
		case "evidence":
			return arrive(state, event.evidence, random);
		case "woke":
		case "network_changed":
			return quietly(startAfresh(state, random));
		case "asked":
			return quietly(askNow(state, event.services));
	}
}

/** The clock was set back: what lies in its new future is forgotten, so that nothing waits for it to come round again. */
function turnBack(state: State, now: Time): State {
	const runs = state.runs.map((run) => ({ ...run, dueAt: now, recent: [] }));
	const hosts = state.hosts.map(() => STRANGER);
	const tracks = state.tracks.map(({ admittedAt, ...track }) => ({
		...track,
		...(admittedAt !== undefined && { admittedAt: Math.min(admittedAt, now) }),
	}));
	return { ...state, now, runs, hosts, tracks, told: toldBy(state.told, now), reviewedAt: now };
}

function quietly(state: State): Step {
	return { state, notices: [], levels: [] };
}

function arrive(state: State, evidence: Evidence, random: Random): Step {
	const next = ended(state, evidence, random);
	if (next === state || isDoubtful(state, evidence)) return quietly(next);
	switch (evidence.kind) {
		case "control":
			return reconnect(afterControlFailure(next, evidence, random), random);
		case "probe": {
			const asked = evidence.outcome.kind === "failed" ? afterFailure(next, evidence, random) : next;
			return look(asked, [featureKey(evidence.service, evidence.feature)], random);
		}
		case "source":
			return look(next, featuresOf(next, evidence.service), random);
	}
}

/** The controls have spoken: the connection may be another, and what was suspected may now be proven. */
function reconnect(state: State, random: Random): Step {
	const before = state.connection;
	const judged = connectivity(controlRuns(state), state.now, (id) => freshMs(state, id));
	const moved = judged.state !== before.state;
	const connection: Connection = {
		...judged,
		since: moved ? state.now : before.since,
		...(before.announced && { announced: before.announced }),
	};
	const next = { ...state, connection };
	if (!moved) return look(next, suspected(next), random);
	if (connection.state !== "online") return announce(next);
	const back =
		before.state === "trouble"
			? everythingSoon({ ...next, trustedSince: state.now }, state.now, RESUME_WITHIN_MS, random)
			: next;
	return look(back, back.tracks.keys(), random);
}

function controlRuns(state: State): ControlEvidence[] {
	return [...state.runs.values()].flatMap(({ recent: [newest] }) => (newest?.kind === "control" ? [newest] : []));
}

function tick(state: State, random: Random): Step {
	if (state.now - state.reviewedAt < REVIEW_EVERY_MS) return look(state, inTrouble(state), random);
	return look({ ...state, reviewedAt: state.now }, state.tracks.keys(), random);
}

function look(state: State, keys: Iterable<FeatureKey>, random: Random): Step {
	const reviewed = review(state, keys);
	const { state: next, notices } = announce(afterOpening(reviewed.state, reviewed.transitions, random));
	if (next.connection.state !== "online") return { state: next, notices, levels: reviewed.levels };
	const decided = decide(next.book.incidents, next.told, next.now);
	return {
		state: { ...next, told: decided.told },
		notices: [...notices, ...decided.notices],
		levels: reviewed.levels,
	};
}

function announce(state: State): Step {
	const notice = connectionNotice(state.connection, state.now);
	if (!notice) return quietly(state);
	const { announced: _, ...connection } = state.connection;
	const told = notice.kind === "connection_lost" ? { announced: { cause: notice.cause, since: notice.since } } : {};
	return { state: { ...state, connection: { ...connection, ...told } }, notices: [notice], levels: [] };
}

/** What was seen before counts no more, and the controls must pass before anything else is asked. */
function startAfresh(state: State, random: Random): State {
	const holdUntil = state.now + SETTLE_MS;
	const isControl = (id: CheckId) => state.checks.get(id)?.kind === "control";
	const runs = state.runs.map((run, id) => (isControl(id) ? { ...run, recent: [] } : { ...run, attempt: 0 }));
	const { announced } = state.connection;
	const connection: Connection = { ...connectivity([], state.now), since: state.now, ...(announced && { announced }) };
	return everythingSoon(
		{ ...state, runs, connection, holdUntil, trustedSince: holdUntil },
		holdUntil,
		RESUME_WITHIN_MS,
		random,
	);
}

function askNow(state: State, services: readonly ServiceId[] | undefined): State {
	const wanted = [...state.checks.values()].filter(
		(check) => check.kind === "control" || !services || services.includes(check.service),
	);
	return bringForward(
		state,
		wanted.map(({ id }) => id),
		state.now,
	);
}

function featuresOf(state: State, service: ServiceId): FeatureKey[] {
	return state.services.get(service)?.features.map(({ name }) => featureKey(service, name)) ?? [];
}

function suspected(state: State): FeatureKey[] {
	return keysWhere(state, ({ verdict }) => verdict.standing === "suspected");
}

function inTrouble(state: State): FeatureKey[] {
	return keysWhere(state, ({ level }) => isProblem(level));
}

function keysWhere(state: State, test: (track: Track) => boolean): FeatureKey[] {
	return state.tracks.values().flatMap((track) => (test(track) ? [featureKey(track.service, track.feature)] : []));
}
