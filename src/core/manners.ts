import type { Check } from "./check.ts";
import type { Time } from "./model.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** No host is asked twice within this time. */
export const HOST_GAP_MS = 10_000;
/** Nor for two pages, or reports, within this time: they do not change as fast as a host fails. */
export const READING_GAP_MS = MINUTE_MS;
/** Nor more than this often within a minute. */
const REQUESTS_PER_MINUTE = 4;
/**
 * Nor within an hour, whatever happens. Controls are endpoints made to be asked often, and who sells reports of many services is asked for
 * each of them: they may be asked twice as often.
 */
const REQUESTS_PER_HOUR = { service: 30, page: 30, reports: 60, control: 60 };
/**
 * After this many within an hour, enough for the quiet pace and one suspicion to be proved, they come singly, and a service's host
 * the more slowly the sooner these were used up: what is left is to last for the rest of the hour.
 */
const QUICK_REQUESTS_PER_HOUR = { service: 24, page: 24, reports: 60, control: 48 };
const SINGLY_MS = 150_000;

/** What a host is asked as. */
export type Role = keyof typeof REQUESTS_PER_HOUR;

const ROLES = { probe: "service", source: "page", reports: "reports", control: "control" } as const;

export function roleOf({ kind }: Check): Role {
	return ROLES[kind];
}

function isReading(role: Role): boolean {
	return role === "page" || role === "reports";
}

/** What politeness to one host needs to remember. */
export interface HostState {
	/** Starts of the latest requests, oldest first, at most as many as an hour may hold. */
	readonly startedAt: readonly Time[];
	/** What the host asked for with Retry-After, or earned with a 429. */
	readonly leaveAloneUntil: Time;
	/** When a page, or reports, were last asked for. */
	readonly readAt?: Time;
}

/** A host that has not been asked yet. */
export const STRANGER: HostState = { startedAt: [], leaveAloneUntil: 0 };

/** The earliest moment at which the host may be asked again. */
export function politeAt(host: HostState = STRANGER, role: Role = "service"): Time {
	if (host === STRANGER) return 0;
	const last = nthLast(host, 1);
	const soon = Math.max(
		last + HOST_GAP_MS,
		isReading(role) ? (host.readAt ?? Number.NEGATIVE_INFINITY) + READING_GAP_MS : 0,
		nthLast(host, REQUESTS_PER_MINUTE) + MINUTE_MS,
		nthLast(host, REQUESTS_PER_HOUR[role]) + HOUR_MS,
		host.leaveAloneUntil,
	);
	const firstOfQuick = nthLast(host, QUICK_REQUESTS_PER_HOUR[role]);
	if (firstOfQuick === Number.NEGATIVE_INFINITY) return soon;
	const left = REQUESTS_PER_HOUR[role] - QUICK_REQUESTS_PER_HOUR[role];
	const lasting = role === "service" ? (firstOfQuick + HOUR_MS - last) / left : 0;
	return Math.max(soon, Math.min(firstOfQuick + HOUR_MS, last + Math.max(SINGLY_MS, lasting)));
}

export function asked(host: HostState = STRANGER, at: Time, role: Role = "service"): HostState {
	const startedAt = [...host.startedAt, at].slice(-REQUESTS_PER_HOUR.control);
	return { ...host, startedAt, ...(isReading(role) && { readAt: at }) };
}

/** Requests within the last hour, as far as they are remembered. */
export function askedInHour({ startedAt }: HostState = STRANGER, now: Time): number {
	return startedAt.length - startedAt.findLastIndex((at) => now - at > HOUR_MS) - 1;
}

export function leftAlone(host: HostState | undefined, until: Time): HostState {
	return { ...(host ?? STRANGER), leaveAloneUntil: Math.max(host?.leaveAloneUntil ?? 0, until) };
}

function nthLast({ startedAt }: HostState, n: number): Time {
	return startedAt.at(-n) ?? Number.NEGATIVE_INFINITY;
}
