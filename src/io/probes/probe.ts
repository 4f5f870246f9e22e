import type { ProbeSpec } from "../../core/check.ts";
import type { ProbeOutcome } from "../../core/evidence.ts";
import type { Seen } from "../network/exchange.ts";
import type { Network } from "../network/network.ts";

/** What a probe reports; `run-check` adds whose check it was and when. */
export interface ProbeResult extends Seen {
	readonly outcome: ProbeOutcome;
	readonly edge?: string;
	readonly status?: number;
}

export interface ProbeRun {
	/** Aborted when the run is no longer wanted; the probe then ends soon, whatever it returns. */
	readonly signal: AbortSignal;
	/** 0 for a first run, then 1, 2, …: each attempt takes the next address of the name. */
	readonly attempt: number;
}

/** One kind of probe: never throws; every failure is an outcome. */
export type Probe<S extends ProbeSpec> = (spec: S, network: Network, run: ProbeRun) => Promise<ProbeResult>;
