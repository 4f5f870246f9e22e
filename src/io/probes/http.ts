import type { HttpProbeSpec } from "../../core/check.ts";
import { edgeOf } from "../network/edge-of.ts";
import { converse } from "../network/exchange.ts";
import { request } from "../network/http.ts";
import { judgeHttp } from "./judge-http.ts";
import { needsBody } from "./lack-of.ts";
import type { Probe } from "./probe.ts";

/** Asks a web address over a fresh connection, without following redirects, and looks no further into the answer than it must. */
export const probeHttp: Probe<HttpProbeSpec> = async (spec, network, { signal, attempt }) => {
	const { root, family, firstBytes, healthy } = spec;
	const headers = { "cache-control": "no-store" };
	const read = healthy && needsBody(healthy) ? "whole" : "start";
	const result = await converse(network, signal, (exchange) =>
		request(network, { url: new URL(spec.url), headers, read, firstBytes, attempt, root, family }, exchange),
	);
	if ("failure" in result) return { outcome: { kind: "failed", failure: result.failure }, ...result.seen };
	const { value: response, seen } = result;
	const edge = edgeOf(response, network.edges);
	const outcome = judgeHttp(response, spec, network.now());
	return { outcome, status: response.status, ...seen, ...(edge !== undefined && { edge }) };
};
