import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Outcome } from "./play.ts";
import type { Done, Job } from "./player.ts";

/** Plays all jobs on all cores, and gives the outcomes by file, in the order of their runs. Rejects where one cannot be played. */
export async function playAll(jobs: readonly Job[]): Promise<Map<string, Outcome[]>> {
	const outcomes = new Map<string, Outcome[]>(jobs.map(({ file }) => [file, []]));
	const waiting = [...jobs];
	const players = Array.from({ length: Math.min(jobs.length, availableParallelism()) }, () =>
		work(waiting, ({ file, outcome }) => outcomes.get(file)?.push(outcome)),
	);
	await Promise.all(players);
	for (const list of outcomes.values()) list.sort((a, b) => a.run - b.run);
	return outcomes;
}

function work(waiting: Job[], onDone: (done: Done) => void): Promise<void> {
	const player = new Worker(new URL("./player.ts", import.meta.url));
	return new Promise<void>((resolve, reject) => {
		const next = () => {
			const job = waiting.shift();
			if (job) player.postMessage(job);
			else resolve();
		};
		player.on("message", (done: Done) => {
			onDone(done);
			next();
		});
		player.on("error", reject);
		next();
	}).finally(() => player.terminate());
}
