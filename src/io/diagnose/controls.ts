import { isIP } from "node:net";
import type { ControlCheck, ControlSpec, Family } from "../../core/check.ts";
import type { ControlFinding, Outcome } from "../../core/diagnosis-findings.ts";
import { failure } from "../../core/failure.ts";
import { judgePortal } from "../controls/http.ts";
import { dial } from "../network/dial.ts";
import { askDoh } from "../network/doh.ts";
import { converse, type Exchange, type Exchanged } from "../network/exchange.ts";
import { Trouble } from "../network/failure-of.ts";
import { headerOf } from "../network/headers.ts";
import { type HttpResponse, request } from "../network/http.ts";
import type { Network } from "../network/network.ts";
import type { Computer } from "./computer.ts";
import { faultOf, outcomeOf } from "./fault.ts";

/** What a test of a diagnosis runs with. */
export interface Means {
	readonly network: Network;
	readonly computer: Computer;
	/** Aborted when the time for the test is over, or nobody wants it any more. */
	readonly signal: AbortSignal;
}

export const LAYER_OF = { dns: "names", doh: "doh", ip: "addresses", http: "portal" } as const satisfies Record<
	ControlSpec["type"],
	ControlFinding["layer"]
>;

/** Runs one control as it stands. Never throws. */
export async function tryControl({ vendor, control }: ControlCheck, means: Means): Promise<ControlFinding> {
	const base = { kind: "control", layer: LAYER_OF[control.type], vendor } as const;
	if (control.type === "http") return { ...base, ...(await tryPage(control, means)) };
	const result = await converse(means.network, means.signal, (exchange) => ask(control, means.network, exchange));
	const outcome = simpleOutcome(result);
	const lost = control.type === "ip" && (await isInVain(control.address, outcome, means.computer));
	return { ...base, ...seenIn(result), outcome: lost ? { kind: "not_tried" } : outcome };
}

/** Asks for the page of a control over that family alone; not tried where the computer or the page knows no such address. */
export async function tryFamily(
	{ vendor, control }: ControlCheck,
	family: Family,
	means: Means,
): Promise<ControlFinding> {
	const base = { kind: "control", layer: "families", vendor } as const;
	if (control.type !== "http" || !(await means.computer.hasRoute(family))) {
		return { ...base, family, outcome: { kind: "not_tried" }, phases: {} };
	}
	const found = await tryPage(control, means, family);
	const { outcome } = found;
	const unable = found.proxied || (outcome.kind === "failed" && outcome.fault.phase === "dns");
	return { ...base, ...found, family, outcome: unable ? { kind: "not_tried" } : outcome };
}

async function ask(
	control: Exclude<ControlSpec, { type: "http" }>,
	network: Network,
	exchange: Exchange,
): Promise<void> {
	switch (control.type) {
		case "ip":
			await dial(network, { host: control.address, port: control.port }, exchange);
			return;
		case "doh": {
			const { url, addresses, name } = control;
			const found = await askDoh(network, { url, addresses, name, family: 4, attempt: 0 }, exchange);
			if (found.length === 0) throw unreadable(`${name}: an answer without addresses`);
			return;
		}
		case "dns": {
			const answered = await network.names.resolve(control.name, exchange);
			if (!answered.some((address) => control.addresses.includes(address)))
				throw unreadable("other addresses than published");
		}
	}
}

function unreadable(detail: string): Trouble {
	return new Trouble(failure("unreadable", detail, { phase: "dns" }));
}

type PageSpec = Extract<ControlSpec, { type: "http" }>;

async function tryPage(spec: PageSpec, { network, signal }: Means, family?: Family) {
	const headers = { "cache-control": "no-store" };
	const url = new URL(spec.url);
	const result = await converse(network, signal, async (exchange) => {
		const response = await request(network, { url, headers, read: "start", family }, exchange);
		return { response, at: network.now() };
	});
	if ("failure" in result) return { ...seenIn(result), outcome: simpleOutcome(result) };
	const { response, at } = result.value;
	const outcome = outcomeOf(judgePortal(response, spec));
	const said = outcome.kind === "ok" ? clockOf(response) : undefined;
	const wire = result.seen.phases.first_byte ?? 0;
	return { ...seenIn(result), outcome, ...(said !== undefined && { aheadMs: Math.round(at - wire / 2 - said) }) };
}

/** What time it was when the answer was given: `Date`, and `Age` where a cache kept it since (RFC 9110 and 9111). */
function clockOf({ headers }: HttpResponse): number | undefined {
	const said = Date.parse(headerOf(headers, "date"));
	const age = headerOf(headers, "age");
	if (Number.isNaN(said)) return undefined;
	return said + (/^\d{1,7}$/.test(age) ? Number(age) * 1000 : 0);
}

function simpleOutcome(result: Exchanged<unknown>): Outcome {
	return "failure" in result ? { kind: "failed", fault: faultOf(result.failure) } : { kind: "ok" };
}

function seenIn({ seen: { phases, family, proxied } }: Exchanged<unknown>) {
	return { phases, ...(family && { family }), ...(proxied && { proxied: true as const }) };
}

/** A literal address of a family that this network does not have. */
async function isInVain(address: string, outcome: Outcome, computer: Computer): Promise<boolean> {
	if (outcome.kind !== "failed" || outcome.fault.kind !== "unreachable") return false;
	const family = isIP(address) === 6 ? 6 : 4;
	return !(await computer.hasRoute(family)) && (await computer.hasRoute(family === 6 ? 4 : 6));
}

/** Which control a finding is of. */
export function controlKey({ layer, vendor }: Pick<ControlFinding, "layer" | "vendor">): string {
	return `${layer}/${vendor}`;
}
