import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import type { HealthyWebSocket, WebSocketProbeSpec } from "../../core/check.ts";
import type { ProbeOutcome } from "../../core/evidence.ts";
import { failure, type Phase } from "../../core/failure.ts";
import { edgeOf } from "../network/edge-of.ts";
import { converse, type Exchange } from "../network/exchange.ts";
import { Trouble } from "../network/failure-of.ts";
import { headerOf } from "../network/headers.ts";
import type { Network } from "../network/network.ts";
import { type Upgraded, upgrade } from "../network/upgrade.ts";
import { acceptOf, closeFrame } from "../network/websocket-frame.ts";
import { hear } from "../network/websocket-hear.ts";
import { judgeHttp } from "./judge-http.ts";
import type { Probe } from "./probe.ts";

/** Long enough for a last frame to leave this computer. */
const FAREWELL_MS = 1000;

/**
 * Asks for a WebSocket, checks that the server means it, hears its greeting or its farewell where one is recorded, and takes
 * leave. Nothing else is ever said. An answer other than 101 is judged as any HTTP answer is: the host is reachable.
 */
export const probeWebSocket: Probe<WebSocketProbeSpec> = async (spec, network, { signal, attempt }) => {
	const key = randomBytes(16).toString("base64");
	const headers = {
		"sec-websocket-key": key,
		"sec-websocket-version": "13",
		...(spec.origin !== undefined && { origin: spec.origin }),
		...(spec.protocol !== undefined && { "sec-websocket-protocol": spec.protocol }),
	};
	const well = spec.healthy?.status;
	let answer: Upgraded | undefined;
	const result = await converse(network, signal, async (exchange) => {
		answer = await upgrade(network, { ...spec, url: new URL(spec.url), headers, attempt }, exchange);
		if (answer.status !== 101)
			return judgeHttp(answer, well === undefined ? {} : { healthy: { status: well } }, network.now());
		checkConsent(answer, key, spec);
		return converseOver(answer.socket, spec.healthy ?? {}, network, exchange);
	});
	const outcome: ProbeOutcome = "failure" in result ? { kind: "failed", failure: result.failure } : result.value;
	const edge = answer && edgeOf(answer, network.edges);
	return { outcome, ...result.seen, ...(answer && { status: answer.status }), ...(edge !== undefined && { edge }) };
};

/** The server's part of the handshake (RFC 6455, section 4.1). */
function checkConsent({ headers }: Upgraded, key: string, { protocol }: WebSocketProbeSpec): void {
	const said = (name: string) => headerOf(headers, name).trim();
	if (said("upgrade").toLowerCase() !== "websocket") throw unreadable("101, but not to WebSocket");
	if (said("sec-websocket-accept") !== acceptOf(key)) throw unreadable("101, but with the answer to another key");
	if (said("sec-websocket-extensions") !== "") throw unreadable("101, with an extension that was not asked for");
	const agreed = said("sec-websocket-protocol");
	if (agreed !== "" && agreed !== protocol)
		throw unreadable(`101, to the protocol "${agreed}", which was not asked for`);
}

async function converseOver(
	socket: Socket,
	{ greeting, closeCode }: HealthyWebSocket,
	{ deadlines }: Network,
	exchange: Exchange,
): Promise<ProbeOutcome> {
	const listen = (wanted: "message" | "close") =>
		exchange.step("transfer", deadlines.firstByteMs, () => hear(socket, wanted));
	if (closeCode !== undefined) {
		const { code } = await listen("close");
		if (code !== closeCode) throw unreadable(`closed with ${code}, expected ${closeCode}`, "transfer");
	} else if (greeting !== undefined) {
		const { code, message = "" } = await listen("message");
		if (code !== undefined) throw unreadable(`closed with ${code} before a greeting`, "transfer");
		if (!message.includes(greeting)) throw unreadable(`the greeting lacks "${greeting}"`, "transfer");
	}
	// what the probe was to find out it knows by now
	await exchange.step("transfer", FAREWELL_MS, () => takeLeave(socket)).catch(() => {});
	return { kind: "ok" };
}

function takeLeave(socket: Socket): Promise<void> {
	return new Promise((resolve) => {
		socket.once("close", () => resolve());
		socket.end(closeFrame(1000, randomBytes(4)), () => resolve());
	});
}

function unreadable(detail: string, phase: Phase = "first_byte"): Trouble {
	return new Trouble(failure("unreadable", detail, { phase }));
}
