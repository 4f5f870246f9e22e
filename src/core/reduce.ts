import { connectivity } from "./connectivity.ts";
import type { ControlEvidence, Evidence, ProbeEvidence } from "./evidence.ts";
import type { LevelChange } from "./history.ts";
import { isCalm, type Track } from "./hysteresis.ts";
import { isProblem } from "./level.ts";
import { heard, UNKNOWN_LINE } from "./line.ts";
import { STRANGER } from "./manners.ts";
import type { CheckId, ServiceId, Time } from "./model.ts";
import type { Notice } from "./notice.ts";
import { notifiedBy, notify } from "./notify.ts";
import type { Power } from "./power.ts";
import { withPower } from "./power-change.ts";
import { type Random, randomFrom } from "./random.ts";
import { review } from "./review.ts";
import { began, bringForward, ended, isDoubtful } from "./runs.ts";
import { isAskedFor } from "./schedule.ts";
import { type Asked, type Connection, type FeatureKey, featureKey, freshMs, type State } from "./state.ts";
import { afterControlFailure, afterOpening, afterSuspicion, everythingSoon } from "./suspicion.ts";
import { granted, type Wish } from "./wishes.ts";

/** Everything that can happen. Each carries its time: core has no clock. */
export type Event =
	| { readonly kind: "tick"; readonly at: Time }
	| { readonly kind: "began"; readonly at: Time; readonly checkIds: readonly CheckId[] }
	| { readonly kind: "evidence"; readonly at: Time; readonly evidence: Evidence }
	/** The computer slept until now, or its clock jumped: only this event may lie before the last one. */
	| { readonly kind: "woke"; readonly at: Time }
	| { readonly kind: "network_changed"; readonly at: Time }
	/** Someone wants to know now; all services where none is named. */
	| { readonly kind: "asked"; readonly at: Time; readonly services?: readonly ServiceId[] }
	/** The charger came or went, or people did. */
	| (Power & { readonly kind: "power"; readonly at: Time })
	| (Wish & { readonly at: Time });

/** The next state, and what happened on the way to it. */
export interface Step {
	readonly state: State;
	readonly notices: readonly Notice[];
	readonly levels: readonly LevelChange[];
}

/** Features are looked at this often even where no evidence came: evidence grows stale. */
const REVIEW_EVERY_MS = 5 * 60_000;
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
			return quietly(startAfresh(state, random));
		case "network_changed":
			return quietly(startAfresh(onNewNetwork(state), random));
		case "asked":
			return quietly(askNow(state, event));
		case "power": {
			const { onBattery, idle } = event;
			return quietly(withPower(state, { onBattery, idle }, random));
		}
		default:
			return announce(granted(state, event));
	}
}

/** What was learnt of the line, and of how long everything takes, was another network's. */
function onNewNetwork(state: State): State {
	const runs = state.runs.map(({ pace: _, ...run }) => run);
	return { ...state, line: UNKNOWN_LINE, runs };
}

/** The clock was set back: what lies in its new future is forgotten, so that nothing waits for it to come round again. */
function turnBack(state: State, now: Time): State {
	const runs = state.runs.map((run) => ({ ...run, dueAt: now, recent: [] }));
	const hosts = state.hosts.map(() => STRANGER);
	const tracks = state.tracks.map(({ admittedAt, ...track }) => ({
		...track,
		...(admittedAt !== undefined && { admittedAt: Math.min(admittedAt, now) }),
	}));
	return { ...notifiedBy(state, now), now, runs, hosts, tracks, line: UNKNOWN_LINE, reviewedAt: now };
}

function quietly(state: State): Step {
	return { state, notices: [], levels: [] };
}

function arrive(state: State, evidence: Evidence, random: Random): Step {
	const next = ended(state, evidence, random);
	if (next === state || isDoubtful(state, evidence)) return quietly(next);
	switch (evidence.kind) {
		case "control":
			return reconnect(afterControlFailure(listening(next, evidence), evidence), random);
		case "probe": {
			const key = featureKey(evidence.service, evidence.feature);
			if (isSuspicious(next, evidence)) return look(afterSuspicion(next, evidence, random), [key], random);
			const track = next.tracks.get(key);
			return evidence.outcome.kind === "ok" && track && isCalm(track) ? quietly(next) : look(next, [key], random);
		}
		case "source":
		case "reports":
			return look(next, featuresOf(next, evidence.service), random);
	}
}

function isSuspicious({ runs }: State, { checkId, outcome }: ProbeEvidence): boolean {
	return outcome.kind === "failed" || (outcome.kind === "ok" && runs.get(checkId)?.pace?.slow === true);
}

/** What the line loses is learnt from the controls while there is a line. */
function listening(state: State, evidence: ControlEvidence): State {
	return state.connection.state === "trouble" ? state : { ...state, line: heard(state.line, evidence) };
}

/** The controls have spoken: the connection may be another, and what was suspected may now be proven. */
function reconnect(state: State, random: Random): Step {
	const before = state.connection;
	const judged = connectivity(controlRuns(state), state.now, (id) => freshMs(state, id));
	const moved = judged.state !== before.state;
	const connection: Connection = { ...judged, since: moved ? state.now : before.since };
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
	const { state: next, notices } = notify(afterOpening(reviewed.state, reviewed.transitions, random));
	return { state: next, notices, levels: reviewed.levels };
}

function announce(state: State): Step {
	return { ...notify(state), levels: [] };
}

/** What was seen before counts no more, and the controls must pass before anything else is asked. */
function startAfresh(state: State, random: Random): State {
	const holdUntil = state.now + SETTLE_MS;
	const isControl = (id: CheckId) => state.checks.get(id)?.kind === "control";
	const runs = state.runs.map((run, id) => (isControl(id) ? { ...run, recent: [] } : { ...run, attempt: 0 }));
	const connection: Connection = { ...connectivity([], state.now), since: state.now };
	return everythingSoon(
		{ ...state, runs, connection, holdUntil, trustedSince: holdUntil },
		holdUntil,
		RESUME_WITHIN_MS,
		random,
	);
}

function askNow(state: State, { services }: Pick<Asked, "services">): State {
	const asked: Asked = { at: state.now, ...(services && { services }) };
	const wanted = [...state.checks.values()].filter((check) => isAskedFor(check, asked));
	return bringForward(
		{ ...state, asked },
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
