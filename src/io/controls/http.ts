import type { ControlOutcome } from "../../core/evidence.ts";
import { failure } from "../../core/failure.ts";
import { decodeText } from "../network/decode-text.ts";
import { converse } from "../network/exchange.ts";
import { headerOf } from "../network/headers.ts";
import { type HttpResponse, request } from "../network/http.ts";
import type { Control, SpecOf } from "./control.ts";

/** Asks for a page whose answer is known to the letter. A login page in its place gives itself away by any other answer. */
export const controlHttp: Control<SpecOf<"http">> = async (spec, network, { signal, attempt }) => {
	const headers = { "cache-control": "no-store" };
	const result = await converse(network, signal, (exchange) =>
		request(network, { url: new URL(spec.url), headers, read: "start", attempt }, exchange),
	);
	const { phases } = result.seen;
	if ("failure" in result) return { outcome: { kind: "failed", failure: result.failure }, phases };
	return { outcome: judgePortal(result.value, spec), phases };
};

/** The status by which a network itself asks for a login (RFC 6585). */
const NETWORK_LOGIN = 511;

/** What an answer in the place of the known one means: a status from 400 on is the vendor's trouble, anything else a portal. */
export function judgePortal(response: HttpResponse, expected: Pick<SpecOf<"http">, "status" | "body">): ControlOutcome {
	const { status, headers, body } = response;
	const location = headerOf(headers, "location");
	if (status >= 400 && status !== NETWORK_LOGIN && status !== expected.status) {
		return { kind: "failed", failure: failure("http", `HTTP ${status}`, { status }) };
	}
	if (status >= 300 && status < 400) return portal(`redirected to ${location || "nowhere"} (${status})`);
	if (status !== expected.status) return portal(`answered ${status}, expected ${expected.status}`);
	const text = decodeText(body, headerOf(headers, "content-type")).trim();
	return text === (expected.body ?? "").trim() ? { kind: "ok" } : portal(`answered "${text}", which is not its page`);
}

/** Goes through `failure` for its promise about outside text: one line, bounded. */
function portal(detail: string): ControlOutcome {
	return { kind: "portal", detail: failure("unreadable", detail).detail };
}
