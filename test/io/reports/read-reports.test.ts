import type { IncomingMessage, ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ReportsProvider } from "../../../src/core/check.ts";
import type { Service } from "../../../src/core/model.ts";
import { createNetwork, type Network } from "../../../src/io/network/network.ts";
import { createReadReports } from "../../../src/io/reports/read-reports.ts";
import { REPORTS, reportsChecks } from "../../../src/io/reports/registry.ts";
import { createAuthority } from "../../helpers/certificates.ts";
import { closeServers, serveHttps } from "../../helpers/servers.ts";

const NOW = Date.parse("2026-05-12T08:32:00Z");
const KEY = "k3y-of-the-user-0123456789";

function service(id: string, name: string, owner: string): Service {
	return { id, name, kind: "service", owner: { id: owner, name: owner }, upstreams: [], features: [{ name: "web" }] };
}

const SERVICES = [
	service("parley", "Parley", "parley-owner"),
	service("instagram", "Instagram", "meta"),
	service("whatsapp", "WhatsApp", "meta"),
];

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const answers = new Map<string, Answer>();
const asked: { readonly path: string; readonly method: string; readonly authorization: string | undefined }[] = [];
let network: Network;
let now = NOW;

beforeAll(async () => {
	const authority = await createAuthority();
	const names = Object.values(REPORTS).map(({ host }) => host);
	const server = await serveHttps(await authority.issue(names), (request, response) => {
		const path = `${request.headers.host}${request.url}`;
		asked.push({ path, method: request.method ?? "", authorization: request.headers.authorization });
		const [, answer] = [...answers].find(([start]) => path.startsWith(start)) ?? [];
		if (answer) answer(request, response);
		else response.writeHead(404).end("nothing here");
	});
	network = createNetwork({
		hosts: new Map(names.map((name) => [name, ["127.0.0.1"]])),
		extraRoots: [authority.pem],
		mapPort: () => server.port,
	});
});
afterAll(async () => {
	network.close();
	await closeServers();
});
beforeEach(() => {
	answers.clear();
	asked.length = 0;
	now = NOW;
});

const json =
	(value: unknown): Answer =>
	(_request, response) =>
		void response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
const status =
	(code: number, headers: Record<string, string> = {}, body = ""): Answer =>
	(_request, response) =>
		void response.writeHead(code, headers).end(body);

/** A reader that remembers from one reading to the next. */
function reader(key: string | undefined = KEY) {
	const services = new Map(SERVICES.map((each) => [each.id, each]));
	const read = createReadReports({ network, secrets: () => key, services, now: () => now });
	return async (provider: ReportsProvider, id = "parley") => {
		const check = {
			kind: "reports",
			id: `${id}/reports`,
			host: REPORTS[provider].host,
			service: id,
			provider,
		} as const;
		return (await read(check, new AbortController().signal)).outcome;
	};
}

const COMPANIES = [
	{ id: 7, name: "Parley Bank", slug: "parley-bank", country_iso: "US" },
	{ id: 8, name: "Parley (chat)", slug: "parley", country_iso: "IT" },
	{ id: 9, name: "parley", slug: "parley", country_iso: "US" },
];
const quiet = [...Array.from({ length: 94 }, () => 5), 6, 3];

describe("Downdetector", () => {
	const company = (stats: unknown, more: object = {}) => {
		answers.set("downdetectorapi.com/v2/companies/search", json(COMPANIES));
		answers.set(
			"downdetectorapi.com/v2/companies/9?",
			json({ stats_24: stats, baseline_current: 5, country_iso: "US", ...more }),
		);
	};

	test("counts an hour at the pace of the last quarters, and asks what they are about only while there are many", async () => {
		company(quiet);
		expect(await reader()("downdetector")).toEqual({ kind: "counted", perHour: 24, baseline: 20, regions: ["US"] });
		expect(asked.map(({ path }) => path.split("?")[0])).toEqual([
			"downdetectorapi.com/v2/companies/search",
			"downdetectorapi.com/v2/companies/9",
		]);
	});

	test("names the features that a fifth of the reports and more are about, by words it knows", async () => {
		company([...quiet.slice(0, 94).map((value) => ({ value })), { value: 4000 }, { value: 900 }]);
		answers.set(
			"downdetectorapi.com/v2/companies/9/indicators",
			json([
				{ slug: "sending-messages", indicator: "Sending messages", percentage: 55 },
				{ slug: "login", indicator: "Login", percentage: 20 },
				{ slug: "video", indicator: "Video", percentage: 19 },
				{ slug: "app", indicator: "Something new", percentage: 40 },
			]),
		);
		expect(await reader()("downdetector")).toEqual({
			kind: "counted",
			perHour: 16_000,
			baseline: 20,
			regions: ["US"],
			features: ["messaging", "login"],
		});
	});

	test("looks a company up once", async () => {
		company(quiet);
		const read = reader();
		await read("downdetector");
		await read("downdetector");
		expect(asked.filter(({ path }) => path.includes("search"))).toHaveLength(1);
		expect(asked).toHaveLength(3);
	});

	test("says so where it has no such company", async () => {
		answers.set("downdetectorapi.com/v2/companies/search", json(COMPANIES.slice(0, 1)));
		expect(await reader()("downdetector")).toMatchObject({
			kind: "failed",
			failure: {
				kind: "unreadable",
				detail: "Downdetector knows no company called “Parley”, or the key does not cover it",
			},
		});
	});

	test("has a token given for an id and a secret, once an hour", async () => {
		answers.set("downdetectorapi.com/v2/tokens", json({ access_token: "t0ken" }));
		company(quiet);
		const read = reader("an-id:a-secret");
		expect((await read("downdetector")).kind).toBe("counted");
		await read("downdetector");
		const [first, ...rest] = asked;
		expect(first).toMatchObject({ method: "POST", authorization: `Basic ${btoa("an-id:a-secret")}` });
		expect(rest.every(({ authorization, method }) => authorization === "Bearer t0ken" && method === "GET")).toBe(true);
		now += 56 * 60_000;
		await read("downdetector");
		expect(asked.filter(({ method }) => method === "POST")).toHaveLength(2);
	});

	test.each([
		["no counts", {}],
		["counts that are none", { stats_24: [1, "two"] }],
		["an empty day", { stats_24: [] }],
		["counts below nothing", { stats_24: [-5] }],
		["another document", { message: "Forbidden" }],
	])("is not read where it answers %s", async (_, answer) => {
		answers.set("downdetectorapi.com/v2/companies/search", json(COMPANIES));
		answers.set("downdetectorapi.com/v2/companies/9?", json(answer));
		expect(await reader()("downdetector")).toMatchObject({ kind: "failed", failure: { kind: "unreadable" } });
	});
});

describe("StatusGator", () => {
	const monitor = (filtered_status: string, more: object = {}) => ({
		display_name: "Parley",
		filtered_status,
		...more,
	});
	const board = (...monitors: unknown[]) => {
		answers.set("statusgator.com/api/v3/boards/b1/monitors", json({ data: monitors }));
		answers.set("statusgator.com/api/v3/boards", json({ data: [{ id: "b1" }] }));
	};

	test.each([
		["up", {}, false],
		["up", { early_warning_signal: true }, true],
		["maintenance", {}, false],
		["warn", {}, true],
		["down", { early_warning_signal: false }, true],
		["DOWN", {}, true],
	])("says “%s” %j: trouble %s", async (word, more, trouble) => {
		board({ display_name: "Other", filtered_status: "down" }, monitor(word, more));
		expect(await reader()("statusgator")).toEqual({ kind: "noted", trouble, regions: [] });
	});

	test("is not read by a word that it is not known to use", async () => {
		board(monitor("wobbly"));
		expect(await reader()("statusgator")).toMatchObject({ kind: "failed", failure: { kind: "unreadable" } });
	});

	test("says which service its board lacks", async () => {
		board(monitor("up"));
		expect(await reader()("statusgator", "whatsapp")).toMatchObject({
			failure: { detail: "there is no monitor for “WhatsApp” on the board; StatusGator lets you add one" },
		});
	});

	test("is asked once for all services", async () => {
		board(monitor("up"), { ...monitor("down"), display_name: "WhatsApp" });
		const read = reader();
		const both = await Promise.all([read("statusgator"), read("statusgator", "whatsapp")]);
		expect(both).toMatchObject([{ trouble: false }, { trouble: true }]);
		expect(asked).toHaveLength(2);
		now += 5 * 60_000;
		await read("statusgator");
		expect(asked).toHaveLength(3);
	});
});

describe("IsDown", () => {
	test.each([
		["operational", false],
		["minor", true],
		["major", true],
	])("says %s: trouble %s", async (word, trouble) => {
		for (const list of [{ services: [] }, { data: [] }, []]) {
			const services = [{ name: "Parley", slug: "parley", status: word }];
			const wrapped = Array.isArray(list)
				? services
				: Object.fromEntries(Object.keys(list).map((key) => [key, services]));
			answers.set("isdown.app/api/v1/services", json(wrapped));
			expect(await reader()("isdown")).toEqual({ kind: "noted", trouble, regions: [] });
		}
	});
});

describe("Cloudflare Radar", () => {
	const outage = (startDate: string, endDate: string | null, place: string) => ({
		startDate,
		endDate,
		locationsDetails: [{ name: place, code: "XX" }],
	});

	test("notes outages of a service's network that go on, with their places, and asks once for one network", async () => {
		const annotations = [
			outage("2026-05-12T06:00:00Z", null, "Atlantis"),
			outage("2026-05-11T06:00:00Z", "2026-05-12T08:00:00Z", "Lemuria"),
			outage("2026-05-11T06:00:00Z", "2026-05-12T09:00:00Z", "Mu\u202e\n"),
		];
		answers.set("api.cloudflare.com/client/v4/radar", json({ success: true, result: { annotations } }));
		const read = reader();
		const expected = { kind: "noted", trouble: true, regions: ["Atlantis", "Mu"] };
		expect([await read("radar", "instagram"), await read("radar", "whatsapp")]).toEqual([expected, expected]);
		expect(asked).toHaveLength(1);
		expect(asked[0]).toMatchObject({ authorization: `Bearer ${KEY}`, path: expect.stringContaining("asn=32934") });
	});

	test("is not read where it did not succeed", async () => {
		answers.set("api.cloudflare.com", json({ success: false, result: { annotations: [] } }));
		expect(await reader()("radar", "instagram")).toMatchObject({ kind: "failed", failure: { kind: "unreadable" } });
	});
});

describe("IODA", () => {
	const alert = (datasource: string, minutesAgo: number, level: string) => ({
		datasource,
		time: NOW / 1000 - minutesAgo * 60,
		level,
	});
	const noted = async (...data: unknown[]) => {
		answers.set("api.ioda.inetintel.cc.gatech.edu/v2/outages/alerts", json({ error: null, data }));
		return reader("yes")("ioda", "whatsapp");
	};

	test("notes a network that two ways of measuring find gone, by the newest alert of each, and is sent no key", async () => {
		expect(await noted(alert("bgp", 30, "critical"), alert("ping-slash24", 20, "critical"))).toEqual({
			kind: "noted",
			trouble: true,
			regions: [],
		});
		expect(await noted(alert("bgp", 30, "critical"))).toMatchObject({ trouble: false });
		expect(
			await noted(alert("bgp", 10, "normal"), alert("bgp", 30, "critical"), alert("x", 5, "critical")),
		).toMatchObject({
			trouble: false,
		});
		expect(await noted()).toMatchObject({ trouble: false });
		expect(asked.every(({ authorization }) => authorization === undefined)).toBe(true);
	});
});

describe("every provider", () => {
	const all = Object.keys(REPORTS) as ReportsProvider[];

	test.each(all)("%s: a refused key is one sentence that says what to do", async (provider) => {
		for (const { host } of Object.values(REPORTS)) answers.set(host, status(401, {}, `no such key: ${KEY}`));
		const outcome = await reader()(provider, "whatsapp");
		const said = outcome.kind === "failed" ? outcome.failure : undefined;
		expect(said).toMatchObject({ kind: "http", status: 401 });
		if (!("keyless" in REPORTS[provider]))
			expect(said?.detail).toBe(
				`${REPORTS[provider].name} refuses the key (HTTP 401): put in one that is valid, or take it out`,
			);
	});

	test.each(all)("%s: whatever comes back, the key is not in what it gives", async (provider) => {
		const echoes: Answer[] = [
			status(200, { "content-type": "text/html" }, `<!doctype html><title>${KEY}</title>`),
			status(200, {}, `${KEY} is not valid`),
			json({ [KEY]: KEY }),
			json([{ name: KEY }]),
			status(302, { location: `https://elsewhere.test/?${KEY}` }),
			status(500, {}, KEY),
		];
		for (const echo of echoes) {
			for (const { host } of Object.values(REPORTS)) answers.set(host, echo);
			const outcome = await reader()(provider, "whatsapp");
			expect(outcome.kind).toBe("failed");
			expect(JSON.stringify(outcome)).not.toContain(KEY);
		}
	});

	test.each(all)("%s: a key is never carried to where a redirect leads", async (provider) => {
		for (const { host } of Object.values(REPORTS))
			answers.set(host, status(302, { location: "https://isdown.app/caught" }));
		expect(await reader()(provider, "whatsapp")).toMatchObject({ kind: "failed", failure: { kind: "unreadable" } });
		expect(asked).toHaveLength(1);
	});

	test.each(all)("%s: is left alone for as long as it asks", async (provider) => {
		for (const { host } of Object.values(REPORTS)) answers.set(host, status(429, { "retry-after": "120" }));
		expect(await reader()(provider, "whatsapp")).toMatchObject({ failure: { status: 429, retryAfterMs: 120_000 } });
	});

	test("is asked nothing with a key that cannot be one, or without", async () => {
		expect(await reader("two words")("statusgator")).toMatchObject({
			failure: { detail: "the key for StatusGator is none: it has blanks in it" },
		});
		expect(await reader("line\r\nbreak: 1")("radar", "whatsapp")).toMatchObject({ kind: "failed" });
		expect(asked).toEqual([]);
	});
});

describe("the checks of reports", () => {
	test("are those of providers that there is a key for, and that can say something of the service", () => {
		const keys = { radar: "r", statusgator: "s" } as Partial<Record<ReportsProvider, string>>;
		const checks = reportsChecks(SERVICES, (provider) => keys[provider]);
		expect(checks.map(({ id, host }) => `${id} at ${host}`)).toEqual([
			"parley/reports/statusgator at statusgator.com",
			"instagram/reports/statusgator at statusgator.com",
			"whatsapp/reports/statusgator at statusgator.com",
			"instagram/reports/radar at api.cloudflare.com",
			"whatsapp/reports/radar at api.cloudflare.com",
		]);
		expect(reportsChecks(SERVICES, () => undefined)).toEqual([]);
	});
});
