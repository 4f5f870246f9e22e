import type {
	Check,
	HealthyHttp,
	HealthyWebSocket,
	HttpProbeSpec,
	ProbeSpec,
	TwoStepProbeSpec,
} from "../../core/check.ts";
import type { Answer } from "../world.ts";
import type { DnsReply } from "./dns-answer.ts";
import { jsonWith } from "./json-with.ts";
import { pageReply } from "./pages.ts";
import { isDnsOverHttps } from "./sees.ts";

/** What a web server says. */
export interface Reply {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
	/** Answers the question over HTTPS that the request carries, in place of `body`. */
	readonly dns?: DnsReply;
	/** Agrees to speak WebSocket, and says this first. */
	readonly webSocket?: Pick<HealthyWebSocket, "greeting" | "closeCode"> & { readonly protocol?: string };
}

const HTML = { "content-type": "text/html; charset=utf-8" };
const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };

/** What a network says that wants a login first. */
export const LOGIN_PAGE: Reply = { status: 302, headers: { ...HTML, location: "http://login.invalid/" }, body: "" };

/** The first bytes of a picture. */
export const PICTURE: Reply = {
	status: 206,
	headers: { "content-type": "image/jpeg", "content-range": "bytes 0-0/1" },
	body: "-",
};

/** What stands in the place of a status page that cannot be read. */
const NO_STATUS_PAGE: Reply = {
	status: 200,
	headers: HTML,
	body: "<!doctype html><title>Welcome</title><p>This is not a status page.</p>",
};

/** An address reserved for examples: that there is one is all that matters of a question over HTTPS. */
const EXAMPLE: DnsReply = { code: 0, addresses: ["192.0.2.1"] };

/** Other statuses that mean trouble, for hosts that count the scripted one as healthy. */
const TROUBLE = [500, 502, 504] as const;

/** The answer that brings the check to the scripted outcome, where a web server can. Absent for checks that ask for none. */
export function replyWith(check: Check, { evidence, headers = {} }: Answer, service: string): Reply | undefined {
	if (evidence.kind === "source") {
		const { outcome } = evidence;
		if (outcome.kind === "read") return pageReply(outcome.page, service, evidence.at);
		return outcome.failure.kind === "unreadable" ? NO_STATUS_PAGE : bare(outcome.failure.status ?? 500);
	}
	const status = evidence.kind === "probe" ? evidence.status : undefined;
	if (status === undefined) return wellReply(check);
	const well = check.kind === "probe" && "healthy" in check.probe ? (check.probe.healthy?.status ?? []) : [];
	const means = evidence.outcome.kind === "failed" ? [status, ...TROUBLE].find((each) => !well.includes(each)) : status;
	return { ...bare(means ?? status), headers: { ...HTML, ...headers } };
}

export function dnsReply(dns: DnsReply): Reply {
	return { status: 200, headers: { "content-type": "application/dns-message" }, body: "", dns };
}

/** Where the first step of a probe leads: a name of its own, so that no other check is asked there. */
export function secondHost({ hosts }: TwoStepProbeSpec): string {
	return `second-step.${hosts[0]}`;
}

/** What a healthy server says to the check, as the catalogue records it. */
function wellReply(check: Check): Reply | undefined {
	if (isDnsOverHttps(check)) return dnsReply(EXAMPLE);
	if (check.kind === "probe") return wellProbe(check.probe);
	if (check.kind !== "control" || check.control.type !== "http") return undefined;
	return { ...bare(check.control.status), body: check.control.body ?? "" };
}

function wellProbe(probe: ProbeSpec): Reply | undefined {
	switch (probe.type) {
		case "http":
			return wellPage(probe);
		case "two_step": {
			const address = `${new URL(probe.url).protocol}//${secondHost(probe)}/picture`;
			return { status: 200, headers: JSON_TYPE, body: jsonWith({ [probe.pointer]: address }) };
		}
		case "websocket": {
			const { protocol, healthy: { status = [101], greeting, closeCode } = {} } = probe;
			if (!status.includes(101)) return bare(status[0] ?? 400);
			const first = { ...(greeting !== undefined && { greeting }), ...(closeCode !== undefined && { closeCode }) };
			return { ...bare(101), webSocket: { ...first, ...(protocol !== undefined && { protocol }) } };
		}
		default:
			return undefined;
	}
}

function wellPage({ healthy = {}, firstBytes }: HttpProbeSpec): Reply {
	const { status, contains = "", json, headers = [] } = healthy;
	if (firstBytes !== undefined && !status && contains === "" && !json)
		return { ...PICTURE, headers: { ...PICTURE.headers, ...told(headers) } };
	return {
		status: status?.[0] ?? 200,
		headers: { ...(json ? JSON_TYPE : HTML), ...told(headers) },
		body: json ? jsonWith(json) : contains,
	};
}

function told(headers: NonNullable<HealthyHttp["headers"]>): Record<string, string> {
	return Object.fromEntries(headers.map(({ name, value = "yes" }) => [name, value]));
}

function bare(status: number): Reply {
	return { status, headers: HTML, body: "" };
}
