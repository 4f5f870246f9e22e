import type { IncomingMessage, ServerResponse } from "node:http";
import { buildCatalogue, type Catalogue } from "../../src/catalogue/catalogue.ts";
import { controlsFile, type ServiceFile, serviceFile } from "../../src/catalogue/schema.ts";
import type { LayerReport } from "../../src/core/diagnosis-layers.ts";
import type { Computer } from "../../src/io/diagnose/computer.ts";
import {
	DIAGNOSIS_DEADLINES,
	type DiagnoseOptions,
	diagnose,
	type Examination,
} from "../../src/io/diagnose/diagnose.ts";
import { createNetwork, type NetworkOptions } from "../../src/io/network/network.ts";
import { type Authority, createAuthority } from "./certificates.ts";
import { type DnsZone, dnsAnswer, serveDns } from "./dns-server.ts";
import { closedPort, serveHttp, serveHttps } from "./servers.ts";

const provenance = { source: "a neighbourhood on this computer", date: "2026-01-01" };
const PAGES = ["north", "east", "south", "west"].map((vendor) => ({ vendor, host: `page-${vendor}.test` }));
const RESOLVERS = ["east", "west"].map((vendor) => ({ vendor, host: `doh-${vendor}.test` }));

/** Services by id, each with hosts by feature, the provider they sit behind, and their owner. */
interface Resident {
	readonly hosts: readonly string[];
	readonly owner?: string;
	readonly upstream?: string;
	readonly kind?: "service" | "provider";
	readonly official?: () => unknown;
}

export interface NeighbourhoodPlan {
	readonly services?: Readonly<Record<string, Resident>>;
	/** What the resolver says, where that is not 127.0.0.1; `silent` for one that says nothing to anybody. */
	readonly names?: DnsZone | "silent";
	/** What resolvers over HTTPS say, likewise. */
	readonly otherNames?: DnsZone;
	/** Whether anything listens. */
	readonly line?: "good" | "dead";
	/** Answers for a host in place of the usual 204; false leaves it to the usual. */
	readonly answer?: (host: string, request: IncomingMessage, response: ServerResponse) => boolean;
	/** Who signs the certificates of all servers; believed unless told. */
	readonly authority?: Authority;
	readonly believed?: boolean;
	readonly network?: Partial<NetworkOptions>;
	readonly computer?: Partial<Computer>;
}

export interface Neighbourhood {
	readonly catalogue: Catalogue;
	readonly authority: Authority;
	/** Of the servers with and without TLS. */
	readonly ports: { readonly secure: number; readonly plain: number };
	/** Requests by host. */
	readonly asked: ReadonlyMap<string, number>;
	diagnose(
		services?: readonly string[],
		more?: Partial<DiagnoseOptions>,
		onProgress?: (report: LayerReport) => void,
	): Promise<Examination>;
}

/** A computer with a cable, an IPv4 address, and public roots of which the given one is one. */
export function desk(root: string, more: Partial<Computer> = {}): Computer {
	const cable = {
		address: "192.168.7.31",
		netmask: "255.255.255.0",
		family: "IPv4" as const,
		mac: "02:00:00:00:00:01",
		internal: false,
		cidr: null,
	};
	return {
		interfaces: () => ({ eth0: [cable] }),
		hasRoute: async (family) => family === 4,
		read: async () => undefined,
		publicRoots: [root],
		elapsed: () => performance.now(),
		...more,
	};
}

/** Vendors with pages, resolvers and addresses, and services: all on 127.0.0.1. Closed by `closeServers` and `closeDnsServers`. */
export async function neighbourhood(plan: NeighbourhoodPlan = {}): Promise<Neighbourhood> {
	const { line = "good", services = {}, believed = true, authority = await createAuthority() } = plan;
	const asked = new Map<string, number>();
	const hosts = Object.values(services).flatMap((each) => each.hosts);
	const own = Object.keys(services).map((id) => `status.${id}.test`);
	const all = [...PAGES, ...RESOLVERS].map(({ host }) => host).concat(hosts, own, "name.test");
	const home: DnsZone = Object.fromEntries(all.map((name) => [name, { a: ["127.0.0.1"] }]));
	const otherZone = { ...home, ...plan.otherNames };
	const names =
		plan.names === "silent"
			? Object.fromEntries(all.map((name) => [name, "silent" as const]))
			: { ...home, ...plan.names };

	function answer(request: IncomingMessage, response: ServerResponse): void {
		const host = (request.headers.host ?? "").replace(/:\d+$/, "");
		asked.set(host, (asked.get(host) ?? 0) + 1);
		if (plan.answer?.(host, request, response)) return;
		if (host.startsWith("doh-")) return void answerDoh(request, response, otherZone);
		const official = Object.entries(services).find(([id]) => host === `status.${id}.test`)?.[1].official;
		if (official) response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(official()));
		else response.writeHead(204).end();
	}

	const plain = await serveHttp(answer);
	const secure = await serveHttps(await authority.issue(all), answer);
	const dns = await serveDns(names);
	const closed = line === "dead" ? await closedPort() : 0;
	const ports = { secure: secure.port, plain: plain.port };
	const catalogue = catalogueOf(services);
	const options: NetworkOptions = {
		deadlines: DIAGNOSIS_DEADLINES,
		dnsServers: [dns.address],
		mapPort: (_host, port) => closed || (port === 443 ? secure.port : port === 80 ? plain.port : port),
		edges: catalogue.edges,
		...(believed && { extraRoots: [authority.pem] }),
		...plan.network,
	};
	return {
		...{ catalogue, authority, ports, asked },
		async diagnose(ids = Object.keys(services), more = {}, onProgress) {
			const network = createNetwork(options);
			try {
				const computer = desk(authority.pem, plan.computer);
				return await diagnose({ network, catalogue, services: ids, computer, ...more }, onProgress);
			} finally {
				network.close();
			}
		},
	};
}

function catalogueOf(services: NonNullable<NeighbourhoodPlan["services"]>): Catalogue {
	const providers = [...new Set(Object.values(services).flatMap(({ upstream }) => upstream ?? []))];
	const files = [
		...Object.entries(services).map(([id, resident]) => fileOf(id, resident)),
		...providers.filter((id) => !(id in services)).map((id) => fileOf(id, { hosts: [`${id}.test`], kind: "provider" })),
	];
	const controls = controlsFile.parse({
		controls: [
			...PAGES.map(({ vendor, host }) => ({ type: "http", vendor, url: `http://${host}/`, status: 204, provenance })),
			...RESOLVERS.map(({ vendor, host }) => ({
				...{
					type: "doh",
					vendor,
					url: `https://${host}/dns-query`,
					addresses: ["127.0.0.1"],
					name: "name.test",
					provenance,
				},
			})),
			{ type: "ip", vendor: "north", address: "127.0.0.1", port: 443, provenance },
			{ type: "dns", vendor: "east", name: "name.test", addresses: ["127.0.0.1"], provenance },
		],
	});
	return buildCatalogue(files, controls);
}

function fileOf(id: string, { hosts, owner = id, upstream, kind = "service", official }: Resident): ServiceFile {
	const name = id.charAt(0).toUpperCase() + id.slice(1);
	return serviceFile.parse({
		...{ id, name, kind, owner: { id: owner, name: owner.charAt(0).toUpperCase() + owner.slice(1) } },
		page: { none: "It has none.", provenance },
		upstreams: upstream ? [{ id: upstream, provenance }] : [],
		sources: official
			? [
					{
						format: "statuspage",
						url: `https://status.${id}.test/api/v2/summary.json`,
						components: { Site: "web" },
						provenance,
					},
				]
			: [],
		features: { web: { probes: hosts.map((host) => ({ type: "http", url: `https://${host}/`, provenance })) } },
		...(kind === "provider" && { edge: { headers: [{ name: `x-${id}` }], provenance } }),
	});
}

function answerDoh(request: IncomingMessage, response: ServerResponse, zone: DnsZone): void {
	const parts: Buffer[] = [];
	request
		.on("data", (part: Buffer) => parts.push(part))
		.on("end", () => {
			response.writeHead(200, { "content-type": "application/dns-message" });
			response.end(dnsAnswer(Buffer.concat(parts), zone));
		});
}
