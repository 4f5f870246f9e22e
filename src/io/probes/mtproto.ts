import { randomBytes } from "node:crypto";
import type { MtprotoProbeSpec } from "../../core/check.ts";
import type { ProbeOutcome } from "../../core/evidence.ts";
import { failure } from "../../core/failure.ts";
import { dial } from "../network/dial.ts";
import { converse } from "../network/exchange.ts";
import {
	MTPROTO_LIMIT_BYTES,
	type MtprotoAnswer,
	NONCE_BYTES,
	parseMtprotoAnswer,
	reqPqMulti,
} from "../network/mtproto-message.ts";
import { receive } from "../network/receive.ts";
import type { Probe } from "./probe.ts";

/**
 * Sends the open question with which every Telegram client begins, and wants its own nonce back. Made after Telegram's public
 * documents (core.telegram.org/mtproto); not tried against a live data centre.
 */
export const probeMtproto: Probe<MtprotoProbeSpec> = async ({ host, port, family }, network, { signal, attempt }) => {
	const nonce = randomBytes(NONCE_BYTES);
	const result = await converse(network, signal, async (exchange) => {
		const socket = await dial(network, { host, port, family, attempt }, exchange);
		return exchange.step("first_byte", network.deadlines.firstByteMs, () => {
			socket.write(reqPqMulti(nonce, network.now()));
			return receive(socket, MTPROTO_LIMIT_BYTES, (bytes) => parseMtprotoAnswer(bytes, nonce));
		});
	});
	return {
		outcome: "failure" in result ? { kind: "failed", failure: result.failure } : judge(result.value),
		...result.seen,
	};
};

/** The transport's word for too many connections. */
const FLOOD = 429;

function judge(answer: MtprotoAnswer): ProbeOutcome {
	if (answer.kind === "res_pq") return { kind: "ok" };
	const detail = answer.kind === "error" ? `MTProto transport error ${answer.code}` : `no resPQ: ${answer.why}`;
	const why = failure("unreadable", detail, { phase: "first_byte" });
	return answer.kind === "error" && answer.code === FLOOD
		? { kind: "blocked", failure: why }
		: { kind: "failed", failure: why };
}
