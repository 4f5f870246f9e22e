import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Child, startChild } from "./child.ts";
import type { Addresses, Names } from "./children/internet.ts";

/** Twelve services with four hosts each and a loopback Internet in which all are well. */
export interface SmallWorld {
	/** What leads the program to it, on the command line. */
	readonly options: readonly string[];
	end(): Promise<void>;
}

const SERVICES = Array.from({ length: 12 }, (_, n) => `s${String.fromCharCode(97 + n)}`);
/** Half of them have an official page, as in life. */
const WITH_PAGE = SERVICES.slice(0, 6);
const VENDORS = ["north", "east", "south", "west", "centre"];
const provenance = { source: "the bench's own loopback servers", date: "2026-01-01" };

/** Starts the servers in a process of their own and writes the files that lead the real program to them. */
export async function openSmallWorld(): Promise<SmallWorld> {
	const internet: Child<Names, Addresses> = await startChild(join(import.meta.dirname, "children/internet.ts"));
	const hosts = SERVICES.flatMap((id) => [
		...["a", "b", "c", "d"].map((host) => `${host}.${id}.test`),
		`status.${id}.test`,
	]);
	const at = await internet.ask({ hosts: [...hosts, ...VENDORS.map((vendor) => `control-${vendor}.test`)] });
	const folder = mkdtempSync(join(tmpdir(), "semaforo-bench-"));
	const write = (name: string, content: unknown) => writeFileSync(join(folder, name), JSON.stringify(content));
	for (const part of ["catalogue/services", "catalogue/providers"]) mkdirSync(join(folder, part), { recursive: true });
	for (const id of SERVICES) write(`catalogue/services/${id}.json`, serviceFile(id, at));
	write("catalogue/controls.json", { controls: controls(at) });
	writeFileSync(join(folder, "root.pem"), at.root);
	write("settings.json", {
		services: SERVICES,
		dnsServers: [at.dns],
		certificates: ["root.pem"],
		history: { folder: "history" },
	});
	return {
		options: ["--catalogue", join(folder, "catalogue"), "--config", join(folder, "settings.json")],
		async end() {
			await internet.end();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

function serviceFile(id: string, at: Addresses) {
	const https = (host: string) => ({ type: "http", url: `https://${host}.${id}.test:${at.secureWeb}/`, provenance });
	const tcp = { type: "tcp", host: `b.${id}.test`, port: at.tcp, provenance };
	const page = {
		format: "statuspage",
		url: `https://status.${id}.test:${at.secureWeb}/api/v2/summary.json`,
		components: { Messages: "messaging" },
		provenance,
	};
	return {
		id,
		name: id.toUpperCase(),
		kind: "service",
		owner: { id: `${id}-owner`, name: `The owner of ${id}` },
		page: { none: "It has none.", provenance },
		sources: WITH_PAGE.includes(id) ? [page] : [],
		features: { messaging: { probes: [https("a"), tcp] }, media: { probes: [https("c"), https("d")] } },
	};
}

function controls(at: Addresses) {
	const address = "127.0.0.1";
	return [
		...VENDORS.map((vendor) => ({
			type: "http",
			vendor,
			url: `http://control-${vendor}.test:${at.web}/`,
			status: 204,
			provenance,
		})),
		{ type: "ip", vendor: "north", address, port: at.tcp, provenance },
		{ type: "dns", vendor: "east", name: "doh.test", addresses: [address], provenance },
		{
			type: "doh",
			vendor: "south",
			url: `https://doh.test:${at.secureWeb}/dns-query`,
			addresses: [address],
			name: "doh.test",
			provenance,
		},
	];
}
