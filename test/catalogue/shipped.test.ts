import { isIP } from "node:net";
import { expect, test } from "vitest";
import { CATEGORIES } from "../../src/catalogue/categories.ts";
import { SHIPPED_EDITION } from "../../src/catalogue/edition.ts";
import { findService } from "../../src/catalogue/find.ts";
import { type ProbeCheck, SOURCE_FORMATS } from "../../src/core/check.ts";
import type { FeatureName } from "../../src/core/model.ts";
import { loadCatalogue } from "../../src/io/catalogue-files.ts";
import { isPrivateAddress } from "../../src/io/network/private-address.ts";

const catalogue = loadCatalogue();
const files = [...catalogue.files.values()];
const services = files.filter((file) => file.kind === "service");
const checks = [...catalogue.controls, ...[...catalogue.checks.values()].flat()];
const probes = checks.filter((check) => check.kind === "probe");
const probesOf = (service: string) => probes.filter((probe) => probe.service === service);

/** What the scripted outages and other people's settings call by name. */
const KEPT =
	"akamai aws buzzfeed canva cloudflare discord facebook fastly instagram medium messenger reddit signal slack snapchat soundcloud spotify teams telegram threads tiktok verizon whatsapp x youtube zoom";
const OF_ITALY =
	"agenzia-entrate aruba-mail aruba-pec cie fastweb iliad inps io libero-mail mediaset-infinity nexi pagopa postepay raiplay satispay send spid-aruba spid-infocert spid-poste subito tim virgilio-mail vodafone-it windtre";

test("ships eighty services and fifteen providers or more, and loses none that it had", () => {
	expect(services.length).toBeGreaterThanOrEqual(80);
	expect(files.length - services.length).toBeGreaterThanOrEqual(15);
	expect(files.map((file) => file.id)).toEqual(expect.arrayContaining(KEPT.split(" ")));
});

test("every service and provider can be found by its category, and no category is empty", () => {
	const byCategory = Map.groupBy(files, ({ category }) => category);
	expect([...byCategory.keys()].sort()).toEqual([...CATEGORIES].sort());
	for (const category of CATEGORIES)
		expect([category, (byCategory.get(category) ?? []).length > 1]).toEqual([category, true]);
	const providers = files.filter((file) => file.kind === "provider");
	expect(new Set(providers.map(({ category }) => category))).toEqual(new Set(["cloud", "telecom"]));
});

test("those of one country say so, and Italy has its own", () => {
	const here = files.filter(({ regions }) => regions.includes("it")).map(({ id }) => id);
	expect(here).toEqual(expect.arrayContaining(OF_ITALY.split(" ")));
	expect(files.filter(({ regions }) => new Set(regions).size < regions.length)).toEqual([]);
	expect(catalogue.files.get("whatsapp")?.regions).toEqual([]);
});

test("no two are offered in the same place", () => {
	const ranks = files.flatMap(({ popular }) => popular ?? []);
	expect(ranks.length).toBeGreaterThan(40);
	expect(new Set(ranks).size).toBe(ranks.length);
});

test("no name, alias or old id leads to two", () => {
	const names = files.flatMap(({ id, name, aliases, oldIds }) => [
		...new Set([id, name.toLowerCase(), ...aliases, ...oldIds]),
	]);
	expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
	expect(findService(catalogue.files, "Twitter")).toEqual({ id: "x", formerly: "twitter" });
	expect(findService(catalogue.files, "microsoft-teams")).toEqual({ id: "teams" });
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
	const youngest =
		found
			.map(({ date }) => date)
			.sort()
			.at(-1) ?? "";
	expect(SHIPPED_EDITION.madeAt.slice(0, 10) >= youngest).toBe(true);
	expect(String(SHIPPED_EDITION.version)).toMatch(
		new RegExp(`^${SHIPPED_EDITION.madeAt.slice(0, 10).replaceAll("-", "")}\\d\\d$`),
	);
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

test("official sources are read over TLS, each once, as what they are", () => {
	const sources = checks.filter((check) => check.kind === "source");
	expect(sources.length).toBeGreaterThan(70);
	const told = sources.map(({ service, source }) => `${service} ${source.format} ${source.url}`);
	expect(told).toEqual(
		expect.arrayContaining([
			"aws aws https://health.aws.amazon.com/public/currentevents",
			"chatgpt incidentio https://status.openai.com/proxy/status.openai.com",
			"cloudflare statuspage https://www.cloudflarestatus.com/api/v2/summary.json",
			"gmail google https://www.google.com/appsstatus/dashboard/incidents.json",
			"signal signal https://status.signal.org/",
			"slack slack https://slack-status.com/api/v2.0.0/current",
			"teams microsoft https://status.cloud.microsoft/api/posts/m365Consumer",
			"whatsapp meta https://metastatus.com/data/orgs.json",
		]),
	);
	for (const { source } of sources) {
		expect(SOURCE_FORMATS).toContain(source.format);
		expect(source.url).toMatch(/^https:/);
		if (source.format === "statuspage") expect(source.url).toMatch(/\/api\/v2\/summary\.json$/);
	}
});

test("pages of neighbouring products are hints: of the Business Platform, of Teams Free, of LinkedIn's API", () => {
	const hints = checks.filter((check) => check.kind === "source" && !check.source.speaksForWhole);
	expect(hints.map((check) => check.kind === "source" && check.service).sort()).toEqual([
		"linkedin",
		"teams",
		"whatsapp",
	]);
});

test("pages that list many products are mapped, so that trouble with one is not trouble with another", () => {
	const shared = ["google", "apple", "aws", "slack", "meta"];
	const sources = checks.filter((check) => check.kind === "source" && shared.includes(check.source.format));
	expect(sources.length).toBeGreaterThan(10);
	for (const check of sources) {
		if (check.kind === "source")
			expect([check.service, Object.keys(check.source.components)]).not.toEqual([check.service, []]);
	}
});
