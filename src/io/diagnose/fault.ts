import type { Fault, Outcome } from "../../core/diagnosis-findings.ts";
import type { ControlOutcome, ProbeOutcome } from "../../core/evidence.ts";
import type { Failure } from "../../core/failure.ts";

/** A failure without the words that may quote addresses, names and whatever else came from outside. */
export function faultOf({ kind, phase, status }: Failure): Fault {
	return { kind, ...(phase && { phase }), ...(status !== undefined && { status }) };
}

/** An outcome of a probe or control in the words of a diagnosis. */
export function outcomeOf(outcome: ProbeOutcome | ControlOutcome): Outcome {
	switch (outcome.kind) {
		case "failed":
		case "blocked":
			return { kind: outcome.kind, fault: faultOf(outcome.failure) };
		case "skipped":
			return { kind: "not_tried" };
		case "ok":
		case "portal":
			return { kind: outcome.kind };
	}
}
