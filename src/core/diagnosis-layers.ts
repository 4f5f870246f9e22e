import type { Finding, Outcome } from "./diagnosis-findings.ts";
import { leadsOut } from "./diagnosis-local.ts";
import { lookAt } from "./diagnosis-look.ts";
import type { ServiceId, Time } from "./model.ts";

/** What is looked at, from this computer outwards: ten layers of the connection, then each service that was asked about. */
export const LAYERS = [
	"link",
	"gateway",
	"names",
	"doh",
	"addresses",
	"portal",
	"families",
	"proxy",
	"tls",
	"clock",
	"service",
] as const;
export type Layer = (typeof LAYERS)[number];

/** - `absent`: this computer or network has none of it, and needs none · `not_tried`: nothing could be asked. */
export type LayerState = "well" | "partly" | "trouble" | "absent" | "not_tried";

/** A layer that has been looked at. */
export interface LayerReport {
	readonly layer: Layer;
	/** Only of the layer `service`. */
	readonly service?: ServiceId;
	readonly state: LayerState;
	readonly findings: readonly Finding[];
	readonly tookMs: Time;
}

/** How a layer is, by its own findings alone: what it means is for `conclude` to say. */
export function stateOf(layer: Layer, findings: readonly Finding[]): LayerState {
	switch (layer) {
		case "link": {
			const links = findings.flatMap((finding) => (finding.kind === "link" ? finding.links : []));
			return links.some(leadsOut) ? "well" : "trouble";
		}
		case "gateway": {
			const answer = findings.find((finding) => finding.kind === "gateway")?.answer ?? "not_tried";
			return ({ answers: "well", silent: "trouble", none: "absent", not_tried: "not_tried" } as const)[answer];
		}
		case "families": {
			const lost = findings.filter((finding) => finding.kind === "route").every(({ known }) => !known);
			const overIpv6 = stateOfTests(findings);
			return lost ? "trouble" : overIpv6 === "not_tried" ? "well" : overIpv6;
		}
		case "proxy": {
			const proxied = findings.filter((finding) => "proxied" in finding);
			return proxied.length === 0 ? "absent" : stateOfTests(proxied);
		}
		case "clock": {
			const measured = findings.filter((finding) => finding.kind === "control" && finding.aheadMs !== undefined);
			if (measured.length === 0) return "not_tried";
			return lookAt(measured).clock ? "trouble" : "well";
		}
		default:
			return stateOfTests(findings);
	}
}

function stateOfTests(findings: readonly Finding[]): LayerState {
	const outcomes = findings.flatMap((finding): Outcome["kind"][] => {
		if (finding.kind === "host") return finding.role === "asked" ? [finding.outcome.kind] : [];
		return finding.kind === "control" || finding.kind === "certificate" ? [finding.outcome.kind] : [];
	});
	const tried = outcomes.filter((kind) => kind !== "not_tried");
	const well = tried.filter((kind) => kind === "ok").length;
	if (tried.length === 0) return "not_tried";
	if (well === tried.length) return "well";
	return well === 0 && !tried.includes("blocked") ? "trouble" : "partly";
}
