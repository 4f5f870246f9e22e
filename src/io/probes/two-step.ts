import type { TwoStepProbeSpec } from "../../core/check.ts";
import type { ProbeOutcome } from "../../core/evidence.ts";
import { type Failure, failure } from "../../core/failure.ts";
import { edgeOf } from "../network/edge-of.ts";
import { converse, type Exchange } from "../network/exchange.ts";
import { failureOf, Trouble } from "../network/failure-of.ts";
import { type HttpResponse, request } from "../network/http.ts";
import type { Network } from "../network/network.ts";
import { isPrivateAddress } from "../network/private-address.ts";
import { valueAt } from "./json-pointer.ts";
import { judgeHttp, statusFailure } from "./judge-http.ts";
import { jsonOf } from "./lack-of.ts";
import type { Probe, ProbeRun } from "./probe.ts";

/** Enough to know that it is there, and little for its owner to send. */
const FIRST_BYTES = 1024;
const MEDIA_STATUSES: ReadonlySet<number> = new Set([200, 206]);

/**
 * Asks an API for an address, and then for the first bytes of what lies there. An API that answers otherwise than with 200 may
 * have changed its manners: the second step is then not tried. The address must lead to an allowed host over the same scheme
 * and its usual port, and never from the public Internet into a local network. Phases add up over both steps; the failure says
 * which one it was.
 */
export const probeTwoStep: Probe<TwoStepProbeSpec> = async (spec, network, run) => {
	const result = await converse(network, run.signal, (exchange) => bothSteps(spec, network, run, exchange));
	if ("failure" in result) return { outcome: { kind: "failed", failure: result.failure }, ...result.seen };
	const { outcome, response } = result.value;
	const edge = edgeOf(response, network.edges);
	return { outcome, status: response.status, ...result.seen, ...(edge !== undefined && { edge }) };
};

interface Ended {
	readonly outcome: ProbeOutcome;
	readonly response: HttpResponse;
}

async function bothSteps(
	spec: TwoStepProbeSpec,
	network: Network,
	{ attempt }: ProbeRun,
	exchange: Exchange,
): Promise<Ended> {
	const headers = { "cache-control": "no-store" };
	const { family } = spec;
	const from: string[] = [];
	const note = (address: string) => void from.push(address);
	const asked = { url: new URL(spec.url), headers, read: "whole", attempt, family, allowAddress: note } as const;
	const first = await step("first", () => request(network, asked, exchange));
	const outcome = inStep("first", judgeHttp(first, {}, network.now()));
	if (outcome.kind !== "ok") return { outcome, response: first };
	if (first.status !== 200) {
		return { outcome: { kind: "skipped", why: `the first step was answered ${first.status}` }, response: first };
	}
	const isLocal = from.length > 0 && from.every(isPrivateAddress);
	const second = await step("second", () => {
		const url = addressIn(first, spec);
		const allowAddress = isLocal ? undefined : refusePrivate;
		const ask = { url, headers, read: "start", firstBytes: FIRST_BYTES, attempt, family, allowAddress } as const;
		return request(network, ask, exchange);
	});
	return { outcome: inStep("second", judgeMedia(second, network.now())), response: second };
}

type Step = "first" | "second";

async function step<T>(which: Step, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw new Trouble(named(which, failureOf(error)));
	}
}

function inStep(which: Step, outcome: ProbeOutcome): ProbeOutcome {
	return "failure" in outcome ? { ...outcome, failure: named(which, outcome.failure) } : outcome;
}

function named(which: Step, { kind, detail, ...rest }: Failure): Failure {
	return failure(kind, `${which} step: ${detail}`, rest);
}

/** The address that the first answer gives, if it is one that may be asked. Throws `Trouble`. */
function addressIn(response: HttpResponse, { url: from, pointer, hosts }: TwoStepProbeSpec): URL {
	const body = jsonOf(response);
	if (!body) throw unreadable("the answer to the first is not JSON");
	const found = valueAt(body.value, pointer);
	const url = typeof found === "string" ? URL.parse(found) : null;
	if (!url) throw unreadable(`there is no address at "${pointer}"`);
	if (url.protocol !== new URL(from).protocol || url.port !== "") throw unreadable(`leads to ${url.origin}`);
	const host = url.hostname.replace(/\.$/, "");
	if (hosts.some((allowed) => host === allowed || host.endsWith(`.${allowed}`))) return url;
	throw unreadable(`leads to ${host}, which is none of ${hosts.join(", ")}`);
}

function refusePrivate(address: string): Failure | undefined {
	if (!isPrivateAddress(address)) return undefined;
	return failure("unreadable", `leads to ${address}, which is no public address`, { phase: "dns" });
}

function judgeMedia(response: HttpResponse, now: number): ProbeOutcome {
	const { status, body } = response;
	const judged = judgeHttp(response, {}, now);
	if (judged.kind !== "ok") return judged;
	if (!MEDIA_STATUSES.has(status)) return { kind: "failed", failure: statusFailure(response, now) };
	return body.length > 0 ? judged : { kind: "failed", failure: failure("unreadable", "there is nothing in it") };
}

function unreadable(detail: string): Trouble {
	return new Trouble(failure("unreadable", detail));
}
