import { figure, median } from "./figures.ts";
import { atMost, type Line } from "./line.ts";
import { DAY, simulate, twelve, USUAL_DAY } from "./simulation.ts";

const RUNS = 7;

/** How long the engine takes for a day that needs no waiting. */
export async function measureReplay(): Promise<Line[]> {
	const days = [];
	for (let run = 0; run < RUNS; run++) days.push(await playDay());
	const wallMs = median(days.map((day) => day.wallMs));
	const events = median(days.map((day) => day.events));
	return [
		{
			what: "Replay of a day of 12 services",
			measured: `${figure(wallMs)} ms, the first time ${figure(days[0]?.wallMs ?? Number.NaN)} ms`,
			budget: atMost(wallMs, 1000, "ms"),
		},
		{
			what: "Events of that day, and in a second",
			measured: `${figure(events)}, ${figure((1000 * events) / wallMs)} a second`,
		},
	];
}

async function playDay(): Promise<{ wallMs: number; events: number }> {
	const before = performance.now();
	const world = simulate(twelve(), USUAL_DAY);
	await world.runUntil(DAY);
	const wallMs = performance.now() - before;
	const answers = [...world.asked.values()].reduce((sum, times) => sum + times.length, 0);
	return { wallMs, events: answers + world.turns() };
}
