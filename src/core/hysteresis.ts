import { QUIET_TO_SETTLE_MS } from "./fuse.ts";
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
}

/** Trouble that a page has admitted is over when the page says so, or has been unreadable for this long. */
const ADMISSION_LASTS_MS = 2 * 60 * 60_000;

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
	const next = { ...kept, verdict, ...(admitted !== undefined && { admittedAt: admitted }) };
	if (!isProblem(track.level)) return followQuietly(next, now);
	if (verdict.standing === "none" || verdict.standing === "suspected") return { track: next };
	const order = compareLevels(verdict.level, track.level);
	if (verdict.standing === "recovering" || order === 0) return { track: next };
	if (order > 0) return change(next, now);
	if (admitted !== undefined && !hasWord(verdict) && now - admitted < ADMISSION_LASTS_MS) return { track: next };
	if (verdict.standing === "settled") return change(next, now);
	const since = milderSince ?? now;
	return now - since >= QUIET_TO_SETTLE_MS ? change(next, now) : { track: { ...next, milderSince: since } };
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
	const { admittedAt, ...rest } = track;
	const moved = { ...rest, level, since: now, ...(isProblem(level) && admittedAt !== undefined && { admittedAt }) };
	const kind = kindOf(from, level);
	return kind ? { track: moved, transition: { kind, service, feature, from, level, at: now } } : { track: moved };
}

function kindOf(from: Level, to: Level): Transition["kind"] | undefined {
	if (isProblem(to)) return !isProblem(from) ? "opened" : compareLevels(to, from) > 0 ? "worsened" : "eased";
	return isProblem(from) ? "closed" : undefined;
}
