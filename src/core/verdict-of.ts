import { cloudKin, edgeInQuestion } from "./attribution.ts";
import type { ProbeCheck } from "./check.ts";
import { PROOF } from "./confidence.ts";
import type { ProbeEvidence } from "./evidence.ts";
import { isFresh, SOURCE_FRESH_MS } from "./freshness.ts";
import { fuse, type OfficialWord } from "./fuse.ts";
import type { Track } from "./hysteresis.ts";
import { isProblem } from "./level.ts";
import { lossOf } from "./line.ts";
import type { CheckId, Feature, FeatureName, Service, ServiceId, Time } from "./model.ts";
import type { OfficialWords } from "./official-levels.ts";
import { isSlow, usualMs } from "./pace.ts";
import { reportWords } from "./report-words.ts";
import { othersQuickAt } from "./slowness.ts";
import { featureKey, freshMs, type State } from "./state.ts";
import { type Witness, witnesses } from "./streak.ts";
import type { Reason, Verdict } from "./verdict.ts";

/** A page that was good for an hour is read again a little after it. */
const LATE_MS = 2 * 60_000;

/** What is known of a feature, gathered from the state and weighed. Pure. */
export function verdictOf(state: State, { service: id, feature: name, level, provedAt }: Track): Verdict {
	const service = state.services.get(id) as Service;
	const feature = service.features.find((each) => each.name === name) as Feature;
	const { now, connection } = state;
	const own = witnessesIn(state, state.probesOf.get(featureKey(id, name)) ?? []);
	const verdict = fuse({
		feature,
		owner: service.owner.id,
		witnesses: own,
		official: wordsFor(state, id, name),
		...(state.reportsOf.has(id) && { reports: reportWords(state, id) }),
		...(provedAt !== undefined && { provedAt }),
		...(isProblem(level)
			? { known: true }
			: own.some(({ weight }) => weight >= PROOF) && { kin: failingKin(state, service, name) }),
		...(connection.vouchedAt !== undefined && { vouchedAt: connection.vouchedAt }),
		...(own.some(({ weight }) => weight > 0) && { loss: lossOf(state.line, now) }),
		...(own.some(({ usualMs }) => usualMs !== undefined) && quickness(state, service)),
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

function quickness(state: State, { owner }: Service): { othersQuickAt?: Time } {
	const at = othersQuickAt(state, owner.id);
	return at === undefined ? {} : { othersQuickAt: at };
}

function witnessesIn(state: State, checks: readonly CheckId[]): Witness[] {
	const runs = checks.flatMap(
		(id) => state.runs.get(id)?.recent.filter((run): run is ProbeEvidence => run.kind === "probe") ?? [],
	);
	return witnesses(runs, state.trustedSince, state.now, (check) => freshMs(state, check)).map((witness) =>
		witness.says === "passes" ? withPace(state, checks, witness) : witness,
	);
}

/** A host is slow where every check of it is. */
function withPace(state: State, checks: readonly CheckId[], witness: Witness): Witness {
	const paces = checks.flatMap((id) => (state.checks.get(id)?.host === witness.host ? [state.runs.get(id)?.pace] : []));
	const [pace] = paces;
	return pace && paces.every((each) => each && isSlow(each)) ? { ...witness, usualMs: usualMs(pace) } : witness;
}

/** Hosts of other features of the same owner whose newest run failed; of the clouds it runs in and of what runs in it, those that no edge may explain. */
function failingKin(state: State, service: Service, feature: FeatureName): Witness[] {
	const ofOwner = (state.probesOfOwner.get(service.owner.id) ?? []).filter(
		(check) => !(check.service === service.id && check.feature === feature),
	);
	const ofClouds = cloudKin(service, state.services).flatMap((other) => probesOfService(state, other));
	return [
		...failingAmong(state, ofOwner),
		...failingAmong(state, ofClouds).filter((witness) => {
			const edge = edgeInQuestion(witness);
			return edge === undefined || edge === service.id || service.runsOn?.includes(edge);
		}),
	];
}

function failingAmong(state: State, checks: readonly ProbeCheck[]): Witness[] {
	const failing = checks.filter(({ id }) => {
		const newest = state.runs.get(id)?.recent[0];
		return newest?.kind === "probe" && newest.outcome.kind === "failed";
	});
	return witnessesIn(
		state,
		failing.map(({ id }) => id),
	);
}

function probesOfService({ probesOfOwner }: State, { id, owner }: Service): readonly ProbeCheck[] {
	return (probesOfOwner.get(owner.id) ?? []).filter(({ service }) => service === id);
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
