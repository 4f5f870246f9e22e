import { afterEach, describe, expect, test } from "vitest";
import type { Check, ControlCheck, ProbeCheck, ReportsCheck, SourceCheck } from "../../src/core/check.ts";
import { createNetwork } from "../../src/io/network/network.ts";
import { createRunCheck, type ReadSource } from "../../src/io/run-check.ts";
import { closeServers, serveHttp, serveSilence } from "../helpers/servers.ts";

const page = {
	format: "statuspage",
	page: { name: "P" },
	level: "operational",
	components: [],
	incidents: [],
	maintenances: [],
	unknownWords: [],
} as const;

const source: SourceCheck = {
	kind: "source",
	id: "s/official/x",
	host: "status.test",
	service: "s",
	source: { format: "statuspage", url: "https://status.test/", components: {}, speaksForWhole: true },
};

const reports: ReportsCheck = {
	kind: "reports",
	id: "s/reports/statusgator",
	host: "statusgator.com",
	service: "s",
	provider: "statusgator",
};

function probe(url: string): ProbeCheck {
	return {
		kind: "probe",
		id: `s/web/${url}`,
		host: "127.0.0.1",
		service: "s",
		feature: "web",
		probe: { type: "http", url },
	};
}

function control(url: string): ControlCheck {
	return {
		kind: "control",
		id: `control/v/http/${url}`,
		host: "127.0.0.1",
		vendor: "v",
		control: { type: "http", url, status: 204 },
	};
}

afterEach(closeServers);

function start(readSource: ReadSource = async () => ({ outcome: { kind: "read", page, fresh: true } })) {
	let time = 1000;
	return createRunCheck({ network: createNetwork(), readSource, now: () => time++ });
}

describe("a check", () => {
	test("gives evidence of its own kind, with whose it is and when it ran", async () => {
		const server = await serveHttp((_request, response) => void response.writeHead(204).end());
		const url = `http://127.0.0.1:${server.port}/`;
		expect(await start()(probe(url), 0).evidence).toMatchObject({
			kind: "probe",
			checkId: `s/web/${url}`,
			service: "s",
			feature: "web",
			host: "127.0.0.1",
			outcome: { kind: "ok" },
			status: 204,
			startedAt: 1000,
			at: 1001,
		});
		expect(await start()(control(url), 0).evidence).toMatchObject({
			kind: "control",
			vendor: "v",
			control: "http",
			outcome: { kind: "ok" },
		});
		expect(await start()(source, 0).evidence).toEqual({
			kind: "source",
			checkId: source.id,
			service: "s",
			startedAt: 1000,
			at: 1001,
			outcome: { kind: "read", page, fresh: true },
		});
	});

	test("of a probe says which provider the catalogue knows in front of the host", async () => {
		const server = await serveHttp((_request, response) => void response.writeHead(204).end());
		const url = `http://127.0.0.1:${server.port}/`;
		expect(await start()({ ...probe(url), upstream: "cloudflare" }, 0).evidence).toMatchObject({
			upstream: "cloudflare",
		});
		expect(await start()(probe(url), 0).evidence).not.toHaveProperty("upstream");
	});

	test("of reports is what was read, under their provider", async () => {
		const outcome = { kind: "noted", trouble: true, regions: [] } as const;
		const run = createRunCheck({
			network: createNetwork(),
			readSource: () => new Promise(() => {}),
			readReports: async () => ({ outcome }),
			now: () => 5,
		});
		expect(await run(reports, 0).evidence).toEqual({
			kind: "reports",
			checkId: reports.id,
			service: "s",
			provider: "statusgator",
			startedAt: 5,
			at: 5,
			outcome,
		});
	});

	test("of a source keeps what the server asked for", async () => {
		const run = start(async () => ({ outcome: { kind: "read", page, fresh: false }, askAgainAfterMs: 60_000 }));
		expect(await run(source, 0).evidence).toMatchObject({ askAgainAfterMs: 60_000 });
	});

	test.each<[string, Check]>([
		["probe", probe("no url at all")],
		["control", control("nor here")],
		["source", source],
		["reports", reports],
	])("never rejects, even for a bug: a %s", async (kind, check) => {
		const run = start(() => {
			throw new TypeError("page.components is not iterable");
		});
		const evidence = await run(check, 0).evidence;
		expect(evidence).toMatchObject({
			kind,
			checkId: check.id,
			outcome: { kind: "failed", failure: { kind: "unreadable" } },
		});
	});
});

describe("a check that is cancelled", () => {
	test("ends at once, counts for nothing, and lets go of its connection", async () => {
		let closed = false;
		const server = await serveHttp(({ socket }) => {
			socket.on("close", () => {
				closed = true;
			});
		});
		const run = start()(probe(`http://127.0.0.1:${server.port}/`), 0);
		await expect.poll(server.connections).toBe(1);
		run.cancel();
		expect(await run.evidence).toMatchObject({ kind: "probe", outcome: { kind: "skipped", why: "cancelled" } });
		await expect.poll(() => closed).toBe(true);
	});

	test("ends at once even where a source does not listen", async () => {
		let heard: AbortSignal | undefined;
		const run = start((_check, signal) => {
			heard = signal;
			return new Promise(() => {});
		})(source, 0);
		run.cancel();
		expect(await run.evidence).toMatchObject({
			outcome: { kind: "failed", failure: { kind: "timeout", detail: "cancelled" } },
		});
		expect(heard?.aborted).toBe(true);
	});

	test("as a control too", async () => {
		const server = await serveSilence();
		const run = start()(control(`http://127.0.0.1:${server.port}/`), 0);
		run.cancel();
		expect(await run.evidence).toMatchObject({
			kind: "control",
			outcome: { kind: "failed", failure: { kind: "timeout" } },
		});
	});
});
