import { type Incident, type IncidentFeature, openFeatures } from "./incidents.ts";
import { type Mute, muteOf } from "./mutes.ts";
import { type NotificationRule, wants } from "./notice-rules.ts";
import { forgetting, serviceOf, type Telling } from "./tellings.ts";

/** What people want to hear: their rules, and what they have muted. */
export interface Wanted {
	readonly rules: readonly NotificationRule[];
	readonly mutes: readonly Mute[];
}

/** An incident as people are to hear of it, and what they have heard; no incident where there is nothing for them in it. */
export interface Hearing {
	readonly incident?: Incident;
	readonly telling?: Telling;
	/** True where all that goes on is muted: there is no news then. */
	readonly silent?: boolean;
}

/**
 * Holds an incident against what people want. What is not wanted is as if the incident did not hold it, unless they have heard of it:
 * then they hear of its end too. What is muted stays as they know it while it goes on, and is forgotten without a word when it ends.
 */
export function hearing(incident: Incident, before: Telling | undefined, { rules, mutes }: Wanted): Hearing {
	const isMuted = (service: string) => mutes.length > 0 && muteOf(mutes, service) !== undefined;
	const telling = before && mutes.length > 0 ? withoutEnded(before, incident, isMuted) : before;
	const known = telling && telling.closedAt === undefined ? telling.features : {};
	const held = openFeatures(incident).length;
	const alone = (held || incident.features.length) === 1;
	const { cause, reported = false } = incident;
	const kept = incident.features.flatMap((each): IncidentFeature[] => {
		const told = known[`${each.service}/${each.feature}`];
		if (isMuted(each.service)) return told && each.until === undefined ? [{ ...each, level: told }] : [];
		return told || wants(rules, { ...each, cause, alone, reported }) ? [each] : [];
	});
	const heard = { ...(telling && { telling }) };
	if (kept.length === 0) return heard;
	const whole = kept.length === incident.features.length && kept.every((each, n) => each === incident.features[n]);
	const part = whole ? incident : partOf(incident, kept);
	const open = openFeatures(part);
	const silent = open.length > 0 && open.every(({ service }) => isMuted(service));
	return { ...heard, incident: part, ...(silent && { silent }) };
}

/** The telling without muted services whose trouble has ended. */
function withoutEnded(telling: Telling, incident: Incident, isMuted: (service: string) => boolean): Telling {
	const troubled = new Set(openFeatures(incident).map(({ service }) => service));
	const isOver = (service: string) => isMuted(service) && !troubled.has(service);
	const lastEnd = Math.max(...incident.features.map(({ until = telling.at }) => until));
	return forgetting(telling, (key) => isOver(serviceOf(key)), lastEnd);
}

/** The incident as if it held these features only. */
function partOf(incident: Incident, features: readonly IncidentFeature[]): Incident {
	const { closedAt: _, ...rest } = incident;
	const openedAt = Math.max(incident.openedAt, Math.min(...features.map(({ since }) => since)));
	if (features.some(({ until }) => until === undefined)) return { ...rest, openedAt, features };
	const closedAt = incident.closedAt ?? Math.max(...features.map(({ until = openedAt }) => until));
	return { ...rest, openedAt, features, closedAt };
}
