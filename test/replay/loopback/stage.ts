import { buildCatalogue, type Catalogue } from "../../../src/catalogue/catalogue.ts";
import { controlsFile, serviceFile } from "../../../src/catalogue/schema.ts";
import type { Check, SourceFormat } from "../../../src/core/check.ts";
import type { Evidence } from "../../../src/core/evidence.ts";
import { fetchPage } from "../../../src/io/network/fetch-page.ts";
import { createRunCheck } from "../../../src/io/run-check.ts";
import { createReadSource } from "../../../src/io/sources/read-source.ts";
import { type Internet, openInternet } from "../../../src/replay/loopback/internet.ts";
import type { Scenario } from "../../../src/replay/scenario.ts";
import { ScriptedWorld } from "../../../src/replay/world.ts";

export const T0 = Date.parse("2026-03-01T12:00:00Z");
export const MINUTE = 60_000;
const provenance = { source: "made up for a test", date: "2026-01-01" };

const http = (url: string, more: object = {}) => ({ type: "http", url, provenance, ...more });
const source = (format: string) => ({
	format,
	url: `https://status-${format}.chat.test/page`,
	components: format === "statuspage" || format === "incidentio" ? { Pictures: "media" } : {},
	provenance,
});

/** A service with probes of each simple kind, a page of each of these formats, and controls of each kind. */
export function smallCatalogue(formats: readonly SourceFormat[] = ["statuspage", "incidentio"]): Catalogue {
	const file = {
		id: "chat",
		name: "Chat",
		kind: "service",
		owner: { id: "chat", name: "Chat" },
		page: { none: "It has none.", provenance },
		sources: formats.map(source),
		features: {
			messaging: {
				probes: [
					{ type: "tcp", host: "tcp.chat.test", port: 5222, provenance },
					{ type: "tcp", host: "192.0.2.7", port: 443, provenance },
				],
			},
			calls: { probes: [{ type: "tls", host: "tls.chat.test", port: 443, root: "own", provenance }] },
			media: { probes: [http("https://a.pictures.test/"), http("https://b.pictures.test/")] },
			web: { probes: [http("https://www.chat.test/"), http("http://plain.chat.test/")] },
			api: { probes: [http("https://busy.chat.test/", { healthy: { status: [503] } })] },
			search: { probes: [http("https://words.chat.test/", { healthy: { contains: "<b>Chat & more</b>" } })] },
			login: { blind: "Nobody can see it." },
		},
	};
	const vendors = ["north", "east", "south", "west", "centre"];
	const controls = {
		controls: [
			...vendors.map((vendor) => ({
				type: "http",
				vendor,
				url: `http://control-${vendor}.test/`,
				status: 204,
				provenance,
			})),
			{ type: "ip", vendor: "north", address: "192.0.2.1", port: 443, provenance },
			{ type: "dns", vendor: "east", name: "doh.test", addresses: ["192.0.2.2", "192.0.2.3"], provenance },
			{
				type: "doh",
				vendor: "south",
				url: "https://doh.test/dns-query",
				addresses: ["192.0.2.2"],
				name: "example.org",
				provenance,
			},
		],
	};
	// the catalogue's own root of that name is never used: the demonstration's takes its place
	return buildCatalogue(
		[serviceFile.parse(file)],
		controlsFile.parse(controls),
		new Map([["own", "not a certificate"]]),
	);
}

export function allChecks(catalogue: Catalogue): Check[] {
	return [...catalogue.controls, ...(catalogue.checks.get("chat") ?? [])];
}

export function scenarioOf(world: Scenario["world"], more: Partial<Scenario> = {}): Scenario {
	return {
		name: "a-test",
		from: T0,
		until: T0 + 20 * MINUTE,
		seed: 5,
		services: ["chat"],
		noise: { loss: 0 },
		world,
		truth: [],
		...more,
	};
}

/** An open Internet whose hosts answer as a rule says. */
export async function openStage(catalogue = smallCatalogue(), checks: readonly Check[] = allChecks(catalogue)) {
	const internet: Internet = await openInternet({ checks, catalogue, speed: 100, now: () => T0 });
	return {
		internet,
		checks,
		/** What the real check sees while the world follows these rules. */
		async see(check: Check, world: Scenario["world"]): Promise<Evidence> {
			const { network, end } = internet.play(check, new ScriptedWorld(scenarioOf(world)).answer(check, T0));
			const readSource = createReadSource({ fetchPage: (url, how) => fetchPage(network, url, how), now: () => T0 });
			const evidence = await createRunCheck({ network, readSource, now: () => T0 })(check, 0).evidence;
			end();
			return evidence;
		},
	};
}
