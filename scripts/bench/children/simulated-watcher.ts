import { watch } from "../../../src/cli/watch.ts";
import { openHistory } from "../../../src/io/history/history-db.ts";
import { DAY, simulate, twelve, USUAL_DAY } from "../simulation.ts";
import { answerWith } from "./answer.ts";

/** Plays on until this many days after the start. */
export interface PlayOn {
	readonly days: number;
	/** Where the history is kept. */
	readonly file: string;
}

/** After V8 has given back what it can, bytes. */
export interface Memory {
	readonly heap: number;
}

// The watcher's own code is in memory too, as it is in life, although nothing here goes over the network.
Object.assign(globalThis, { watch });

let world: ReturnType<typeof simulate> | undefined;
let day = 0;

answerWith(async ({ days, file }: PlayOn): Promise<Memory> => {
	world ??= simulate(twelve(), USUAL_DAY, ({ now }) => openHistory({ file, now, onTrouble: complain }));
	for (; day < days; day++) {
		await world.runUntil((day + 1) * DAY);
		world.asked.clear();
	}
	await giveBack();
	return { heap: process.memoryUsage().heapUsed };
});

/**
 * A month of garbage in seconds makes V8 keep pages in reserve that an idle watcher never fills: only its last resort before
 * it runs out of memory lets go of them.
 */
async function giveBack(): Promise<void> {
	for (let round = 0; round < 3; round++) {
		await new Promise((resolve) => setTimeout(resolve, 50));
		globalThis.gc?.({ type: "major", execution: "sync", flavor: "last-resort" });
	}
}

function complain({ message }: { readonly message: string }): never {
	throw new Error(message);
}
