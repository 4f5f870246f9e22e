import { isFresh } from "./freshness.ts";
import { QUIET_TO_SETTLE_MS } from "./judge.ts";
import { compareLevels, isProblem, type Level } from "./level.ts";
import type { FeatureName, ServiceId, Time } from "./model.ts";
import type { Verdict } from "./verdict.ts";

/** The level people are shown for one feature, and since when; it follows the verdicts without trembling. */
export interface Track {
	readonly service: ServiceId;
	readonly feature: FeatureName;
	readonly level: Level;
	readonly since: Time;
	readonly verdict: Verdict;
	/** Since when the verdicts have been milder than `level`, while there is a problem. */
	readonly milderSince?: Time;
	/** When an official page last admitted this trouble, where one did. */
	readonly admittedAt?: Time;
	/** While there is a problem: the providers suspected when something was last seen to fail. */
	readonly suspects?: readonly ServiceId[];
	/** The provider found to be at fault: it stays so until this trouble is over. */
	readonly blamed?: ServiceId;
	/** When own probes last showed trouble beyond doubt. */
	readonly provedAt?: Time;
	/** When trouble began, the latest first, as far as it may still matter. */
	readonly openings?: readonly Time[];
}

/** Trouble that has begun this often within this time comes and goes; it is over only after a longer quiet. */
export const UNSTABLE = { openings: 3, withinMs: 60 * 60_000, quietMs: 10 * 60_000 };

export function isUnstable({ openings = [] }: Track, now: Time): boolean {
	const nth = openings[UNSTABLE.openings - 1];
	return nth !== undefined && isFresh(nth, now, UNSTABLE.withinMs);
}

/** Trouble that a page has admitted is over when the page says so, or has been unreadable for this long. */
const ADMISSION_LASTS_MS = 2 * 60 * 60_000;

/** Well, and not in doubt: another pass changes nothing. */
export function isCalm({ level, verdict }: Track): boolean {
	return level === "operational" && verdict.standing === "settled";
}

/** A step of one feature into, within or out of trouble. */
export interface Transition {
	readonly kind: "opened" | "worsened" | "eased" | "closed";
	readonly service: ServiceId;
	readonly feature: FeatureName;
	readonly from: Level;
	readonly level: Level;
	readonly at: Time;
}

/**
 * Moves a track on by one verdict. Worse is believed as soon as it is proven; milder only after two quiet minutes; unknown
 * neither opens nor closes anything, so the comparison is always with the last known level.
 */
export function advance(track: Track, verdict: Verdict, now: Time): { track: Track; transition?: Transition } {
	const { milderSince, admittedAt, ...kept } = track;
	const admitted = isAdmitted(verdict) ? now : admittedAt;
	const next: Track = {
		...kept,
		verdict,
		...(admitted !== undefined && { admittedAt: admitted }),
		...(isSeen(verdict) && { provedAt: now }),
	};
	if (!isProblem(track.level)) return followQuietly(next, now);
	const troubled = { ...next, suspects: suspectsOf(verdict) ?? track.suspects ?? [] };
	if (verdict.standing === "none" || verdict.standing === "suspected") return { track: troubled };
	const order = compareLevels(verdict.level, track.level);
	if (order > 0) return verdict.standing === "recovering" ? { track: troubled } : change(troubled, now);
	return order === 0 ? { track: troubled } : ease(troubled, milderSince, now);
}

/** Milder verdicts are believed after a while, and trouble that a page has admitted only as far as the page goes along. */
function ease(track: Track, milderSince: Time | undefined, now: Time): { track: Track; transition?: Transition } {
	const { verdict, admittedAt } = track;
	if (verdict.standing === "recovering") return { track };
	if (admittedAt !== undefined && !hasWord(verdict) && now - admittedAt < ADMISSION_LASTS_MS) return { track };
	const unstable = isUnstable(track, now);
	if (verdict.standing === "settled" && !unstable) return change(track, now);
	const since = milderSince ?? now;
	const quiet = unstable ? UNSTABLE.quietMs : QUIET_TO_SETTLE_MS;
	return now - since >= quiet ? change(track, now) : { track: { ...track, milderSince: since } };
}

/** Where nothing fails at the moment nobody is cleared. */
function suspectsOf({ reasons, suspects }: Verdict): readonly ServiceId[] | undefined {
	return reasons.some(({ kind }) => kind === "host_fails") ? suspects : undefined;
}

function isSeen({ standing, reasons }: Verdict): boolean {
	return standing === "proven" && reasons.some(({ kind }) => kind === "host_fails" || kind === "host_slow");
}

/** The page speaks of this very feature. */
function hasWord(verdict: Verdict): boolean {
	return verdict.reasons.some((reason) => reason.kind === "official" && !reason.whole && reason.level !== "unknown");
}

function isAdmitted(verdict: Verdict): boolean {
	return verdict.reasons.some((reason) => reason.kind === "official" && !reason.whole && isProblem(reason.level));
}

function followQuietly(track: Track, now: Time): { track: Track; transition?: Transition } {
	const { verdict } = track;
	const believed = !isProblem(verdict.level) || verdict.standing === "proven";
	if (!believed || verdict.level === track.level) return { track };
	// a failure that is not proven yet changes nothing that is shown
	if (verdict.standing === "suspected" && track.level !== "unknown") return { track };
	return change(track, now);
}

function change(track: Track, now: Time): { track: Track; transition?: Transition } {
	const { service, feature, level: from, verdict } = track;
	const { level } = verdict;
	const kind = kindOf(from, level);
	const { admittedAt, suspects, blamed, openings = [], ...rest } = track;
	const inTrouble = {
		suspects: suspectsOf(verdict) ?? suspects ?? [],
		...(admittedAt !== undefined && { admittedAt }),
		...(blamed !== undefined && { blamed }),
	};
	const moved = {
		...rest,
		level,
		since: now,
		openings: kind === "opened" ? [now, ...openings].slice(0, UNSTABLE.openings) : openings,
		...(isProblem(level) && inTrouble),
	};
	return kind ? { track: moved, transition: { kind, service, feature, from, level, at: now } } : { track: moved };
}

function kindOf(from: Level, to: Level): Transition["kind"] | undefined {
	if (isProblem(to)) return !isProblem(from) ? "opened" : compareLevels(to, from) > 0 ? "worsened" : "eased";
	return isProblem(from) ? "closed" : undefined;
}
