import type { lookup } from "node:dns";
import { afterEach, describe, expect, test } from "vitest";
import { converse } from "../../../src/io/network/exchange.ts";
import { createNetwork } from "../../../src/io/network/network.ts";
import { createNameService } from "../../../src/io/network/resolve.ts";
import { createSystemLookup } from "../../../src/io/network/system-lookup.ts";
import { closeDnsServers, serveDns } from "../../helpers/dns-server.ts";

const PATIENCE_MS = 60;

afterEach(closeDnsServers);

/** A system's resolver that answers when it is told to, as one whose threads hang. */
function slowResolver() {
	const open = new Map<string, () => void>();
	let most = 0;
	const asked: string[] = [];
	const ask = (host: string, _options: unknown, done: (error: Error | null, found: unknown) => void) => {
		asked.push(host);
		open.set(host, () => {
			open.delete(host);
			if (host.startsWith("gone")) done(new Error("gone"), undefined);
			else done(null, [{ address: "127.0.0.1", family: 4 }]);
		});
		most = Math.max(most, open.size);
	};
	return { lookup: ask as unknown as typeof lookup, open, asked, most: () => most };
}

test("a few questions are put at a time, in their order, and the same question once", async () => {
	const { lookup, open, asked, most } = slowResolver();
	const look = createSystemLookup(lookup, PATIENCE_MS);
	const answers = ["a", "b", "a", "gone", "c", "a"].map(look);
	await expect.poll(() => asked).toEqual(["a", "b", "gone"]);
	open.get("gone")?.();
	await expect.poll(() => asked).toEqual(["a", "b", "gone", "c"]);
	for (const end of [...open.values()]) end();
	const found = { addresses: ["127.0.0.1"] };
	expect(await Promise.all(answers)).toEqual([found, found, found, { addresses: [] }, found, found]);
	expect(most()).toBe(3);
	const again = look("a");
	await expect.poll(() => open.size).toBe(1);
	open.get("a")?.();
	expect(await again).toEqual(found);
});

test("questions that hang do not keep others waiting for long, nor are they put again", async () => {
	const { lookup, asked } = slowResolver();
	const look = createSystemLookup(lookup, PATIENCE_MS);
	const hung = Array.from({ length: 200 }, (_, n) => look(`hung${n}`));
	const began = performance.now();
	expect(await look("other")).toBe("busy");
	expect(performance.now() - began).toBeLessThan(3 * PATIENCE_MS);
	expect(await Promise.all(hung.slice(3))).toEqual(hung.slice(3).map(() => "busy"));
	for (let n = 0; n < 3; n++) void look(`hung${n}`);
	expect(asked).toEqual(["hung0", "hung1", "hung2"]);
});

describe("while the system's resolver hangs", () => {
	test("other names are looked up by a question of our own", async () => {
		const { lookup } = slowResolver();
		const server = await serveDns({ "well.test": { a: ["127.0.0.7"] } });
		const names = createNameService({ limitMs: 2000, lookup, explainBy: [server.address] });
		const on = createNetwork();
		const controller = new AbortController();
		const resolve = (host: string) => converse(on, controller.signal, (exchange) => names.resolve(host, exchange));
		const hung = Array.from({ length: 3 }, (_, n) => resolve(`hung${n}.test`));
		expect(await resolve("well.test")).toMatchObject({ value: ["127.0.0.7"] });
		controller.abort();
		for (const each of await Promise.all(hung)) expect(each).toMatchObject({ failure: { phase: "dns" } });
	});
});
