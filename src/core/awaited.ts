import { hearing, type Wanted } from "./hearing.ts";
import { type Incident, openFeatures } from "./incidents.ts";
import type { Level } from "./level.ts";
import type { FeatureName, ServiceId, Time } from "./model.ts";
import type { BackNotice } from "./notice.ts";
import { type Tellings, toldOver, withoutService } from "./tellings.ts";

/** A service in trouble of which someone wants to hear, once, that it is back. */
export interface Awaited {
	readonly service: ServiceId;
	/** What was in trouble when they asked, or came to be since. */
	readonly features: readonly FeatureName[];
	/** When its trouble began. */
	readonly since: Time;
}

/** The level that people are shown of a feature; `undefined` where it is not watched. */
export type LevelOf = (service: ServiceId, feature: FeatureName) => Level | undefined;

/** What is awaited, with one service more; as it was where that service is well, or awaited already. */
export function awaiting(
	awaited: readonly Awaited[],
	service: ServiceId,
	incidents: readonly Incident[],
): readonly Awaited[] {
	const trouble = troubleOf(service, incidents);
	if (trouble.length === 0 || awaited.some((each) => each.service === service)) return awaited;
	const since = Math.min(...trouble.map((held) => held.since));
	return [...awaited, { service, features: trouble.map(({ feature }) => feature), since }];
}

/** What is awaited, with the features that came to be in trouble since. */
export function grown(awaited: readonly Awaited[], incidents: readonly Incident[]): readonly Awaited[] {
	const next = awaited.map((each) => {
		const more = troubleOf(each.service, incidents).filter(({ feature }) => !each.features.includes(feature));
		return more.length === 0 ? each : { ...each, features: [...each.features, ...more.map(({ feature }) => feature)] };
	});
	return next.every((each, index) => each === awaited[index]) ? awaited : next;
}

/** Whether nothing of it is in trouble and all that was is seen to work: what cannot be seen now is awaited still. */
export function isBack({ service, features }: Awaited, incidents: readonly Incident[], levelOf: LevelOf): boolean {
	return (
		troubleOf(service, incidents).length === 0 &&
		features.every((feature) => (levelOf(service, feature) ?? "operational") === "operational")
	);
}

export function backNotice({ service, features, since }: Awaited, now: Time): BackNotice {
	return { kind: "back", at: now, service, features, since };
}

/** The tellings after people have heard that a service is back: neither that it is well nor that its outage is over is told again. */
export function toldBack(
	told: Tellings,
	service: ServiceId,
	incidents: readonly Incident[],
	wanted: Wanted,
	now: Time,
): Tellings {
	const byId = new Map(incidents.map((incident) => [incident.id, incident]));
	return new Map(
		[...told].map(([id, before]) => {
			const telling = before.closedAt === undefined ? withoutService(before, service) : before;
			const incident = before.over?.incident ?? byId.get(id);
			if (telling === before || telling.believed.length > 0 || !incident) return [id, telling];
			const left = hearing(incident, before, wanted).incident;
			return [id, left && left.closedAt === undefined ? telling : toldOver(before, incident, now)];
		}),
	);
}

function troubleOf(service: ServiceId, incidents: readonly Incident[]) {
	return incidents.flatMap((incident) =>
		incident.closedAt === undefined ? openFeatures(incident).filter((held) => held.service === service) : [],
	);
}
