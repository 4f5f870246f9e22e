import { type Holding, probeMany } from "../../../test/helpers/many-probes.ts";
import { answerWith } from "./answer.ts";

export interface Many {
	readonly count: number;
	readonly every: number;
}

/** Probes its own servers, and tells what the process holds on the way. */
answerWith(async ({ count, every }: Many): Promise<Holding[]> => {
	const found: Holding[] = [];
	await probeMany(count, every, (holding) => found.push(holding));
	return found;
});
