import type { HttpProbeSpec } from "../../core/check.ts";
import type { ProbeOutcome } from "../../core/evidence.ts";
import { type Failure, failure } from "../../core/failure.ts";
import { decodeText } from "../network/decode-text.ts";
import { headerOf, retryAfterMs } from "../network/headers.ts";
import type { HttpResponse } from "../network/http.ts";

/**
 * What an HTTP answer says. Any answer means that the host is reachable; a status counts against it only from 500 on, and only
 * where it is not recorded as healthy. To refuse us (403, 429, a challenge) is not to be down.
 */
export function judgeHttp(response: HttpResponse, { healthy }: HttpProbeSpec, now: number): ProbeOutcome {
	const { status } = response;
	const listed = healthy?.status?.includes(status) ?? status === 200;
	if (healthy?.contains !== undefined && listed && !textOf(response).includes(healthy.contains)) {
		return { kind: "failed", failure: failure("unreadable", `the body lacks "${healthy.contains}"`) };
	}
	if (listed) return { kind: "ok" };
	if (status === 403 || status === 429 || isChallenge(response)) {
		return { kind: "blocked", failure: statusFailure(response, now) };
	}
	return status >= 500 ? { kind: "failed", failure: statusFailure(response, now) } : { kind: "ok" };
}

/** The failure that an HTTP status stands for, with the rest that a 429 or 503 asks for. */
function statusFailure({ status, headers }: HttpResponse, now: number): Failure {
	const rest = status === 429 || status === 503 ? retryAfterMs(headers, now) : undefined;
	return failure("http", `HTTP ${status}`, { status, ...(rest !== undefined && { retryAfterMs: rest }) });
}

/** How Cloudflare, AWS WAF and Vercel mark, by their documentation, an answer that stands before the site's own. */
const CHALLENGES: readonly (readonly [name: string, value: RegExp])[] = [
	["cf-mitigated", /challenge/],
	["x-amzn-waf-action", /challenge|captcha/],
	["x-vercel-mitigated", /challenge|deny/],
];

function isChallenge({ headers }: HttpResponse): boolean {
	return CHALLENGES.some(([name, value]) => value.test(headerOf(headers, name)));
}

function textOf({ body, headers }: HttpResponse): string {
	return decodeText(body, headerOf(headers, "content-type"));
}
