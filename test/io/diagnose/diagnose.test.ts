import { once } from "node:events";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, describe, expect, test } from "vitest";
import { LAYERS, type LayerReport } from "../../../src/core/diagnosis-layers.ts";
import { openBlackHole } from "../../../src/replay/loopback/black-hole.ts";
import { createAuthority } from "../../helpers/certificates.ts";
import { closeDnsServers } from "../../helpers/dns-server.ts";
import { desk, type NeighbourhoodPlan, neighbourhood } from "../../helpers/neighbourhood.ts";
import { closedPort, closeServers, serveProxy } from "../../helpers/servers.ts";

afterAll(async () => {
	await Promise.all([closeServers(), closeDnsServers()]);
});

const PARLEY = { hosts: ["a.parley.test", "b.parley.test"] };
const services = { parley: PARLEY };
const TEN_SECONDS = 10_000;

/** Diagnoses a neighbourhood; whatever it comes to, it does so in time. */
async function examined(plan: NeighbourhoodPlan, ids?: readonly string[]) {
	const began = performance.now();
	const street = await neighbourhood({ services, ...plan });
	const { diagnosis, layers } = await street.diagnose(ids);
	expect(performance.now() - began).toBeLessThan(TEN_SECONDS);
	const states = Object.fromEntries(layers.map(({ layer, service, state }) => [service ?? layer, state]));
	return { ...street, diagnosis, states };
}

const NOBODY = { interfaces: () => ({}), hasRoute: async () => false };
const down = (host: string) => host.endsWith("parley.test");
const status =
	(code: number, which = down, headers: Record<string, string> = {}): NonNullable<NeighbourhoodPlan["answer"]> =>
	(host, _request, response) => {
		if (which(host)) response.writeHead(code, headers).end();
		return which(host);
	};

describe.concurrent("a diagnosis names", { timeout: 20_000 }, () => {
	test("nothing where all is well, and asks each host once", async () => {
		const { diagnosis, states, asked } = await examined({});
		expect(diagnosis).toMatchObject({ kind: "fine", sureness: "high", notes: [] });
		expect(states).toEqual({
			...{ link: "well", gateway: "not_tried", names: "well", doh: "well", addresses: "well", portal: "well" },
			...{ families: "well", proxy: "absent", tls: "well", clock: "well", parley: "well" },
		});
		expect([asked.get("a.parley.test"), asked.get("b.parley.test"), asked.get("page-north.test")]).toEqual([1, 1, 1]);
	});

	test("a computer that is not connected", async () => {
		const { diagnosis, states, asked } = await examined({ line: "dead", names: "silent", computer: NOBODY });
		expect(diagnosis).toMatchObject({ kind: "offline", cause: "device", services: [] });
		expect(states).toMatchObject({ link: "trouble", names: "trouble", addresses: "trouble" });
		expect(asked.size).toBe(0);
	});

	test("a resolver that is dead, while addresses answer", async () => {
		const { diagnosis, states } = await examined({ names: "silent" });
		expect(diagnosis).toMatchObject({ kind: "dns_dead", cause: "dns", services: [] });
		expect(states).toMatchObject({ names: "trouble", doh: "well", addresses: "well", portal: "trouble" });
	});

	test("a resolver that does not know this service alone, while another does", async () => {
		const unknown = { code: 3 };
		const { diagnosis } = await examined({ names: { "a.parley.test": unknown, "b.parley.test": unknown } });
		expect(diagnosis).toMatchObject({ kind: "dns_filter", cause: "dns", sureness: "high", service: "parley" });
	});

	test("a service whose name nobody knows any more", async () => {
		const gone = { "a.parley.test": { code: 2 }, "b.parley.test": { code: 2 } };
		const { diagnosis } = await examined({ names: gone, otherNames: gone });
		expect(diagnosis).toMatchObject({ kind: "service_network", culprit: "parley", sureness: "high" });
	});

	test("a resolver that leads this service astray, where no certificate fits", async () => {
		const stranger = await createAuthority("A stranger");
		const street = await neighbourhood({
			services,
			names: { "a.parley.test": { a: ["127.0.0.2"] }, "b.parley.test": { a: ["127.0.0.2"] } },
		});
		const impostor = https.createServer(await stranger.issue(["block.test"]), (_, response) => response.end("blocked"));
		impostor.on("tlsClientError", () => {});
		impostor.listen(street.ports.secure, "127.0.0.2");
		await once(impostor, "listening");
		expect((impostor.address() as AddressInfo).port).toBe(street.ports.secure);
		const { diagnosis } = await street.diagnose();
		impostor.close();
		expect(diagnosis).toMatchObject({ kind: "dns_lying", cause: "dns", sureness: "high", service: "parley" });
	});

	test("a login page in the way", async () => {
		const { diagnosis, states } = await examined({
			answer: status(302, (host) => host.startsWith("page-"), { location: "/login" }),
		});
		expect(diagnosis).toMatchObject({ kind: "captive_portal", services: [] });
		expect(states["portal"]).toBe("trouble");
	});

	test("one page that is replaced as no login page", async () => {
		const { diagnosis } = await examined({
			answer: status(302, (host) => host === "page-north.test", { location: "/login" }),
		});
		expect(diagnosis).toMatchObject({ kind: "fine", notes: [{ kind: "one_portal", vendor: "north" }] });
	});

	test.each([
		["Kaspersky Anti-Virus Personal Root Certificate", { culprit: "Kaspersky", cause: "device", sureness: "high" }],
		["ACME Inspection CA", { culprit: "ACME Inspection CA", cause: "network", sureness: "fair" }],
	])("who opens secure connections on the way and is not trusted: %s", async (name, told) => {
		const authority = await createAuthority(name);
		const { diagnosis, states } = await examined({
			authority,
			believed: false,
			computer: { publicRoots: [(await createAuthority()).pem] },
		});
		expect(diagnosis).toMatchObject({ kind: "interception", ...told, services: [] });
		expect(states["tls"]).toBe("trouble");
	});

	test("who opens secure connections and is trusted beside the answer, not as the answer", async () => {
		const authority = await createAuthority("Zscaler Intermediate Root CA (zscalertwo.net)");
		const { diagnosis } = await examined({ authority, computer: { publicRoots: [(await createAuthority()).pem] } });
		expect(diagnosis).toMatchObject({ kind: "fine", notes: [{ kind: "interception", by: "Zscaler" }] });
	});

	test("an IPv6 that leads nowhere, while IPv4 works", async () => {
		const bothFamilies = { a: ["127.0.0.1"], aaaa: ["::1"] };
		const pages = ["north", "east", "south", "west"].map((vendor) => [`page-${vendor}.test`, bothFamilies] as const);
		const { diagnosis, states } = await examined({
			names: Object.fromEntries(pages),
			computer: { hasRoute: async () => true },
		});
		expect(diagnosis).toMatchObject({ kind: "ipv6_broken", cause: "network" });
		expect(states).toMatchObject({ families: "trouble", portal: "well", parley: "well" });
	});

	test("a proxy that wants a login", async () => {
		const proxy = await serveProxy({ login: "me:secret" });
		const { diagnosis, states } = await examined({ network: { proxy: { url: `http://127.0.0.1:${proxy.port}` } } });
		expect(diagnosis).toMatchObject({ kind: "proxy_login", cause: "proxy", services: [] });
		expect(states["proxy"]).toBe("trouble");
	});

	test("a proxy that is gone", async () => {
		const port = await closedPort();
		const { diagnosis } = await examined({ network: { proxy: { url: `http://127.0.0.1:${port}` } } });
		expect(diagnosis).toMatchObject({ kind: "proxy_dead", cause: "proxy", services: [] });
	});

	test.each([
		["ahead", -7, 7],
		["behind", 12, -12],
	])("a clock that is %s, by what the vendors' answers say", async (_, minutes, ahead) => {
		const date = () => new Date(Date.now() + minutes * 60_000).toUTCString();
		const { diagnosis, states } = await examined({
			answer: (host, _request, response) => {
				if (host.startsWith("page-")) response.setHeader("date", date());
				return false;
			},
		});
		expect(diagnosis).toMatchObject({ kind: "clock_wrong", cause: "device" });
		expect(states["clock"]).toBe("trouble");
		const [seen] = diagnosis.seen;
		expect(seen?.kind === "control" && Math.round((seen.aheadMs ?? 0) / 60_000)).toBe(ahead);
	});

	test("a clock that is right, though a cache has kept the answers for an hour", async () => {
		const { diagnosis } = await examined({
			answer: (host, _request, response) => {
				if (host.startsWith("page-"))
					response.setHeader("date", new Date(Date.now() - 3_600_000).toUTCString()).setHeader("age", "3600");
				return false;
			},
		});
		expect(diagnosis.kind).toBe("fine");
	});

	test("a service that answers with errors, after asking it twice and nobody else", async () => {
		const { diagnosis, asked } = await examined({ answer: status(503) });
		expect(diagnosis).toMatchObject({ kind: "service_fails", culprit: "parley", sureness: "high", service: "parley" });
		expect(asked.get("a.parley.test")).toBe(2);
	});

	test("a service that turns this computer away", async () => {
		const { diagnosis, asked } = await examined({ answer: status(403) });
		expect(diagnosis).toMatchObject({ kind: "blocked_me", cause: "unknown" });
		expect(asked.get("a.parley.test")).toBe(1);
	});

	test("the provider that unrelated services fail behind", async () => {
		const carried = {
			parley: { ...PARLEY, upstream: "edge" },
			loft: { hosts: ["loft.test"], upstream: "edge" },
			quill: { hosts: ["quill.test"], upstream: "edge" },
			album: { hosts: ["album.test"], owner: "parley" },
		};
		const broken = (host: string) => /parley|loft|quill|^edge/.test(host) && !host.startsWith("status.");
		const { diagnosis, asked } = await examined(
			{
				services: carried,
				names: { "edge.test": { a: ["127.0.0.1"] } },
				answer: status(500, broken, { "x-edge": "1" }),
			},
			["parley"],
		);
		expect(diagnosis).toMatchObject({ kind: "upstream", cause: "upstream", culprit: "edge", service: "parley" });
		expect(asked.get("loft.test")).toBe(1);
		expect(asked.get("album.test")).toBe(1);
	});

	test("no neighbour where all is well: strangers are left alone", async () => {
		const carried = { parley: { ...PARLEY, upstream: "edge" }, loft: { hosts: ["loft.test"], upstream: "edge" } };
		const { asked } = await examined({ services: carried }, ["parley"]);
		expect(asked.get("loft.test")).toBeUndefined();
	});

	test("what only the official page knows", async () => {
		const official = () => ({
			page: {
				id: "abcdefghijkl",
				name: "Parley",
				url: "https://status.parley.test",
				updated_at: "2026-01-01T00:00:00Z",
			},
			components: [
				{
					id: "c12345678901",
					name: "Site",
					status: "major_outage",
					created_at: "2026-01-01T00:00:00Z",
					updated_at: "2026-01-01T00:00:00Z",
				},
			],
			...{ incidents: [], scheduled_maintenances: [], status: { indicator: "critical", description: "" } },
		});
		const { diagnosis } = await examined({ services: { parley: { ...PARLEY, official } } });
		expect(diagnosis).toMatchObject({ kind: "unseen", cause: "service", service: "parley", level: "major_outage" });
	});

	test("a service that lets nobody in, within ten seconds though it never answers", async () => {
		const hole = await openBlackHole();
		let secure = 0;
		let plain = 0;
		const street = await neighbourhood({
			services,
			network: {
				mapPort: (host, port) => (down(host) ? hole.silentPort : port === 443 ? secure : port === 80 ? plain : port),
			},
		});
		({ secure, plain } = street.ports);
		const began = performance.now();
		const { diagnosis } = await street.diagnose();
		expect(performance.now() - began).toBeLessThan(TEN_SECONDS);
		await hole.close();
		expect(diagnosis).toMatchObject({ kind: "service_network", culprit: "parley", sureness: "fair" });
	});

	test("nothing of a service that is down while nothing else answers either, and does not ask it again", async () => {
		const { diagnosis, states } = await examined({ line: "dead", names: "silent" });
		expect(diagnosis).toMatchObject({ kind: "no_internet", cause: "network", services: [] });
		expect(states).toMatchObject({ portal: "trouble", parley: "trouble" });
	});
});

describe.concurrent("while it goes on", { timeout: 20_000 }, () => {
	test("each layer is told once, as it ends, and all of them at the end in their order", async () => {
		const told: LayerReport[] = [];
		const street = await neighbourhood({ services });
		const { layers, startedAt, at } = await street.diagnose(undefined, {}, (report) => void told.push(report));
		expect(layers.map(({ layer }) => layer)).toEqual(LAYERS);
		expect(new Set(told)).toEqual(new Set(layers));
		expect(told).toHaveLength(layers.length);
		expect(told[0]?.layer).toBe("link");
		expect(at).toBeGreaterThanOrEqual(startedAt);
	});

	test("a listener that throws disturbs nobody", async () => {
		const street = await neighbourhood({ services });
		const { diagnosis } = await street.diagnose(undefined, {}, () => {
			throw new Error("the window is gone");
		});
		expect(diagnosis.kind).toBe("fine");
	});

	test("it can be stopped: it ends at once, comes to nothing, and leaves nothing open", async () => {
		const street = await neighbourhood({ services, names: "silent" });
		const stop = new AbortController();
		const began = performance.now();
		setTimeout(() => stop.abort(), 50);
		const { diagnosis } = await street.diagnose(undefined, { signal: stop.signal });
		expect(performance.now() - began).toBeLessThan(1_000);
		expect(diagnosis).toMatchObject({ kind: "hold", services: [] });
	});

	test("stopped before it begins, it comes to nothing too", async () => {
		const street = await neighbourhood({ services });
		const { diagnosis } = await street.diagnose(undefined, { signal: AbortSignal.abort() });
		expect(diagnosis.kind).toBe("hold");
		expect(street.asked.size).toBe(0);
	});

	test("a network that changes makes the round worthless, and so does one that has just changed", async () => {
		const street = await neighbourhood();
		const { interfaces } = desk(street.authority.pem);
		let looks = 0;
		const roaming = desk(street.authority.pem, { interfaces: () => (looks++ === 0 ? {} : interfaces()) });
		expect((await street.diagnose([], { computer: roaming })).diagnosis.kind).toBe("hold");
		expect((await street.diagnose([], { changedAt: Date.now() - 29_000 })).diagnosis.kind).toBe("hold");
		expect((await street.diagnose([], { changedAt: Date.now() - 31_000 })).diagnosis.kind).toBe("fine");
	});

	test("a computer that slept through it makes the round worthless", async () => {
		const street = await neighbourhood();
		let asked = 0;
		const sleeper = desk(street.authority.pem, {
			elapsed: () => (asked++ === 0 ? performance.now() : performance.now() - 60_000),
		});
		expect((await street.diagnose([], { computer: sleeper })).diagnosis.kind).toBe("hold");
	});
});

describe.concurrent("a finding holds no address of anybody", { timeout: 20_000 }, () => {
	test.each<[string, NeighbourhoodPlan]>([
		["all is well", {}],
		["no name is found", { names: "silent" }],
		["nothing answers", { line: "dead" }],
		["nobody is trusted", { believed: false }],
		["the name leads astray", { names: { "a.parley.test": { a: ["127.0.0.9"] } } }],
	])("where %s", async (_, plan) => {
		const street = await neighbourhood({ services, ...plan });
		const { diagnosis, layers } = await street.diagnose();
		expect(JSON.stringify({ diagnosis, layers })).not.toMatch(/\d+\.\d+\.\d+\.\d+|::|02:00/);
	});
});
