import type { ControlEvidence } from "./evidence.ts";
import type { Failure } from "./failure.ts";
import { CONTROL_FRESH_MS, type FreshMs, isFresh } from "./freshness.ts";
import type { Cause, CheckId, Time } from "./model.ts";

/** Whether this computer reaches the Internet, as the controls see it. While it does not, no service is judged. */
export interface Connectivity {
	/** `unknown` until enough controls have answered. */
	readonly state: "unknown" | "online" | "trouble";
	/** Only with `trouble`. */
	readonly cause?: Cause;
	readonly passed: number;
	readonly failed: readonly FailedControl[];
	/** A majority of controls passed in runs that began at or after this moment. */
	readonly vouchedAt?: Time;
}

export interface FailedControl {
	readonly checkId: CheckId;
	readonly vendor: string;
	readonly control: ControlEvidence["control"];
	/** `portal`, or how it failed. */
	readonly what: "portal" | Failure;
	readonly at: Time;
}

/** One vendor may be down or blocked where the user lives: nothing is concluded from fewer than three. */
export const VENDORS_TO_CONCLUDE = 3;
/** A login page seen by one vendor only may be that vendor's own trouble. */
const PORTALS_TO_CONCLUDE = 2;

/** Judges the newest run of each control, in any order. */
export function connectivity(
	runs: readonly ControlEvidence[],
	now: Time,
	freshMs: FreshMs = () => CONTROL_FRESH_MS,
): Connectivity {
	const fresh = runs.filter((run) => isFresh(run.at, now, freshMs(run.checkId)));
	const passed = fresh.filter((run) => run.outcome.kind === "ok");
	const failed = fresh.filter((run) => run.outcome.kind !== "ok").map(failedControl);
	const found = { passed: passed.length, failed };
	if (portals(fresh) >= PORTALS_TO_CONCLUDE) return { ...found, state: "trouble", cause: "captive_portal" };
	if (vendors(fresh) < VENDORS_TO_CONCLUDE) return { ...found, state: "unknown" };
	// what passes then is what needs no name
	if (namesFail(fresh) && passed.length > 0) return { ...found, state: "trouble", cause: "dns" };
	if (passed.length * 2 <= fresh.length) return { ...found, state: "trouble", cause: causeOf(failed) };
	return { ...found, state: "online", ...vouch(passed) };
}

function failedControl({ checkId, vendor, control, outcome, at }: ControlEvidence): FailedControl {
	return { checkId, vendor, control, what: outcome.kind === "failed" ? outcome.failure : "portal", at };
}

function vendors(runs: readonly ControlEvidence[]): number {
	return new Set(runs.map((run) => run.vendor)).size;
}

function portals(runs: readonly ControlEvidence[]): number {
	return vendors(runs.filter((run) => run.outcome.kind === "portal"));
}

/** Every control that needs a name from the system's resolver fails for want of it. */
function namesFail(runs: readonly ControlEvidence[]): boolean {
	const named = runs.filter((run) => run.control === "dns" || run.control === "http");
	return vendors(named) >= PORTALS_TO_CONCLUDE && named.every(failsByName);
}

function failsByName({ control, outcome }: ControlEvidence): boolean {
	return outcome.kind === "failed" && (control === "dns" || outcome.failure.kind.startsWith("dns_"));
}

function causeOf(failed: readonly FailedControl[]): Cause {
	const failures = failed.flatMap(({ what }) => (what === "portal" ? [] : [what]));
	if (failures.length > 0 && failures.every(({ phase }) => phase === "proxy")) return "proxy";
	const literal = failed.flatMap(({ control, what }) => (control === "ip" && what !== "portal" ? [what] : []));
	if (literal.length > 0 && literal.every(({ kind }) => kind === "unreachable")) return "device";
	return "network";
}

/** The moment since which enough vendors have passed to speak for the line. */
function vouch(passed: readonly ControlEvidence[]): { vouchedAt?: Time } {
	const newest = new Map<string, Time>();
	for (const { vendor, startedAt } of passed) newest.set(vendor, Math.max(startedAt, newest.get(vendor) ?? 0));
	const vouchedAt = [...newest.values()].sort((a, b) => b - a)[VENDORS_TO_CONCLUDE - 1];
	return vouchedAt === undefined ? {} : { vouchedAt };
}
