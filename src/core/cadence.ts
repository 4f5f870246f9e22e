import type { ProbeEvidence, SourceEvidence } from "./evidence.ts";
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
/** While down: every two minutes for the first twenty, then at the quiet pace. */
const DOWN_MS = 2 * MINUTE;
const DOWN_RUNS = LADDER_STEPS + 10;
/** While a feature comes back: soon enough to say so, seldom enough not to be in the way. */
const RECOVERING_MS = MINUTE;
/** A host that answers 429 is left alone for at least this long. */
const TOO_MANY_REQUESTS_MS = 15 * MINUTE;
/** A status page that cannot be read is asked less and less often, down to once an hour. */
const SOURCE_BACKOFF_LIMIT_MS = 60 * MINUTE;
/** While an incident is open its official page matters more. */
const SOURCE_IN_TROUBLE_MS = 2 * MINUTE;

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
	/** Whether the feature, or any feature of the source's service, is in an open incident. */
	readonly inTrouble: boolean;
	readonly random: Random;
	readonly now: Time;
}

export function afterProbe({ outcome }: ProbeEvidence, rhythm: Rhythm): Next {
	const { now, random, attempt } = rhythm;
	switch (outcome.kind) {
		case "ok":
			return {
				attempt: 0,
				dueAt: rhythm.inTrouble ? now + jittered(waitInTrouble(rhythm), JITTER, random) : nextSlot(rhythm),
			};
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

export function afterSource(evidence: SourceEvidence, rhythm: Rhythm): Next {
	const { now, random, attempt } = rhythm;
	const { outcome } = evidence;
	if (outcome.kind === "failed") {
		const wait = Math.min(SOURCE_BACKOFF_LIMIT_MS, rhythm.slot.intervalMs * 2 ** attempt);
		return { attempt: attempt + 1, ...respecting(outcome.failure, now + jittered(wait, JITTER, random), now) };
	}
	const wanted = rhythm.inTrouble ? now + jittered(SOURCE_IN_TROUBLE_MS, JITTER, random) : nextSlot(rhythm);
	return { attempt: 0, dueAt: Math.max(wanted, now + (evidence.askAgainAfterMs ?? 0)) };
}

/** `troubleSince` is when the connection was lost, where it is. */
export function afterControl(rhythm: Rhythm, troubleSince: Time | undefined): Next {
	if (troubleSince === undefined) return { attempt: 0, dueAt: nextSlot(rhythm) };
	const lasting = rhythm.now - troubleSince;
	const wait = lasting < 2 * MINUTE ? 20 * SECOND : lasting < 10 * MINUTE ? MINUTE : 2 * MINUTE;
	return { attempt: 0, dueAt: rhythm.now + jittered(wait, JITTER, rhythm.random) };
}

/** A host that has just come back is asked again soon; one that never failed has no hurry. */
function waitInTrouble({ attempt, slot }: Rhythm): number {
	return attempt > 0 ? RECOVERING_MS : downMs(slot);
}

function waitAfterFailure({ attempt, slot, inTrouble }: Rhythm): number {
	return LADDER_MS[attempt] ?? (inTrouble && attempt < DOWN_RUNS ? downMs(slot) : slot.intervalMs);
}

/** Checks that share a host share the pace of trouble too. */
function downMs({ intervalMs }: Slot): number {
	return Math.max(DOWN_MS, (intervalMs * DOWN_MS) / STEADY_MS);
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
