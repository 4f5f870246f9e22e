import type { FailedControl } from "./connectivity.ts";
import type { Failure } from "./failure.ts";
import { isCalm } from "./hysteresis.ts";
import { type Incident, openFeatures } from "./incidents.ts";
import { type Level, worst } from "./level.ts";
import type { Cause, FeatureName, Service, ServiceId, Time } from "./model.ts";
import { type MuteEnd, muteOf } from "./mutes.ts";
import type { DigestNotice } from "./notice.ts";
import { attributed } from "./review.ts";
import { progress } from "./schedule.ts";
import { featureKey, type State } from "./state.ts";
import type { Reason } from "./verdict.ts";
import { verdictOf } from "./verdict-of.ts";

/** All that a tray, a window or a terminal shows, at one moment. Plain data: it survives JSON. */
export interface Snapshot {
	readonly at: Time;
	/** The worst level of all features that can be seen; `unknown` without a connection. */
	readonly level: Level;
	readonly connection: ConnectionView;
	readonly services: readonly ServiceView[];
	/** Open ones first, the newest first among each. */
	readonly incidents: readonly Incident[];
	/** How far the present round is: the first one, or the one that somebody has just asked for. */
	readonly round: { readonly done: number; readonly total: number };
	/** Names by id of the owners and services named in causes and reasons. */
	readonly names: Readonly<Record<string, string>>;
	/** While nothing at all is told, and until when. */
	readonly muted?: { readonly until: MuteEnd };
	/** Why nothing is shown just now; what happens is summed up when it ends. */
	readonly hush?: DigestNotice["why"];
}

export interface ConnectionView {
	readonly state: "unknown" | "online" | "trouble";
	readonly cause?: Cause;
	readonly since: Time;
	readonly passed: number;
	readonly failed: readonly FailedControl[];
}

export interface ServiceView {
	readonly id: ServiceId;
	readonly name: string;
	readonly level: Level;
	readonly features: readonly FeatureView[];
	readonly sources: readonly SourceView[];
	readonly page?: string;
	/** While nothing is told of it, by its own mute or that of everything, and until when. */
	readonly muted?: { readonly until: MuteEnd };
	/** True while someone is to be told when it is back. */
	readonly awaited?: true;
}

export interface FeatureView {
	readonly feature: FeatureName;
	/** What people are told. Without a connection `unknown`, whatever was known before. */
	readonly level: Level;
	/** Since when, where it has been this level. */
	readonly since: Time;
	readonly cause: Cause;
	readonly culprit?: string;
	readonly confidence: number;
	/** Something failed and is being proved: not shown as trouble. */
	readonly suspected: boolean;
	/** Why no probe can see it. */
	readonly blind?: string;
	/** The weightiest first. */
	readonly reasons: readonly Reason[];
}

/** The health of an official source, apart from what it says. */
interface SourceView {
	readonly url: string;
	readonly page?: string;
	readonly format?: string;
	readonly readAt?: Time;
	readonly failure?: Failure;
	/** What it says of the service as a whole. */
	readonly level: Level;
	readonly title?: string;
}

/** The one picture of a state. Pure. */
export function project(state: State): Snapshot {
	const services = [...state.services.values()].map((service) => serviceView(state, service));
	return {
		at: state.now,
		level: worst(services.map((service) => service.level)),
		connection: connectionView(state),
		services,
		incidents: [...state.book.incidents].filter(({ mergedInto }) => mergedInto === undefined).sort(openFirst),
		round: progress(state),
		names: state.names,
		...mutedView(state, undefined),
		...(state.desk.hush && { hush: state.desk.hush.why }),
	};
}

function connectionView({ connection: { state, cause, since, passed, failed } }: State): ConnectionView {
	return { state, ...(cause && { cause }), since, passed, failed };
}

function serviceView(state: State, service: Service): ServiceView {
	const features = service.features.map((feature) => featureView(state, service, feature.name, feature.blind));
	return {
		id: service.id,
		name: service.name,
		level: worst(features.map((feature) => feature.level)),
		features,
		sources: sourceViews(state, service.id),
		...(service.page && { page: service.page }),
		...mutedView(state, service.id),
		...(state.desk.awaited.some((each) => each.service === service.id) && { awaited: true }),
	};
}

function mutedView({ desk }: State, service: ServiceId | undefined): Pick<Snapshot, "muted"> {
	const mute = muteOf(desk.mutes, service);
	return mute ? { muted: { until: mute.until } } : {};
}

function featureView(state: State, service: Service, feature: FeatureName, blind: string | undefined): FeatureView {
	const track = state.tracks.get(featureKey(service.id, feature));
	const base = { feature, since: track?.since ?? state.startedAt, ...(blind && { blind }) };
	const { connection } = state;
	if (!track || connection.state === "trouble") {
		const cause = connection.cause ?? "unknown";
		return {
			...base,
			level: "unknown",
			cause,
			confidence: 0,
			suspected: false,
			reasons: [{ kind: "no_connection", cause }],
		};
	}
	// a pass where all is well moves nothing, and is looked at only here
	const verdict = attributed(state, isCalm(track) ? { ...track, verdict: verdictOf(state, track) } : track);
	const told = verdict.level === track.level;
	return {
		...base,
		level: track.level,
		cause: verdict.cause,
		...(verdict.culprit && { culprit: verdict.culprit }),
		confidence: told ? verdict.confidence : Math.min(verdict.confidence, 0.5),
		suspected: verdict.standing === "suspected",
		reasons: verdict.reasons,
	};
}

function sourceViews(state: State, service: ServiceId): SourceView[] {
	return (state.sourcesOf.get(service) ?? []).flatMap((id): SourceView[] => {
		const check = state.checks.get(id);
		const run = state.runs.get(id);
		if (check?.kind !== "source") return [];
		const newest = run?.recent[0]?.kind === "source" ? run.recent[0] : undefined;
		const failure = newest?.outcome.kind === "failed" ? newest.outcome.failure : undefined;
		const format = newest?.outcome.kind === "read" ? newest.outcome.page.format : undefined;
		return [
			{
				url: check.source.url,
				level: run?.words?.whole.level ?? "unknown",
				...(run?.words && { page: run.words.page, readAt: run.words.at }),
				...(run?.words?.whole.title && { title: run.words.whole.title }),
				...(format && { format }),
				...(failure && { failure }),
			},
		];
	});
}

function openFirst(a: Incident, b: Incident): number {
	return Number(openFeatures(b).length > 0) - Number(openFeatures(a).length > 0) || b.openedAt - a.openedAt;
}
