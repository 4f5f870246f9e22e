import { choose } from "../../src/cli/choose.ts";
import type { OfficialPage } from "../../src/core/official.ts";
import { DEFAULT_SETTINGS } from "../../src/core/settings.ts";
import { loadCatalogue } from "../../src/io/catalogue-files.ts";
import { figure } from "./figures.ts";
import { atMost, type Line } from "./line.ts";
import { restedProbeMs } from "./rested-probe.ts";
import { DAY, HOUR, simulate } from "./simulation.ts";

const ALL_WELL: OfficialPage = {
	format: "statuspage",
	page: { name: "A page on which all is well" },
	level: "operational",
	components: [],
	incidents: [],
	maintenances: [],
	unknownWords: [],
};

/** What the shipped catalogue and the usual settings ask of the world on a day on which all is well, and what that costs. */
export async function measureTraffic(): Promise<Line[]> {
	const watched = choose(loadCatalogue(), DEFAULT_SETTINGS, []);
	const world = simulate(watched, { source: () => ({ kind: "read", page: ALL_WELL, fresh: false }) });
	const engine = process.cpuUsage();
	await world.runUntil(DAY);
	const { user, system } = process.cpuUsage(engine);
	const hosts = [...world.asked.values()];
	const requests = hosts.reduce((sum, times) => sum + times.length, 0);
	const busiest = Math.max(...hosts.map(busiestHour));
	const eachMs = await restedProbeMs();
	const engineMs = (user + system) / 1000;
	const share = (100 * (requests * eachMs + engineMs)) / DAY;
	return [
		{
			what: "Requests to one host in its busiest hour of a quiet day",
			measured: figure(busiest),
			budget: atMost(busiest, 14, "an hour"),
		},
		{
			what: `Requests on a quiet day, ${watched.services.length} usual services`,
			measured: `${figure(requests)} to ${hosts.length} hosts, ${figure(requests / hosts.length / 24)} an hour each`,
		},
		{
			what: "CPU of that day, were every request HTTPS",
			measured: `${figure(share)} % of one core: ${figure(eachMs)} ms a request, ${figure(engineMs)} ms for the rest`,
			budget: atMost(share, 0.2, "%"),
		},
	];
}

/** The most requests within any sixty minutes. */
function busiestHour(times: readonly number[]): number {
	let first = 0;
	let most = 0;
	for (const [index, time] of times.entries()) {
		while (time - (times[first] ?? time) >= HOUR) first += 1;
		most = Math.max(most, index - first + 1);
	}
	return most;
}
