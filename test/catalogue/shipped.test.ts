import { isIP } from "node:net";
import { expect, test } from "vitest";
import type { ProbeCheck } from "../../src/core/check.ts";
import type { FeatureName } from "../../src/core/model.ts";
import { loadCatalogue } from "../../src/io/catalogue-files.ts";
import { isPrivateAddress } from "../../src/io/network/private-address.ts";

const catalogue = loadCatalogue();
const files = [...catalogue.files.values()];
const services = files.filter((file) => file.kind === "service");
const checks = [...catalogue.controls, ...[...catalogue.checks.values()].flat()];
const probes = checks.filter((check) => check.kind === "probe");
const probesOf = (service: string) => probes.filter((probe) => probe.service === service);

const SERVICES =
	"buzzfeed canva discord facebook instagram medium messenger reddit signal slack snapchat soundcloud spotify teams telegram threads tiktok whatsapp x youtube zoom";
const PROVIDERS = "akamai aws cloudflare fastly verizon";

test("ships the services and providers that people ask about", () => {
	const idsOf = (kind: string) =>
		files
			.filter((file) => file.kind === kind)
			.map((file) => file.id)
			.sort()
			.join(" ");
	expect(idsOf("service")).toBe(SERVICES);
	expect(idsOf("provider")).toBe(PROVIDERS);
});

test("check ids are unique, so that history can refer to them", () => {
	const ids = checks.map((check) => check.id);
	expect(new Set(ids).size).toBe(ids.length);
});

/** What the scripted outages need to have watched, by probes on two hosts or more. */
const WATCHED: Readonly<Record<string, readonly FeatureName[]>> = {
	whatsapp: ["messaging", "media"],
	instagram: ["feed", "media", "publishing", "web"],
	facebook: ["feed", "media", "publishing", "web", "ads"],
	messenger: ["messaging", "media"],
	threads: ["media", "publishing", "web"],
	x: ["feed", "media", "publishing", "api"],
	telegram: ["messaging"],
	signal: ["messaging", "media"],
	discord: ["messaging", "media", "web"],
	slack: ["messaging"],
	youtube: ["web", "media"],
	reddit: ["feed", "media"],
	medium: ["feed", "media"],
	canva: ["web"],
	cloudflare: ["web", "dns", "api"],
};

test.each(Object.entries(WATCHED))(
	"%s is watched where scripted outages strike, by two witnesses a feature",
	(id, features) => {
		for (const feature of features) {
			const hosts = new Set(
				probesOf(id)
					.filter((probe) => probe.feature === feature)
					.map((probe) => probe.host),
			);
			expect([feature, hosts.size >= 2]).toEqual([feature, true]);
		}
	},
);

test("features that no probe can see say why in a sentence, and have no probe", () => {
	const blind = [...catalogue.services.values()].flatMap((service) =>
		service.features
			.filter((feature) => feature.blind !== undefined)
			.map((feature) => ({ service: service.id, ...feature })),
	);
	expect(blind.map(({ service, name }) => `${service} ${name}`)).toEqual(
		expect.arrayContaining(["whatsapp calls", "instagram stories", "facebook login", "discord calls", "verizon web"]),
	);
	for (const { service, name, blind: why } of blind) {
		expect(why).toMatch(/^[A-Z][^—]+\.$/);
		expect(probesOf(service).filter((probe) => probe.feature === name)).toEqual([]);
	}
});

test.each(files.map((file) => file.id))(
	"%s asks no host more than twice, and no feature of more than four probes",
	(id) => {
		const count = (key: (probe: ProbeCheck) => string) =>
			Math.max(0, ...[...Map.groupBy(probesOf(id), key).values()].map((group) => group.length));
		expect(count((probe) => probe.host)).toBeLessThanOrEqual(2);
		expect(count((probe) => probe.feature)).toBeLessThanOrEqual(4);
	},
);

test("no host stands for the same feature twice", () => {
	const witnesses = probes.map((probe) => `${probe.service} ${probe.feature} ${probe.host}`);
	expect(new Set(witnesses).size).toBe(witnesses.length);
});

test("every fact says where it comes from, on a day that has been", () => {
	const found: { source: string; date: string }[] = [];
	const collect = (value: unknown): void => {
		if (typeof value !== "object" || value === null) return;
		if ("source" in value && "date" in value) found.push(value as { source: string; date: string });
		for (const inner of Object.values(value)) collect(inner);
	};
	collect(files);
	expect(found.length).toBeGreaterThan(150);
	const today = new Date().toISOString().slice(0, 10);
	expect(found.filter(({ date }) => date > today || date < "2018-01-01")).toEqual([]);
	expect(found.filter(({ source }) => /https?:\/\/(localhost|127\.)|—/.test(source))).toEqual([]);
});

test("no check leads into a local network", () => {
	const literal = checks.map((check) => check.host).filter((host) => isIP(host) !== 0);
	const known = catalogue.controls.flatMap(({ control }) => ("addresses" in control ? control.addresses : []));
	expect(literal.length).toBeGreaterThan(5);
	expect([...literal, ...known].filter(isPrivateAddress)).toEqual([]);
	const names = checks.map((check) => check.host.replace("resolver:", "")).filter((host) => isIP(host) === 0);
	expect(
		names.filter((name) => !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(name) || /\.(local|internal|lan|home|test)$/.test(name)),
	).toEqual([]);
});

/** Queries that say in which form an answer is wanted, and nothing else. */
const HARMLESS_QUERIES = ["?v=10&encoding=json", "?redirect=false", "?type=accesspoint"];

test("probes never log in, never post and never carry a query with a person in it", () => {
	const addresses = probes.flatMap(({ probe }) => ("url" in probe ? [new URL(probe.url)] : []));
	expect(addresses.length).toBeGreaterThan(80);
	expect(addresses.filter((url) => url.username || url.password || url.hash)).toEqual([]);
	expect(addresses.map((url) => url.search).filter((query) => query && !HARMLESS_QUERIES.includes(query))).toEqual([]);
	expect(addresses.filter((url) => /log-?in|sign-?in|oauth2|authorize/i.test(url.pathname))).toEqual([]);
	expect(addresses.filter((url) => !/^(https|wss):$/.test(url.protocol))).toEqual([]);
});

test("every kind of probe that the catalogue knows a host for is in use", () => {
	const kinds = new Set(probes.map(({ probe }) => probe.type));
	expect([...kinds].sort()).toEqual(["dns", "http", "mtproto", "tcp", "tls", "two_step", "websocket"]);
	const of = (type: string) => probes.filter(({ probe }) => probe.type === type).map(({ service }) => service);
	expect(of("websocket")).toEqual(expect.arrayContaining(["discord", "slack", "whatsapp", "instagram", "telegram"]));
	expect(of("mtproto")).toEqual(["telegram", "telegram"]);
});

test("no feature is watched over one family alone: without a control for it, nobody could tell a dead IPv6 from an outage", () => {
	expect(probes.filter(({ probe }) => probe.family !== undefined)).toEqual([]);
});

test("what is found in an answer leads only to hosts of the same owner", () => {
	const steps = probes.flatMap(({ service, probe }) => (probe.type === "two_step" ? [[service, ...probe.hosts]] : []));
	expect(steps).toEqual([["facebook", "fbcdn.net"]]);
});

test("an endpoint that has expired is not asked, and is told loudly", () => {
	const today = new Date().toISOString().slice(0, 10);
	const dated = files.flatMap((file) =>
		Object.values(file.features).flatMap((feature) =>
			feature && "probes" in feature ? feature.probes.flatMap(({ expires }) => expires ?? []) : [],
		),
	);
	for (const { service, feature, target, expires } of catalogue.expired) {
		process.stderr.write(`EXPIRED on ${expires}: ${service} ${feature} ${target}: look its source up again\n`);
	}
	expect(dated.length).toBeGreaterThan(0);
	expect(catalogue.expired).toHaveLength(dated.filter((expires) => expires < today).length);
	const ids = probes.map(({ id }) => id);
	for (const { service, feature, target } of catalogue.expired)
		expect(ids).not.toContain(`${service}/${feature}/${target}`);
});

test("the five Meta services have one owner, so that they can fail as one incident", () => {
	const owned = services.filter((file) => file.owner.id === "meta").map((file) => file.id);
	expect(owned).toEqual(["facebook", "instagram", "messenger", "threads", "whatsapp"]);
});

test("hosts behind a provider say so: whole services inherit it, single hosts name it", () => {
	const behind = (id: string) => new Set(probesOf(id).map((probe) => probe.upstream));
	expect(behind("discord")).toEqual(new Set(["cloudflare"]));
	expect(behind("medium")).toEqual(new Set(["cloudflare"]));
	expect(behind("canva")).toEqual(new Set(["cloudflare"]));
	expect(behind("reddit")).toEqual(new Set(["fastly"]));
	expect(behind("slack")).toEqual(new Set(["aws"]));
	expect(behind("whatsapp")).toEqual(new Set([undefined]));
	expect(
		probesOf("x")
			.filter((probe) => probe.upstream)
			.map((probe) => probe.host),
	).toEqual(["x.com"]);
	expect(
		probesOf("tiktok")
			.filter((probe) => probe.upstream === "akamai")
			.map((probe) => probe.feature),
	).toContain("media");
});

test("every provider that carries others can be recognised in a reply, and none is its own upstream", () => {
	const carrying = new Set([...catalogue.services.values()].flatMap((service) => service.upstreams));
	expect([...carrying].sort()).toEqual(["akamai", "aws", "cloudflare", "fastly"]);
	expect(catalogue.edges.map((edge) => edge.provider).sort()).toEqual([...carrying].sort());
	for (const service of catalogue.services.values()) expect(service.upstreams).not.toContain(service.id);
});

test("Signal's calls host is well when it answers 503, under Signal's own root", () => {
	const [calls] = probesOf("signal").filter((probe) => probe.feature === "calls");
	expect(calls?.probe).toMatchObject({ healthy: { status: [503] }, root: "signal" });
	expect(catalogue.roots.get("signal")).toContain("BEGIN CERTIFICATE");
});

test("controls come from five portal vendors, three literal networks and two resolvers with known addresses", () => {
	const kinds = Map.groupBy(catalogue.controls, ({ control }) => control.type);
	const vendors = (type: "http" | "ip" | "doh") => new Set(kinds.get(type)?.map((control) => control.vendor));
	expect(vendors("http").size).toBeGreaterThanOrEqual(5);
	expect(vendors("ip").size).toBeGreaterThanOrEqual(3);
	expect(vendors("doh").size).toBeGreaterThanOrEqual(2);
	expect(kinds.get("dns")?.map(({ host }) => host)).toEqual(["resolver:dns.msftncsi.com", "resolver:dns.google"]);
});

test("official sources are only of formats that can be read, over TLS, with features that the file declares", () => {
	const sources = checks.filter((check) => check.kind === "source");
	expect(sources.map((check) => `${check.service} ${check.source.format}`).sort()).toEqual([
		"akamai statuspage",
		"canva statuspage",
		"cloudflare statuspage",
		"discord statuspage",
		"medium statuspage",
		"reddit statuspage",
		"slack feed",
		"soundcloud statuspage",
		"spotify statuspage",
		"zoom statuspage",
	]);
	for (const { source } of sources) expect(source.url).toMatch(/^https:.*(summary\.json|\/feed\/rss)$/);
});
