import { setTimeout as wait } from "node:timers/promises";
import type { ProbeCheck, ProbeSpec } from "../../../src/core/check.ts";
import { createNetwork } from "../../../src/io/network/network.ts";
import { createRunCheck } from "../../../src/io/run-check.ts";
import { answerWith } from "./answer.ts";

export interface Round {
	readonly probe: ProbeSpec;
	readonly count: number;
	readonly atOnce: number;
	/** Between the end of a probe and the next one. */
	readonly pauseMs: number;
	/** A root to believe besides the public ones, PEM. */
	readonly root: string;
}

let runCheck: ReturnType<typeof createRunCheck> | undefined;

/** Probes as the watcher does, as fast as it is told to; returns how many went well. */
answerWith(async ({ probe, count, atOnce, pauseMs, root }: Round): Promise<number> => {
	runCheck ??= createRunCheck({
		network: createNetwork({ extraRoots: [root] }),
		readSource: () => Promise.reject(new Error("there are no sources here")),
		now: Date.now,
	});
	const run = runCheck;
	const check: ProbeCheck = { kind: "probe", id: "p", host: "127.0.0.1", service: "s", feature: "web", probe };
	let left = count;
	let good = 0;
	const lane = async () => {
		while (left-- > 0) {
			const { outcome } = await run(check, 0).evidence;
			if (outcome.kind === "ok") good += 1;
			if (pauseMs > 0) await wait(pauseMs);
		}
	};
	await Promise.all(Array.from({ length: atOnce }, lane));
	return good;
});
