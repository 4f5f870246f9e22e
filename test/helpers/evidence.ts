import type { ControlEvidence, ProbeEvidence, ProbeOutcome } from "../../src/core/evidence.ts";
import { type FailureKind, failure } from "../../src/core/failure.ts";

export const T0 = Date.parse("2026-03-01T12:00:00Z");
export const SECOND = 1000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;

/** `ok`, `blocked`, `skipped`, or the kind of a failure. */
export type Answer = "ok" | "blocked" | "skipped" | FailureKind;

export function outcome(answer: Answer, status?: number): ProbeOutcome {
	if (answer === "ok") return { kind: "ok" };
	if (answer === "blocked") return { kind: "blocked", failure: failure("http", "refused", { status: status ?? 403 }) };
	if (answer === "skipped") return { kind: "skipped", why: "the proxy carries web pages only" };
	return { kind: "failed", failure: failure(answer, answer, status === undefined ? {} : { status }) };
}

/** A run of one host that ended at `at` and began a second before. */
export function run(host: string, answer: Answer, at: number, more: Partial<ProbeEvidence> = {}): ProbeEvidence {
	return {
		kind: "probe",
		checkId: `s/messaging/${host}`,
		service: "s",
		feature: "messaging",
		host,
		outcome: outcome(answer, more.status),
		phases: {},
		startedAt: at - SECOND,
		at,
		...more,
	};
}

/** Runs of one host, the newest first, ten seconds apart, the newest at `at`. */
export function runs(host: string, answers: readonly Answer[], at: number): ProbeEvidence[] {
	return answers.map((answer, index) => run(host, answer, at - index * 10 * SECOND));
}

export function controlRun(
	vendor: string,
	control: ControlEvidence["control"],
	answer: "ok" | "portal" | FailureKind,
	at: number,
	phase?: "proxy",
): ControlEvidence {
	return {
		kind: "control",
		checkId: `control/${vendor}/${control}`,
		vendor,
		control,
		outcome:
			answer === "ok"
				? { kind: "ok" }
				: answer === "portal"
					? { kind: "portal", detail: "a login page" }
					: { kind: "failed", failure: failure(answer, answer, phase ? { phase } : {}) },
		phases: {},
		startedAt: at - SECOND,
		at,
	};
}
