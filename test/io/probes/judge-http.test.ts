import { describe, expect, test } from "vitest";
import type { HealthyHttp } from "../../../src/core/check.ts";
import type { Headers } from "../../../src/io/network/headers.ts";
import { judgeHttp } from "../../../src/io/probes/judge-http.ts";

const NOW = Date.UTC(2025, 0, 1);

function judge(
	status: number,
	{ healthy, headers = {}, body = "" }: { healthy?: HealthyHttp; headers?: Headers; body?: string } = {},
) {
	const spec = { type: "http", url: "https://host.test/", ...(healthy && { healthy }) } as const;
	return judgeHttp({ status, headers, body: Buffer.from(body) }, spec, NOW);
}

test.each([200, 204, 206, 301, 302, 304, 400, 401, 404, 405, 416, 426])(
	"%i is an answer, and so the host is reachable",
	(status) => {
		expect(judge(status)).toEqual({ kind: "ok" });
	},
);

test.each([500, 502, 503, 504, 520, 599])("%i counts against the host", (status) => {
	expect(judge(status)).toMatchObject({ kind: "failed", failure: { kind: "http", status } });
});

test.each([403, 429, 451])("%i refuses us, and says nothing about the feature", (status) => {
	expect(judge(status)).toMatchObject({ kind: "blocked", failure: { kind: "http", status } });
});

test.each([
	[503, { "cf-mitigated": "challenge" }],
	[202, { "x-amzn-waf-action": "challenge" }],
	[405, { "x-amzn-waf-action": "captcha" }],
	[503, { "x-vercel-mitigated": "challenge" }],
])("%i with the mark of a challenge %j refuses us", (status, headers) => {
	expect(judge(status, { headers })).toMatchObject({ kind: "blocked", failure: { status } });
});

test("a challenge may show by its title alone, in an answer that is no success", () => {
	const body = "<!DOCTYPE html><html><head><title>Just a moment...</title></head>";
	expect(judge(503, { body })).toMatchObject({ kind: "blocked" });
	expect(judge(200, { body })).toEqual({ kind: "ok" });
});

test("Meta's edges say that nobody stands behind them, whatever the status", () => {
	const headers = { "x-fb-response-reason": "No server is available for the request" };
	for (const status of [200, 404, 503]) {
		expect(judge(status, { headers })).toMatchObject({
			kind: "failed",
			failure: { detail: expect.stringContaining("No server is available") },
		});
	}
	expect(judge(404, { headers: { "x-fb-response-reason": "not found" } })).toEqual({ kind: "ok" });
});

test.each([
	[429, "60", 60_000],
	[503, "Wed, 01 Jan 2025 00:02:00 GMT", 120_000],
	[429, "never", undefined],
	[500, "60", undefined],
])("%i with Retry-After %j asks for %s ms", (status, value, expected) => {
	const outcome = judge(status, { headers: { "retry-after": value } });
	expect("failure" in outcome ? outcome.failure.retryAfterMs : "no failure").toBe(expected);
});

describe("recorded healthy values", () => {
	const seen = (status: number, healthy: HealthyHttp, body = "") => judge(status, { healthy, body }).kind;

	test("make a status healthy that would count, or refuse", () => {
		expect(seen(503, { status: [503] })).toBe("ok");
		expect(seen(403, { status: [403, 200] })).toBe("ok");
		expect(judge(429, { healthy: { status: [429] }, headers: { "cf-mitigated": "challenge" } })).toEqual({
			kind: "ok",
		});
	});

	test("leave other statuses as they are", () => {
		expect([200, 404, 302, 500, 503, 403].map((status) => seen(status, { status: [204] }))).toEqual([
			"ok",
			"ok",
			"ok",
			"failed",
			"failed",
			"blocked",
		]);
	});

	test("want their text in a healthy answer, and only there", () => {
		const healthy = { status: [200, 400], contains: '"ok":true' };
		expect(seen(200, healthy, '{"ok":true}')).toBe("ok");
		expect(judge(200, { healthy, body: "<html>" })).toMatchObject({
			kind: "failed",
			failure: { kind: "unreadable", detail: 'the body lacks ""ok":true"' },
		});
		expect(seen(400, healthy)).toBe("failed");
		expect(seen(404, healthy)).toBe("ok");
		expect(judge(500, { healthy })).toMatchObject({ failure: { kind: "http" } });
	});

	test("without a status want their text where the status is 200", () => {
		const healthy = { contains: "Grüße" };
		expect(seen(200, healthy, "viele Grüße")).toBe("ok");
		expect(seen(200, healthy, "<h1>It works!</h1>")).toBe("failed");
		expect(seen(204, healthy)).toBe("ok");
		expect(seen(403, healthy)).toBe("blocked");
	});

	test("want their headers in a healthy answer", () => {
		const healthy = { status: [404], headers: [{ name: "x-signal-timestamp" }, { name: "server", value: "Yaws" }] };
		const answer = (headers: Headers, status = 404) => judge(status, { healthy, headers });
		expect(answer({ "x-signal-timestamp": "1", server: "yaws 2.0" })).toEqual({ kind: "ok" });
		expect(answer({ server: "Yaws" })).toMatchObject({
			failure: { kind: "unreadable", detail: "the header x-signal-timestamp is missing" },
		});
		expect(answer({ "x-signal-timestamp": "1", server: "nginx" })).toMatchObject({
			failure: { detail: 'the header server lacks "Yaws"' },
		});
		expect(answer({}, 400), "another status").toEqual({ kind: "ok" });
	});

	test.each<[string, string | undefined]>([
		['{"ok":true,"url":"wss://gateway-7.discord.gg","code":0,"at":[null]}', undefined],
		['{"ok":"true","url":"wss://gateway.discord.gg","code":0,"at":[null]}', 'expected true at "/ok", found "true"'],
		[
			'{"ok":true,"url":"wss://evil.test","code":0,"at":[null]}',
			'expected "wss://gateway*.discord.gg" at "/url", found "wss://evil.test"',
		],
		['{"ok":true,"url":"wss://gateway.discord.gg","at":[null]}', 'expected 0 at "/code", found nothing'],
		['{"ok":true,"url":"wss://gateway.discord.gg","code":0,"at":[{}]}', 'expected null at "/at/0", found an object'],
		["<html>", "the body is not JSON"],
		["", "the body is not JSON"],
	])("want their values in a JSON body: %s", (body, lack) => {
		const healthy = { json: { "/ok": true, "/url": "wss://gateway*.discord.gg", "/code": 0, "/at/0": null } };
		expect(judge(200, { healthy, body })).toEqual(
			lack === undefined ? { kind: "ok" } : { kind: "failed", failure: { kind: "unreadable", detail: lack } },
		);
	});
});
