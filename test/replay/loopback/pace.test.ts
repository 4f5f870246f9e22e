import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { Pace } from "../../../src/replay/loopback/pace.ts";

function startPace(start: number, speed: number): Pace {
	const pace = new Pace(start, speed);
	pace.start();
	return pace;
}

describe("the pace of a demonstration", () => {
	test("lets a moment come when its time is there, and not before", async () => {
		const pace = startPace(5_000, 100);
		const began = performance.now();
		expect(await pace.reach(9_000)).toBe(true);
		expect(performance.now() - began).toBeGreaterThanOrEqual(39);
		expect(pace.now()).toBeGreaterThanOrEqual(9_000);
		expect(await pace.reach(6_000)).toBe(true);
	});

	test("no moment at or after the end of work that is under way comes before that work is over", async () => {
		const pace = startPace(0, 10_000);
		const release = pace.hold(1_000);
		expect(await pace.reach(999)).toBe(true);
		let came = false;
		const reached = pace.reach(1_000).then(() => {
			came = true;
		});
		await wait(20);
		expect(came).toBe(false);
		expect(pace.now()).toBe(1_000);
		release();
		await reached;
		expect(pace.now()).toBeGreaterThan(1_000);
	});

	test("a computer that cannot keep up slows time down, and says how much", async () => {
		const pace = startPace(0, 1_000);
		const release = pace.hold(10);
		await wait(1_300);
		release();
		// a second may be made up for, the rest is given up
		expect(pace.now()).toBeGreaterThan(900_000);
		expect(pace.now()).toBeLessThan(1_100_000);
		expect(pace.achieved()).toBeGreaterThan(600);
		expect(pace.achieved()).toBeLessThan(900);
	});

	test("time that jumps takes work under way along", async () => {
		const pace = startPace(0, 1);
		const release = pace.hold(10);
		pace.jumpTo(60_000);
		expect(pace.now()).toBe(60_000);
		release();
		expect(await pace.reach(60_000)).toBe(true);
		expect(pace.achieved()).toBe(1);
	});

	test("stopping it ends all waiting", async () => {
		const pace = startPace(0, 1);
		const far = pace.reach(1e9);
		pace.stop();
		expect(await far).toBe(false);
		expect(await pace.reach(0)).toBe(false);
	});
});
