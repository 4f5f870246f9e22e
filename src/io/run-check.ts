import type { Check, ProbeCheck, ReportsCheck, SourceCheck } from "../core/check.ts";
import type { Evidence, ReportsOutcome, SourceOutcome } from "../core/evidence.ts";
import { type Failure, failure } from "../core/failure.ts";
import type { Time } from "../core/model.ts";
import { runControl } from "./controls/run-control.ts";
import { failureOf } from "./network/failure-of.ts";
import type { Network } from "./network/network.ts";
import { runProbe } from "./probes/run-probe.ts";

/** Reads one official source: what it says, and when it may be asked again. */
export type ReadSource = (
	check: SourceCheck,
	signal: AbortSignal,
) => Promise<{ readonly outcome: SourceOutcome; readonly askAgainAfterMs?: number }>;

/** Reads what other people report of one service. */
export type ReadReports = (
	check: ReportsCheck,
	signal: AbortSignal,
) => Promise<{ readonly outcome: ReportsOutcome; readonly askAgainAfterMs?: number }>;

export interface RunCheckParts {
	readonly network: Network;
	readonly readSource: ReadSource;
	/** Absent where nothing is asked about reports. */
	readonly readReports?: ReadReports;
	readonly now: () => Time;
}

/** One run under way. `evidence` never rejects; after `cancel` it resolves at once, and nobody should count it. */
export interface CheckRun {
	readonly evidence: Promise<Evidence>;
	cancel(): void;
}

/** The part of evidence that is not about whose check it was, and when. */
type Body<E extends Evidence> = E extends Evidence ? Omit<E, "checkId" | "startedAt" | "at"> : never;

/** What runs checks of every kind. `attempt` counts from 0; later attempts begin with other addresses. */
export function createRunCheck(parts: RunCheckParts) {
	const { now } = parts;
	return (check: Check, attempt: number): CheckRun => {
		const controller = new AbortController();
		const startedAt = now();
		const stamp = (body: Body<Evidence>) => ({ checkId: check.id, startedAt, at: now(), ...body }) as Evidence;
		const { promise: evidence, resolve } = Promise.withResolvers<Evidence>();
		run(check, parts, { signal: controller.signal, attempt }).then(
			(body) => resolve(stamp(body)),
			(error) => resolve(stamp(failed(check, failureOf(error)))),
		);
		return {
			evidence,
			cancel() {
				controller.abort();
				resolve(stamp(cancelled(check)));
			},
		};
	};
}

interface Run {
	readonly signal: AbortSignal;
	readonly attempt: number;
}

async function run(
	check: Check,
	{ network, readSource, readReports }: RunCheckParts,
	how: Run,
): Promise<Body<Evidence>> {
	switch (check.kind) {
		case "probe": {
			return { ...probed(check), ...(await runProbe(check.probe, network, how)) };
		}
		case "source":
			return { kind: "source", service: check.service, ...(await readSource(check, how.signal)) };
		case "reports":
			if (!readReports) throw new Error(`expected checks without reports, found ${check.id}`);
			return { ...reported(check), ...(await readReports(check, how.signal)) };
		case "control": {
			const { vendor, control } = check;
			return { kind: "control", vendor, control: control.type, ...(await runControl(control, network, how)) };
		}
	}
}

function probed({ service, feature, host, upstream }: ProbeCheck) {
	return { kind: "probe", service, feature, host, ...(upstream && { upstream }) } as const;
}

function reported({ service, provider }: ReportsCheck) {
	return { kind: "reports", service, provider } as const;
}

function failed(check: Check, reason: Failure): Body<Evidence> {
	const outcome = { kind: "failed", failure: reason } as const;
	switch (check.kind) {
		case "probe": {
			return { ...probed(check), outcome, phases: {} };
		}
		case "source":
			return { kind: "source", service: check.service, outcome };
		case "reports":
			return { ...reported(check), outcome };
		case "control":
			return { kind: "control", vendor: check.vendor, control: check.control.type, outcome, phases: {} };
	}
}

function cancelled(check: Check): Body<Evidence> {
	const body = failed(check, failure("timeout", "cancelled"));
	return body.kind === "probe" ? { ...body, outcome: { kind: "skipped", why: "cancelled" } } : body;
}
