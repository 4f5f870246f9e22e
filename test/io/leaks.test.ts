import { expect, test } from "vitest";
import { type Holding, probeMany } from "../helpers/many-probes.ts";

test("two thousand probes of all sorts leave no socket, timer or file behind", { timeout: 30_000 }, async () => {
	const found: Holding[] = [];
	await probeMany(2000, 1000, (holding) => found.push(holding));
	const [start = { sockets: 0, resources: 0, files: 0 }, ...later] = found;
	expect(later.map(({ probes }) => probes)).toEqual([1000, 2000]);
	for (const { sockets, resources, files } of later) {
		expect(sockets).toBe(0);
		// what the start itself had under way may have ended since
		expect(resources).toBeLessThanOrEqual(start.resources);
		expect(files).toBeLessThanOrEqual(start.files);
	}
});
