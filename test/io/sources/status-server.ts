import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fetchPage } from "../../../src/io/network/fetch-page.ts";
import { createNetwork, type Network } from "../../../src/io/network/network.ts";
import type { FetchPage } from "../../../src/io/sources/fetch.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface StatusServer {
	/** What every path answers; paths that are not here answer 404. */
	readonly answers: Map<string, Answer>;
	/** Host and path of each request so far. */
	readonly asked: string[];
	readonly fetchPage: FetchPage;
	stop(): Promise<void>;
}

/** A web server on 127.0.0.1 that stands for every host under `.example`, reached through the real way of fetching pages. */
export async function startStatusServer(): Promise<StatusServer> {
	const answers = new Map<string, Answer>();
	const asked: string[] = [];
	const server = createServer((request, response) => {
		asked.push(`${request.headers.host}${request.url}`);
		const answer = answers.get(request.url ?? "") ?? answers.get("*");
		if (answer) answer(request, response);
		else response.writeHead(404, { "content-type": "text/plain" }).end("no such page");
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	const names = ["status.parley.example", "old.parley.example", "parley.example"];
	const network: Network = createNetwork({
		hosts: new Map(names.map((name) => [name, ["127.0.0.1"]])),
		mapPort: () => port,
	});
	return {
		answers,
		asked,
		fetchPage: (url, options) => fetchPage(network, url, options),
		async stop() {
			network.close();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** An answer with status 200. */
export function body(text: string | Uint8Array, type: string, headers: Record<string, string> = {}): Answer {
	return (_request, response) => void response.writeHead(200, { "content-type": type, ...headers }).end(text);
}

export function redirect(location: string): Answer {
	return (_request, response) => void response.writeHead(302, { location }).end();
}

export function status(code: number, headers: Record<string, string> = {}): Answer {
	return (_request, response) => void response.writeHead(code, headers).end("<html><title>Oops</title></html>");
}
