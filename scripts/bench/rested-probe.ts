import { join } from "node:path";
import { startChild } from "./child.ts";
import type { Addresses, Names } from "./children/internet.ts";
import type { Round } from "./children/prober.ts";
import { cpuMs } from "./process-cost.ts";

const PROBES = 60;
const PAUSE_MS = 100;

/** CPU of one HTTPS probe when nothing is warm: one at a time, with a rest after each, in a process that has just begun. */
export async function restedProbeMs(): Promise<number> {
	const here = (file: string) => join(import.meta.dirname, "children", file);
	const server = await startChild<Names, Addresses>(here("internet.ts"));
	const prober = await startChild<Round, number>(here("prober.ts"));
	try {
		const { secureWeb, root } = await server.ask({ hosts: ["127.0.0.1"] });
		const probe = { type: "http", url: `https://127.0.0.1:${secureWeb}/` } as const;
		const round = { probe, atOnce: 1, pauseMs: PAUSE_MS, root };
		await prober.ask({ ...round, count: 1 });
		const before = cpuMs(prober.pid);
		const good = await prober.ask({ ...round, count: PROBES });
		if (good !== PROBES) throw new Error(`expected ${PROBES} good probes, found ${good}`);
		return (cpuMs(prober.pid) - before) / PROBES;
	} finally {
		await prober.end();
		await server.end();
	}
}
