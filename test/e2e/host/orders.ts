import type { system } from "./witness.ts";

/** What a host tells the process that it starts. */
export interface Orders {
	/** The folder of the built program's parts, `out`. */
	readonly built: string;
	readonly system: Partial<typeof system>;
	/** When it starts, by the scripted clock. */
	readonly at: number;
	/** A scenario's file; the real world where absent. */
	readonly world?: string;
	/** A file of official pages by address, to be read instead of what the script says of them. */
	readonly pages?: string;
	/** Ports of 127.0.0.1 that can be reached from a scripted world. */
	readonly ports: readonly number[];
	/** False where this process has timers of its own to keep, such as those of a browser's driver. */
	readonly scriptedTimers: boolean;
}

export const ORDERS = "SEMAFORO_TEST_ORDERS";

export function ordersIn(env: NodeJS.ProcessEnv): Orders {
	return JSON.parse(env[ORDERS] ?? "{}") as Orders;
}
