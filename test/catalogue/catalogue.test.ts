import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { buildCatalogue, namesIn, withServices } from "../../src/catalogue/catalogue.ts";
import { contradictions, fileNameOf } from "../../src/catalogue/contradictions.ts";
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
	expect(() => withServices(built, [file("shop")])).toThrow(
		'id: expected a name of its own, found "shop" of services/shop.json',
	);
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
		"an edge of a service",
		[file("shop", { edge: { headers: [{ name: "x-shop" }], provenance } })],
		["services/shop.json: edge: expected only in a provider, found in a service"],
	],
])("files that contradict one another are refused: %s", (_, files, problems) => {
	expect(contradictions(files, { roots: new Set() })).toEqual(problems);
	expect(() => buildCatalogue(files, controls)).toThrow(new Error(problems.join("\n")));
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
