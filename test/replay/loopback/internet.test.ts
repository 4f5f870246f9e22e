import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Check } from "../../../src/core/check.ts";
import type { Evidence } from "../../../src/core/evidence.ts";
import type { FailureKind } from "../../../src/core/failure.ts";
import { dial } from "../../../src/io/network/dial.ts";
import { converse } from "../../../src/io/network/exchange.ts";
import type { Rule } from "../../../src/replay/scenario.ts";
import { openStage, smallCatalogue } from "./stage.ts";

let stage: Awaited<ReturnType<typeof openStage>>;
beforeAll(async () => {
	stage = await openStage(smallCatalogue(["statuspage", "incidentio", "instatus", "feed"]));
});
afterAll(() => stage.internet.close());

function checkAt(host: string, kind: Check["kind"] = "probe"): Check {
	const check = stage.checks.find((each) => each.kind === kind && each.host === host);
	if (!check) throw new Error(`no ${kind} asks ${host}`);
	return check;
}

function control(type: string): Check {
	return stage.checks.find((each) => each.kind === "control" && each.control.type === type)!;
}

function said({ outcome }: Evidence): string {
	if (outcome.kind !== "failed" && outcome.kind !== "blocked") return outcome.kind;
	const { kind, status } = outcome.failure;
	return [outcome.kind === "blocked" ? "blocked" : kind, ...(status === undefined ? [] : [status])].join(" ");
}

type Failing = Exclude<FailureKind, "http" | "unreadable">;
const failProbe = (fail: Failing): Rule[] => [{ probe: {}, answer: { fail } }];
const failControl = (fail: Failing): Rule[] => [{ control: {}, answer: { fail } }];

const KINDS: readonly Failing[] = [
	"timeout",
	"refused",
	"reset",
	"unreachable",
	"dns_nxdomain",
	"dns_servfail",
	"dns_timeout",
	"tls_untrusted",
	"tls_failed",
];

describe("the small Internet", () => {
	test("answers every check as its healthy values want it, private roots and literal addresses included", async () => {
		for (const check of stage.checks) {
			const evidence = await stage.see(check, []);
			expect(`${check.id} ${said(evidence)}`).toBe(`${check.id} ${check.kind === "source" ? "read" : "ok"}`);
		}
	});

	test.each(KINDS)("a web probe sees %s as exactly that", async (kind) => {
		expect(said(await stage.see(checkAt("www.chat.test"), failProbe(kind)))).toBe(kind);
	});

	test.each(KINDS)("a TLS probe sees %s as exactly that", async (kind) => {
		expect(said(await stage.see(checkAt("tls.chat.test"), failProbe(kind)))).toBe(kind);
	});

	test.each([
		["timeout", "timeout"],
		["refused", "refused"],
		["unreachable", "unreachable"],
		["dns_nxdomain", "dns_nxdomain"],
		["dns_servfail", "dns_servfail"],
		["dns_timeout", "dns_timeout"],
		// whoever only connects has nothing to be reset, and looks at no certificate
		["reset", "refused"],
		["tls_untrusted", "refused"],
		["tls_failed", "refused"],
	] as const)("a probe that only connects sees %s as %s", async (kind, seen) => {
		expect(said(await stage.see(checkAt("tcp.chat.test"), failProbe(kind)))).toBe(seen);
	});

	test.each([
		["timeout", "timeout"],
		["refused", "refused"],
		["unreachable", "unreachable"],
		["dns_nxdomain", "refused"],
		["dns_timeout", "timeout"],
	] as const)("a probe of a literal address sees %s as %s", async (kind, seen) => {
		expect(said(await stage.see(checkAt("192.0.2.7"), failProbe(kind)))).toBe(seen);
	});

	test.each([
		["http", "timeout", "timeout"],
		["http", "reset", "reset"],
		["http", "unreachable", "unreachable"],
		["http", "dns_servfail", "dns_servfail"],
		["ip", "timeout", "timeout"],
		["ip", "refused", "refused"],
		["ip", "unreachable", "unreachable"],
		["doh", "timeout", "timeout"],
		["doh", "tls_untrusted", "tls_untrusted"],
		["doh", "unreachable", "unreachable"],
		["doh", "dns_nxdomain", "dns_nxdomain"],
		["doh", "dns_servfail", "dns_servfail"],
		["doh", "dns_timeout", "timeout"],
		["dns", "dns_nxdomain", "dns_nxdomain"],
		["dns", "dns_servfail", "dns_servfail"],
		["dns", "timeout", "dns_timeout"],
		["dns", "unreachable", "dns_servfail"],
	] as const)("a control of the kind %s sees %s as %s", async (type, kind, seen) => {
		expect(said(await stage.see(control(type), failControl(kind)))).toBe(seen);
	});

	test.each([
		["http", "portal"],
		["doh", "tls_untrusted"],
		["ip", "refused"],
		["dns", "unreadable"],
	])("where a network wants a login, a control of the kind %s sees %s", async (type, seen) => {
		expect(said(await stage.see(control(type), [{ control: {}, answer: { portal: true } }]))).toBe(seen);
	});

	test.each([
		[503, "www.chat.test", "http 503"],
		[500, "plain.chat.test", "http 500"],
		[404, "www.chat.test", "ok"],
		[403, "www.chat.test", "blocked 403"],
		[503, "tls.chat.test", "refused"],
		[503, "tcp.chat.test", "refused"],
		// 503 is how this host is well: trouble takes another status
		[503, "busy.chat.test", "http 500"],
	])("status %i at %s is seen as %s", async (status, host, seen) => {
		expect(said(await stage.see(checkAt(host), [{ probe: {}, answer: { http: status } }]))).toBe(seen);
	});

	test("scripted headers arrive, those that frame the answer are left out", async () => {
		const headers = { "retry-after": "120", "content-length": "5", connection: "keep-alive" };
		const evidence = await stage.see(checkAt("www.chat.test"), [{ probe: {}, answer: { http: 503, headers } }]);
		expect(evidence.outcome).toMatchObject({ failure: { status: 503, retryAfterMs: 120_000 } });
	});

	test("a slow answer is slow in truth, and still comes before the deadline", async () => {
		const began = performance.now();
		expect(said(await stage.see(checkAt("www.chat.test"), [{ probe: {}, answer: { slow: 1000 } }]))).toBe("ok");
		expect(performance.now() - began).toBeGreaterThan(70);
	});

	test("what is not a status page cannot be read, and a page may answer 503", async () => {
		const page = checkAt("status-statuspage.chat.test", "source");
		expect(said(await stage.see(page, [{ official: {}, answer: { unreadable: true } }]))).toBe("unreadable");
		expect(said(await stage.see(page, [{ official: {}, answer: { http: 503 } }]))).toBe("http 503");
	});

	test("an address that is not of this computer, and not of the script, is refused before anything is sent", async () => {
		const { patient } = stage.internet;
		const target = { host: "elsewhere.test", port: 443, addresses: ["203.0.113.9"] };
		const ended = await converse(patient, new AbortController().signal, (exchange) => dial(patient, target, exchange));
		expect(ended).toMatchObject({ failure: { kind: "unreachable", detail: expect.stringContaining("203.0.113.9") } });
	});

	test("a name that no running check is about leads nowhere", async () => {
		const { patient } = stage.internet;
		const ended = await converse(patient, new AbortController().signal, (exchange) =>
			dial(patient, { host: "192.0.2.7", port: 443 }, exchange),
		);
		expect(ended).toMatchObject({ failure: { kind: "refused" } });
	});
});
