import type { ProbeSpec } from "../../core/check.ts";
import type { Phases, ProbeOutcome } from "../../core/evidence.ts";
import type { Network } from "../network/network.ts";

/** What a probe reports; `run-check` adds whose check it was and when. */
export interface ProbeResult {
	readonly outcome: ProbeOutcome;
	readonly phases: Phases;
	readonly address?: string;
	readonly edge?: string;
	readonly status?: number;
	readonly proxied?: boolean;
}

export interface ProbeRun {
	/** Aborted when the run is no longer wanted; the probe then ends soon, whatever it returns. */
	readonly signal: AbortSignal;
	/** 0 for a first run, then 1, 2, …: each attempt takes the next address of the name. */
	readonly attempt: number;
}

/** One kind of probe: never throws; every failure is an outcome. */
export type Probe<S extends ProbeSpec> = (spec: S, network: Network, run: ProbeRun) => Promise<ProbeResult>;
