import type { HttpProbeSpec } from "../../core/check.ts";
import type { ProbeOutcome } from "../../core/evidence.ts";
import { type Failure, failure } from "../../core/failure.ts";
import { headerOf, retryAfterMs } from "../network/headers.ts";
import type { HttpResponse } from "../network/http.ts";
import { lackOf } from "./lack-of.ts";

/** Forbidden, too many requests, forbidden by law: the host is there, and turns us away. */
const REFUSALS: ReadonlySet<number> = new Set([403, 429, 451]);

/**
 * What an HTTP answer says. Any answer means that the host is reachable; a status counts against it only from 500 on, and only
 * where it is not recorded as healthy. To refuse us (403, 429, 451, a challenge) is not to be down.
 */
export function judgeHttp(
	response: HttpResponse,
	{ healthy }: Pick<HttpProbeSpec, "healthy">,
	now: number,
): ProbeOutcome {
	const { status } = response;
	if (healthy?.status?.includes(status) ?? status === 200) {
		const lack = lackOf(response, healthy ?? {}) ?? confessionIn(response);
		return lack === undefined ? { kind: "ok" } : { kind: "failed", failure: failure("unreadable", lack) };
	}
	if (REFUSALS.has(status) || isChallenge(response)) return { kind: "blocked", failure: statusFailure(response, now) };
	const broken = status >= 500 || confessionIn(response) !== undefined;
	return broken ? { kind: "failed", failure: statusFailure(response, now) } : { kind: "ok" };
}

/** The failure that an HTTP status stands for, with the rest that a 429 or 503 asks for. */
export function statusFailure(response: HttpResponse, now: number): Failure {
	const { status, headers } = response;
	const rest = status === 429 || status === 503 ? retryAfterMs(headers, now) : undefined;
	const confession = confessionIn(response);
	const detail = confession === undefined ? `HTTP ${status}` : `HTTP ${status}, ${confession}`;
	return failure("http", detail, { status, ...(rest !== undefined && { retryAfterMs: rest }) });
}

/** How Cloudflare, AWS WAF and Vercel mark, by their documentation, an answer that stands before the site's own. */
const CHALLENGES: readonly (readonly [name: string, value: RegExp])[] = [
	["cf-mitigated", /challenge/],
	["x-amzn-waf-action", /challenge|captcha/],
	["x-vercel-mitigated", /challenge|deny/],
];

/** The title of Cloudflare's page of a challenge, which older edges send without a mark in the headers. */
const CHALLENGE_TITLE = "<title>Just a moment...</title>";

function isChallenge({ headers, status, body }: HttpResponse): boolean {
	if (CHALLENGES.some(([name, value]) => value.test(headerOf(headers, name)))) return true;
	return status >= 400 && body.subarray(0, 4096).includes(CHALLENGE_TITLE);
}

/** Meta's edges say in this header that nobody stands behind them, as on 3 July 2019, whatever the status. */
function confessionIn({ headers }: HttpResponse): string | undefined {
	const reason = headerOf(headers, "x-fb-response-reason");
	return /no server is available/i.test(reason) ? `x-fb-response-reason: ${reason}` : undefined;
}
