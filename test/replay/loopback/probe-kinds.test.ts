import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hostOf, targetOf } from "../../../src/catalogue/target.ts";
import type { ProbeCheck, ProbeSpec } from "../../../src/core/check.ts";
import type { FailureKind } from "../../../src/core/failure.ts";
import type { Rule } from "../../../src/replay/scenario.ts";
import { openStage, smallCatalogue } from "./stage.ts";

const PROBES = {
	stun: { type: "stun", host: "stun.chat.test", port: 3478 },
	mtproto: { type: "mtproto", host: "192.0.2.50", port: 443 },
	socket: { type: "websocket", url: "wss://socket.chat.test/", protocol: "chat.v1" },
	greeting: { type: "websocket", url: "ws://greeting.chat.test/", healthy: { greeting: '{"op":10' } },
	farewell: { type: "websocket", url: "wss://farewell.chat.test/", healthy: { closeCode: 4003 } },
	hangUp: { type: "websocket", url: "wss://hang-up.chat.test/", healthy: { closeCode: 1006 } },
	noSocket: { type: "websocket", url: "wss://no-socket.chat.test/", healthy: { status: [401] } },
	name: { type: "dns", name: "name.chat.test" },
	over: { type: "dns", name: "name.chat.test", over: { url: "https://dns.chat.test/q", addresses: ["192.0.2.53"] } },
	overNamed: { type: "dns", name: "name.chat.test", over: { url: "https://dns-named.chat.test/q" } },
	mqtt: { type: "tls", host: "mqtt.chat.test", port: 443, alpn: "mqtt" },
	json: {
		type: "http",
		url: "https://json.chat.test/",
		healthy: {
			headers: [{ name: "x-chat", value: "Up" }],
			json: { "/status/ok": true, "/a~1b/0": "v*.1", "/none": null },
		},
	},
	bytes: { type: "http", url: "https://bytes.chat.test/", firstBytes: 64 },
	twoStep: { type: "two_step", url: "https://two.chat.test/", pointer: "/items/0/url", hosts: ["pictures.test"] },
} satisfies Record<string, ProbeSpec>;

type Name = keyof typeof PROBES;

function checkOf(probe: ProbeSpec): ProbeCheck {
	// as a demonstration has it: here are no public addresses
	const seen = probe.type === "dns" ? { ...probe, mayBePrivate: true } : probe;
	return {
		kind: "probe",
		id: `chat/web/${targetOf(probe)}`,
		host: hostOf(probe),
		service: "chat",
		feature: "web",
		probe: seen,
	};
}

const checks = Object.fromEntries(Object.entries(PROBES).map(([name, probe]) => [name, checkOf(probe)])) as Record<
	Name,
	ProbeCheck
>;

let stage: Awaited<ReturnType<typeof openStage>>;
beforeAll(async () => {
	stage = await openStage(smallCatalogue([]), Object.values(checks));
});
afterAll(() => stage.internet.close());

async function said(name: Name, rules: Rule[]): Promise<string> {
	const { outcome } = await stage.see(checks[name], rules);
	return "failure" in outcome ? outcome.failure.kind : outcome.kind;
}

describe("probes that speak more than the web", () => {
	test.each(Object.keys(PROBES) as Name[])("%s is answered as it should be where all is well", async (name) => {
		expect((await stage.see(checks[name], [])).outcome).toEqual({ kind: "ok" });
	});

	type Failing = Exclude<FailureKind, "http" | "unreadable">;
	test.each<[Name, Failing, FailureKind]>([
		["stun", "timeout", "timeout"],
		["stun", "refused", "refused"],
		["stun", "reset", "refused"],
		["stun", "unreachable", "unreachable"],
		["stun", "dns_nxdomain", "dns_nxdomain"],
		["mtproto", "timeout", "timeout"],
		["mtproto", "reset", "reset"],
		["mtproto", "tls_failed", "refused"],
		["mtproto", "unreachable", "unreachable"],
		["socket", "timeout", "timeout"],
		["socket", "reset", "reset"],
		["socket", "tls_untrusted", "tls_untrusted"],
		["greeting", "refused", "refused"],
		["name", "dns_nxdomain", "dns_nxdomain"],
		["name", "dns_servfail", "dns_servfail"],
		["name", "timeout", "dns_timeout"],
		["name", "refused", "dns_servfail"],
		["over", "dns_nxdomain", "dns_nxdomain"],
		["over", "dns_servfail", "dns_servfail"],
		["over", "dns_timeout", "timeout"],
		["over", "tls_untrusted", "tls_untrusted"],
		["overNamed", "dns_nxdomain", "dns_nxdomain"],
		["mqtt", "tls_failed", "tls_failed"],
		["mqtt", "timeout", "timeout"],
		["twoStep", "timeout", "timeout"],
		["twoStep", "dns_servfail", "dns_servfail"],
	])("%s sees %s as %s", async (name, fail, seen) => {
		expect(await said(name, [{ probe: {}, answer: { fail } }])).toBe(seen);
	});

	test.each<[Name, number, string]>([
		["socket", 503, "http"],
		["noSocket", 500, "http"],
		["json", 503, "http"],
		["twoStep", 502, "http"],
		["bytes", 403, "http"],
		["stun", 503, "refused"],
		["name", 503, "dns_servfail"],
	])("%s sees a status of %i as %s", async (name, http, seen) => {
		expect(await said(name, [{ probe: {}, answer: { http } }])).toBe(seen);
	});
});
