import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { buildCatalogue, namesIn, withServices } from "../../src/catalogue/catalogue.ts";
import { contradictions, fileNameOf } from "../../src/catalogue/contradictions.ts";
import { findService } from "../../src/catalogue/find.ts";
import { controlsFile, type ServiceFile, serviceFile } from "../../src/catalogue/schema.ts";

const provenance = { source: "an example, written for this test", date: "2026-01-02" };
const controls = { controls: [] };

function file(id: string, more: Record<string, unknown> = {}): ServiceFile {
	return serviceFile.parse({
		id,
		name: id,
		kind: "service",
		owner: { id, name: id },
		page: { none: "It has none.", provenance },
		features: { web: { probes: [{ type: "http", url: `https://WWW.${id}.example/`, provenance }] } },
		...more,
	});
}

const provider = (id: string) => file(id, { kind: "provider" });
const upstream = (id: string) => ({ upstreams: [{ id, provenance }] });

test.each([
	["https://me:secret@shop.example/", "an https or http address without a login"],
	["https://me@shop.example:8443/a?b", "an https or http address without a login"],
	["ftp://shop.example/", "an https or http address"],
])("%s is no address to ask", (url, expected) => {
	const probe = { type: "http", url, provenance };
	const asked = serviceFile.safeParse({ ...file("shop"), features: { web: { probes: [probe] } } });
	expect(asked.error?.issues.map(({ message }) => message)).toContain(expected);
});

test.each([
	["https://shop.example/a@b", "shop.example"],
	["https://shop.example/?to=me@b.example", "shop.example"],
])("%s has no login", (url, host) => {
	const probe = { type: "http", url, provenance };
	const asked = serviceFile.parse({ ...file("shop"), features: { web: { probes: [probe] } } });
	const [check] = buildCatalogue([asked], controls).checks.get("shop") ?? [];
	expect(check).toMatchObject({ host });
});

test("the only upstream of a service holds for its probes, unless one names another", () => {
	const shop = file("shop", {
		...upstream("edge"),
		features: {
			web: { probes: [{ type: "tls", host: "a.example", port: 443, provenance }] },
			media: { probes: [{ type: "tcp", host: "b.example", port: 1, upstream: "other", provenance }] },
		},
	});
	const built = buildCatalogue([shop, provider("edge"), provider("other")], controls);
	expect(built.checks.get("shop")).toEqual([
		{
			kind: "probe",
			id: "shop/web/tls://a.example:443",
			host: "a.example",
			service: "shop",
			feature: "web",
			probe: { type: "tls", host: "a.example", port: 443 },
			upstream: "edge",
		},
		{
			kind: "probe",
			id: "shop/media/tcp://b.example:1",
			host: "b.example",
			service: "shop",
			feature: "media",
			probe: { type: "tcp", host: "b.example", port: 1 },
			upstream: "other",
		},
	]);
	expect(built.services.get("shop")?.upstreams).toEqual(["edge", "other"]);
});

test("of two upstreams neither is taken for granted", () => {
	const shop = file("shop", {
		upstreams: [
			{ id: "edge", provenance },
			{ id: "other", provenance },
		],
	});
	const built = buildCatalogue([shop, provider("edge"), provider("other")], controls);
	expect(built.checks.get("shop")?.[0]).not.toHaveProperty("upstream");
	expect(built.services.get("shop")?.upstreams).toEqual(["edge", "other"]);
});

test("a host is told in lower case, without port and path", () => {
	const built = buildCatalogue([file("shop")], controls);
	expect(built.checks.get("shop")?.[0]?.host).toBe("www.shop.example");
});

test("what is absent in a file is absent in the catalogue", () => {
	const built = buildCatalogue([file("shop")], controls);
	const [check] = built.checks.get("shop") ?? [];
	expect(Object.keys(check ?? {})).toEqual(["kind", "id", "host", "service", "feature", "probe"]);
	expect(built.services.get("shop")).not.toHaveProperty("page");
});

test("own services join the catalogue, unless they contradict it", () => {
	const built = buildCatalogue([file("shop")], controls);
	const joined = withServices(built, [file("bank", { name: "The Bank" })]);
	expect([...joined.services.keys()]).toEqual(["shop", "bank"]);
	expect(joined.checks.get("bank")?.map((check) => check.id)).toEqual(["bank/web/https://WWW.bank.example/"]);
	expect(namesIn(joined)).toMatchObject({ shop: "shop", bank: "The Bank" });
	expect(() => withServices(built, [file("till"), file("till")])).toThrow(
		'id: expected a name of its own, found "till" of services/till.json',
	);
});

test("an own service takes the place of one that has its id by now, and its name from one that is also called so", () => {
	const built = buildCatalogue(
		[file("shop"), file("bank", { aliases: ["till", "money"], oldIds: ["purse"] })],
		controls,
	);
	const joined = withServices(built, [file("shop", { name: "My shop" }), file("till"), file("purse")]);
	expect([...joined.services.keys()]).toEqual(["shop", "bank", "till", "purse"]);
	expect(joined.services.get("shop")?.name).toBe("My shop");
	expect(joined.files.get("bank")).toMatchObject({ aliases: ["money"], oldIds: [] });
	expect(built.files.get("bank")).toMatchObject({ aliases: ["till", "money"], oldIds: ["purse"] });
});

describe("an endpoint that expires", () => {
	const probe = (host: string, expires?: string) => ({
		type: "tls",
		host,
		port: 443,
		provenance,
		...(expires && { expires }),
	});
	const shop = file("shop", {
		features: {
			web: { probes: [probe("old.example", "2026-06-30"), probe("new.example", "2027-06-30"), probe("sure.example")] },
			media: { probes: [probe("old.example", "2026-06-30")] },
		},
	});
	const hosts = (today: string) => {
		const built = buildCatalogue([shop], controls, new Map(), today);
		return built.checks.get("shop")?.map(({ host, id }) => `${id.split("/")[1]} ${host}`);
	};

	test("is asked up to its last day, and not after", () => {
		const all = ["web old.example", "web new.example", "web sure.example", "media old.example"];
		expect(hosts("2026-06-30")).toEqual(all);
		expect(hosts("2026-07-01")).toEqual(["web new.example", "web sure.example"]);
		expect(hosts("2030-01-01")).toEqual(["web sure.example"]);
	});

	test("leaves a feature without any other blind, and is told", () => {
		const built = buildCatalogue([shop], controls, new Map(), "2026-07-01");
		expect(built.services.get("shop")?.features).toEqual([
			{ name: "web" },
			{ name: "media", blind: "What was known of its hosts is too old to be trusted." },
		]);
		expect(built.expired).toEqual([
			{ service: "shop", feature: "web", target: "tls://old.example:443", expires: "2026-06-30" },
			{ service: "shop", feature: "media", target: "tls://old.example:443", expires: "2026-06-30" },
		]);
		expect(buildCatalogue([shop], controls, new Map(), "2026-06-30").expired).toEqual([]);
	});

	test("says nothing of it in the probe itself", () => {
		const built = buildCatalogue([shop], controls, new Map(), "2026-07-01");
		expect(JSON.stringify([...built.checks.values()])).not.toContain("expires");
	});

	test("expires among own services too", () => {
		const joined = withServices(buildCatalogue([], controls), [shop], "2026-07-01");
		expect(joined.checks.get("shop")).toHaveLength(2);
		expect(joined.expired).toHaveLength(2);
	});
});

test("each kind of probe has a target and a host of its own, and the families of one host are two targets", () => {
	const at = { host: "a.example", port: 1, provenance };
	const probes = [
		{ type: "two_step", url: "https://api.example/x", pointer: "/url", hosts: ["cdn.example"], provenance },
		{ type: "dns", name: "a.example", provenance },
		{ type: "dns", name: "a.example", over: { url: "https://doh.example/q" }, provenance },
		{ type: "websocket", url: "wss://WS.example:8443/chat", provenance },
		{ type: "stun", ...at },
		{ type: "stun", ...at, family: 4 },
		{ type: "stun", ...at, family: 6 },
		{ type: "mtproto", host: "2001:db8::1", port: 443, family: 6, provenance },
	];
	const built = buildCatalogue([file("shop", { features: { web: { probes } } })], controls);
	expect(built.checks.get("shop")?.map(({ id, host }) => [id.slice("shop/web/".length), host])).toEqual([
		["https://api.example/x#/url", "api.example"],
		["dns:a.example", "resolver:a.example"],
		["dns:a.example at https://doh.example/q", "doh.example"],
		["wss://WS.example:8443/chat", "ws.example"],
		["stun://a.example:1", "a.example"],
		["stun://a.example:1 (IPv4)", "a.example"],
		["stun://a.example:1 (IPv6)", "a.example"],
		["mtproto://2001:db8::1:443 (IPv6)", "2001:db8::1"],
	]);
});

/** A file whose only probe is this. */
function only(probe: Record<string, unknown>) {
	return file("shop", { features: { web: { probes: [{ provenance, ...probe }] } } });
}

test.each<[string, Record<string, unknown>]>([
	[
		"a two-step probe without hosts that it may lead to",
		{ type: "two_step", url: "https://a.example/", pointer: "/u", hosts: [] },
	],
	[
		"a whole top-level domain to be led to",
		{ type: "two_step", url: "https://a.example/", pointer: "/u", hosts: ["com"] },
	],
	["an address to be led to", { type: "two_step", url: "https://a.example/", pointer: "/u", hosts: ["10.0.0.1"] }],
	["a pointer that is none", { type: "two_step", url: "https://a.example/", pointer: "u", hosts: ["b.example"] }],
	["a pointer with half an escape", { type: "http", url: "https://a.example/", healthy: { json: { "/a~2": 1 } } }],
	[
		"a header name in capitals",
		{ type: "http", url: "https://a.example/", healthy: { headers: [{ name: "Server" }] } },
	],
	["a WebSocket over https", { type: "websocket", url: "https://a.example/" }],
	["a DNS server without TLS", { type: "dns", name: "a.example", over: { url: "http://a.example/" } }],
	["a third family", { type: "tcp", host: "a.example", port: 1, family: 5 }],
	["an expiry that is no day", { type: "tcp", host: "a.example", port: 1, expires: "soon" }],
	["more bytes than a few", { type: "http", url: "https://a.example/", firstBytes: 1_000_000 }],
	["a key of another kind", { type: "stun", host: "a.example", port: 1, root: "mine" }],
])("%s is no probe", (_, probe) => {
	expect(() => only(probe)).toThrow();
});

const OWN = "expected a name of its own, found";

test.each<[string, ServiceFile[], string[]]>([
	[
		"nothing of the name",
		[file("shop", upstream("edge"))],
		['services/shop.json: upstreams[0].id: expected a provider, found "edge", which is no file'],
	],
	[
		"a service as upstream",
		[file("shop", upstream("bank")), file("bank")],
		['services/shop.json: upstreams[0].id: expected a provider, found "bank", a service'],
	],
	[
		"two files with one id",
		[file("shop"), provider("shop")],
		[`providers/shop.json: id: ${OWN} "shop" of services/shop.json`],
	],
	[
		"an alias that is taken",
		[file("shop"), file("bank", { aliases: ["b", "shop"] })],
		[`services/bank.json: aliases[1]: ${OWN} "shop" of services/shop.json`],
	],
	[
		"an old id that is taken, by a name or by another's old id",
		[file("shop", { oldIds: ["store"] }), file("bank", { oldIds: ["shop", "store"] })],
		[
			`services/bank.json: oldIds[0]: ${OWN} "shop" of services/shop.json`,
			`services/bank.json: oldIds[1]: ${OWN} "store" of services/shop.json`,
		],
	],
	[
		"a private root that is not there",
		[
			file("shop", {
				features: { web: { probes: [{ type: "tls", host: "a.example", port: 443, root: "mine", provenance }] } },
			}),
		],
		['services/shop.json: features.web.probes[0].root: expected a file of the folder roots, found "mine"'],
	],
	[
		"a component of a feature that is not declared",
		[
			file("shop", {
				sources: [{ format: "feed", url: "https://s.example/", components: { Search: "search" }, provenance }],
			}),
		],
		['services/shop.json: sources[0].components["Search"]: expected a feature of this file, found "search"'],
	],
	[
		"a probe told twice",
		[
			file("shop", {
				features: { web: { probes: [1, 2].map(() => ({ type: "tls", host: "a.example", port: 443, provenance })) } },
			}),
		],
		["services/shop.json: features.web.probes[1]: expected another target, found that of probes[0]"],
	],
	[
		"an IPv4 address over IPv6",
		[only({ type: "tcp", host: "192.0.2.1", port: 1, family: 6 })],
		["services/shop.json: features.web.probes[0].family: expected 4, that of the address, found 6"],
	],
	[
		"an IPv6 address over IPv4",
		[only({ type: "http", url: "https://[2001:db8::1]/", family: 4 })],
		["services/shop.json: features.web.probes[0].family: expected 6, that of the address, found 4"],
	],
	[
		"a part of a body to look for a text in",
		[only({ type: "http", url: "https://a.example/", firstBytes: 1, healthy: { contains: "x" } })],
		["services/shop.json: features.web.probes[0].firstBytes: expected a whole body to look into, found a part of it"],
	],
	[
		"a greeting and a farewell",
		[only({ type: "websocket", url: "wss://a.example/", healthy: { greeting: "x", closeCode: 1000 } })],
		["services/shop.json: features.web.probes[0].healthy: expected a greeting or a close code, found both"],
	],
	[
		"a fact that expired before it was read",
		[only({ type: "tcp", host: "a.example", port: 1, expires: "2026-01-02" })],
		[
			"services/shop.json: features.web.probes[0].expires: expected a day after 2026-01-02, that of the source, found 2026-01-02",
		],
	],
	[
		"the same target over the same family twice",
		[
			file("shop", {
				features: {
					web: { probes: [1, 2].map(() => ({ type: "stun", host: "a.example", port: 1, family: 4, provenance })) },
				},
			}),
		],
		["services/shop.json: features.web.probes[1]: expected another target, found that of probes[0]"],
	],
	[
		"an edge of a service",
		[file("shop", { edge: { headers: [{ name: "x-shop" }], provenance } })],
		["services/shop.json: edge: expected only in a provider, found in a service"],
	],
])("files that contradict one another are refused: %s", (_, files, problems) => {
	expect(contradictions(files, { roots: new Set() })).toEqual(problems);
	expect(() => buildCatalogue(files, controls)).toThrow(new Error(problems.join("\n")));
});

test("a service is found by its id, a name, an alias or an old id, in any case, and an old id is told", () => {
	const built = buildCatalogue(
		[file("shop", { name: "The Shop", aliases: ["s"], oldIds: ["store"] }), file("bank")],
		controls,
	);
	const find = (name: string) => findService(built.files, name);
	expect([find("shop"), find("The SHOP"), find("S")]).toEqual([{ id: "shop" }, { id: "shop" }, { id: "shop" }]);
	expect(find("STORE")).toEqual({ id: "shop", formerly: "store" });
	expect(find("ban")).toBeUndefined();
});

test("a file that could not be read is nobody's unknown upstream", () => {
	const shop = file("shop", upstream("edge"));
	expect(contradictions([shop], { roots: new Set(), unread: new Set(["edge"]) })).toEqual([]);
	expect(fileNameOf(shop)).toBe("services/shop.json");
});

test("editors can be given a JSON Schema of a file", () => {
	const schema = z.toJSONSchema(serviceFile, { io: "input" });
	expect(schema.required).toEqual(["id", "name", "kind", "owner", "page", "features"]);
	expect(Object.keys(schema.properties ?? {})).toContain("announcements");
	expect(schema.additionalProperties).toBe(false);
	expect(JSON.stringify(z.toJSONSchema(serviceFile))).toContain("stories");
	expect(JSON.stringify(z.toJSONSchema(controlsFile))).toContain("doh");
});

test("the example in the documentation is a good file", () => {
	const page = readFileSync(new URL("../../docs/adding-a-service.md", import.meta.url), "utf8");
	const [, json] = /```json\n(.*?)```/s.exec(page) ?? [];
	const example = serviceFile.parse(JSON.parse(json ?? ""));
	expect(contradictions([example, provider("fastly")], { roots: new Set() })).toEqual([]);
	const built = buildCatalogue([example, provider("fastly")], controls);
	expect(built.checks.get("pixelpost")).toHaveLength(5);
});
