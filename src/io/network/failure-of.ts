import { type Failure, type FailureKind, failure, type Phase } from "../../core/failure.ts";

/** An error that already carries its failure. It is thrown and caught inside `io`; above, failures are values. */
export class Trouble extends Error {
	override readonly name = "Trouble";
	readonly failure: Failure;

	constructor(cause: Failure) {
		super(cause.detail);
		this.failure = cause;
	}
}

/** An error with a code of the kind that Node gives, so that `failureOf` knows it. */
export function coded(code: string, message: string): Error {
	return Object.assign(new Error(message), { code });
}

/** Codes of Node, libuv, c-ares, OpenSSL and undici, where they mean one thing whatever the step. */
const CODES: Readonly<Partial<Record<FailureKind, readonly string[]>>> = {
	timeout: ["ETIMEDOUT", "ABORT_ERR"],
	refused: ["ECONNREFUSED"],
	reset: [
		"ECONNRESET",
		"ECONNABORTED",
		"EPIPE",
		"UND_ERR_SOCKET",
		"UND_ERR_RES_CONTENT_LENGTH_MISMATCH",
		"HPE_INVALID_EOF_STATE",
	],
	unreachable: [
		"EHOSTUNREACH",
		"EHOSTDOWN",
		"ENETUNREACH",
		"ENETDOWN",
		"EADDRNOTAVAIL",
		"EAFNOSUPPORT",
		"EACCES",
		"EPERM",
	],
	dns_nxdomain: ["ENOTFOUND", "ENODATA", "EBADNAME"],
	dns_servfail: ["ESERVFAIL", "EREFUSED"],
	dns_timeout: ["ETIMEOUT", "ECANCELLED"],
	tls_untrusted: [
		"CERT_HAS_EXPIRED",
		"CERT_NOT_YET_VALID",
		"CERT_REVOKED",
		"CERT_REJECTED",
		"CERT_UNTRUSTED",
		"CERT_CHAIN_TOO_LONG",
		"CERT_SIGNATURE_FAILURE",
		"DEPTH_ZERO_SELF_SIGNED_CERT",
		"SELF_SIGNED_CERT_IN_CHAIN",
		"UNABLE_TO_GET_ISSUER_CERT",
		"UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
		"UNABLE_TO_VERIFY_LEAF_SIGNATURE",
		"UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY",
		"HOSTNAME_MISMATCH",
		"INVALID_CA",
		"INVALID_PURPOSE",
		"PATH_LENGTH_EXCEEDED",
		"ERR_TLS_CERT_ALTNAME_INVALID",
		// how Node calls all other reasons not to trust, such as a key that is too short
		"UNSPECIFIED",
	],
};

const KINDS: ReadonlyMap<string, FailureKind> = new Map(
	Object.entries(CODES).flatMap(([kind, codes]) => codes.map((code) => [code, kind as FailureKind] as const)),
);

/** A resolver that sends no reply, or that is not there to send one, is the same to us. */
const SILENT_RESOLVER: ReadonlySet<string> = new Set(["ETIMEDOUT", "ABORT_ERR", "ECONNREFUSED"]);

/** What an error means that no table knows, by the step it came from. */
const KIND_OF_PHASE: Readonly<Record<Phase, FailureKind>> = {
	dns: "dns_servfail",
	connect: "unreachable",
	proxy: "unreadable",
	tls: "tls_failed",
	first_byte: "unreadable",
	transfer: "unreadable",
};

/** The failure that an error stands for. The only place that looks at error codes; it never throws, whatever it is given. */
export function failureOf(error: unknown, phase?: Phase): Failure {
	if (error instanceof Trouble) return error.failure;
	const code = codeOf(error);
	const detail = (error instanceof Error && error.message) || code || "an error without a message";
	return failure(kindOf(code, phase), detail, phase ? { phase } : {});
}

function kindOf(code: string, phase: Phase | undefined): FailureKind {
	if (phase === "dns" && SILENT_RESOLVER.has(code)) return "dns_timeout";
	const known = KINDS.get(code);
	if (known) return known;
	if (code.startsWith("ERR_SSL_")) return "tls_failed";
	return phase ? KIND_OF_PHASE[phase] : "unreadable";
}

function codeOf(error: unknown): string {
	const code = error instanceof Error && "code" in error ? error.code : undefined;
	return typeof code === "string" ? code : "";
}
