import type { RequestListener } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import type { TwoStepProbeSpec } from "../../../src/core/check.ts";
import { createNetwork, type NetworkOptions } from "../../../src/io/network/network.ts";
import { createAuthority } from "../../helpers/certificates.ts";
import { closedPort, closeServers, serveHttp, serveHttps, serveProxy, serveSilence } from "../../helpers/servers.ts";
import { failureIn, HASTY, run, soonAborted } from "./run.ts";

afterEach(closeServers);

const SPEC: TwoStepProbeSpec = {
	type: "two_step",
	url: "http://api.test/picture",
	pointer: "/data/url",
	hosts: ["media.test", "cdn.test"],
};

const HERE = ["127.0.0.1"];
const HOSTS = new Map(
	["api.test", "media.test", "a.media.test", "cdn.test", "evilmedia.test", "media.test.evil.test"].map((name) => [
		name,
		HERE,
	]),
);

interface Plan {
	readonly api?: RequestListener;
	/** The address that the API gives. */
	readonly leadsTo?: string;
	readonly media?: RequestListener | number;
	readonly network?: Partial<NetworkOptions>;
	readonly spec?: Partial<TwoStepProbeSpec>;
	readonly signal?: AbortSignal;
}

/** One server for the API, one for all media hosts, both at their usual ports as far as the probe can see. */
async function trying({ api, leadsTo = "http://a.media.test/1.jpg", media, network, spec, signal }: Plan) {
	const asked: string[] = [];
	const first = await serveHttp((request, response) => {
		asked.push(`api ${request.headers.host}${request.url}`);
		if (api) return api(request, response);
		response.end(JSON.stringify({ data: { url: leadsTo } }));
	});
	const second = await serveHttp((request, response) => {
		asked.push(`media ${request.headers.host}${request.url} ${request.headers.range}`);
		if (typeof media === "function") return media(request, response);
		response.writeHead(206).end(Buffer.alloc(1024, 1));
	});
	const mediaPort = typeof media === "number" ? media : second.port;
	const on = createNetwork({
		hosts: HOSTS,
		deadlines: HASTY,
		mapPort: (host) => (host === "api.test" ? first.port : mediaPort),
		...network,
	});
	return { asked, second, result: await run({ ...SPEC, ...spec }, on, signal) };
}

describe("a two-step probe", () => {
	test("asks the API for an address, and then for the first bytes of what lies there", async () => {
		const { asked, result } = await trying({});
		expect(asked).toEqual(["api api.test/picture", "media a.media.test/1.jpg bytes=0-1023"]);
		expect(result).toMatchObject({ outcome: { kind: "ok" }, status: 206, address: "127.0.0.1", family: 4 });
		expect(Object.keys(result.phases)).toEqual(["connect", "first_byte", "transfer"]);
	});

	test("hangs up after the first bytes where the whole is sent instead, and however slowly the rest comes", async () => {
		const { result, second } = await trying({
			media: (_request, response) => void response.writeHead(200).write(Buffer.alloc(1024)),
		});
		expect(result).toMatchObject({ outcome: { kind: "ok" }, status: 200 });
		await expect.poll(second.held).toBe(0);
	});

	test("does not wait for bytes that drip", async () => {
		const { result } = await trying({
			media(_request, response) {
				response.writeHead(206);
				const drip = setInterval(() => response.write("x"), 20);
				response.on("close", () => clearInterval(drip));
			},
		});
		expect(failureIn(result)).toBe("timeout transfer");
		expect(result.outcome).toMatchObject({ failure: { detail: expect.stringMatching(/^second step: /) } });
	});

	test.each([
		["another host", "http://evil.test/1.jpg"],
		["a host that only ends alike", "http://evilmedia.test/1.jpg"],
		["a host that only begins alike", "http://media.test.evil.test/1.jpg"],
		["a literal address", "http://127.0.0.1/1.jpg"],
		["a literal address in disguise", "http://2130706433/1.jpg"],
		["another port", "http://media.test:8080/1.jpg"],
		["another scheme", "https://media.test/1.jpg"],
		["a file", "file:///etc/passwd"],
		["nowhere", "1.jpg"],
	])("does not follow an address that leads to %s", async (_, leadsTo) => {
		const { asked, result } = await trying({ leadsTo });
		expect(asked).toHaveLength(1);
		expect(result.outcome).toMatchObject({
			kind: "failed",
			failure: { kind: "unreadable", detail: expect.stringMatching(/^second step: (leads to|there is no address)/) },
		});
	});

	test("never follows from the public Internet into a local network, whatever the names say", async () => {
		const first = await serveHttp(
			(_request, response) => void response.end(JSON.stringify({ data: { url: "http://media.test/1.jpg" } })),
		);
		const network = createNetwork({
			hosts: new Map([
				["api.test", ["93.184.215.14"]],
				["media.test", ["93.184.215.15", "10.0.0.1"]],
			]),
			mapAddress: () => "127.0.0.1",
			mapPort: () => first.port,
		});
		expect((await run(SPEC, network)).outcome).toMatchObject({
			failure: { kind: "unreadable", detail: "second step: leads to 10.0.0.1, which is no public address" },
		});
	});

	test("nor through a proxy, behind which no name tells its address", async () => {
		const proxy = await serveProxy({});
		const network = { proxy: { url: `http://127.0.0.1:${proxy.port}` } };
		const { result } = await trying({ network });
		expect(proxy.asked).toEqual(["GET http://api.test/picture"]);
		expect(result).toMatchObject({ outcome: { failure: { kind: "unreadable" } }, proxied: true });
	});

	test.each<[string, string]>([
		["no JSON", "<html>"],
		["nothing at the pointer", "{}"],
		["a number at the pointer", '{"data":{"url":7}}'],
		["an address of a prototype", '{"data":null}'],
	])("finds %s unreadable", async (_, body) => {
		const { result } = await trying({ api: (_request, response) => void response.end(body) });
		expect(failureIn(result)).toMatch(/^unreadable/);
	});

	test("reads no more of the first answer than the cap", async () => {
		const { result } = await trying({
			api: (_request, response) => void response.end(JSON.stringify({ pad: "x".repeat(5000) })),
			network: { maxBodyBytes: 1000 },
		});
		expect(result.outcome).toMatchObject({ failure: { detail: expect.stringMatching(/^first step: .*cap of 1000/) } });
	});

	test.each([
		[400, "skipped"],
		[404, "skipped"],
		[302, "skipped"],
		[403, "blocked"],
		[429, "blocked"],
		[500, "failed"],
	])("takes a first answer of %i for %s", async (status, kind) => {
		const { asked, result } = await trying({ api: (_request, response) => void response.writeHead(status).end("{}") });
		expect(asked).toHaveLength(1);
		expect(result).toMatchObject({ outcome: { kind }, status });
	});

	test.each([
		[200, "ok"],
		[206, "ok"],
		[404, "failed"],
		[302, "failed"],
		[403, "blocked"],
		[503, "failed"],
	])("takes a second answer of %i for %s", async (status, kind) => {
		const { result } = await trying({ media: (_request, response) => void response.writeHead(status).end("picture") });
		expect(result).toMatchObject({ outcome: { kind }, status });
		if ("failure" in result.outcome) {
			expect(result.outcome.failure).toMatchObject({ kind: "http", status, detail: `second step: HTTP ${status}` });
		}
	});

	test("knows Meta's confession, and an answer with nothing in it", async () => {
		const confession = await trying({
			media: (_request, response) =>
				void response.writeHead(404, { "x-fb-response-reason": "No server is available for the request" }).end(),
		});
		expect(confession.result.outcome).toMatchObject({
			failure: { detail: expect.stringContaining("No server is available") },
		});
		const empty = await trying({ media: (_request, response) => void response.writeHead(200).end() });
		expect(failureIn(empty.result)).toMatch(/^unreadable/);
	});

	test("says which step failed", async () => {
		const refused = await trying({ media: await closedPort() });
		expect(refused.result.outcome).toMatchObject({
			failure: { kind: "refused", phase: "connect", detail: expect.stringMatching(/^second step/) },
		});
		const gone = await trying({ spec: { url: "http://gone.test/" }, network: { dnsServers: ["127.0.0.1:1"] } });
		expect(gone.result.outcome).toMatchObject({
			failure: { phase: "dns", detail: expect.stringMatching(/^first step/) },
		});
	});

	test("keeps to one deadline for both steps, and ends when it is not wanted any more", async () => {
		const { port } = await serveSilence();
		const late = await trying({ media: port });
		expect(failureIn(late.result)).toBe("timeout first_byte");
		const aborted = await trying({ media: port, signal: soonAborted(), network: { deadlines: {} } });
		expect(failureIn(aborted.result)).toBe("timeout first_byte");
	});

	test("goes over TLS twice", async () => {
		const authority = await createAuthority();
		const server = await serveHttps(await authority.issue(["api.test", "media.test"]), (request, response) => {
			const isApi = request.headers.host === "api.test";
			response.end(isApi ? JSON.stringify({ data: { url: "https://media.test/1.jpg" } }) : "picture");
		});
		const network = createNetwork({ hosts: HOSTS, extraRoots: [authority.pem], mapPort: () => server.port });
		const result = await run({ ...SPEC, url: "https://api.test/" }, network);
		expect(result).toMatchObject({ outcome: { kind: "ok" }, certificate: { issuer: authority.name } });
		expect(server.connections()).toBe(2);
	});
});
