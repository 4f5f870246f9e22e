import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conclude, type Round } from "../../src/core/diagnosis.ts";
import { blamesService, CONCLUSIONS, type ConclusionKind } from "../../src/core/diagnosis-conclusion.ts";
import type { Finding } from "../../src/core/diagnosis-findings.ts";
import type { AskedService } from "../../src/core/diagnosis-service.ts";
import type { Cause } from "../../src/core/model.ts";
import { certificate, control, detour, host, line, link, type Says, says, word } from "../helpers/findings.ts";

const PARLEY: AskedService = { service: "parley", owner: "parley" };
const asked = [PARLEY];
const MINUTE = 60_000;

/** Two hosts of a service that both say so. */
const both = (what: Says, more: Parameters<typeof host>[3] = {}) => [
	host("parley", "a.test", what, more),
	host("parley", "b.test", what, more),
];
const well = both("ok");
const down = both("timeout");
const detours = (...how: [Parameters<typeof detour>[2], Says?, Parameters<typeof detour>[4]?]) =>
	["a.test", "b.test"].map((name) => detour("parley", name, ...how));
const behind = (service: string, what: Says, more: Parameters<typeof host>[3] = {}) =>
	host(service, `${service}.test`, what, { role: "carried", upstream: "edge", ...more });

interface Case {
	readonly name: string;
	readonly findings: readonly Finding[];
	readonly comesTo: ConclusionKind;
	readonly cause: Cause;
	readonly culprit?: string;
	readonly sureness?: string;
	readonly round?: Partial<Round>;
}

/** The nineteen of the decision order, each in its plainest form. */
const NINETEEN: readonly Case[] = [
	{
		name: "the computer has just woken, and everything fails",
		findings: [...line({ portal: "timeout", addresses: "timeout", doh: "timeout", names: "dns_timeout" }), ...down],
		round: { unsettled: "woke" },
		...{ comesTo: "hold", cause: "unknown" },
	},
	{
		name: "there is no adapter with an address",
		findings: [
			...line({
				links: [],
				routes: [],
				portal: "dns_timeout",
				addresses: "unreachable",
				doh: "unreachable",
				names: "dns_timeout",
				gateway: "none",
			}),
			...down,
		],
		...{ comesTo: "offline", cause: "device" },
	},
	{
		name: "two vendors' pages are replaced by a login page",
		findings: [
			...line({ addresses: "timeout", doh: "timeout" }).filter(({ kind }) => kind !== "host"),
			control("portal", "gnome", "portal"),
			control("portal", "ubuntu", "portal"),
			...down,
		],
		...{ comesTo: "captive_portal", cause: "captive_portal" },
	},
	{
		name: "no name is found, addresses answer",
		findings: [...line({ portal: "dns_timeout", names: "dns_timeout" }), ...both("dns_timeout")],
		...{ comesTo: "dns_dead", cause: "dns", sureness: "high" },
	},
	{
		name: "nothing answers, the router does",
		findings: [...line({ portal: "timeout", addresses: "timeout", doh: "timeout", names: "dns_timeout" }), ...down],
		...{ comesTo: "isp", cause: "isp", sureness: "high" },
	},
	{
		name: "nothing answers, the router neither",
		findings: [
			...line({ gateway: "silent", portal: "timeout", addresses: "timeout", doh: "timeout", names: "dns_timeout" }),
			...down,
		],
		...{ comesTo: "lan", cause: "network", sureness: "high" },
	},
	{
		name: "the usual resolver does not know the service, another does",
		findings: [...line(), ...both("dns_nxdomain"), ...detours("found", "ok", { answer: "public" })],
		...{ comesTo: "dns_filter", cause: "dns", sureness: "high" },
	},
	{
		name: "no resolver knows the service",
		findings: [...line(), ...both("dns_servfail"), ...detours("none")],
		...{ comesTo: "service_network", cause: "service", culprit: "parley", sureness: "high" },
	},
	{
		name: "the name leads into a local network, where no certificate fits",
		findings: [
			...line(),
			...both("tls_untrusted", { answer: "private" }),
			...detours("found", "ok", { answer: "public", same: false }),
		],
		...{ comesTo: "dns_lying", cause: "dns", sureness: "high" },
	},
	{
		name: "IPv6 fails for the service and for the controls, IPv4 works",
		findings: [
			...line({ routes: [4, 6], ipv6: "timeout" }),
			host("parley", "a.test", "ok"),
			host("parley", "b.test", "timeout", { family: 6 }),
		],
		...{ comesTo: "ipv6_broken", cause: "network" },
	},
	{
		name: "IPv6 fails for the service alone",
		findings: [...line({ routes: [4, 6], ipv6: "ok" }), ...both("timeout", { family: 6 })],
		...{ comesTo: "service_network", cause: "service", culprit: "parley" },
	},
	{
		name: "errors with an edge's signature, and unrelated services behind it fail too",
		findings: [
			...line(),
			...both("http/500", { edge: "edge" }),
			behind("loft", "http/500", { edge: "edge" }),
			behind("quill", "http/502"),
		],
		...{ comesTo: "upstream", cause: "upstream", culprit: "edge", sureness: "high" },
	},
	{
		name: "no connection to it, and none to unrelated services behind the same provider",
		findings: [
			...line(),
			...both("timeout", { upstream: "edge" }),
			behind("loft", "timeout"),
			behind("quill", "timeout"),
		],
		...{ comesTo: "upstream", cause: "upstream", culprit: "edge", sureness: "high" },
	},
	{
		name: "no connection on the usual way, but by other addresses",
		findings: [
			...line(),
			...both("timeout", { answer: "public" }),
			...detours("found", "ok", { answer: "public", same: false }),
		],
		...{ comesTo: "isp_route", cause: "isp" },
	},
	{
		name: "no connection, nor to another service of the same owner",
		findings: [
			...line(),
			host("parley", "a.test", "timeout"),
			host("album", "album.test", "timeout", { role: "kin", owner: "parley" }),
		],
		...{ comesTo: "service_network", cause: "service", culprit: "parley", sureness: "high" },
	},
	{
		name: "no connection to its only host, and nobody who knows why",
		findings: [...line(), host("parley", "a.test", "timeout")],
		...{ comesTo: "unclear", cause: "unknown", sureness: "low" },
	},
	{
		name: "no certificate can be trusted, of the controls neither",
		findings: [
			...line({ doh: "tls_untrusted", issuer: "Kaspersky Anti-Virus Personal Root Certificate", publicRoot: false }),
			...both("tls_untrusted"),
		],
		...{ comesTo: "interception", cause: "device", culprit: "Kaspersky", sureness: "high" },
	},
	{
		name: "it answers with errors",
		findings: [...line(), ...both("http/503")],
		...{ comesTo: "service_fails", cause: "service", culprit: "parley", sureness: "high" },
	},
	{
		name: "it works from here, its page says that it does not",
		findings: [...line(), ...well, word("parley", "major_outage")],
		...{ comesTo: "unseen", cause: "service", sureness: "high" },
	},
];

const MORE: readonly Case[] = [
	{ name: "all is well", findings: [...line(), ...well], ...{ comesTo: "fine", cause: "unknown", sureness: "high" } },
	{
		name: "nobody asked about a service",
		findings: line(),
		round: { asked: [] },
		...{ comesTo: "fine", cause: "unknown" },
	},
	{
		name: "it turns this computer away",
		findings: [...line(), ...both("blocked")],
		...{ comesTo: "blocked_me", cause: "unknown" },
	},
	{
		name: "one host turns us away, the other answers",
		findings: [...line(), host("parley", "a.test", "blocked"), host("parley", "b.test", "ok")],
		...{ comesTo: "fine", cause: "unknown" },
	},
	{
		name: "nothing of it can be tried",
		findings: [...line(), ...both("not_tried")],
		...{ comesTo: "cannot_see", cause: "unknown" },
	},
	{
		name: "planned work is announced",
		findings: [...line(), ...well, word("parley", "maintenance")],
		...{ comesTo: "planned", cause: "service" },
	},
	{
		name: "others report trouble that cannot be seen",
		findings: [...line(), ...well, word("parley", "degraded", "others")],
		...{ comesTo: "unseen", cause: "service", sureness: "fair" },
	},
	{
		name: "nothing of it can be tried, and its page admits trouble",
		findings: [...line(), word("parley", "partial_outage")],
		...{ comesTo: "unseen", cause: "service" },
	},
	{
		name: "an official page that says nothing changes nothing",
		findings: [...line(), ...well, word("parley", "unknown")],
		...{ comesTo: "fine", cause: "unknown" },
	},
	{
		name: "one vendor's page is replaced: that is not a login page of the network",
		findings: [...line(), control("portal", "gnome", "portal"), ...well],
		...{ comesTo: "fine", cause: "unknown" },
	},
	{
		name: "a single literal address answers, everything else fails: something gets through",
		findings: [
			...line({ portal: "timeout", addresses: "timeout", doh: "timeout", names: "ok" }),
			control("addresses", "x", "ok"),
			...down,
		],
		...{ comesTo: "patchy", cause: "network" },
	},
	{
		name: "a resolver that gives false answers, while those over HTTPS are well",
		findings: [...line({ portal: "timeout", names: "unreadable/dns" }), ...down],
		...{ comesTo: "dns_lying", cause: "dns" },
	},
	{
		name: "one false answer, while names lead where they should: nothing of the network",
		findings: [...line(), control("names", "x", "unreadable/dns"), ...well],
		...{ comesTo: "fine", cause: "unknown" },
	},
	{
		name: "an adapter of a virtual machine is no network",
		findings: [
			...line({
				links: ["virtual"],
				routes: [4],
				portal: "dns_timeout",
				addresses: "unreachable",
				doh: "unreachable",
				names: "dns_timeout",
			}),
		],
		...{ comesTo: "offline", cause: "device" },
	},
	{
		name: "nobody gave this computer an address",
		findings: line({
			links: [{ medium: "wireless", addresses: ["link_local"] }],
			portal: "dns_timeout",
			addresses: "unreachable",
			doh: "unreachable",
			names: "dns_timeout",
		}),
		...{ comesTo: "offline", cause: "device" },
	},
	{
		name: "an adapter that is not known, but everything answers",
		findings: [...line({ links: [], routes: [] }), ...well],
		...{ comesTo: "fine", cause: "unknown" },
	},
	{
		name: "nothing answers, and nobody knows about the router",
		findings: line({
			gateway: "not_tried",
			portal: "timeout",
			addresses: "timeout",
			doh: "timeout",
			names: "dns_timeout",
		}),
		...{ comesTo: "no_internet", cause: "network", sureness: "fair" },
	},
	{
		name: "nothing answers, and everything goes through a VPN",
		findings: line({
			links: ["cable", "vpn"],
			portal: "timeout",
			addresses: "timeout",
			doh: "timeout",
			names: "dns_timeout",
		}),
		...{ comesTo: "vpn", cause: "network" },
	},
	{
		name: "the adapter of a VPN that is off has no address of its own",
		findings: line({
			links: ["cable", { medium: "vpn", addresses: ["link_local"] }],
			portal: "timeout",
			addresses: "timeout",
			doh: "timeout",
			names: "dns_timeout",
		}),
		...{ comesTo: "isp", cause: "isp" },
	},
	{
		name: "the proxy wants a login",
		findings: [
			...line({
				proxied: true,
				portal: "http/proxy/407",
				addresses: "http/proxy/407",
				doh: "http/proxy/407",
				names: "dns_timeout",
			}),
			...both("http/proxy/407", { proxied: true }),
		],
		...{ comesTo: "proxy_login", cause: "proxy" },
	},
	{
		name: "the proxy is gone",
		findings: line({
			proxied: true,
			portal: "refused/proxy",
			addresses: "refused/proxy",
			doh: "refused/proxy",
			names: "ok",
		}),
		...{ comesTo: "proxy_dead", cause: "proxy" },
	},
	{
		name: "the proxy reaches nobody",
		findings: line({ proxied: true, portal: "http/504", addresses: "http/proxy/503", doh: "http/proxy/503" }),
		...{ comesTo: "proxy_dead", cause: "proxy" },
	},
	{
		name: "a proxy that opens no tunnel to bare addresses, and a resolver that knows nothing outside: an office as any",
		findings: [
			...line({ proxied: true, addresses: "http/proxy/403", names: "dns_nxdomain" }),
			...both("ok", { proxied: true }),
		],
		...{ comesTo: "fine", cause: "unknown" },
	},
	{
		name: "a proxy that refuses resolvers over HTTPS too",
		findings: [
			...line({ proxied: true, addresses: "http/proxy/403", names: "dns_nxdomain", doh: "http/proxy/403" }),
			...both("ok", { proxied: true }),
		],
		...{ comesTo: "fine", cause: "unknown" },
	},
	{
		name: "the proxy refuses this service alone",
		findings: [...line({ proxied: true }), ...both("http/proxy/403", { proxied: true })],
		...{ comesTo: "proxy_refuses", cause: "proxy" },
	},
	{
		name: "an IPv6-only network",
		findings: [...line({ routes: [6], ipv6: "ok", addresses: "not_tried" }), ...well],
		...{ comesTo: "fine", cause: "unknown" },
	},
	{
		name: "broken IPv6 is no excuse for a service that fails over IPv4",
		findings: [...line({ routes: [4, 6], ipv6: "timeout" }), ...both("timeout", { family: 4 })],
		...{ comesTo: "service_network", cause: "service" },
	},
	{
		name: "broken IPv6 that nothing suffers from yet",
		findings: [...line({ routes: [4, 6], ipv6: "timeout" }), ...well],
		...{ comesTo: "ipv6_broken", cause: "network" },
	},
	{
		name: "no IPv6 at all is nothing odd",
		findings: [...line({ routes: [4], ipv6: "unreachable" }), ...well],
		...{ comesTo: "fine", cause: "unknown" },
	},
	{
		name: "somebody unknown signs everything anew",
		findings: [
			...line({ doh: "tls_untrusted", issuer: "ACME Inspection CA", publicRoot: false }),
			...both("tls_untrusted"),
		],
		...{ comesTo: "interception", cause: "network", culprit: "ACME Inspection CA", sureness: "fair" },
	},
	{
		name: "a firewall signs only this service anew",
		findings: [...line(), ...both("tls_untrusted", { issuer: "FG100D3G14800000, Fortinet" })],
		...{ comesTo: "interception", cause: "network", culprit: "Fortinet" },
	},
	{
		name: "a service with a root of its own does not bear what the computer trusts",
		findings: [
			...line({ issuer: "ACME Inspection CA", publicRoot: false }),
			...both("tls_untrusted", { issuer: "ACME Inspection CA" }),
		],
		...{ comesTo: "interception", cause: "network", culprit: "ACME Inspection CA" },
	},
	{
		name: "its own certificate has expired",
		findings: [
			...line(),
			...both("tls_untrusted", { issuer: "R11, Let's Encrypt" }),
			...detours("found", "tls_untrusted", { answer: "public", same: true }),
		],
		...{ comesTo: "service_network", cause: "service", culprit: "parley" },
	},
	{
		name: "certificates look bad because the clock is wrong",
		findings: [...line({ doh: "tls_untrusted", aheadMs: -400 * 24 * 60 * MINUTE }), ...both("tls_untrusted")],
		...{ comesTo: "clock_wrong", cause: "device", sureness: "high" },
	},
	{
		name: "the clock is wrong, and all is well",
		findings: [...line({ aheadMs: 6 * MINUTE }), ...well],
		...{ comesTo: "clock_wrong", cause: "device" },
	},
	{
		name: "the clock is off by less than five minutes",
		findings: [...line({ aheadMs: 5 * MINUTE }), ...well],
		...{ comesTo: "fine", cause: "unknown" },
	},
	{
		name: "the clock of one vendor is wrong",
		findings: [...line(), control("portal", "gnome", "ok", { aheadMs: 60 * MINUTE }), ...well],
		...{ comesTo: "fine", cause: "unknown" },
	},
	{
		name: "it answers with errors, and the clock is wrong as well: errors are not the clock's",
		findings: [...line({ aheadMs: 60 * MINUTE }), ...both("http/503")],
		...{ comesTo: "service_fails", cause: "service" },
	},
	{
		name: "the edge says that the origin behind it fails",
		findings: [...line(), ...both("http/522", { edge: "edge" }), behind("loft", "http/522", { edge: "edge" })],
		...{ comesTo: "service_fails", cause: "service", culprit: "parley" },
	},
	{
		name: "one of three unrelated services behind the provider fails as well: chance",
		findings: [
			...line(),
			...both("http/500", { edge: "edge" }),
			behind("loft", "http/500"),
			behind("quill", "ok"),
			behind("ledger", "ok"),
		],
		...{ comesTo: "service_fails", cause: "service", culprit: "parley" },
	},
	{
		name: "services of the same owner behind the provider prove nothing about it",
		findings: [
			...line(),
			...both("timeout", { upstream: "edge" }),
			behind("album", "timeout", { owner: "parley", role: "kin" }),
		],
		...{ comesTo: "service_network", cause: "service", culprit: "parley" },
	},
	{
		name: "hosts elsewhere fail too: not the provider",
		findings: [
			...line(),
			host("parley", "a.test", "timeout", { upstream: "edge" }),
			host("parley", "b.test", "timeout"),
			behind("loft", "timeout"),
			behind("quill", "timeout"),
		],
		...{ comesTo: "service_network", cause: "service", culprit: "parley" },
	},
	{
		name: "the provider admits it",
		findings: [...line(), ...both("http/500", { edge: "edge" }), word("edge", "major_outage")],
		...{ comesTo: "upstream", cause: "upstream", culprit: "edge", sureness: "fair" },
	},
	{
		name: "others reach it, we do not",
		findings: [...line(), ...down, word("parley", "operational", "others")],
		...{ comesTo: "isp_route", cause: "isp" },
	},
	{
		name: "others reach it, and so do we in part",
		findings: [
			...line(),
			host("parley", "a.test", "timeout"),
			host("parley", "b.test", "ok"),
			word("parley", "operational", "others"),
		],
		...{ comesTo: "unclear", cause: "unknown" },
	},
	{
		name: "its only host refuses the connection: somebody is there, and not at home",
		findings: [...line(), host("parley", "a.test", "refused")],
		...{ comesTo: "service_network", cause: "service", sureness: "fair" },
	},
	{
		name: "an official page that is green proves nothing in the first hour",
		findings: [...line(), host("parley", "a.test", "timeout"), word("parley", "operational")],
		...{ comesTo: "unclear", cause: "unknown" },
	},
	{
		name: "no connection, and its page admits it",
		findings: [...line(), host("parley", "a.test", "timeout"), word("parley", "major_outage")],
		...{ comesTo: "service_network", cause: "service", culprit: "parley", sureness: "high" },
	},
	{
		name: "two hosts are not reached, and nobody speaks of it",
		findings: [...line(), ...down],
		...{ comesTo: "service_network", cause: "service", sureness: "fair" },
	},
	{
		name: "its name is not found, and no other resolver could be asked",
		findings: [...line(), ...both("dns_nxdomain")],
		...{ comesTo: "unclear", cause: "unknown" },
	},
	{
		name: "a name that really leads into a local network, and is down there",
		findings: [
			...line(),
			...both("timeout", { answer: "private" }),
			...detours("found", "timeout", { answer: "private", same: true }),
		],
		...{ comesTo: "service_network", cause: "service" },
	},
	{
		name: "a second try on the same way finds it well",
		findings: [...line(), ...down, ...detours("found", "ok", { answer: "public", same: true })],
		...{ comesTo: "fine", cause: "unknown" },
	},
	{
		name: "it answers with errors, and another way leads to the same",
		findings: [...line(), ...both("http/503"), ...detours("found", "ok", { answer: "public", same: false })],
		...{ comesTo: "service_fails", cause: "service" },
	},
	{
		name: "one host is filtered, another answers with errors: the filter does not explain all",
		findings: [
			...line(),
			host("parley", "a.test", "dns_nxdomain"),
			host("parley", "b.test", "http/503"),
			detour("parley", "a.test", "found", "ok"),
		],
		...{ comesTo: "service_fails", cause: "service", sureness: "fair" },
	},
	{
		name: "there are no controls at all: nobody is blamed",
		findings: down,
		...{ comesTo: "unclear", cause: "unknown" },
	},
	{
		name: "only two vendors were asked, and both fail",
		findings: [link("cable"), control("portal", "a", "timeout"), control("addresses", "b", "timeout"), ...down],
		...{ comesTo: "no_internet", cause: "network", sureness: "low" },
	},
	{
		name: "somebody stopped it",
		findings: [...line(), ...down],
		round: { unsettled: "stopped" },
		...{ comesTo: "hold", cause: "unknown" },
	},
	{
		name: "the network has just changed",
		findings: [...line(), ...well],
		round: { unsettled: "changed" },
		...{ comesTo: "hold", cause: "unknown" },
	},
];

describe("a diagnosis", () => {
	test.each([...NINETEEN, ...MORE])("$name: $comesTo", ({ findings, comesTo, cause, culprit, sureness, round }) => {
		const { kind, ...rest } = conclude({ findings, asked, ...round });
		expect(kind).toBe(comesTo);
		expect(rest).toMatchObject({
			cause,
			...(culprit !== undefined && { culprit }),
			...(sureness !== undefined && { sureness }),
		});
		if (culprit === undefined && !blamesService({ cause })) expect(rest.culprit).toBeUndefined();
	});

	test.each(["changed", "woke", "stopped"] as const)("tells why nothing counts: %s", (unsettled) => {
		expect(conclude({ findings: line(), asked, unsettled }).unsettled).toBe(unsettled);
		expect(conclude({ findings: line(), asked })).not.toHaveProperty("unsettled");
	});

	test("comes, in one case or another, to everything there is", () => {
		expect(NINETEEN).toHaveLength(19);
		expect(new Set([...NINETEEN, ...MORE].map(({ comesTo }) => comesTo))).toEqual(new Set(CONCLUSIONS));
	});

	test("is decided in the order that its page tells", () => {
		const page = readFileSync(join(import.meta.dirname, "../../docs/diagnose.md"), "utf8");
		expect([...page.matchAll(/^\| \d+ \| `(\w+)`/gm)].map(([, kind]) => kind)).toEqual([...CONCLUSIONS]);
	});

	test("names what it rests on", () => {
		const { seen, service } = conclude({
			findings: [...line(), ...both("http/503"), word("parley", "degraded")],
			asked,
		});
		expect(service).toBe("parley");
		expect(seen.map((each) => (each.kind === "host" ? each.host : each.kind))).toEqual(["a.test", "b.test", "word"]);
	});

	test("leads with the service in the worst plight, and keeps a word for each", () => {
		const findings = [
			...line(),
			...well,
			host("loft", "loft.test", "http/503"),
			host("quill", "quill.test", "blocked"),
		];
		const services = ["parley", "loft", "quill"].map((service) => ({ service, owner: service }));
		const diagnosis = conclude({ findings, asked: services });
		expect(diagnosis).toMatchObject({ kind: "service_fails", service: "loft", culprit: "loft" });
		expect(diagnosis.services.map(({ kind }) => kind)).toEqual(["fine", "service_fails", "blocked_me"]);
	});

	test("mentions beside it what is unusual here, and never twice", () => {
		const odd = line({
			links: ["cable", "vpn"],
			proxied: true,
			aheadMs: 60 * MINUTE,
			issuer: "Zscaler Intermediate Root CA, Zscaler Inc.",
			publicRoot: false,
		});
		const notes = (findings: readonly Finding[]) => conclude({ findings, asked }).notes;
		expect(notes([...odd, ...both("http/503")])).toEqual([
			{ kind: "vpn" },
			{ kind: "proxy" },
			{ kind: "clock_wrong", aheadMs: 60 * MINUTE },
			{ kind: "interception", by: "Zscaler" },
		]);
		expect(notes([...odd, ...well]).map(({ kind }) => kind)).toEqual(["vpn", "proxy", "interception"]);
		expect(notes([...line({ routes: [6], ipv6: "ok" }), ...well])).toEqual([{ kind: "ipv6_only" }]);
		expect(notes([...line(), control("portal", "gnome", "portal"), ...well])).toEqual([
			{ kind: "one_portal", vendor: "gnome" },
		]);
		expect(notes([...line(), ...well])).toEqual([]);
	});
});

const SAYINGS: readonly Says[] = [
	"ok",
	"ok",
	"blocked",
	"portal",
	"not_tried",
	"timeout",
	"refused",
	"reset",
	"unreachable",
	"dns_nxdomain",
	"dns_timeout",
	"tls_untrusted",
	"tls_failed",
	"http/503",
	"http/522",
	"http/proxy/407",
	"http/proxy/403",
	"unreadable",
	"unreadable/dns",
];
const saying = fc.constantFrom(...SAYINGS);
const ISSUERS = ["Kaspersky Anti-Virus Personal Root Certificate", "ACME", "R11, Let's Encrypt"];

const anyLine = fc
	.record({
		...{ portal: saying, addresses: saying, doh: saying, names: saying, ipv6: saying, tls: saying },
		issuer: fc.constantFrom(...ISSUERS),
		publicRoot: fc.boolean(),
		proxied: fc.boolean(),
		aheadMs: fc.constantFrom(0, 0, 7 * MINUTE, -90 * MINUTE),
		gateway: fc.constantFrom("answers" as const, "silent" as const, "none" as const, "not_tried" as const),
		links: fc.subarray(["cable", "vpn", "virtual"] as const),
		routes: fc.subarray([4, 6] as const),
	})
	.map(line);

const anyHost = fc
	.record({
		service: fc.constantFrom("parley", "loft", "edge"),
		role: fc.constantFrom("asked" as const, "asked" as const, "kin" as const, "carried" as const),
		owner: fc.constantFrom("parley", "loft", "edge"),
		name: fc.constantFrom("a.test", "b.test", "c.test"),
		what: saying,
		more: fc.record(
			{
				upstream: fc.constant("edge"),
				edge: fc.constant("edge"),
				family: fc.constantFrom(4 as const, 6 as const),
				answer: fc.constantFrom("public" as const, "private" as const),
				issuer: fc.constantFrom(...ISSUERS),
			},
			{ requiredKeys: [] },
		),
	})
	.map(({ service, role, owner, name, what, more }) => host(service, name, what, { role, owner, ...more }));

const anyDetour = fc
	.record({
		name: fc.constantFrom("a.test", "b.test", "c.test"),
		lookup: fc.constantFrom("found" as const, "none" as const, "failed" as const),
		what: saying,
		same: fc.boolean(),
		answer: fc.constantFrom("public" as const, "private" as const),
	})
	.map(({ name, lookup, what, ...more }) => detour("parley", name, lookup, what, more));

const anyWord = fc
	.record({
		service: fc.constantFrom("parley", "edge"),
		level: fc.constantFrom("unknown" as const, "operational" as const, "maintenance" as const, "major_outage" as const),
		from: fc.constantFrom("official" as const, "others" as const),
	})
	.map(({ service, level, from }) => word(service, level, from));

const anyServices = fc
	.tuple(
		fc.array(anyHost, { maxLength: 8 }),
		fc.array(anyDetour, { maxLength: 4 }),
		fc.array(anyWord, { maxLength: 3 }),
	)
	.map((parts) => parts.flat() as Finding[]);

describe("whatever was found", () => {
	test("the order in which it came does not matter", () => {
		fc.assert(
			fc.property(anyLine, anyServices, fc.infiniteStream(fc.nat()), (connection, services, dice) => {
				const findings = [...connection, ...services];
				const shuffled = findings
					.map((finding) => ({ finding, at: dice.next().value as number }))
					.sort((a, b) => a.at - b.at)
					.map(({ finding }) => finding);
				expect(conclude({ findings: shuffled, asked })).toEqual(conclude({ findings, asked }));
			}),
		);
	});

	test("no service is judged, let alone blamed, while something on this side explains everything", () => {
		const quirks: readonly ConclusionKind[] = ["fine", "clock_wrong", "ipv6_broken"];
		fc.assert(
			fc.property(anyLine, anyServices, (connection, services) => {
				const alone = conclude({ findings: connection, asked: [] });
				fc.pre(!quirks.includes(alone.kind));
				const { kind, cause, services: judged } = conclude({ findings: [...connection, ...services], asked });
				expect([kind, judged]).toEqual([alone.kind, []]);
				expect(blamesService({ cause })).toBe(false);
			}),
			{ numRuns: 500 },
		);
	});

	test("no service is blamed where every failing host is explained by something on this side", () => {
		const local = fc.constantFrom<(name: string) => Finding[]>(
			(name) => [host("parley", name, "dns_nxdomain"), detour("parley", name, "found", "ok", { answer: "public" })],
			(name) => [host("parley", name, "tls_untrusted", { issuer: "Zscaler Root CA" })],
			(name) => [host("parley", name, "http/proxy/403", { proxied: true })],
			(name) => [
				host("parley", name, "timeout", { answer: "public" }),
				detour("parley", name, "found", "ok", { answer: "public", same: false }),
			],
			(name) => [
				host("parley", name, "reset", { answer: "private" }),
				detour("parley", name, "found", "timeout", { answer: "public", same: false }),
			],
		);
		fc.assert(
			fc.property(fc.array(local, { minLength: 1, maxLength: 5 }), fc.boolean(), (kinds, some) => {
				const findings = [
					...line(),
					...kinds.flatMap((kind, index) => kind(`h${index}.test`)),
					...(some ? [host("parley", "z.test", "ok")] : []),
				];
				const { cause, services } = conclude({ findings, asked });
				expect(blamesService({ cause })).toBe(false);
				expect(services.some(blamesService)).toBe(false);
			}),
		);
	});

	test("a conclusion is never surer than a guess where nothing was tried", () => {
		expect(conclude({ findings: [], asked })).toMatchObject({ kind: "unclear", sureness: "low", services: [] });
	});

	test("trust is not asked of what did not get so far", () => {
		const findings = [...line({ doh: "ok" }), certificate("x", "timeout"), ...well];
		expect(conclude({ findings, asked }).kind).toBe("fine");
		expect(says("tls_untrusted")).toEqual({ kind: "failed", fault: { kind: "tls_untrusted", phase: "tls" } });
	});
});
