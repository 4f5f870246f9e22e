import { type Awaited, backNotice, grown, isBack, type LevelOf, toldBack } from "./awaited.ts";
import { connectionNotice, type LostConnection } from "./connection-notice.ts";
import type { Wanted } from "./hearing.ts";
import { type Hush, hushed, sumUp } from "./hush.ts";
import type { Incident } from "./incidents.ts";
import { compareLevels, type Problem } from "./level.ts";
import type { FeatureName, ServiceId, Time } from "./model.ts";
import { type EndedMutes, endMutes, type Mute, muteOf, mutesBy } from "./mutes.ts";
import type { IncidentNotice, Notice } from "./notice.ts";
import { type Budget, budgetBy, fullBudget, room, spent } from "./notice-budget.ts";
import { type NotificationRule, wantsConnection, wantsEnd } from "./notice-rules.ts";
import { decide } from "./notices.ts";
import type { Connection } from "./state.ts";
import { afterUnseen, forgetting, serviceOf, type Tellings, withoutService } from "./tellings.ts";

/** What people have been told and have asked for. It outlives the program, so that nothing is told twice and no end is lost. */
export interface Desk {
	readonly told: Tellings;
	/** While people believe that the connection is lost. */
	readonly lost?: LostConnection;
	readonly mutes: readonly Mute[];
	readonly awaited: readonly Awaited[];
	readonly hush?: Hush;
	readonly budget: Budget;
	/** Notices so far, in all runs: the number of the next one. */
	readonly count: number;
}

/** What the desk looks at. */
export interface Scene {
	readonly now: Time;
	readonly connection: Connection;
	readonly incidents: readonly Incident[];
	readonly levelOf: LevelOf;
	/** Whether the trouble of a feature is seen now: after a sleep or a restart it is only remembered. */
	readonly isSeen: (service: ServiceId, feature: FeatureName) => boolean;
	/** Whether nothing that may belong to the incident is being proved. */
	readonly isSettled: (incident: Incident) => boolean;
	readonly rules: readonly NotificationRule[];
	/** Why nothing is to be shown now. */
	readonly hush?: { readonly why: Hush["why"]; readonly through?: Problem };
	/** For how long nothing has been looked at. */
	readonly unseenMs: Time;
}

interface Said {
	readonly desk: Desk;
	readonly notices: readonly Notice[];
}

export function newDesk(now: Time): Desk {
	return { told: new Map(), mutes: [], awaited: [], budget: fullBudget(now), count: 0 };
}

/** The desk of an earlier run, or under a clock that has moved from `from` back to `now`. */
export function deskBy(desk: Desk, from: Time, now: Time): Desk {
	const { lost, hush } = desk;
	return {
		...desk,
		told: afterUnseen(desk.told, Number.POSITIVE_INFINITY, now),
		...(lost && { lost: { ...lost, since: Math.min(lost.since, now) } }),
		...(hush && { hush: { ...hush, since: Math.min(hush.since, now) } }),
		mutes: from > now ? mutesBy(desk.mutes, from, now) : desk.mutes,
		awaited: desk.awaited.map((each) => ({ ...each, since: Math.min(each.since, now) })),
		budget: budgetBy(desk.budget, now),
	};
}

/** The desk of people who never got to see that these incidents began: where they go on, they are told anew. */
export function withoutHearing(desk: Desk, incidents: readonly string[]): Desk {
	return incidents.length === 0
		? desk
		: { ...desk, told: new Map([...desk.told].filter(([id]) => !incidents.includes(id))) };
}

/**
 * What to say now, in this order: of the connection, of what somebody awaits, of a hush that is over, of incidents. Nothing is said of
 * services without a connection. What may not be said, or finds no room, is said when it may and does, as things stand then. Pure; gives
 * the same desk where nothing changes.
 */
export function consult(before: Desk, scene: Scene): Said {
	if (isIdle(before, scene)) return { desk: before, notices: [] };
	const desk = tended(before, scene);
	const online = scene.connection.state === "online";
	if (scene.hush) {
		const quiet = { ...desk, hush: hushed(desk.hush, scene.hush.why, scene.now) };
		return ofIncidents({ desk: quiet.hush === desk.hush ? desk : quiet, notices: [] }, scene, online);
	}
	const said = ofConnection({ desk, notices: [] }, scene);
	if (!online) return said;
	const summed = ofHush(ofAwaited(said, scene), scene);
	return summed.desk.hush ? summed : ofIncidents(summed, scene, online);
}

/** Nearly all looks find nothing: they must cost nothing. */
function isIdle({ told, lost, mutes, awaited, hush }: Desk, scene: Scene): boolean {
	if (scene.connection.state === "trouble" || scene.hush || lost || hush) return false;
	if (mutes.length > 0 || awaited.length > 0) return false;
	for (const { closedAt } of scene.incidents) if (closedAt === undefined) return false;
	for (const { closedAt } of told.values()) if (closedAt === undefined) return false;
	return true;
}

/** The desk with its mutes ended and its clocks set, before anything is said. */
function tended(desk: Desk, { incidents, now, unseenMs }: Scene): Desk {
	const { mutes, ...ended } = endMutes(desk.mutes, incidents, now);
	const awaited = grown(desk.awaited, incidents);
	const seen = unseenMs > 0 && desk.told.size > 0 ? afterUnseen(desk.told, unseenMs, now) : desk.told;
	const told = mutes === desk.mutes ? seen : unmuted(seen, ended, now);
	return told === desk.told && mutes === desk.mutes && awaited === desk.awaited
		? desk
		: { ...desk, told, mutes, awaited };
}

/** What was to be silent until it is over ends in silence; what was to be until it is worse is news once it is. */
function unmuted(told: Tellings, { worse, resolved }: Pick<EndedMutes, "worse" | "resolved">, now: Time): Tellings {
	const isOver = (key: string) => muteOf(resolved, serviceOf(key)) !== undefined;
	return new Map(
		[...told].map(([id, telling]) => [
			id,
			telling.closedAt === undefined ? forgetting(worse.reduce(withoutService, telling), isOver, now) : telling,
		]),
	);
}

function ofConnection(said: Said, { connection, rules, now }: Scene): Said {
	const { lost, ...desk } = said.desk;
	const notice = connectionNotice(connection, lost, now);
	if (!notice) return said;
	const isBack = notice.kind === "connection_back";
	const isWanted = isBack ? wantsEnd(rules) : wantsConnection(rules, notice.cause);
	if (muteOf(desk.mutes, undefined) || !isWanted) {
		return isBack ? { ...said, desk } : said;
	}
	return aloud(said, notice, isBack ? desk : { ...desk, lost: { cause: notice.cause, since: notice.since } }, now);
}

function ofAwaited(said: Said, scene: Scene): Said {
	const { incidents, levelOf, now } = scene;
	return said.desk.awaited.reduce((so: Said, each) => {
		if (!isBack(each, incidents, levelOf)) return so;
		const told = toldBack(so.desk.told, each.service, incidents, wantedBy(so.desk, scene), now);
		const awaited = so.desk.awaited.filter((other) => other !== each);
		return aloud(so, backNotice(each, now), { ...so.desk, told, awaited }, now);
	}, said);
}

/** Says what happened in a hush that is over. It stays where there is no room to say it. */
function ofHush(said: Said, scene: Scene): Said {
	const { hush, ...desk } = said.desk;
	if (!hush) return said;
	const { notice, told } = sumUp(hush, desk.told, { ...scene, ...wantedBy(said.desk, scene) });
	return notice ? aloud(said, notice, { ...desk, told }, scene.now) : { ...said, desk };
}

function ofIncidents(said: Said, scene: Scene, online: boolean): Said {
	if (!online) return said;
	const { desk } = said;
	const { now, incidents, hush } = scene;
	const { notices, told } = decide(incidents, desk.told, now, {
		...wantedBy(desk, scene),
		room: hush && !hush.through ? 0 : room(desk.budget, now),
		isSettled: scene.isSettled,
		allows: (notice) => mayBeSaid(notice, scene),
	});
	if (notices.length === 0 && told === desk.told) return said;
	const budget = spent(desk.budget, notices.length, now);
	return {
		desk: { ...desk, told, budget, count: desk.count + notices.length },
		notices: [...said.notices, ...notices],
	};
}

/** Trouble is told only while it is seen; in a hush only what is grave enough comes through, and an end can wait. */
function mayBeSaid({ kind, features }: IncidentNotice, { hush, isSeen }: Scene): boolean {
	const isTrouble = kind === "opened" || kind === "worsened";
	if (isTrouble && !features.some(({ service, feature }) => isSeen(service, feature))) return false;
	const through = hush?.through;
	return through === undefined || (isTrouble && features.some(({ level }) => compareLevels(level, through) >= 0));
}

/** Says one thing, after which the desk is `after`; nothing where there is no room. */
function aloud(said: Said, notice: Notice, after: Desk, now: Time): Said {
	const { budget, count } = said.desk;
	if (room(budget, now) < 1) return said;
	return { desk: { ...after, budget: spent(budget, 1, now), count: count + 1 }, notices: [...said.notices, notice] };
}

function wantedBy({ mutes }: Desk, { rules }: Scene): Wanted {
	return { rules, mutes };
}
