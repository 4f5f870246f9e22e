import type { ControlKind, ControlSpec } from "../../core/check.ts";
import type { ControlOutcome, Phases } from "../../core/evidence.ts";
import type { Network } from "../network/network.ts";

export type SpecOf<Kind extends ControlKind> = Extract<ControlSpec, { readonly type: Kind }>;

/** What a control reports; `run-check` adds whose check it was and when. */
interface ControlResult {
	readonly outcome: ControlOutcome;
	readonly phases: Phases;
}

interface ControlRun {
	/** Aborted when the run is no longer wanted. */
	readonly signal: AbortSignal;
	readonly attempt: number;
}

/** One kind of control: never throws; every failure is an outcome. */
export type Control<S extends ControlSpec> = (spec: S, network: Network, run: ControlRun) => Promise<ControlResult>;
