import { attribute, brokenUpstreams } from "./attribution.ts";
import type { ProbeEvidence } from "./evidence.ts";
import { isFresh, SOURCE_FRESH_MS } from "./freshness.ts";
import { fuse, type OfficialWord } from "./fuse.ts";
import type { LevelChange } from "./history.ts";
import { advance, type Track, type Transition } from "./hysteresis.ts";
import { type Incident, recordTransitions } from "./incidents.ts";
import { isProblem } from "./level.ts";
import type { Feature, FeatureName, Service, ServiceId } from "./model.ts";
import type { OfficialWords } from "./official-levels.ts";
import { type FeatureKey, featureKey, freshMs, type State } from "./state.ts";
import { witnesses } from "./streak.ts";
import type { Reason, Verdict } from "./verdict.ts";

/** A page that was good for an hour is read again a little after it. */
const LATE_MS = 2 * 60_000;

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
	for (const key of keys) {
		const before = state.tracks.get(key);
		if (!before) continue;
		const { track, transition } = advance(before, verdictOf(state, before), state.now);
		tracks = tracks.with(key, track);
		if (transition) transitions.push(transition);
		if (track.level !== before.level) levels.push(levelChange(track));
	}
	return { state: follow({ ...state, tracks }, transitions), transitions, levels };
}

function follow(state: State, transitions: readonly Transition[]): State {
	const anyOpen = state.book.incidents.some(isOpen);
	if (transitions.length === 0 && !anyOpen) return state;
	const blamed = { ...state, blame: brokenUpstreams(state.tracks.values(), state.services) };
	const blameOf = (service: ServiceId, feature: FeatureName) => blameFor(blamed, service, feature);
	return { ...blamed, book: recordTransitions(state.book, transitions, blameOf, state.now) };
}

function blameFor(state: State, service: ServiceId, feature: FeatureName) {
	const track = state.tracks.get(featureKey(service, feature));
	const verdict = track && attributed(state, track);
	return verdict?.culprit === undefined ? undefined : { cause: verdict.cause, culprit: verdict.culprit };
}

/** The verdict of a track with the blame where it belongs, given everything else that fails. */
export function attributed(state: State, track: Track): Verdict {
	const service = state.services.get(track.service);
	return service ? attribute(service, track.verdict, state.blame) : track.verdict;
}

function verdictOf(state: State, { service: id, feature: name }: Track): Verdict {
	const service = state.services.get(id) as Service;
	const feature = service.features.find((each) => each.name === name) as Feature;
	const { trustedSince, now, connection } = state;
	const verdict = fuse({
		feature,
		owner: service.owner.id,
		witnesses: witnesses(runsOf(state, featureKey(id, name)), trustedSince, now, (check) => freshMs(state, check)),
		official: wordsFor(state, id, name),
		...(connection.vouchedAt !== undefined && { vouchedAt: connection.vouchedAt }),
		loss: connection.loss,
		now,
	});
	return { ...verdict, reasons: [...verdict.reasons, ...unreadPages(state, id)] };
}

/** Official pages that could not be read: they speak neither way, and people should know it. */
function unreadPages(state: State, service: ServiceId): Reason[] {
	return (state.sourcesOf.get(service) ?? []).flatMap((id): Reason[] => {
		const run = state.runs.get(id);
		const newest = run?.recent[0];
		if (newest?.kind !== "source" || newest.outcome.kind !== "failed") return [];
		const page = run?.words?.page ?? state.checks.get(id)?.host ?? id;
		return [{ kind: "source_failed", page, failure: newest.outcome.failure, at: newest.at }];
	});
}

function runsOf(state: State, key: FeatureKey): ProbeEvidence[] {
	return (state.probesOf.get(key) ?? []).flatMap(
		(id) => state.runs.get(id)?.recent.filter((evidence) => evidence.kind === "probe") ?? [],
	);
}

/** What fresh official pages say of a feature. */
function wordsFor(state: State, service: ServiceId, feature: FeatureName): OfficialWord[] {
	return (state.sourcesOf.get(service) ?? []).flatMap((id): OfficialWord[] => {
		const run = state.runs.get(id);
		const newest = run?.recent[0];
		if (!run?.words || newest?.kind !== "source") return [];
		const lasting = Math.max(SOURCE_FRESH_MS, freshMs(state, id), (newest.askAgainAfterMs ?? 0) + LATE_MS);
		if (!isFresh(run.words.at, state.now, lasting)) return [];
		const own = run.words.features.get(feature);
		if (own) return [{ page: run.words.page, at: run.words.at, whole: !run.words.speaksForWhole, ...own }];
		// a page that speaks of the service as a whole, and of no feature, speaks of its front door
		const whole = !(feature === "web" && concernsFrontDoor(run.words));
		return run.words.speaksForWhole ? [{ page: run.words.page, at: run.words.at, whole, ...run.words.whole }] : [];
	});
}

function concernsFrontDoor({ whole: { level }, features }: OfficialWords): boolean {
	return level === "operational" || (isProblem(level) && ![...features.values()].some((own) => isProblem(own.level)));
}

function levelChange({ service, feature, level, since }: Track): LevelChange {
	return { service, feature, level, at: since };
}

function isOpen(incident: Incident): boolean {
	return incident.closedAt === undefined;
}
