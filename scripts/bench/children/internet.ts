import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { createAuthority } from "../../../test/helpers/certificates.ts";
import { type DnsZone, dnsAnswer, serveDns } from "../../../test/helpers/dns-server.ts";
import { serveHttp, serveHttps, serveTcp } from "../../../test/helpers/servers.ts";
import { answerWith } from "./answer.ts";

/** The names that are to exist. */
export interface Names {
	readonly hosts: readonly string[];
}

/** Where they are. */
export interface Addresses {
	readonly web: number;
	readonly secureWeb: number;
	readonly tcp: number;
	/** `127.0.0.1:port` of the DNS server that knows them. */
	readonly dns: string;
	/** The root that vouches for them, PEM. */
	readonly root: string;
}

/** About what the front page of a service weighs, of which a probe takes the first few kilobytes. */
const PAGE = Buffer.alloc(100_000, "<p>Some page</p>\n");
/** Short enough that every probe reads it to the end. */
const SHORT_PAGE = PAGE.subarray(0, 2_000);
const COMPONENTS = 60;

/** The Internet of the bench: names, web servers with and without TLS, and an open port, all on 127.0.0.1. */
answerWith(async ({ hosts }: Names): Promise<Addresses> => {
	const zone = Object.fromEntries([...hosts, "doh.test"].map((name) => [name, { a: ["127.0.0.1"] }]));
	const authority = await createAuthority();
	const respond = responder(zone);
	const web = await serveHttp(respond);
	const secureWeb = await serveHttps(await authority.issue(Object.keys(zone)), respond);
	const tcp = await serveTcp((socket) => socket.resume());
	const dns = await serveDns(zone);
	return { web: web.port, secureWeb: secureWeb.port, tcp: tcp.port, dns: dns.address, root: authority.pem };
});

function responder(zone: DnsZone): RequestListener {
	return (request, response) => {
		const host = (request.headers.host ?? "").replace(/:\d+$/, "");
		if (host === "doh.test") answerDoh(request, response, zone);
		else if (host.startsWith("control-")) response.writeHead(204).end();
		else if (host.startsWith("status.")) answerStatus(request, response, host);
		else response.writeHead(200, { "content-type": "text/html" }).end(request.url === "/short" ? SHORT_PAGE : PAGE);
	};
}

function answerDoh(request: IncomingMessage, response: ServerResponse, zone: DnsZone): void {
	const parts: Buffer[] = [];
	request.on("data", (part: Buffer) => parts.push(part));
	request.on("end", () => {
		response.writeHead(200, { "content-type": "application/dns-message" });
		response.end(dnsAnswer(Buffer.concat(parts), zone));
	});
}

function answerStatus(request: IncomingMessage, response: ServerResponse, host: string): void {
	if (request.headers["if-none-match"] === '"1"') response.writeHead(304).end();
	else response.writeHead(200, { "content-type": "application/json", etag: '"1"' }).end(statusPage(host));
}

function statusPage(host: string): string {
	const time = "2026-01-05T00:00:00.000Z";
	return JSON.stringify({
		page: { id: "page", name: host, url: `https://${host}`, time_zone: "Etc/UTC", updated_at: time },
		components: Array.from({ length: COMPONENTS }, (_, n) => ({
			id: `c${n}`,
			name: n === 0 ? "Messages" : `Component ${n}`,
			status: "operational",
			created_at: time,
			updated_at: time,
			position: n,
			description: "One of the many parts that a status page lists",
			group_id: null,
			page_id: "page",
			group: false,
		})),
		incidents: [],
		scheduled_maintenances: [],
		status: { indicator: "none", description: "All Systems Operational" },
	});
}
