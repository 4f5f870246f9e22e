import { cloudKin } from "./attribution.ts";
import { DOUBTFUL_STEPS } from "./cadence.ts";
import type { ControlCheck, ProbeCheck } from "./check.ts";
import type { ControlEvidence, ProbeEvidence } from "./evidence.ts";
import type { Transition } from "./hysteresis.ts";
import { isProblem } from "./level.ts";
import { politeAt } from "./manners.ts";
import type { CheckId, Time } from "./model.ts";
import type { Random } from "./random.ts";
import { bringForward } from "./runs.ts";
import { featureKey, type State } from "./state.ts";

/** Vendors whose controls are asked with each failure that counts: one more than it takes to vouch for the line. */
const VENDORS_ASKED = 4;
/** A host that failed this often has its owner's other features asked, and the official page read. */
const REPEATED = 2;
/** From here on it may be down, and those behind the same provider are asked too. */
const PROVED = 3;
/** One control that fails is that vendor's affair; from here on it may be the line's. */
const FAILED_CONTROLS_TO_ASK_ALL = 2;
/** Failures of probes this close together may be the line's. */
const SAME_MOMENT_MS = 20_000;
/** Failures of controls this close together may have one reason. */
const TOGETHER_MS = 60_000;
/** Siblings are asked within this time, not all at once. */
const SIBLINGS_WITHIN_MS = 10_000;

/**
 * A probe failed, or was much too slow: while that is being proved, the other hosts of its feature are asked with it, so that a lucky
 * pass of theirs costs seconds and not a round. So are the controls of several vendors: the line is to be known good at the very moment
 * of each failure that counts. What fails again has its kin asked: an outage is seldom one feature's alone.
 */
export function afterSuspicion(state: State, evidence: ProbeEvidence, random: Random): State {
	const key = featureKey(evidence.service, evidence.feature);
	const track = state.tracks.get(key);
	// a feature that is known to be in trouble has nothing to prove
	if (track && isProblem(track.level)) return state;
	const { attempt, recent } = state.runs.get(evidence.checkId) ?? { attempt: 0, recent: [] };
	if (attempt > DOUBTFUL_STEPS) return state;
	if (evidence.outcome.kind !== "failed") return askOthers(askAround(state, evidence, true), evidence);
	const failures = recent.slice(0, attempt).filter(({ outcome }) => outcome.kind === "failed").length;
	const asked = askAround(state, evidence, failures >= REPEATED || hasCompany(state, evidence));
	if (failures === REPEATED) return askKin(askPage(asked, evidence), evidence, isOfOwner(state, evidence), random);
	return failures === PROVED ? askKin(asked, evidence, isBehind(evidence), random) : asked;
}

/** The other hosts of the feature, and the controls of several vendors where the line may have to do with it. */
function askAround(state: State, { checkId, service, feature }: ProbeEvidence, isSerious: boolean): State {
	const siblings = (state.probesOf.get(featureKey(service, feature)) ?? []).filter((id) => id !== checkId);
	return bringForward(state, [...siblings, ...(isSerious ? someControls(state) : [])], state.now);
}

/** One lost run is nothing; two of different checks at almost the same time may be the line's. */
function hasCompany(state: State, { checkId, at }: ProbeEvidence): boolean {
	return [...state.runs].some(
		([
			id,
			{
				recent: [newest],
			},
		]) => {
			const failed = newest?.kind === "probe" && newest.outcome.kind === "failed";
			return failed && id !== checkId && at - newest.at < SAME_MOMENT_MS;
		},
	);
}

/** One host each of several other owners: where they are slow, too, it is the line. */
function askOthers(state: State, { service }: ProbeEvidence): State {
	const own = state.services.get(service)?.owner.id;
	const oldest = [...state.probesOfOwner].flatMap(([owner, probes]) =>
		owner === own ? [] : [probes.reduce((a, b) => (startOf(state, b.id) < startOf(state, a.id) ? b : a)).id],
	);
	const oldestFirst = oldest.sort((a, b) => startOf(state, a) - startOf(state, b));
	return bringForward(state, oldestFirst.slice(0, VENDORS_ASKED), state.now);
}

/** The official page may have admitted it already, and other people may have reported it. */
function askPage(state: State, { service }: ProbeEvidence): State {
	const [pages = [], reports = []] = [state.sourcesOf.get(service), state.reportsOf.get(service)];
	return bringForward(state, [...pages, ...reports], state.now);
}

/** Of every other feature that may be touched, the host that was asked longest ago. */
function askKin(
	state: State,
	{ service, feature }: ProbeEvidence,
	isKin: (check: ProbeCheck) => boolean,
	random: Random,
): State {
	const kin = [...state.checks.values()].filter(
		(check): check is ProbeCheck =>
			check.kind === "probe" && !(check.service === service && check.feature === feature) && isKin(check),
	);
	const byFeature = Map.groupBy(kin, (check) => featureKey(check.service, check.feature));
	let next = state;
	for (const checks of byFeature.values()) {
		const oldest = checks.reduce((a, b) => (startOf(state, b.id) < startOf(state, a.id) ? b : a));
		next = bringForward(next, [oldest.id], state.now + random.next() * SIBLINGS_WITHIN_MS);
	}
	return next;
}

function isOfOwner(state: State, { service }: ProbeEvidence): (check: ProbeCheck) => boolean {
	const owner = state.services.get(service)?.owner.id;
	return (check) => state.services.get(check.service)?.owner.id === owner;
}

function isBehind({ edge, upstream }: ProbeEvidence): (check: ProbeCheck) => boolean {
	const provider = edge ?? upstream;
	return (check) => provider !== undefined && check.upstream === provider;
}

function startOf(state: State, id: CheckId): Time {
	return state.runs.get(id)?.recent[0]?.startedAt ?? 0;
}

/** A control failed: those of some other vendors are asked, and all once a second one fails too. It is asked again in its own time. */
export function afterControlFailure(state: State, evidence: ControlEvidence): State {
	if (evidence.outcome.kind === "ok") return state;
	const failed = [...state.runs.values()].filter(
		({ recent: [newest] }) =>
			newest?.kind === "control" && newest.outcome.kind !== "ok" && state.now - newest.at < TOGETHER_MS,
	);
	const others =
		failed.length >= FAILED_CONTROLS_TO_ASK_ALL
			? idleControls(state).flatMap(({ id }) => (id === evidence.checkId ? [] : [id]))
			: someControls(state, evidence.vendor);
	return bringForward(
		state,
		others.filter((id) => !isFollowed(state, id)),
		state.now,
	);
}

/** A control that has answered since the connection was lost comes again at the pace of a lost connection, and no sooner. */
function isFollowed({ connection, runs }: State, id: CheckId): boolean {
	return connection.state === "trouble" && (runs.get(id)?.recent[0]?.at ?? 0) >= connection.since;
}

/** An outage opened: everything of the same owner, and everything behind a suspected provider, is asked soon. */
export function afterOpening(state: State, transitions: readonly Transition[], random: Random): State {
	let next = state;
	for (const { kind, service, feature } of transitions) {
		if (kind !== "opened") continue;
		const suspects = new Set(state.tracks.get(featureKey(service, feature))?.verdict.suspects);
		const opened = state.services.get(service);
		const owner = opened?.owner.id;
		const kin = new Set(opened ? cloudKin(opened, state.services).map(({ id }) => id) : []);
		for (const check of state.checks.values()) {
			if (check.kind === "control") continue;
			const related =
				state.services.get(check.service)?.owner.id === owner ||
				suspects.has(check.service) ||
				kin.has(check.service) ||
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

/** One control each of several vendors: those that were asked longest ago. */
function someControls(state: State, except?: string): CheckId[] {
	const idle = idleControls(state).filter(({ vendor }) => vendor !== except);
	const oldestFirst = idle.sort((a, b) => startOf(state, a.id) - startOf(state, b.id));
	const byVendor = Map.groupBy(oldestFirst, ({ vendor }) => vendor);
	return [...byVendor.values()].flatMap(([oldest]) => oldest?.id ?? []).slice(0, VENDORS_ASKED);
}

/** Controls that may be asked for the sake of others now. */
function idleControls(state: State): ControlCheck[] {
	return [...state.checks.values()].filter(
		(check): check is ControlCheck =>
			check.kind === "control" && politeAt(state.hosts.get(check.host), "control") <= state.now,
	);
}
