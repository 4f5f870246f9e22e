import { expect, test } from "vitest";
import { FAILURE_KINDS, PHASES } from "../../../src/core/failure.ts";
import { coded, failureOf } from "../../../src/io/network/failure-of.ts";

test.each([
	"CERT_HAS_EXPIRED",
	"ERR_SSL_WRONG_VERSION_NUMBER",
	"ENETUNREACH",
	"EPIPE",
	"ETIMEDOUT",
	"EMFILE",
	"",
	"constructor",
])("an error with the code %j is a failure of a known kind at every step", (code) => {
	for (const phase of PHASES) {
		const found = failureOf(coded(code, "it broke"), phase);
		expect(FAILURE_KINDS).toContain(found.kind);
		expect(found).toMatchObject({ phase, detail: "it broke" });
	}
});

test.each([undefined, null, "text", 7, {}, new Error(), Object.assign(new Error("odd"), { code: 42 })])(
	"anything thrown is a failure: %s",
	(thrown) => {
		expect(failureOf(thrown)).toMatchObject({ kind: "unreadable", detail: expect.stringMatching(/./) });
	},
);

test("what the outside world says is shown as one bounded line", () => {
	const { detail } = failureOf(new Error(`line\nbreak\u202e ${"x".repeat(500)}`));
	expect(detail.length).toBeLessThanOrEqual(200);
	expect(detail).toMatch(/^line break x+…$/);
});
