import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { openHistory } from "../../src/io/history/history-db.ts";
import { closeDnsServers } from "../helpers/dns-server.ts";
import { ended, printed, start } from "../helpers/run-semaforo.ts";
import { closeServers } from "../helpers/servers.ts";
import { type SmallInternet, smallInternet } from "../helpers/small-internet.ts";

let net: SmallInternet | undefined;
afterEach(async () => {
	net?.close();
	await Promise.all([closeServers(), closeDnsServers()]);
});

const SERVICES = { parley: { features: { messaging: ["chat1.test", "chat2.test"] } } };
const watchArgs = ({ config, catalogue }: SmallInternet) => ["watch", "--config", config, "--catalogue", catalogue];

describe("semaforo watch", { timeout: 60_000 }, () => {
	test("prints plain lines where there is no terminal: how things stand, an outage, its end", async () => {
		let broken = false;
		net = await smallInternet({ services: SERVICES, status: () => (broken ? 500 : undefined) });
		const child = start(watchArgs(net));
		expect(await printed(child, "\n")).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d Everything works\.\n$/);
		child.kill("SIGINT");
		await once(child, "close");
		broken = true;
		const second = start(watchArgs(net));
		const line = await printed(second, "not getting through");
		expect(line).toContain(
			"Messages are not getting through on Parley. It is not just you: the trouble is at Parley. So far this is seen from your network.",
		);
		second.kill("SIGINT");
		await once(second, "close");
		broken = false;
		const third = start(watchArgs(net));
		third.kill("SIGINT");
		expect((await ended(third)).stderr).toBe("");
		const history = openHistory({
			file: join(net.folder, "history", "history.db"),
			now: Date.now,
			onTrouble: () => {},
		});
		expect(history.readIncidents({ openOnly: true })).toMatchObject([
			{ id: "i1", culprit: "parley", cause: "service" },
		]);
		history.close();
	});

	test("ends at once at Ctrl-C, with 0, and leaves a whole history behind", async () => {
		net = await smallInternet({ services: SERVICES });
		const child = start(watchArgs(net));
		await printed(child, "Everything works.");
		const before = performance.now();
		child.kill("SIGINT");
		const { code, stderr } = await ended(child);
		expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
		expect(performance.now() - before).toBeLessThan(2000);
		expect(readdirSync(join(net.folder, "history"))).toEqual(["history.db"]);
		const history = openHistory({
			file: join(net.folder, "history", "history.db"),
			now: Date.now,
			onTrouble: () => {},
		});
		const points = history.readSeries(
			{ service: "parley", feature: "messaging" },
			Date.now() - 3_600_000,
			Date.now(),
			"minute",
		);
		expect(points.reduce((sum, point) => sum + point.ok, 0)).toBe(2);
		history.close();
	});

	test("a reader that goes away ends it without a word", async () => {
		net = await smallInternet({ services: SERVICES });
		const child = start(watchArgs(net));
		child.stdout.destroy();
		const { code, stderr } = await ended(child);
		expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
	});

	test("keeps nothing on disk when told so", async () => {
		net = await smallInternet({ services: SERVICES });
		const child = start([...watchArgs(net), "--no-history"]);
		await printed(child, "Everything works.");
		child.kill("SIGTERM");
		expect((await ended(child)).code).toBe(0);
		expect(readdirSync(net.folder)).not.toContain("history");
	});
});
