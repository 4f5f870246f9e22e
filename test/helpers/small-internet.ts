import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAuthority } from "./certificates.ts";
import { type DnsZone, dnsAnswer, serveDns } from "./dns-server.ts";
import { serveHttp, serveHttps } from "./servers.ts";

interface ServicePlan {
	readonly owner?: string;
	/** Names of the hosts of each feature, or why nobody can see it. */
	readonly features: Readonly<Record<string, readonly string[] | string>>;
	/** An official page over TLS: component to feature, and what `summary.json` says. */
	readonly official?: { readonly components: Readonly<Record<string, string>>; readonly page: () => unknown };
}

export interface InternetPlan {
	readonly services: Readonly<Record<string, ServicePlan>>;
	/** The status of a host; 204 unless told. */
	readonly status?: (host: string) => number | undefined;
	/** What is between this computer and the Internet. */
	readonly line?: "good" | "portal" | "dead";
}

export interface SmallInternet {
	/** A catalogue of these services, for `--catalogue`. */
	readonly catalogue: string;
	/** A settings file that reaches them, for `--config`. */
	readonly config: string;
	/** A fresh folder that is removed with everything else. */
	readonly folder: string;
	/** Requests by host. */
	readonly asked: ReadonlyMap<string, number>;
	/** Writes the settings again with more in them. */
	configure(more: Readonly<Record<string, unknown>>): void;
	close(): void;
}

const VENDORS = ["north", "east", "south", "west", "centre"] as const;
const provenance = { source: "a small Internet on this computer", date: "2026-01-01" };

/**
 * A whole Internet on 127.0.0.1: a DNS server for every name in it, web servers with and without TLS, controls, and the files
 * that lead the real program to them. Servers are closed by `closeServers` and `closeDnsServers`.
 */
export async function smallInternet(plan: InternetPlan): Promise<SmallInternet> {
	const asked = new Map<string, number>();
	const { line = "good" } = plan;
	const zone = zoneOf(plan);
	const authority = await createAuthority();
	const web = await serveHttp((request, response) => answer(request, response));
	const secureWeb = await serveHttps(await authority.issue(Object.keys(zone)), (request, response) =>
		answer(request, response),
	);
	const dns = await serveDns(line === "dead" ? {} : zone);
	const folder = mkdtempSync(join(tmpdir(), "semaforo-"));

	function answer(request: IncomingMessage, response: ServerResponse): void {
		const host = (request.headers.host ?? "").replace(/:\d+$/, "");
		asked.set(host, (asked.get(host) ?? 0) + 1);
		if (host === "doh.test") return void answerDoh(request, response, zone);
		if (host.startsWith("control-"))
			return void response.writeHead(line === "portal" ? 302 : 204, { location: "/login" }).end();
		const official = Object.entries(plan.services).find(([id]) => host === `status.${id}.test`)?.[1].official;
		if (official)
			return void response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(official.page()));
		response.writeHead(plan.status?.(host) ?? 204).end();
	}

	const catalogue = join(folder, "catalogue");
	writeCatalogue(catalogue, plan, {
		web: web.port,
		secureWeb: secureWeb.port,
		literal: line === "dead" ? 1 : web.port,
	});
	const config = join(folder, "settings.json");
	writeFileSync(join(folder, "root.pem"), authority.pem);
	const settings = {
		services: Object.keys(plan.services),
		dnsServers: [dns.address],
		certificates: ["root.pem"],
		history: { folder: "history" },
	};
	const configure = (more: object) => writeFileSync(config, JSON.stringify({ ...settings, ...more }, null, "\t"));
	configure({});
	return { catalogue, config, folder, asked, configure, close: () => rmSync(folder, { recursive: true, force: true }) };
}

function zoneOf({ services }: InternetPlan): DnsZone {
	const hosts = Object.entries(services).flatMap(([id, { features }]) => [
		`status.${id}.test`,
		...Object.values(features).flatMap((names) => (typeof names === "string" ? [] : names)),
	]);
	const controls = VENDORS.map((vendor) => `control-${vendor}.test`);
	return Object.fromEntries(
		[...hosts, ...controls, "doh.test", "name.test"].map((name) => [name, { a: ["127.0.0.1"] }]),
	);
}

function answerDoh(request: IncomingMessage, response: ServerResponse, zone: DnsZone): void {
	const parts: Buffer[] = [];
	const reply = (query: Buffer) =>
		response.writeHead(200, { "content-type": "application/dns-message" }).end(dnsAnswer(query, zone));
	const inUrl = new URL(request.url ?? "/", "http://x").searchParams.get("dns");
	if (inUrl) return void reply(Buffer.from(inUrl, "base64url"));
	request.on("data", (part: Buffer) => parts.push(part)).on("end", () => reply(Buffer.concat(parts)));
}

interface Ports {
	readonly web: number;
	readonly secureWeb: number;
	/** Where literal addresses are tried. */
	readonly literal: number;
}

function writeCatalogue(folder: string, { services }: InternetPlan, { web, secureWeb, literal }: Ports): void {
	for (const part of ["services", "providers"]) mkdirSync(join(folder, part), { recursive: true });
	const write = (name: string, content: unknown) => writeFileSync(join(folder, name), JSON.stringify(content));
	for (const [id, { owner = id, features, official }] of Object.entries(services)) {
		const probes = (names: readonly string[]) =>
			names.map((name) => ({ type: "http", url: `http://${name}:${web}/`, provenance }));
		const source = official && {
			format: "statuspage",
			url: `https://status.${id}.test:${secureWeb}/api/v2/summary.json`,
			components: official.components,
			provenance,
		};
		write(`services/${id}.json`, {
			id,
			name: `${id.charAt(0).toUpperCase()}${id.slice(1)}`,
			kind: "service",
			owner: { id: owner, name: `${owner.charAt(0).toUpperCase()}${owner.slice(1)}` },
			page: { none: "It has none.", provenance },
			sources: source ? [source] : [],
			features: Object.fromEntries(
				Object.entries(features).map(([name, hosts]) => [
					name,
					typeof hosts === "string" ? { blind: hosts } : { probes: probes(hosts) },
				]),
			),
		});
	}
	const address = "127.0.0.1";
	write("controls.json", {
		controls: [
			...VENDORS.map((vendor) => ({
				type: "http",
				vendor,
				url: `http://control-${vendor}.test:${web}/`,
				status: 204,
				provenance,
			})),
			{ type: "ip", vendor: "north", address, port: literal, provenance },
			{ type: "dns", vendor: "east", name: "name.test", addresses: [address], provenance },
			{
				type: "doh",
				vendor: "south",
				url: `https://doh.test:${literal === web ? secureWeb : 1}/dns-query`,
				addresses: [address],
				name: "name.test",
				provenance,
			},
		],
	});
}
