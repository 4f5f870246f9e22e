import { join } from "node:path";
import type { Holding } from "../../test/helpers/many-probes.ts";
import { startChild } from "./child.ts";
import type { Many } from "./children/many-probes.ts";
import { figure, megabytes } from "./figures.ts";
import { atMost, type Line } from "./line.ts";

const COUNT = 100_000;
const EVERY = 10_000;

/** Whether anything is left of a hundred thousand probes that went well, badly or unfinished, through proxies and without. */
export async function measureLeaks(): Promise<Line[]> {
	const child = await startChild<Many, Holding[]>(
		join(import.meta.dirname, "children", "many-probes.ts"),
		["--expose-gc"],
		{
			MALLOC_ARENA_MAX: "1",
		},
	);
	try {
		return leakLines(await child.ask({ count: COUNT, every: EVERY }));
	} finally {
		await child.end();
	}
}

function leakLines(found: readonly Holding[]): Line[] {
	const [start, , , settled] = found;
	const end = found.at(-1);
	if (!start || !settled || !end) throw new Error("expected what was held before, between and after, found nothing");
	const inTurn = (of: (holding: Holding) => number) => found.map((holding) => figure(of(holding))).join(", ");
	const most = (of: (holding: Holding) => number) => Math.max(...found.map(of)) - of(start);
	const growth = 100 * (end.rssBytes / settled.rssBytes - 1);
	return [
		{
			what: `Sockets left at every ${EVERY.toLocaleString("en")} of ${COUNT.toLocaleString("en")} probes`,
			measured: inTurn(({ sockets }) => sockets),
			budget: atMost(
				most(({ sockets }) => sockets),
				0,
				"",
			),
		},
		{
			what: "Timers, sockets and requests of Node more than at the start",
			measured: inTurn((holding) => holding.resources - start.resources),
			budget: atMost(
				most(({ resources }) => resources),
				0,
				"",
			),
		},
		{
			what: "Open files more than at the start",
			measured: inTurn((holding) => holding.files - start.files),
			budget: atMost(
				most(({ files }) => files),
				0,
				"",
			),
		},
		{ what: "Memory on the way, servers included", measured: `${inTurn(({ rssBytes }) => megabytes(rssBytes))} MB` },
		{
			what: "Growth from the third step, when all reserves are full, to the last",
			measured: `${figure(growth)} %`,
			budget: atMost(growth, 5, "%"),
		},
	];
}
