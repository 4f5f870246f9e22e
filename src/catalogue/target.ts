import type { ProbeSpec } from "../core/check.ts";

/** The host in a web address, lower case, without login or port; an IPv6 address without its brackets. */
export function hostIn(url: string): string {
	const host = /^[a-z]+:\/\/(?:[^/?#]*@)?(?:\[([0-9a-f:.]+)\]|([^/:?#]+))/i.exec(url);
	return (host?.[1] ?? host?.[2] ?? url).toLowerCase();
}

/** The host that a probe asks first; of a question to the system's resolver, the name that it is about. */
export function hostOf(probe: ProbeSpec): string {
	switch (probe.type) {
		case "http":
		case "two_step":
		case "websocket":
			return hostIn(probe.url);
		case "dns":
			return probe.over ? hostIn(probe.over.url) : probe.name;
		default:
			return probe.host;
	}
}

/** What a probe asks, in one word for people and for ids: no two probes of a feature may have the same. */
export function targetOf(probe: ProbeSpec): string {
	return probe.family === undefined ? bareTarget(probe) : `${bareTarget(probe)} (IPv${probe.family})`;
}

function bareTarget(probe: ProbeSpec): string {
	switch (probe.type) {
		case "http":
		case "websocket":
			return probe.url;
		case "two_step":
			return `${probe.url}#${probe.pointer}`;
		case "dns":
			return probe.over ? `dns:${probe.name} at ${probe.over.url}` : `dns:${probe.name}`;
		default:
			return `${probe.type}://${probe.host}:${probe.port}`;
	}
}
