import { attribute, type BrokenUpstream, brokenUpstreams, providerAtFault } from "./attribution.ts";
import { chronicled } from "./chronicle.ts";
import type { LevelChange } from "./history.ts";
import { advance, isUnstable, type Track, type Transition, UNSTABLE } from "./hysteresis.ts";
import { recordTransitions } from "./incident-book.ts";
import { type Incident, type IncidentFeature, openFeatures } from "./incidents.ts";
import { isProblem } from "./level.ts";
import type { FeatureName, ServiceId } from "./model.ts";
import { type FeatureKey, featureKey, type State } from "./state.ts";
import type { Verdict } from "./verdict.ts";
import { verdictOf } from "./verdict-of.ts";
import { testimonyIn, witnessed } from "./witnessed.ts";

export interface Reviewed {
	readonly state: State;
	readonly transitions: readonly Transition[];
	readonly levels: readonly LevelChange[];
}

/** Looks at the given features again, and at what follows for incidents. While the connection is in doubt nothing moves. */
export function review(state: State, keys: Iterable<FeatureKey>): Reviewed {
	if (state.connection.state !== "online") return { state, transitions: [], levels: [] };
	let { tracks } = state;
	const transitions: Transition[] = [];
	const levels: LevelChange[] = [];
	let moved = false;
	for (const key of keys) {
		const before = state.tracks.get(key);
		if (!before) continue;
		const { track, transition } = advance(before, verdictOf(state, before), state.now);
		if (hasMoved(before, track)) moved = true;
		tracks = tracks.with(key, track);
		if (transition) transitions.push(transition);
		if (track.level !== before.level) levels.push(levelChange(track));
	}
	const next = { ...state, tracks };
	return { state: moved ? follow(next, transitions) : next, transitions, levels };
}

/** Whether incidents may have to follow. */
function hasMoved(before: Track, after: Track): boolean {
	if (before.level !== after.level) return true;
	return (
		before.verdict.culprit !== after.verdict.culprit ||
		before.verdict.standing !== after.verdict.standing ||
		(isProblem(after.level) &&
			(testimonyIn(before.verdict.reasons) !== testimonyIn(after.verdict.reasons) ||
				before.suspects?.join() !== after.suspects?.join()))
	);
}

function follow(state: State, transitions: readonly Transition[]): State {
	if (transitions.length === 0 && !state.book.incidents.some(isOpen)) return state;
	const blame = withOpenOnes(brokenUpstreams(state.tracks.values(), state.services), state);
	const blamed = { ...state, blame, tracks: blaming(state, blame) };
	const blameOf = (service: ServiceId, feature: FeatureName) => blameFor(blamed, service, feature);
	const book = recordTransitions(state.book, transitions, blameOf, state.now);
	const incidents = book.incidents.map((incident) => (isOpen(incident) ? annotated(blamed, incident) : incident));
	return { ...blamed, book: { ...book, incidents } };
}

/** While its incident is open a provider stays to blame for what fails behind it, though it may be one service alone by now. */
function withOpenOnes(broken: readonly BrokenUpstream[], { book, tracks }: State): readonly BrokenUpstream[] {
	const others = book.incidents.filter(
		(incident) =>
			isOpen(incident) &&
			incident.cause === "upstream" &&
			!broken.some(({ provider }) => provider === incident.culprit),
	);
	return others.length === 0 ? broken : [...broken, ...others.map((incident) => brokenBy(incident, tracks))];
}

/** What is well again by now the incident still holds: it is written only after the blame is found. */
function brokenBy(incident: Incident, tracks: State["tracks"]): BrokenUpstream {
	const isTroubled = ({ service, feature }: IncidentFeature) =>
		isProblem(tracks.get(featureKey(service, feature))?.level ?? "unknown");
	const services = new Set(openFeatures(incident).flatMap((held) => (isTroubled(held) ? [held.service] : [])));
	return { provider: incident.culprit, services: [...services].sort(), itself: true };
}

/** The incident with what its features' verdicts say of it as a whole. */
function annotated(state: State, incident: Incident): Incident {
	const tracks = openFeatures(incident).flatMap(
		({ service, feature }) => state.tracks.get(featureKey(service, feature)) ?? [],
	);
	const reasons = tracks.flatMap(({ verdict }) => verdict.reasons);
	const news = {
		...witnessed(incident, reasons, state.now),
		...(!incident.unstable && tracks.some((track) => isUnstable(track, state.now)) && { unstable: true as const }),
	};
	// the same object tells history that there is nothing to write
	return Object.keys(news).length === 0 ? incident : chronicled(incident, { ...incident, ...news }, state.now);
}

/** What is once found to be a provider's fault stays so until it is over. */
function blaming({ tracks, services }: State, blame: readonly BrokenUpstream[]): State["tracks"] {
	let next = tracks;
	for (const [key, track] of tracks) {
		if (!isProblem(track.level) || track.blamed !== undefined) continue;
		const provider = providerAtFault(track, blame, services);
		if (provider !== undefined) next = next.with(key, { ...track, blamed: provider });
	}
	return next;
}

function blameFor(state: State, service: ServiceId, feature: FeatureName) {
	const track = state.tracks.get(featureKey(service, feature));
	const verdict = track && attributed(state, track);
	return verdict?.culprit === undefined ? undefined : { cause: verdict.cause, culprit: verdict.culprit };
}

/** The verdict of a track with the blame where it belongs, given everything else that fails, and whether it comes and goes. */
export function attributed(state: State, track: Track): Verdict {
	const verdict = attribute(track, state.blame, state.services);
	const { openings = [] } = track;
	if (!isUnstable(track, state.now)) return verdict;
	const unstable = {
		kind: "unstable",
		changes: openings.length,
		withinMs: UNSTABLE.withinMs,
		at: openings[0] ?? 0,
	} as const;
	return { ...verdict, reasons: [...verdict.reasons, unstable] };
}

function levelChange({ service, feature, level, since }: Track): LevelChange {
	return { service, feature, level, at: since };
}

function isOpen(incident: Incident): boolean {
	return incident.closedAt === undefined;
}
