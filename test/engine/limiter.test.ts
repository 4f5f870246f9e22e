import { expect, test } from "vitest";
import type { Evidence } from "../../src/core/evidence.ts";
import { Limiter } from "../../src/engine/limiter.ts";
import type { Run } from "../../src/engine/ports.ts";
import { controlRun, T0 } from "../helpers/evidence.ts";

/** A run that ends when it is told to, and remembers whether it was cancelled. */
function openRun(): Run & { end(): void; cancelled: number } {
	const { promise: evidence, resolve } = Promise.withResolvers<Evidence>();
	return {
		evidence,
		cancelled: 0,
		cancel() {
			this.cancelled += 1;
		},
		end: () => resolve(controlRun("a", "http", "ok", T0)),
	};
}

const still = () => T0;

test("a run takes a place until it ends", async () => {
	const limiter = new Limiter(2, still);
	const [first, second] = [openRun(), openRun()];
	expect(limiter.room).toBe(2);
	limiter.add(first);
	limiter.add(second);
	expect(limiter.room).toBe(0);
	first.end();
	await first.evidence;
	expect(limiter.room).toBe(1);
	second.end();
	await second.evidence;
	expect(limiter.room).toBe(2);
});

test("a run that only waits gives its place back after a quarter of a second, and but one", async () => {
	let now = T0;
	const limiter = new Limiter(2, () => now);
	const [hung, late, quick] = [openRun(), openRun(), openRun()];
	limiter.add(hung);
	now += 100;
	limiter.add(late);
	expect([limiter.room, limiter.roomAt]).toEqual([0, T0 + 250]);
	now = T0 + 249;
	expect(limiter.room).toBe(0);
	now = T0 + 250;
	expect(limiter.room).toBe(1);
	limiter.add(quick);
	expect([limiter.room, limiter.roomAt]).toEqual([0, T0 + 350]);
	hung.end();
	await hung.evidence;
	expect(limiter.room).toBe(0);
	now = T0 + 350;
	expect(limiter.room).toBe(1);
});

test("a clock that is set back keeps nobody waiting", () => {
	let now = T0;
	const limiter = new Limiter(1, () => now);
	limiter.add(openRun());
	now -= 3_600_000;
	expect(limiter.room).toBe(1);
});

test("the place of a run that ended is free by the time others hear of it", async () => {
	const limiter = new Limiter(1, still);
	const run = openRun();
	limiter.add(run);
	const room = run.evidence.then(() => limiter.room);
	run.end();
	expect(await room).toBe(1);
});

test("stopping cancels what is under way, waiting or not, but not what has ended, and waits for it", async () => {
	let now = T0;
	const limiter = new Limiter(3, () => now);
	const [ended, slow, fresh] = [openRun(), openRun(), openRun()];
	limiter.add(ended);
	limiter.add(slow);
	ended.end();
	await ended.evidence;
	now += 60_000;
	limiter.add(fresh);
	let stopped = false;
	const stopping = limiter.stop().then(() => {
		stopped = true;
	});
	expect([ended.cancelled, slow.cancelled, fresh.cancelled]).toEqual([0, 1, 1]);
	await Promise.resolve();
	expect(stopped).toBe(false);
	slow.end();
	fresh.end();
	await stopping;
	expect(stopped).toBe(true);
	expect(limiter.room).toBe(3);
});

test("stopping with nothing under way resolves at once", async () => {
	await expect(new Limiter(1, still).stop()).resolves.toBeUndefined();
});
