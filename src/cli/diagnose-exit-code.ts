import type { Diagnosis } from "../core/diagnosis.ts";
import { levelOf } from "../core/diagnosis-level.ts";
import type { Level } from "../core/level.ts";
import { EXIT } from "./exit-code.ts";

const CODE_OF: Readonly<Record<Level, number>> = {
	operational: EXIT.operational,
	maintenance: EXIT.degraded,
	degraded: EXIT.degraded,
	partial_outage: EXIT.outage,
	major_outage: EXIT.outage,
	unknown: EXIT.unknown,
};

/**
 * 2 where a service or what carries it is at fault, 1 where something is unreliable, under planned work or odd on this side, 3 where
 * this side keeps it from being told, or nothing can be told, else 0.
 */
export function diagnosisExitCode(diagnosis: Diagnosis): number {
	return CODE_OF[levelOf(diagnosis)];
}
