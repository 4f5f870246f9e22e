import { type Incident, openFeatures } from "./incidents.ts";
import { compareLevels, type Level, worst } from "./level.ts";
import { tomorrowMorning, type ZoneOffsetAt } from "./local-time.ts";
import type { ServiceId, Time } from "./model.ts";

/** Nothing is to be told of a service for a while. */
export interface Mute {
	/** All services, and the connection, where absent. */
	readonly service?: ServiceId;
	readonly until: MuteEnd;
}

/** At a moment, when the trouble there is now is over, or when it becomes worse than `level`. */
export type MuteEnd =
	| { readonly kind: "time"; readonly at: Time }
	| { readonly kind: "resolved" }
	| { readonly kind: "worse"; readonly level: Level };

/** How long, as people ask for it. */
export type MuteWish = Time | "tomorrow" | "resolved" | "worse";

/** The mutes with one more, in place of what there was for the same service. */
export function withMute(
	mutes: readonly Mute[],
	service: ServiceId | undefined,
	wish: MuteWish,
	{ now, incidents, zoneOffsetAt }: { now: Time; incidents: readonly Incident[]; zoneOffsetAt: ZoneOffsetAt },
): readonly Mute[] {
	const mute = { ...(service !== undefined && { service }), until: endOf() };
	return [...mutes.filter((other) => other.service !== service), mute];

	function endOf(): MuteEnd {
		if (wish === "resolved") return { kind: "resolved" };
		if (wish === "worse") return { kind: "worse", level: levelOf(incidents, service) };
		return { kind: "time", at: wish === "tomorrow" ? tomorrowMorning(now, zoneOffsetAt) : wish };
	}
}

/** The mutes without that of a service; none at all where none is named. */
export function withoutMute(mutes: readonly Mute[], service: ServiceId | undefined): readonly Mute[] {
	return service === undefined ? [] : mutes.filter((mute) => mute.service !== service);
}

/** What speaks of a service: its own mute, or else that of everything. */
export function muteOf(mutes: readonly Mute[], service: ServiceId | undefined): Mute | undefined {
	return mutes.find((mute) => mute.service === service) ?? mutes.find((mute) => mute.service === undefined);
}

/** What is left of the mutes, and why others have ended. */
export interface EndedMutes {
	readonly mutes: readonly Mute[];
	/** Services whose trouble has become worse than their mute allowed. */
	readonly worse: readonly ServiceId[];
	/** Mutes whose trouble is over. */
	readonly resolved: readonly Mute[];
}

export function endMutes(mutes: readonly Mute[], incidents: readonly Incident[], now: Time): EndedMutes {
	if (mutes.length === 0) return { mutes, worse: [], resolved: [] };
	const worse = new Set<ServiceId>();
	const lasting = mutes.filter(({ service, until }) => {
		if (until.kind === "time") return now < until.at;
		const level = levelOf(incidents, service);
		if (until.kind === "resolved") return level !== "unknown";
		if (compareLevels(level, until.level) <= 0) return true;
		for (const own of troubleOf(incidents, service)) {
			if (compareLevels(own.level, until.level) > 0) worse.add(own.service);
		}
		return false;
	});
	if (lasting.length === mutes.length) return { mutes, worse: [], resolved: [] };
	const resolved = mutes.filter((mute) => mute.until.kind === "resolved" && !lasting.includes(mute));
	return { mutes: lasting, worse: [...worse], resolved };
}

/** The mutes under a clock that was set back: what is left of them stays what it was. */
export function mutesBy(mutes: readonly Mute[], from: Time, to: Time): readonly Mute[] {
	return mutes.map((mute) =>
		mute.until.kind === "time" ? { ...mute, until: { kind: "time", at: mute.until.at - from + to } } : mute,
	);
}

/** The worst level of a service's trouble, or of all; `unknown` where there is none. */
function levelOf(incidents: readonly Incident[], service: ServiceId | undefined): Level {
	return worst(troubleOf(incidents, service).map(({ level }) => level));
}

function troubleOf(incidents: readonly Incident[], service: ServiceId | undefined) {
	return incidents.flatMap((incident) =>
		incident.closedAt === undefined
			? openFeatures(incident).filter((held) => service === undefined || held.service === service)
			: [],
	);
}
