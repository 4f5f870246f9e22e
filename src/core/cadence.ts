import type { ControlEvidence, ProbeEvidence, SourceEvidence } from "./evidence.ts";
import type { Time } from "./model.ts";
import { jittered, type Random } from "./random.ts";
import type { Slot } from "./spread.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** The quiet pace of one host. */
export const STEADY_MS = 5 * MINUTE;

/** Waits between the runs that prove a suspicion; a host is never asked twice within ten seconds. */
const LADDER_MS = [10 * SECOND, 10 * SECOND, 15 * SECOND, 20 * SECOND] as const;
/** Steps of the ladder: as many runs as a feature with a single host needs. */
export const LADDER_STEPS = LADDER_MS.length;
const JITTER = 0.2;
/** While a feature is in trouble: every two minutes for the first half hour, then every three. */
const DOWN_MS = 2 * MINUTE;
const DOWN_LONG_MS = 3 * MINUTE;
const DOWN_LONG_AFTER_MS = 30 * MINUTE;
/** A host that has just come back: soon enough to say so, seldom enough not to be in the way. */
const RECOVERING_MS = 90 * SECOND;
/** A host that answers 429 is left alone for at least this long. */
const TOO_MANY_REQUESTS_MS = 15 * MINUTE;
/** A status page that cannot be read is asked less and less often, down to once an hour. */
const SOURCE_BACKOFF_LIMIT_MS = 60 * MINUTE;
/** While an incident is open its official page matters more. */
const SOURCE_IN_TROUBLE_MS = 2 * MINUTE;

/** One vendor's control that failed: soon enough to tell a lost packet from a vendor in trouble. */
const CONTROL_AGAIN_MS = 15 * SECOND;

/** When to run a check next, and how far up the ladder of proof it is: 0 is no suspicion. */
export interface Next {
	readonly dueAt: Time;
	readonly attempt: number;
	/** Not a request to this host before then, whichever check wants to. */
	readonly leaveAloneUntil?: Time;
}

export interface Rhythm {
	readonly slot: Slot;
	/** What phases count from. */
	readonly origin: Time;
	readonly attempt: number;
	/** Since when the feature, or any feature of the source's service, has been in trouble; absent while all is well. */
	readonly troubleSince?: Time;
	readonly random: Random;
	readonly now: Time;
}

export function afterProbe({ outcome }: ProbeEvidence, rhythm: Rhythm): Next {
	const { now, random, attempt } = rhythm;
	switch (outcome.kind) {
		case "ok":
			return afterPass(rhythm);
		case "skipped":
			return { attempt: 0, dueAt: nextSlot(rhythm) };
		case "blocked":
			return { attempt: 0, ...respecting(outcome.failure, nextSlot(rhythm), now) };
		case "failed": {
			const dueAt = now + jittered(waitAfterFailure(rhythm), JITTER, random);
			return { attempt: attempt + 1, ...respecting(outcome.failure, dueAt, now) };
		}
	}
}

/** One pass clears a single failure; after several, a pass may be luck, and the proof goes on. */
function afterPass(rhythm: Rhythm): Next {
	const { attempt, troubleSince, now, random } = rhythm;
	if (troubleSince !== undefined) {
		const wait = attempt > 0 ? RECOVERING_MS : waitInTrouble(rhythm, troubleSince);
		return { attempt: 0, dueAt: now + jittered(wait, JITTER, random) };
	}
	if (attempt < 2) return { attempt: 0, dueAt: nextSlot(rhythm) };
	return { attempt: Math.min(attempt, LADDER_STEPS) - 2, dueAt: now + jittered(LADDER_MS[0], JITTER, random) };
}

export function afterSource(evidence: SourceEvidence, rhythm: Rhythm): Next {
	const { now, random, attempt } = rhythm;
	const { outcome } = evidence;
	if (outcome.kind === "failed") {
		const wait = Math.min(SOURCE_BACKOFF_LIMIT_MS, rhythm.slot.intervalMs * 2 ** attempt);
		return { attempt: attempt + 1, ...respecting(outcome.failure, now + jittered(wait, JITTER, random), now) };
	}
	const inTrouble = rhythm.troubleSince !== undefined;
	const wanted = inTrouble ? now + jittered(SOURCE_IN_TROUBLE_MS, JITTER, random) : nextSlot(rhythm);
	return { attempt: 0, dueAt: Math.max(wanted, now + (evidence.askAgainAfterMs ?? 0)) };
}

/** `troubleSince` is when the connection was lost, where it is. A control that fails alone is asked again soon. */
export function afterControl({ outcome }: ControlEvidence, rhythm: Rhythm, troubleSince: Time | undefined): Next {
	if (troubleSince === undefined) {
		const again = outcome.kind !== "ok" && rhythm.attempt === 0;
		const dueAt = again ? rhythm.now + jittered(CONTROL_AGAIN_MS, JITTER, rhythm.random) : nextSlot(rhythm);
		return { attempt: again ? 1 : 0, dueAt };
	}
	const lasting = rhythm.now - troubleSince;
	const wait = lasting < 2 * MINUTE ? 20 * SECOND : lasting < 10 * MINUTE ? MINUTE : 2 * MINUTE;
	return { attempt: 0, dueAt: rhythm.now + jittered(wait, JITTER, rhythm.random) };
}

/** Trouble that is known needs no further proof: it is followed, not chased. */
function waitAfterFailure(rhythm: Rhythm): number {
	const { attempt, slot, troubleSince } = rhythm;
	return troubleSince === undefined ? (LADDER_MS[attempt] ?? slot.intervalMs) : waitInTrouble(rhythm, troubleSince);
}

/** Checks that share a host share the pace of trouble too. */
function waitInTrouble({ slot, now }: Rhythm, since: Time): number {
	const pace = now - since < DOWN_LONG_AFTER_MS ? DOWN_MS : DOWN_LONG_MS;
	return pace * Math.max(1, slot.intervalMs / STEADY_MS);
}

function respecting(
	{ status, retryAfterMs }: { readonly status?: number; readonly retryAfterMs?: number },
	dueAt: Time,
	now: Time,
): Omit<Next, "attempt"> {
	const asked = status === 429 ? Math.max(retryAfterMs ?? 0, TOO_MANY_REQUESTS_MS) : (retryAfterMs ?? 0);
	return asked === 0 ? { dueAt } : { dueAt: Math.max(dueAt, now + asked), leaveAloneUntil: now + asked };
}

/** The check's next slot that is not too close, moved by up to a tenth of the interval either way. */
function nextSlot({ slot: { intervalMs, phase }, origin, random, now }: Rhythm): Time {
	const earliest = now + 0.15 * intervalMs;
	const turn = Math.ceil((earliest - origin) / intervalMs - phase);
	return origin + (turn + phase) * intervalMs + (random.next() - 0.5) * JITTER * intervalMs;
}
