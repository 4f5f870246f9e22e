import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { SOURCE_FORMATS } from "../../src/core/check.ts";
import { FEATURES } from "../../src/core/model.ts";
import { CatalogueError, loadCatalogue } from "../../src/io/catalogue-files.ts";

const SHIPPED = new URL("../../src/catalogue/", import.meta.url);
const folders: string[] = [];

afterEach(() => {
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const provenance = { source: "an example, written for this test", date: "2026-01-02" };
const probe = { type: "http", url: "https://shop.example/", provenance };
const shop = {
	id: "shop",
	name: "Shop",
	kind: "service",
	owner: { id: "shop", name: "Shop" },
	upstreams: [{ id: "edge", provenance }],
	page: { url: "https://status.shop.example/", provenance },
	sources: [
		{
			format: "statuspage",
			url: "https://status.shop.example/api/v2/summary.json",
			components: { Site: "web" },
			provenance,
		},
	],
	features: { web: { probes: [probe] }, calls: { blind: "Calls cannot be tried from outside." } },
};
const edge = {
	id: "edge",
	name: "Edge",
	kind: "provider",
	owner: { id: "edge", name: "Edge" },
	page: { none: "It has none.", provenance },
	features: { web: { probes: [{ ...probe, url: "https://edge.example/" }] } },
};

/** A folder with one service, one provider and the shipped controls and roots; `files` are written over it. */
function folderWith(files: Record<string, unknown>): string {
	const folder = mkdtempSync(join(tmpdir(), "catalogue-"));
	folders.push(folder);
	for (const part of ["services", "providers"]) mkdirSync(join(folder, part));
	for (const part of ["controls.json", "roots"])
		cpSync(new URL(part, SHIPPED), join(folder, part), { recursive: true });
	const all = { "services/shop.json": shop, "providers/edge.json": edge, ...files };
	for (const [name, value] of Object.entries(all)) {
		writeFileSync(join(folder, name), typeof value === "string" ? value : JSON.stringify(value));
	}
	return folder;
}

function problemsOf(folder: string): readonly string[] {
	try {
		loadCatalogue(folder);
		return [];
	} catch (error) {
		expect(error).toBeInstanceOf(CatalogueError);
		const { message, problems } = error as CatalogueError;
		expect(message).toBe(problems.join("\n"));
		return problems;
	}
}

test("a folder of good files becomes a catalogue, with its private roots", () => {
	const catalogue = loadCatalogue(folderWith({}));
	expect([...catalogue.services.keys()]).toEqual(["shop", "edge"]);
	expect(catalogue.checks.get("shop")?.map((check) => check.id)).toEqual([
		"shop/web/https://shop.example/",
		"shop/official/https://status.shop.example/api/v2/summary.json",
	]);
	expect([...catalogue.roots.keys()]).toEqual(["signal"]);
});

test("the shipped folder is the default, and the same files give the same catalogue", () => {
	expect(loadCatalogue()).toEqual(loadCatalogue());
	expect(loadCatalogue().services.size).toBeGreaterThan(20);
});

const withProbe = (change: object) => ({ ...shop, features: { web: { probes: [{ ...probe, ...change }] } } });
const quoted = (words: readonly string[]) => words.map((word) => `"${word}"`).join(", ");
const FORMATS = quoted(SOURCE_FORMATS);
const NAMES = quoted(FEATURES);

test.each<[string, unknown, string[]]>([
	["a missing name", { ...shop, name: undefined }, ["name: expected a text, found nothing"]],
	[
		"an id with capitals",
		{ ...shop, id: "Shop" },
		['id: expected lower-case letters, digits and hyphens, found "Shop"'],
	],
	[
		"an id that is not the file's name",
		{ ...shop, id: "store" },
		['id: expected "shop" as in the file\'s name, found "store"'],
	],
	["a kind that is none", { ...shop, kind: "site" }, ['kind: expected one of "service", "provider", found "site"']],
	[
		"a provider among services",
		{ ...shop, kind: "provider" },
		['kind: expected "service" in this folder, found "provider"'],
	],
	["a misspelt key", { ...shop, anouncements: [] }, ['anouncements: unknown key, did you mean "announcements"?']],
	[
		"a misspelt key inside",
		{ ...shop, owner: { id: "shop", nmae: "Shop" } },
		["owner.name: expected a text, found nothing", 'owner.nmae: unknown key, did you mean "name"?'],
	],
	[
		"a feature that is none",
		{ ...shop, features: { ...shop.features, medai: { blind: "x" } } },
		['features.medai: unknown key, did you mean "media"?'],
	],
	["no feature", { ...shop, sources: [], features: {} }, ["features: expected at least one feature, found {}"]],
	[
		"an address of another kind",
		withProbe({ url: "ftp://x" }),
		['features.web.probes[0].url: expected an https or http address, found "ftp://x"'],
	],
	[
		"a probe of no known type",
		withProbe({ type: "ping" }),
		[
			'features.web.probes[0].type: expected one of "http", "two_step", "tcp", "tls", "dns", "websocket", "stun", "mtproto", found "ping"',
		],
	],
	[
		"a probe of another type's keys",
		withProbe({ type: "tcp", port: 99999, host: "Shop.example" }),
		[
			'features.web.probes[0].host: expected a host name in lower case, or an address, found "Shop.example"',
			"features.web.probes[0].port: expected at most 65535, found 99999",
			"features.web.probes[0].url: this key does not go with the others here",
		],
	],
	[
		"a probe without provenance",
		withProbe({ provenance: undefined }),
		["features.web.probes[0].provenance: expected an object, found nothing"],
	],
	[
		"a day that never was",
		withProbe({ provenance: { ...provenance, date: "2026-13-01" } }),
		['features.web.probes[0].provenance.date: expected a date such as 2026-11-22, found "2026-13-01"'],
	],
	[
		"a status that is none",
		withProbe({ healthy: { status: [2040] } }),
		["features.web.probes[0].healthy.status[0]: expected at most 599, found 2040"],
	],
	[
		"a root that is not there",
		withProbe({ root: "mine" }),
		['features.web.probes[0].root: expected a file of the folder roots, found "mine"'],
	],
	[
		"an upstream that is not there",
		withProbe({ upstream: "edgy" }),
		['features.web.probes[0].upstream: expected a provider, found "edgy", which is no file'],
	],
	[
		"both blind and probed",
		{ ...shop, features: { ...shop.features, web: { probes: [probe], blind: "No." } } },
		["features.web.probes: this key does not go with the others here"],
	],
	[
		"a plain page",
		{ ...shop, page: { url: "http://shop.example/", provenance } },
		['page.url: expected an https address, found "http://shop.example/"'],
	],
	[
		"a source of no known format",
		{ ...shop, sources: [{ ...shop.sources[0], format: "rss" }] },
		[`sources[0].format: expected one of ${FORMATS}, found "rss"`],
	],
	[
		"a component of no feature",
		{ ...shop, sources: [{ ...shop.sources[0], components: { "Live site": "site" } }] },
		[`sources[0].components["Live site"]: expected one of ${NAMES}, found "site"`],
	],
	[
		"a component of a feature not declared",
		{ ...shop, sources: [{ ...shop.sources[0], components: { Chat: "messaging" } }] },
		['sources[0].components["Chat"]: expected a feature of this file, found "messaging"'],
	],
	[
		"an edge of a service",
		{ ...shop, edge: { headers: [{ name: "x-shop" }], provenance } },
		["edge: expected only in a provider, found in a service"],
	],
	["no JSON", '{\n\t"id": "shop",\n\t"name": Shop\n}', ['line 3, column 10: expected JSON, found "Shop }"']],
	["a list", "[]", ["expected an object, found []"]],
	["a file too large", `"${"x".repeat(300_000)}"`, ["expected at most 262144 bytes, found 300002"]],
])("a broken file is told by name, place, expected and found: %s", (_, file, sentences) => {
	const folder = folderWith({ "services/shop.json": file });
	expect(problemsOf(folder)).toEqual(sentences.map((sentence) => `services/shop.json: ${sentence}`));
});

test("all problems of all files are told at once, and a broken file spoils no other", () => {
	const folder = folderWith({
		"services/bank.json": { ...shop, id: "bank", upstreams: [{ id: "nowhere", provenance }] },
		"services/cafe.json": "{",
		"providers/edge.json": { ...edge, name: "" },
		"controls.json": { controls: [] },
		"roots/signal.pem": "no certificate at all",
	});
	expect(problemsOf(folder)).toEqual([
		"services/cafe.json: line 1, column 2: expected JSON, found the end",
		'providers/edge.json: name: expected at least 1 character, found ""',
		"controls.json: controls: expected at least 8 entries, found 0 entries",
		"roots/signal.pem: expected a certificate with sha256 ddb0f92bb95c8d6fd202ea6e8cc5ccd182b544f8cd696f47d580659ddc9df65a, found no certificate",
		'services/bank.json: upstreams[0].id: expected a provider, found "nowhere", which is no file',
	]);
});

test("a control that leads nowhere is told by its place", () => {
	const controls = Array.from({ length: 8 }, () => ({
		type: "ip",
		vendor: "v",
		address: "8.8.8.8",
		port: 443,
		provenance,
	}));
	controls[3] = { type: "ip", vendor: "v", address: "8.8.8", port: 443, provenance };
	expect(problemsOf(folderWith({ "controls.json": { controls } }))).toEqual([
		'controls.json: controls[3].address: expected an IPv4 or IPv6 address, found "8.8.8"',
	]);
});

test("a root without its facts is refused", () => {
	const folder = folderWith({});
	rmSync(join(folder, "roots", "signal.json"));
	expect(problemsOf(folder)).toEqual(["roots/signal.json: expected a file, found nothing"]);
});

test("a folder that is not there is told by its parts", () => {
	expect(problemsOf(join(tmpdir(), "no such folder"))).toEqual([
		"services: expected a folder, found nothing",
		"providers: expected a folder, found nothing",
		"controls.json: expected a file, found nothing",
	]);
});
