import { randomBytes } from "node:crypto";
import { createSocket, type Socket } from "node:dgram";
import { isIPv6 } from "node:net";
import type { StunProbeSpec } from "../../core/check.ts";
import type { ProbeOutcome } from "../../core/evidence.ts";
import { failure } from "../../core/failure.ts";
import { addressesOf } from "../network/dial.ts";
import { eitherFamily } from "../network/either-family.ts";
import { converse, type Exchange } from "../network/exchange.ts";
import { parseStunAnswer, STUN_ID_BYTES, type StunAnswer, stunRequest } from "../network/stun-message.ts";
import type { Probe } from "./probe.ts";

/** Waits between one request and the next (RFC 8489, section 6.2.1): a lost packet is not an outage. */
const AGAIN_AFTER_MS = [500, 1000, 2000] as const;

/** Asks a STUN server for a binding. That it answers our very request is what counts; the address in it is nobody's business. */
export const probeStun: Probe<StunProbeSpec> = async ({ host, port, family }, network, { signal, attempt }) => {
	const result = await converse(network, signal, async (exchange) => {
		const addresses = await addressesOf(network, { host, family }, exchange);
		const { connectMs } = network.deadlines;
		const to = network.mapPort(host, port);
		return eitherFamily(addresses, attempt, connectMs, exchange, (address, limitMs) =>
			bind(address, to, limitMs, exchange),
		);
	});
	return {
		outcome: "failure" in result ? { kind: "failed", failure: result.failure } : judge(result.value),
		...result.seen,
	};
};

async function bind(address: string, port: number, limitMs: number, exchange: Exchange): Promise<StunAnswer> {
	const socket = createSocket(isIPv6(address) ? "udp6" : "udp4");
	let again: NodeJS.Timeout | undefined;
	const { promise: broken, reject } = Promise.withResolvers<never>();
	broken.catch(() => {});
	socket.on("error", reject);
	exchange.onEnd(() => {
		clearTimeout(again);
		socket.close();
	});
	// A connected socket hears from nobody else, and hears of a port where nobody is.
	await exchange.step("connect", limitMs, () => Promise.race([connected(socket, port, address), broken]));
	const id = randomBytes(STUN_ID_BYTES);
	const send = (nth: number) => {
		socket.send(stunRequest(id), (error) => error && reject(error));
		const waitMs = AGAIN_AFTER_MS[nth];
		if (waitMs !== undefined) again = setTimeout(() => send(nth + 1), waitMs);
	};
	send(0);
	try {
		return await exchange.step("first_byte", limitMs, () => Promise.race([answerTo(id, socket), broken]));
	} finally {
		clearTimeout(again);
	}
}

function connected(socket: Socket, port: number, address: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const settle = (error?: Error) => (error ? reject(error) : resolve());
		socket.connect(port, address, settle as () => void);
	});
}

function answerTo(id: Buffer, socket: Socket): Promise<StunAnswer> {
	return new Promise((resolve) => {
		socket.on("message", (bytes) => {
			const answer = parseStunAnswer(bytes, id);
			if (answer) resolve(answer);
		});
	});
}

/** An error of the server's own counts against it; any other means that it is there, and turns us away. */
function judge(answer: StunAnswer): ProbeOutcome {
	if (answer.kind === "bound") return { kind: "ok" };
	const detail = answer.kind === "error" ? `STUN error ${answer.code}` : `no STUN answer: ${answer.why}`;
	const why = failure("unreadable", detail, { phase: "first_byte" });
	return answer.kind === "error" && answer.code < 500
		? { kind: "blocked", failure: why }
		: { kind: "failed", failure: why };
}
