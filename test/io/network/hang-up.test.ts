import { afterAll, expect, test } from "vitest";
import { createNetwork } from "../../../src/io/network/network.ts";
import { runProbe } from "../../../src/io/probes/run-probe.ts";
import { createAuthority } from "../../helpers/certificates.ts";
import { closeServers, serveHttps, serveProxy } from "../../helpers/servers.ts";

afterAll(closeServers);

test("a connection that was secured through a proxy's tunnel is closed from the inside out: the other way round brings Node down", async () => {
	const authority = await createAuthority();
	const server = await serveHttps(await authority.issue(["good.test"]), (_request, response) => response.end());
	const proxy = await serveProxy({ to: server.port });
	const network = createNetwork({ extraRoots: [authority.pem], proxy: { url: `http://127.0.0.1:${proxy.port}` } });
	const run = { signal: new AbortController().signal, attempt: 0 };
	const { outcome, proxied } = await runProbe({ type: "tls", host: "good.test", port: 443 }, network, run);
	expect([outcome.kind, proxied]).toEqual(["ok", true]);
	// it would end within the next turns of the loop
	await new Promise((resolve) => setTimeout(resolve, 50));
});
