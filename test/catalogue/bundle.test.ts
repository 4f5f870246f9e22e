import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bundleShape, withBundle } from "../../src/catalogue/bundle.ts";
import { catalogueOf, type Parts } from "../../src/catalogue/catalogue.ts";
import { serviceFile } from "../../src/catalogue/schema.ts";
import { entry } from "../helpers/updates.ts";

const provenance = { source: "an example, written for this test", date: "2026-01-02" };
const http = (url: string) => ({ type: "http", url, provenance });

const shop = entry("shop", {
	sources: [
		{ format: "statuspage", url: "https://status.shop.example/api/v2/summary.json", provenance },
		{ format: "feed", url: "https://www.shop.example/feed", provenance },
	],
	features: {
		web: { probes: [http("https://www.shop.example/"), http("https://cdn.example/")] },
		media: { probes: [http("https://cdn.example/x")] },
		calls: { blind: "Calls cannot be tried from outside." },
	},
});

const control = { type: "ip", vendor: "v", address: "192.0.2.1", port: 443, provenance } as const;
const shipped: Parts = {
	files: [entry("bank"), shop, entry("edge", { kind: "provider" })].map((file) => serviceFile.parse(file)),
	controls: { controls: [control] },
	roots: new Map([["mine", "PEM"]]),
};

const bundle = (more: Record<string, unknown>) =>
	bundleShape.parse({
		format: 1,
		version: 7,
		madeAt: "2026-11-22T10:00:00Z",
		expiresAt: "2027-02-22T10:00:00Z",
		minimumApp: "0.1.0",
		...more,
	});

const hostsOf = (parts: Parts, id: string) =>
	catalogueOf(parts)
		.checks.get(id)
		?.map(({ host }) => host);

test("an update that says nothing changes nothing", () => {
	expect(withBundle(shipped, bundle({}))).toEqual(shipped);
});

test("an entry takes the place of the shipped one, in its place; a new one comes after the others", () => {
	const news = entry("bank", { name: "The Bank", features: { api: { probes: [http("https://api.bank.example/")] } } });
	const parts = withBundle(shipped, bundle({ services: [entry("cafe"), news] }));
	expect(parts.files.map(({ id, name }) => [id, name])).toEqual([
		["bank", "The Bank"],
		["shop", "shop"],
		["edge", "edge"],
		["cafe", "cafe"],
	]);
	expect(hostsOf(parts, "bank")).toEqual(["api.bank.example"]);
	expect(parts.roots).toEqual(shipped.roots);
});

test("controls are taken whole, or left alone", () => {
	const controls = Array.from({ length: 8 }, (_, n) => ({ ...control, vendor: `v${n}` }));
	expect(withBundle(shipped, bundle({ controls })).controls.controls).toHaveLength(8);
	expect(withBundle(shipped, bundle({})).controls).toEqual(shipped.controls);
});

test("a host that is off is asked by nothing; a feature that had no other is blind, and says why", () => {
	const endpointsOff = [{ host: "cdn.example", why: "Its owner asked us to stop." }];
	const parts = withBundle(shipped, bundle({ endpointsOff }));
	expect(hostsOf(parts, "shop")).toEqual(["www.shop.example", "status.shop.example", "www.shop.example"]);
	const features = catalogueOf(parts).services.get("shop")?.features;
	expect(features).toEqual([
		{ name: "web" },
		{ name: "media", blind: "Its hosts are not asked any more: Its owner asked us to stop." },
		{ name: "calls", blind: "Calls cannot be tried from outside." },
	]);
	expect(hostsOf(parts, "bank")).toEqual(hostsOf(shipped, "bank"));
});

test("a host can be off for one service only, official pages of it included", () => {
	const off = (service: string) => [{ host: "www.shop.example", service, why: "It moved." }];
	expect(hostsOf(withBundle(shipped, bundle({ endpointsOff: off("bank") })), "shop")).toEqual(hostsOf(shipped, "shop"));
	expect(hostsOf(withBundle(shipped, bundle({ endpointsOff: off("shop") })), "shop")).toEqual([
		"cdn.example",
		"cdn.example",
		"status.shop.example",
	]);
});

test("an entry of the update can be off as well", () => {
	const endpointsOff = [{ host: "www.cafe.example", why: "Not yet." }];
	expect(hostsOf(withBundle(shipped, bundle({ services: [entry("cafe")], endpointsOff })), "cafe")).toEqual([]);
});

test.each<[string, Record<string, unknown>]>([
	["a format of the future", { format: 2 }],
	["a version that is no whole number", { version: 1.5 }],
	["no version at all", { version: undefined }],
	["a moment without a zone", { expiresAt: "2027-02-22T10:00:00" }],
	["a provider among the services", { services: [entry("edge", { kind: "provider" })] }],
	["a service among the providers", { providers: [entry("shop")] }],
	["an entry without provenance", { services: [entry("cafe", { page: { none: "It has none." } })] }],
	["an end without a reason", { endpointsOff: [{ host: "cdn.example" }] }],
	["a key that nobody knows", { endpointOff: [] }],
])("%s is no update", (_, more) => {
	expect(() => bundle(more)).toThrow();
});

test("the example in the documentation is a good update", () => {
	const page = readFileSync(new URL("../../docs/catalogue.md", import.meta.url), "utf8");
	const [, json] = /```json\n(.*?)```/s.exec(page) ?? [];
	expect(bundleShape.parse(JSON.parse(json ?? "")).endpointsOff).toHaveLength(1);
});
