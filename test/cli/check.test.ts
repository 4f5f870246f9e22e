import { afterAll, describe, expect, test } from "vitest";
import { closeDnsServers } from "../helpers/dns-server.ts";
import { semaforo } from "../helpers/run-semaforo.ts";
import { closeServers } from "../helpers/servers.ts";
import { type InternetPlan, type SmallInternet, smallInternet } from "../helpers/small-internet.ts";

const made: SmallInternet[] = [];

async function internet(plan: InternetPlan): Promise<SmallInternet> {
	const one = await smallInternet(plan);
	made.push(one);
	return one;
}

afterAll(async () => {
	for (const one of made) one.close();
	await Promise.all([closeServers(), closeDnsServers()]);
});

const check = (net: SmallInternet, ...more: string[]) =>
	semaforo("check", "--config", net.config, "--catalogue", net.catalogue, ...more);

const PARLEY = {
	features: {
		messaging: ["chat1.test", "chat2.test"],
		media: ["pictures1.test", "pictures2.test"],
		calls: "Calls cannot be tried from outside.",
	},
};
const LOFT = { features: { feed: ["feed1.test", "feed2.test"] } };
const page = (status: string) => ({
	page: { id: "abcdefghijkl", name: "Loft", url: "https://status.loft.test", updated_at: "2026-01-01T00:00:00Z" },
	components: [
		{
			id: "c12345678901",
			name: "Feed",
			status,
			created_at: "2026-01-01T00:00:00Z",
			updated_at: "2026-01-01T00:00:00Z",
		},
	],
	incidents: [],
	scheduled_maintenances: [],
	status: { indicator: status === "operational" ? "none" : "minor", description: "" },
});

describe.concurrent("semaforo check", { timeout: 90_000 }, () => {
	test("says that everything works, feature by feature, and ends with 0", async () => {
		const net = await internet({ services: { parley: PARLEY, loft: LOFT } });
		const { stdout, stderr, code } = await check(net);
		expect(stderr).toBe("");
		expect(code).toBe(0);
		const lines = stdout.trimEnd().split("\n");
		expect(lines[0]).toBe("● Everything that can be seen from here works.");
		expect(lines[1]).toBe("  Your connection is fine: 8 of 8 controls passed.");
		expect(lines.slice(3).map((line) => line.replace(/answers in \d+ ms/, "answers"))).toEqual([
			"Parley  ● messages  works        chat1.test answers",
			"        ● media     works        pictures1.test answers",
			"        ◌ calls     cannot tell  Calls cannot be tried from outside.",
			"Loft    ● feed      works        feed1.test answers",
		]);
	});

	test("proves a failing feature, names cause and reason, spares the others and ends with 2", async () => {
		const net = await internet({
			services: { parley: { ...PARLEY, owner: "parleyworks" }, loft: LOFT },
			status: (host) => (host.startsWith("pictures") ? 503 : undefined),
		});
		const { stdout, code } = await check(net);
		expect(code).toBe(2);
		expect(stdout).toContain(
			"■ Photos and videos are not loading on Parley. It is not just you: your connection is fine.",
		);
		expect(stdout).toMatch(
			/■ media {5}down +Parleyworks, almost certain +for \d+ s: pictures\d\.test fails: error 503, \d times in a row/,
		);
		expect(stdout).toMatch(/● messages +works/);
		expect(stdout).toMatch(/Loft +● feed +works/);
		expect(Math.max(...net.asked.values())).toBeLessThanOrEqual(5);
	});

	test("with no connection says so, names the controls, asks no service and ends with 3", async () => {
		const net = await internet({ services: { parley: PARLEY }, line: "dead" });
		const { stdout, code } = await check(net);
		expect(code).toBe(3);
		expect(stdout).toBe(
			"◌ This network has no Internet. No service was judged.\n  These controls failed: North (web, address), East (web, name), South (web, DNS over HTTPS), West (web) and Centre (web).\n",
		);
		expect(net.asked.size).toBe(0);
	});

	test("behind a login page says so and judges no service", async () => {
		const net = await internet({ services: { parley: PARLEY }, line: "portal" });
		const { stdout, code } = await check(net);
		expect(code).toBe(3);
		expect(stdout).toContain("This network wants you to log in first. No service was judged.");
		expect([...net.asked.keys()].filter((host) => host.startsWith("chat"))).toEqual([]);
	});

	test("a host that refuses us is not down: it cannot be told, and ends with 3", async () => {
		const net = await internet({ services: { loft: LOFT }, status: () => 403 });
		const { stdout, code } = await check(net);
		expect(code).toBe(3);
		expect(stdout).toMatch(/◌ feed +cannot tell +feed1\.test answers but refuses this computer \(error 403\)/);
	});

	test("reads official pages over TLS and believes what they admit: degraded ends with 1", async () => {
		const official = { components: { Feed: "feed" }, page: () => page("degraded_performance") };
		const net = await internet({ services: { loft: { ...LOFT, official } } });
		const { stdout, code } = await check(net, "--json");
		expect(code).toBe(1);
		const snapshot = JSON.parse(stdout);
		expect(snapshot).toMatchObject({ exitCode: 1, level: "degraded", connection: { state: "online" } });
		expect(snapshot.headline).toBe("Feeds have trouble loading on Loft. It is not just you: your connection is fine.");
		expect(snapshot.at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
		const [feature] = snapshot.services[0].features;
		expect(feature).toMatchObject({ feature: "feed", level: "degraded", cause: "service", culprit: "loft" });
		expect(feature.reasons.map((reason: { kind: string }) => reason.kind)).toEqual([
			"official",
			"host_passes",
			"host_passes",
		]);
		expect(snapshot.services[0].sources).toMatchObject([{ format: "statuspage", page: "Loft" }]);
	});

	test("looks at the named services only, by id, alias or name in any case", async () => {
		const net = await internet({ services: { parley: PARLEY, loft: LOFT } });
		const { stdout, code } = await check(net, "LOFT");
		expect(code).toBe(0);
		expect(stdout).not.toContain("Parley");
		expect(stdout).toContain("● Everything works.");
	});

	test("watches own hosts and only the chosen features", async () => {
		const net = await internet({ services: { parley: PARLEY } });
		const chat = /http:[^"]+chat1[^"]+/.exec(
			(await semaforo("services", "parley", "--json", "--catalogue", net.catalogue)).stdout,
		)?.[0];
		net.configure({
			services: [{ id: "parley", features: ["messaging"] }, "intranet"],
			own: [{ id: "intranet", name: "Our intranet", features: { web: { probes: [{ type: "http", url: chat }] } } }],
		});
		const { stdout, code } = await check(net);
		expect(code).toBe(0);
		expect(stdout).toMatch(/Our intranet {2}● website +works/);
		expect(stdout).not.toContain("photos");
	});
});
