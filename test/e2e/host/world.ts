import { readFileSync } from "node:fs";
import { createNetwork } from "../../../src/io/network/network.ts";
import { createRunCheck } from "../../../src/io/run-check.ts";
import { createReadSource } from "../../../src/io/sources/read-source.ts";
import type { World } from "../../../src/main/start.ts";
import { loadScenario } from "../../../src/replay/scenario.ts";
import type { VirtualClock } from "../../../src/replay/virtual-clock.ts";
import { ScriptedWorld } from "../../../src/replay/world.ts";
import { counting } from "./timers.ts";

/** A world that follows a script. `pages` names a file of pages by address, read by the real readers instead of the script. */
export function scripted(scenario: string, clock: VirtualClock, pages?: string): World {
	const script = new ScriptedWorld(loadScenario(scenario));
	const texts: Readonly<Record<string, string>> = pages ? JSON.parse(readFileSync(pages, "utf8")) : {};
	const read = createRunCheck({ network: createNetwork(), readSource: readerOf(texts, clock), now: () => clock.now() });
	const answers = counting(clock, "answers");
	return {
		clock: counting(clock, "watch"),
		openRuns: () => ({
			furtherChecks: () => [],
			close() {},
			runCheck(check, attempt) {
				if (check.kind === "source" && check.source.url in texts) return read(check, attempt);
				const { evidence, tookMs } = script.answer(check, clock.now());
				const { promise, resolve } = Promise.withResolvers<typeof evidence>();
				const cancel = answers.wakeAt(clock.now() + tookMs, () => resolve(evidence));
				return {
					evidence: promise,
					cancel() {
						cancel();
						resolve(evidence);
					},
				};
			},
		}),
	};
}

function readerOf(texts: Readonly<Record<string, string>>, clock: VirtualClock) {
	return createReadSource({
		now: () => clock.now(),
		fetchPage: (finalUrl) =>
			Promise.resolve({
				page: {
					status: 200,
					body: Buffer.from(texts[finalUrl] ?? ""),
					contentType: "application/json; charset=utf-8",
					finalUrl,
				},
			}),
	});
}
