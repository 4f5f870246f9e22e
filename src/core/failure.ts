/**
 * What can go wrong with one run of a check, in the field's usual words.
 * - `timeout` no answer within the deadline · `refused` · `reset` the peer broke off · `unreachable` no route
 * - `dns_nxdomain` the name does not exist · `dns_servfail` the resolver could not answer · `dns_timeout` nor did it reply
 * - `tls_untrusted` a certificate that does not verify (chain, name, expiry) · `tls_failed` no TLS at all
 * - `http` an HTTP status that means trouble · `unreadable` an answer that is not what was asked for
 */
export const FAILURE_KINDS = [
	"timeout",
	"refused",
	"reset",
	"unreachable",
	"dns_nxdomain",
	"dns_servfail",
	"dns_timeout",
	"tls_untrusted",
	"tls_failed",
	"http",
	"unreadable",
] as const;

export type FailureKind = (typeof FAILURE_KINDS)[number];

/** The steps of one network exchange, in their order. `proxy` is the CONNECT to a proxy, where there is one. */
export const PHASES = ["dns", "connect", "proxy", "tls", "first_byte", "transfer"] as const;

export type Phase = (typeof PHASES)[number];

/** A failed run as a value: it is evidence like any other, and nothing above `io` ever catches it. */
export interface Failure {
	readonly kind: FailureKind;
	/** The step that failed; absent where the failure belongs to none, such as an unreadable body. */
	readonly phase?: Phase;
	/** Only with kind `http`. */
	readonly status?: number;
	/** One plain line of at most 200 characters for the curious, in English: it may quote the outside world. */
	readonly detail: string;
	/** What a 429 or 503 asked for: how long to leave the host alone, in ms. */
	readonly retryAfterMs?: number;
}

/**
 * Whether a failure is the proxy's own: it cannot be reached, wants a login or bars the way, and says nothing of what lies behind
 * it. A proxy that answers 500, 502, 503 or 504 speaks of the target.
 */
export function isOfProxy({ phase, status }: Failure): boolean {
	return phase === "proxy" && (status === undefined || status < 500 || status === 501);
}

const DETAIL_LIMIT = 200;

/** Builds a failure and keeps its promise about `detail`: one line, bounded, no control characters. */
export function failure(
	kind: FailureKind,
	detail: string,
	more: Partial<Omit<Failure, "kind" | "detail">> = {},
): Failure {
	return { kind, detail: plainLine(detail, DETAIL_LIMIT), ...more };
}

/** Outside text made safe to show: control, direction-changing and broken characters become spaces, runs of space one, the end cut. */
export function plainLine(text: string, limit: number): string {
	const line = text
		.slice(0, limit * 8)
		.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Zs}]+/gu, " ")
		.trim();
	if (line.length <= limit) return line;
	// a letter that takes two units is not cut in half
	const start = line.slice(0, limit - 1).replace(/\p{Cs}$/u, "");
	return `${start.trimEnd()}…`;
}
