import { startChild } from "./child.ts";
import type { Live, Lived } from "./children/quiet-year.ts";
import { figure, megabytes } from "./figures.ts";
import { atMost, type Line } from "./line.ts";

const MONTHS = 12;
const MINUTE = 60_000;

/** A year in which nothing happens to any service: the month of `quiet-month` twelve times, its sleeps, portals and slow evenings too. */
export async function measureYear(): Promise<Line[]> {
	const child = await startChild<Live, Lived>(
		new URL("./children/quiet-year.ts", import.meta.url).pathname,
		["--expose-gc"],
		{ MALLOC_ARENA_MAX: "1" },
	);
	try {
		const { alarms, aboutConnection, resident, tookMs } = await child.ask({ months: MONTHS });
		const [, second = 0] = resident;
		const last = resident.at(-1) ?? 0;
		const growth = 100 * (last / second - 1);
		return [
			{ what: "A quiet year: alarms about services", measured: `${alarms}`, budget: atMost(alarms, 0, "") },
			{ what: "A quiet year: notices about the connection", measured: `${aboutConnection}` },
			{
				what: "A quiet year, processor time",
				measured: `${figure(tookMs / MINUTE)} min`,
				budget: atMost(tookMs / MINUTE, 5, "min"),
			},
			{
				what: "Memory from its second month to its last",
				measured: `${figure(megabytes(second))} to ${figure(megabytes(last))} MB, ${figure(growth)} %`,
				budget: atMost(growth, 5, "%"),
			},
		];
	} finally {
		await child.end();
	}
}
