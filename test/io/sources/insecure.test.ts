import { afterAll, expect, test } from "vitest";
import { fetchPage } from "../../../src/io/network/fetch-page.ts";
import { createNetwork } from "../../../src/io/network/network.ts";
import { inspectPage } from "../../../src/io/sources/inspect.ts";
import { inspectAdvice } from "../../../src/words/sources.ts";
import { wordsIn } from "../../../src/words/words.ts";
import { createAuthority } from "../../helpers/certificates.ts";
import { closeServers, serveHttps } from "../../helpers/servers.ts";

afterAll(closeServers);

test("a page that leads from https to http is not followed, and a sentence says why", async () => {
	const authority = await createAuthority();
	const asked: (string | undefined)[] = [];
	const server = await serveHttps(await authority.issue(["status.parley.example"]), (request, response) => {
		asked.push(request.url);
		response.writeHead(301, { location: "http://plain.parley.example/" }).end();
	});
	const network = createNetwork({
		hosts: new Map(["status", "plain"].map((name) => [`${name}.parley.example`, ["127.0.0.1"]])),
		extraRoots: [authority.pem],
		mapPort: () => server.port,
	});
	const { signal } = new AbortController();
	const inspection = await inspectPage("status.parley.example", {
		fetchPage: (url, options) => fetchPage(network, url, options),
		signal,
		now: () => 0,
		allowPrivate: true,
	});
	network.close();
	const failure = inspection.kind === "failed" ? inspection.failure : undefined;
	expect(failure?.detail).toContain("it leads from https to http://plain.parley.example, where anybody on the way");
	expect(inspectAdvice(failure ?? { kind: "timeout", detail: "" }, wordsIn("en"))).toBe(
		"It leads away from https, to where anybody on the way could change what it says: that is not followed.",
	);
	expect(asked.length).toBeGreaterThan(0);
});
