import type { ControlEvidence, ProbeEvidence, ReportsEvidence, SourceEvidence } from "./evidence.ts";
import type { Time } from "./model.ts";
import { jittered, type Random } from "./random.ts";
import type { Slot } from "./spread.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** The quiet pace of one host. */
export const STEADY_MS = 5 * MINUTE;

/** From the start of one run that proves a suspicion to the next; a host is never asked twice within ten seconds. */
const LADDER_MS = [10 * SECOND, 10 * SECOND, 15 * SECOND, 20 * SECOND] as const;
/** Steps of the ladder: as many runs as a feature with a single host needs. */
export const LADDER_STEPS = LADDER_MS.length;
/** What is neither proved nor refuted by then goes on being asked for a while, more slowly: siblings may follow. */
const DOUBTFUL_MS = 30 * SECOND;
export const DOUBTFUL_STEPS = LADDER_STEPS + 6;
/** A suspicion is refuted once its weight is below this: by three passes after one failure, and by more after several. */
const REFUTED = 1.3;
/** What suspicions cost is saved again: beyond this many requests within an hour the quiet pace is slower in proportion. */
const QUIET_REQUESTS_PER_HOUR = 11;
/** But never by more intervals than this: what was seen must not grow stale before it is seen again. */
const MOST_THRIFT = 0.75;
const JITTER = 0.2;
/** While a feature is in trouble: every two minutes for the first half hour, then every three. */
const DOWN_MS = 2 * MINUTE;
const DOWN_LONG_MS = 3 * MINUTE;
const DOWN_LONG_AFTER_MS = 30 * MINUTE;
/** A host that has just come back: soon enough to say so, seldom enough not to be in the way. */
const RECOVERING_MS = 90 * SECOND;
/** A host that answers 429 is left alone for at least this long. */
const TOO_MANY_REQUESTS_MS = 15 * MINUTE;
/** The longest random wait for a status page that cannot be read, and the least wait where a key is refused. */
const SOURCE_BACKOFF_LIMIT_MS = 60 * MINUTE;
/** While an incident is open its official page matters more. */
const SOURCE_IN_TROUBLE_MS = 2 * MINUTE;

/** One vendor's control that failed: soon enough to tell a lost packet from a vendor in trouble. */
const CONTROL_AGAIN_MS = 15 * SECOND;

/** When to run a check next, and how many runs its suspicion has taken: 0 is no suspicion. */
export interface Next {
	readonly dueAt: Time;
	readonly attempt: number;
	/** Not a request to this host before then, whichever check wants to. */
	readonly leaveAloneUntil?: Time;
}

export interface Rhythm {
	readonly slot: Slot;
	/** How many times longer than usual the slot's interval is; once where absent. */
	readonly stretch?: number;
	/** Requests to the check's host within the last hour. */
	readonly askedInHour: number;
	/** What phases count from. */
	readonly origin: Time;
	readonly attempt: number;
	/** Of a probe: how heavily its runs, this one included, speak for its host being down (`weightOfFailure`). */
	readonly weight: number;
	/** Of a probe that passed: whether it took much longer than usual. */
	readonly slow: boolean;
	/** Since when the feature, or any feature of the source's service, has been in trouble; absent while all is well. */
	readonly troubleSince?: Time;
	readonly random: Random;
	readonly now: Time;
}

export function afterProbe({ outcome, startedAt }: ProbeEvidence, rhythm: Rhythm): Next {
	const { now, random, attempt } = rhythm;
	switch (outcome.kind) {
		case "ok":
			return afterPass(rhythm);
		case "skipped":
			return { attempt: 0, dueAt: nextSlot(rhythm) };
		case "blocked":
			return { attempt: 0, ...respecting(outcome.failure, nextSlot(rhythm), now) };
		case "failed": {
			const dueAt = Math.max(now, startedAt + jittered(waitAfterFailure(rhythm), JITTER, random));
			return { attempt: attempt + 1, ...respecting(outcome.failure, dueAt, now) };
		}
	}
}

/** A pass may be luck: the proof goes on until as many have passed as outweigh what failed. */
function afterPass(rhythm: Rhythm): Next {
	const { attempt, troubleSince, now, random } = rhythm;
	if (troubleSince !== undefined) {
		const wait = attempt > 0 ? RECOVERING_MS : waitInTrouble(rhythm, troubleSince);
		return { attempt: 0, dueAt: now + jittered(wait, JITTER, random) };
	}
	const isSlow = rhythm.slow && attempt < DOUBTFUL_STEPS;
	const isDoubtful = attempt > 0 && attempt < DOUBTFUL_STEPS && rhythm.weight >= REFUTED;
	if (!isSlow && !isDoubtful) return { attempt: 0, dueAt: nextSlot(rhythm) };
	return { attempt: attempt + 1, dueAt: now + jittered(stepAfter(attempt), JITTER, random) };
}

/**
 * After reading a page, or other people's reports. What cannot be read is asked less and less often: after the usual interval and a
 * random wait of up to that interval doubled with each failure, so that those who failed together do not come back together.
 */
export function afterReading(evidence: SourceEvidence | ReportsEvidence, rhythm: Rhythm): Next {
	const { now, random, attempt } = rhythm;
	const { outcome } = evidence;
	if (outcome.kind === "failed") {
		const { intervalMs } = rhythm.slot;
		const floor = evidence.kind === "reports" && isRefused(outcome.failure) ? SOURCE_BACKOFF_LIMIT_MS : intervalMs;
		const dueAt = now + floor + random.next() * Math.min(SOURCE_BACKOFF_LIMIT_MS, intervalMs * 2 ** attempt);
		return { attempt: attempt + 1, ...respecting(outcome.failure, dueAt, now) };
	}
	const inTrouble = rhythm.troubleSince !== undefined;
	const pace = SOURCE_IN_TROUBLE_MS * (rhythm.stretch ?? 1);
	const wanted = inTrouble ? now + jittered(pace, JITTER, random) : nextSlot(rhythm);
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
	if (troubleSince !== undefined) return waitInTrouble(rhythm, troubleSince);
	return attempt < DOUBTFUL_STEPS ? stepAfter(attempt) : slot.intervalMs;
}

function stepAfter(attempt: number): Time {
	return LADDER_MS[attempt] ?? DOUBTFUL_MS;
}

/** Checks that share a host share the pace of trouble too. */
function waitInTrouble({ slot, now }: Rhythm, since: Time): number {
	const pace = now - since < DOWN_LONG_AFTER_MS ? DOWN_MS : DOWN_LONG_MS;
	return pace * Math.max(1, slot.intervalMs / STEADY_MS);
}

/** A key that is refused will be refused again. */
function isRefused({ status }: { readonly status?: number }): boolean {
	return status === 401 || status === 403;
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
function nextSlot({ slot: { intervalMs, phase }, origin, askedInHour, random, now }: Rhythm): Time {
	const earliest = now + 0.15 * intervalMs;
	const turn = Math.ceil((earliest - origin) / intervalMs - phase);
	const thrift = Math.min(MOST_THRIFT, Math.max(0, askedInHour / QUIET_REQUESTS_PER_HOUR - 1));
	return origin + (turn + phase + thrift + (random.next() - 0.5) * JITTER) * intervalMs;
}
