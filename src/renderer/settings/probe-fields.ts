import type { ProbeSpec } from "../../core/check.ts";

/** Kinds of probe that people can write here. */
export const PROBE_KINDS = ["http", "tcp", "tls", "dns", "websocket"] as const;
type ProbeKind = (typeof PROBE_KINDS)[number];

/** What has been typed of a probe. */
export interface ProbeFields {
	readonly kind: ProbeKind;
	readonly url: string;
	readonly host: string;
	readonly port: string;
	readonly status: string;
	readonly text: string;
}

export const NO_FIELDS: ProbeFields = { kind: "http", url: "", host: "", port: "443", status: "", text: "" };

/** The probe as people would have typed it; `undefined` for a kind that is not written here. */
export function fieldsOf(probe: ProbeSpec): ProbeFields | undefined {
	switch (probe.type) {
		case "http": {
			const { status = [], contains = "" } = probe.healthy ?? {};
			return { ...NO_FIELDS, url: probe.url, status: status.join(" "), text: contains };
		}
		case "websocket":
			return { ...NO_FIELDS, kind: "websocket", url: probe.url };
		case "tcp":
		case "tls":
			return { ...NO_FIELDS, kind: probe.type, host: probe.host, port: String(probe.port) };
		case "dns":
			return { ...NO_FIELDS, kind: "dns", host: probe.name };
		default:
			return undefined;
	}
}

/** The probe that was typed; `undefined` while something is missing or cannot be so. */
export function probeOf(fields: ProbeFields): ProbeSpec | undefined {
	const { kind } = fields;
	if (kind === "http" || kind === "websocket") return overWeb(fields, kind);
	const host = fields.host.trim().toLowerCase();
	if (!/^[a-z0-9.:-]{1,253}$/.test(host)) return undefined;
	// one's own name may well lead into one's own network
	if (kind === "dns") return { type: "dns", name: host, mayBePrivate: true };
	const port = whole(fields.port, 1, 65_535);
	return port === undefined ? undefined : { type: kind, host, port };
}

function overWeb({ url, status, text }: ProbeFields, kind: "http" | "websocket"): ProbeSpec | undefined {
	const scheme = kind === "http" ? "https" : "wss";
	const typed = url.trim();
	const address = URL.parse(/^[a-z]+:\/\//i.test(typed) ? typed : `${scheme}://${typed}`);
	const fits = kind === "http" ? /^https?:$/ : /^wss?:$/;
	if (!address || !fits.test(address.protocol) || address.username !== "" || address.password !== "") return undefined;
	if (kind === "websocket") return { type: "websocket", url: address.href };
	const wanted = status.trim() === "" ? [] : status.trim().split(/[\s,]+/);
	const statuses = wanted.flatMap((each) => whole(each, 100, 599) ?? []);
	if (statuses.length < wanted.length) return undefined;
	const contains = text.trim();
	const healthy = { ...(statuses.length > 0 && { status: statuses }), ...(contains !== "" && { contains }) };
	return { type: "http", url: address.href, ...(Object.keys(healthy).length > 0 && { healthy }) };
}

function whole(text: string, least: number, most: number): number | undefined {
	const value = /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN;
	return value >= least && value <= most ? value : undefined;
}

/** With what else the probe before it held, and cannot be typed here. */
export function withRest(probe: ProbeSpec, before: ProbeSpec | undefined): ProbeSpec {
	if (before?.type !== probe.type) return probe;
	if (before.type !== "http" || probe.type !== "http") return { ...before, ...probe } as ProbeSpec;
	const { healthy: known, ...rest } = before;
	const { status: _, contains: __, ...further } = known ?? {};
	const healthy = { ...further, ...probe.healthy };
	return { ...rest, ...probe, ...(Object.keys(healthy).length > 0 && { healthy }) };
}

/** What a probe asks, in short. */
export function targetText(probe: ProbeSpec): string {
	if ("url" in probe) return probe.url;
	return "name" in probe ? probe.name : `${probe.host}:${probe.port}`;
}
