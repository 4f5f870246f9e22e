import type { Time } from "./model.ts";

/** No host is asked twice within this time. */
export const HOST_GAP_MS = 10_000;
/** Nor more than this often within a minute. */
const REQUESTS_PER_MINUTE = 4;

/** What politeness to one host needs to remember. */
export interface HostState {
	/** Starts of the latest requests, oldest first, at most as many as a minute may hold. */
	readonly startedAt: readonly Time[];
	/** What the host asked for with Retry-After, or earned with a 429. */
	readonly leaveAloneUntil: Time;
}

/** A host that has not been asked yet. */
export const STRANGER: HostState = { startedAt: [], leaveAloneUntil: 0 };

/** The earliest moment at which the host may be asked again. */
export function politeAt(host: HostState = STRANGER): Time {
	if (host === STRANGER) return 0;
	const last = host.startedAt.at(-1) ?? Number.NEGATIVE_INFINITY;
	const first = host.startedAt.at(-REQUESTS_PER_MINUTE) ?? Number.NEGATIVE_INFINITY;
	return Math.max(last + HOST_GAP_MS, first + 60_000, host.leaveAloneUntil);
}

export function asked(host: HostState | undefined, at: Time): HostState {
	return { ...(host ?? STRANGER), startedAt: [...(host ?? STRANGER).startedAt, at].slice(-REQUESTS_PER_MINUTE) };
}

export function leftAlone(host: HostState | undefined, until: Time): HostState {
	return { ...(host ?? STRANGER), leaveAloneUntil: Math.max(host?.leaveAloneUntil ?? 0, until) };
}
