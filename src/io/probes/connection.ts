import type { ProbeOutcome } from "../../core/evidence.ts";
import type { Failure } from "../../core/failure.ts";
import { dial, type Target } from "../network/dial.ts";
import { converse } from "../network/exchange.ts";
import type { Network } from "../network/network.ts";
import type { ProbeResult, ProbeRun } from "./probe.ts";

/** Dials and hangs up: that the connection stands is all that is asked. */
export async function probeConnection(target: Target, network: Network, run: ProbeRun): Promise<ProbeResult> {
	const result = await converse(network, run.signal, async (exchange) => {
		await dial(network, { ...target, attempt: run.attempt }, exchange);
	});
	return { outcome: "failure" in result ? outcomeOf(result.failure, target) : { kind: "ok" }, ...result.seen };
}

/** How proxies say that they let nobody through to this port, or open no tunnels at all. */
const NO_TUNNEL: readonly (number | undefined)[] = [403, 405, 501];

function outcomeOf(failure: Failure, { port }: Target): ProbeOutcome {
	if (failure.phase === "proxy" && NO_TUNNEL.includes(failure.status)) {
		return { kind: "skipped", why: `the proxy opens no tunnel to port ${port} (${failure.status})` };
	}
	return { kind: "failed", failure };
}
