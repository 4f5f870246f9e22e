import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { failure } from "../../core/failure.ts";
import { dial, type Target } from "../network/dial.ts";
import { converse } from "../network/exchange.ts";
import { Trouble } from "../network/failure-of.ts";
import type { Network } from "../network/network.ts";
import type { ProbeResult, ProbeRun } from "./probe.ts";

/** Dials and hangs up: that the connection stands, and speaks the protocol it was to agree on, is all that is asked. */
export async function probeConnection(target: Target, network: Network, run: ProbeRun): Promise<ProbeResult> {
	const result = await converse(network, run.signal, async (exchange) => {
		const socket = await dial(network, { ...target, attempt: run.attempt }, exchange);
		checkAgreement(socket, target.security?.protocol);
	});
	return {
		outcome: "failure" in result ? { kind: "failed", failure: result.failure } : { kind: "ok" },
		...result.seen,
	};
}

function checkAgreement(socket: Socket, wanted: string | undefined): void {
	if (wanted === undefined || (socket instanceof TLSSocket && socket.alpnProtocol === wanted)) return;
	throw new Trouble(failure("tls_failed", `the server does not agree on "${wanted}"`, { phase: "tls" }));
}
