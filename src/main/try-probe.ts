import type { ProbeSpec } from "../core/check.ts";
import { createNetwork } from "../io/network/network.ts";
import { networkOptions } from "../io/network-files.ts";
import { runProbe } from "../io/probes/run-probe.ts";
import type { ProbeTry } from "../ipc/answers.ts";
import type { WatchGround } from "./watch-keeper.ts";

/** A probe ends by its own deadlines long before. */
const DEADLINE_MS = 60_000;

/** Runs a probe once over a network of its own. */
export async function tryProbe(
	probe: ProbeSpec,
	{ catalogue, network: settings, systemProxy }: WatchGround,
): Promise<ProbeTry> {
	const network = createNetwork({
		...networkOptions(settings, systemProxy),
		edges: catalogue.edges,
		privateRoots: catalogue.roots,
	});
	try {
		const began = performance.now();
		const { outcome } = await runProbe(probe, network, { signal: AbortSignal.timeout(DEADLINE_MS), attempt: 0 });
		return { outcome, tookMs: Math.round(performance.now() - began) };
	} finally {
		network.close();
	}
}
