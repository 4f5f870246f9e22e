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

test("a run takes a place until it ends", async () => {
	const limiter = new Limiter(2);
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

test("the place of a run that ended is free by the time others hear of it", async () => {
	const limiter = new Limiter(1);
	const run = openRun();
	limiter.add(run);
	const room = run.evidence.then(() => limiter.room);
	run.end();
	expect(await room).toBe(1);
});

test("stopping cancels what is under way, not what has ended, and waits for it", async () => {
	const limiter = new Limiter(3);
	const [ended, slow] = [openRun(), openRun()];
	limiter.add(ended);
	limiter.add(slow);
	ended.end();
	await ended.evidence;
	let stopped = false;
	const stopping = limiter.stop().then(() => {
		stopped = true;
	});
	expect([ended.cancelled, slow.cancelled]).toEqual([0, 1]);
	await Promise.resolve();
	expect(stopped).toBe(false);
	slow.end();
	await stopping;
	expect(stopped).toBe(true);
	expect(limiter.room).toBe(3);
});

test("stopping with nothing under way resolves at once", async () => {
	await expect(new Limiter(1).stop()).resolves.toBeUndefined();
});
