import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Connectivity, connectivity } from "../../src/core/connectivity.ts";
import type { ControlEvidence } from "../../src/core/evidence.ts";
import { controlRun, MINUTE, T0 } from "../helpers/evidence.ts";

type Short = readonly [vendor: string, kind: ControlEvidence["control"], answer: Parameters<typeof controlRun>[2]];

const judge = (list: readonly Short[], at = T0): Connectivity =>
	connectivity(
		list.map(([vendor, kind, answer]) => controlRun(vendor, kind, answer, at)),
		T0,
	);

const every = (answer: Short[2]): Short[] => [
	["google", "http", answer],
	["apple", "http", answer],
	["mozilla", "http", answer],
	["microsoft", "dns", answer],
	["google", "ip", answer],
	["quad9", "ip", answer],
	["cloudflare", "doh", answer],
];

/** All controls, those of the given kinds answering otherwise. */
const but = (answer: Short[2], others: Partial<Record<ControlEvidence["control"], Short[2]>>): Short[] =>
	every(answer).map(([vendor, kind, own]) => [vendor, kind, others[kind] ?? own]);

describe("connectivity", () => {
	test.each<{ name: string; list: readonly Short[]; state: Connectivity["state"]; cause?: Connectivity["cause"] }>([
		{ name: "nothing asked yet", list: [], state: "unknown" },
		{ name: "two vendors are too few to conclude", list: every("ok").slice(0, 2), state: "unknown" },
		{ name: "all pass", list: every("ok"), state: "online" },
		{
			name: "one vendor is blocked where we live",
			list: every("ok").map(([v, k, a]): Short => [v, k, v === "google" ? "timeout" : a]),
			state: "online",
		},
		{
			name: "a login page from two vendors",
			list: but("timeout", { http: "portal" }),
			state: "trouble",
			cause: "captive_portal",
		},
		{
			name: "a login page wins over literal addresses that pass",
			list: but("ok", { http: "portal" }),
			state: "trouble",
			cause: "captive_portal",
		},
		{
			name: "a login page from one vendor only is that vendor's",
			list: [...every("ok").slice(1), ["google", "http", "portal"]],
			state: "online",
		},
		{
			name: "names fail, addresses answer",
			list: but("ok", { http: "dns_timeout", dns: "dns_timeout" }),
			state: "trouble",
			cause: "dns",
		},
		{
			name: "names lie, DNS over HTTPS passes",
			list: but("timeout", { http: "dns_nxdomain", dns: "unreadable", doh: "ok" }),
			state: "trouble",
			cause: "dns",
		},
		{ name: "no route at all", list: every("unreachable"), state: "trouble", cause: "device" },
		{ name: "everything times out", list: every("timeout"), state: "trouble", cause: "network" },
		{
			name: "names fail and so do addresses",
			list: but("timeout", { http: "dns_timeout", dns: "dns_timeout" }),
			state: "trouble",
			cause: "network",
		},
		{ name: "most fail", list: but("timeout", { ip: "ok" }), state: "trouble", cause: "network" },
		{
			name: "a login page from no more than two vendors",
			list: [...every("ok").slice(2), ["google", "http", "portal"], ["apple", "http", "portal"]],
			state: "trouble",
			cause: "captive_portal",
		},
		{
			name: "a login page from one vendor where most of the rest fails",
			list: [
				["google", "http", "portal"],
				["apple", "ip", "ok"],
				["mozilla", "doh", "timeout"],
			],
			state: "trouble",
			cause: "network",
		},
		{
			name: "nothing but one vendor's login page fails, which is half of all",
			list: [
				["google", "http", "portal"],
				["google", "dns", "portal"],
				["apple", "ip", "ok"],
				["mozilla", "doh", "ok"],
			],
			state: "trouble",
			cause: "network",
		},
		{ name: "names fail for pages only", list: but("ok", { http: "dns_timeout" }), state: "online" },
		{
			name: "names fail for two vendors, as many as are asked",
			list: [
				["google", "http", "dns_timeout"],
				["apple", "dns", "dns_servfail"],
				["quad9", "ip", "ok"],
				["cloudflare", "doh", "ok"],
				["mozilla", "ip", "ok"],
			],
			state: "trouble",
			cause: "dns",
		},
		{
			name: "names fail for one vendor, the only one asked",
			list: [
				["google", "http", "dns_timeout"],
				["quad9", "ip", "ok"],
				["cloudflare", "doh", "ok"],
			],
			state: "online",
		},
		{
			name: "no literal address has a route, names are just slow to fail",
			list: but("timeout", { ip: "unreachable" }),
			state: "trouble",
			cause: "device",
		},
		{
			name: "one literal address has no route, another does not answer",
			list: [...but("timeout", {}), ["opendns", "ip", "unreachable"]],
			state: "trouble",
			cause: "network",
		},
	])("$name", ({ list, state, cause }) => {
		const found = judge(list);
		expect(found.state).toBe(state);
		expect(found.cause).toBe(cause);
	});

	test("a proxy that lets nothing through is named", () => {
		const list = every("http").map(([vendor, kind]) => controlRun(vendor, kind, "http", T0, "proxy"));
		expect(connectivity(list, T0)).toMatchObject({ state: "trouble", cause: "proxy" });
		const mixed = [...list, controlRun("quad9", "ip", "timeout", T0)];
		expect(connectivity(mixed, T0)).toMatchObject({ state: "trouble", cause: "network" });
	});

	test("names the controls that failed and how", () => {
		const { failed, passed } = judge([...every("ok"), ["ubuntu", "http", "refused"]]);
		expect(passed).toBe(7);
		expect(failed).toMatchObject([{ vendor: "ubuntu", control: "http", what: { kind: "refused" } }]);
	});

	test("vouches only for the moment at which the third vendor had passed", () => {
		const list = [
			controlRun("a", "http", "ok", T0),
			controlRun("b", "http", "ok", T0 - MINUTE),
			controlRun("c", "ip", "ok", T0 - 2 * MINUTE),
			controlRun("c", "doh", "ok", T0 - 3 * MINUTE),
		];
		expect(connectivity(list, T0).vouchedAt).toBe(T0 - 2 * MINUTE - 1000);
	});

	test("controls that ran long ago say nothing", () => {
		expect(judge(every("ok"), T0 - 13 * MINUTE).state).toBe("unknown");
	});

	test("does not depend on the order of runs", () => {
		const anyRun = fc.record({
			vendor: fc.constantFrom("a", "b", "c", "d", "e"),
			kind: fc.constantFrom<ControlEvidence["control"]>("http", "dns", "ip", "doh"),
			answer: fc.constantFrom<Short[2]>("ok", "portal", "timeout", "dns_timeout", "unreachable"),
		});
		fc.assert(
			fc.property(fc.array(anyRun, { maxLength: 12 }), (list) => {
				const made = list.map(({ vendor, kind, answer }, n) => controlRun(vendor, kind, answer, T0 - n));
				const { failed: _, ...forwards } = connectivity(made, T0);
				const { failed: __, ...backwards } = connectivity([...made].reverse(), T0);
				expect(backwards).toEqual(forwards);
			}),
		);
	});
});
