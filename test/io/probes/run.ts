import type { ProbeSpec } from "../../../src/core/check.ts";
import { createNetwork, type Network } from "../../../src/io/network/network.ts";
import type { ProbeResult } from "../../../src/io/probes/probe.ts";
import { runProbe } from "../../../src/io/probes/run-probe.ts";

/** Deadlines short enough for a test, and long enough for a busy computer. */
export const HASTY = { dnsMs: 400, connectMs: 400, tlsMs: 400, firstByteMs: 400, totalMs: 1000 } as const;

/** Runs one probe once. */
export function run(
	spec: ProbeSpec,
	network: Network = createNetwork({ deadlines: HASTY }),
	signal: AbortSignal = new AbortController().signal,
): Promise<ProbeResult> {
	return runProbe(spec, network, { signal, attempt: 0 });
}

/** What the failure of a run is, in short; or the whole outcome where it did not fail. */
export function failureIn({ outcome }: ProbeResult) {
	return outcome.kind === "failed" ? `${outcome.failure.kind} ${outcome.failure.phase ?? "nowhere"}` : outcome;
}

/** A signal that aborts soon. */
export function soonAborted(): AbortSignal {
	return AbortSignal.timeout(50);
}
