import type { Incident, IncidentFeature } from "./incidents.ts";
import { compareLevels, type Problem } from "./level.ts";
import type { FeatureName, ServiceId, Time } from "./model.ts";

/** One entry of an incident's timeline. */
export type Happening = { readonly at: Time } & (
	| { readonly kind: "opened" | "reopened" | "closed" }
	/** A feature fell into trouble, got worse or better within it, or is well again. */
	| {
			readonly kind: "joined" | "worsened" | "eased" | "well";
			readonly service: ServiceId;
			readonly feature: FeatureName;
			readonly level: Problem;
	  }
	/** Someone else turned out to be at fault. */
	| { readonly kind: "blamed"; readonly culprit: string }
	/** It turned out to be part of another incident. */
	| { readonly kind: "merged"; readonly into: string }
	/** An official page admitted it, for the first time. */
	| { readonly kind: "admitted"; readonly page: string }
);

/** Entries that are kept of the beginning and of the end: what is between them in a very long story is left out. */
const KEPT = { first: 20, last: 60 };

/** The incident with everything in its timeline that differs from how it was before. */
export function chronicled(before: Incident | undefined, after: Incident, at: Time): Incident {
	if (before === after) return after;
	const news = happenings(before, after, at);
	if (news.length === 0) return after;
	const timeline = [...(before?.timeline ?? []), ...news];
	const kept =
		timeline.length <= KEPT.first + KEPT.last
			? timeline
			: [...timeline.slice(0, KEPT.first), ...timeline.slice(-KEPT.last)];
	return { ...after, timeline: kept };
}

function happenings(before: Incident | undefined, after: Incident, at: Time): Happening[] {
	const happened: Happening[] = [];
	if (!before) happened.push({ kind: "opened", at });
	else if (before.closedAt !== undefined && after.closedAt === undefined) happened.push({ kind: "reopened", at });
	happened.push(...after.features.flatMap((now) => ofFeature(featureIn(before, now), now, at)));
	if (before && before.culprit !== after.culprit) happened.push({ kind: "blamed", at, culprit: after.culprit });
	if (after.admitted && !before?.admitted) happened.push({ kind: "admitted", at, page: after.admitted.page });
	if (after.mergedInto !== undefined && before?.mergedInto === undefined)
		happened.push({ kind: "merged", at, into: after.mergedInto });
	else if (after.closedAt !== undefined && before?.closedAt === undefined) happened.push({ kind: "closed", at });
	return happened;
}

function featureIn(incident: Incident | undefined, { service, feature }: IncidentFeature): IncidentFeature | undefined {
	return incident?.features.find((each) => each.service === service && each.feature === feature);
}

function ofFeature(before: IncidentFeature | undefined, now: IncidentFeature, at: Time): Happening[] {
	const { service, feature, level } = now;
	const tell = (kind: "joined" | "worsened" | "eased" | "well"): Happening[] => [{ kind, at, service, feature, level }];
	const wasOpen = before !== undefined && before.until === undefined;
	if (now.until !== undefined) return wasOpen ? tell("well") : [];
	if (!wasOpen) return tell("joined");
	const order = compareLevels(level, before.level);
	return order === 0 ? [] : tell(order > 0 ? "worsened" : "eased");
}
