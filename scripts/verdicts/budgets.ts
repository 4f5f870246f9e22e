import { figure, median } from "../bench/figures.ts";
import { atMost, type Line } from "../bench/line.ts";
import { type Busiest, busiest, type Requests } from "./requests.ts";
import type { Played } from "./tables.ts";

const DELAY_S = 75;
const WORST_DELAY_S = 240;
const QUIET_AN_HOUR = 14;
const IN_ANY_MINUTE = 4;
const DOWN_AN_HOUR = 30;
const DAY_MS = 1000;

/** Every budget that scripted worlds can measure, with its verdict. */
export function budgetLines(all: readonly Played[]): Line[] {
	const runs = all.flatMap(({ outcomes }) => outcomes);
	const ours = runs.map((run) => run.ours);
	const truths = ours.flatMap((run) => run.truths).filter(({ seenBy }) => seenBy === "probe");
	const delays = truths.flatMap(({ delayMs }) => (delayMs === undefined ? [] : [delayMs / 1000]));
	const late = delays.filter((delay) => delay > WORST_DELAY_S).length;
	const missed = truths.length - delays.length;
	const inQuiet = falseAlarmsIn(all.filter(({ quiet }) => quiet));
	const talkative = runs.filter((run) => run.ours.notices > run.justified).length;
	return [
		line("delay of outages that probes see, in the middle", median(delays), "s", DELAY_S),
		line("the same at worst", Math.max(...delays), "s", WORST_DELAY_S),
		{ what: "of them later than that", measured: `${late} of ${delays.length}` },
		{ what: "of them missed", measured: `${missed} of ${truths.length}`, budget: atMost(missed, 0, "") },
		{ what: "false alarms where all is well", measured: String(inQuiet), budget: atMost(inQuiet, 0, "") },
		{ what: "false alarms beside true outages", measured: String(falseAlarmsIn(all) - inQuiet) },
		{
			what: "runs with more notices than changes",
			measured: `${talkative} of ${runs.length}`,
			budget: atMost(talkative, 0, ""),
		},
		toBusiest("requests an hour to the busiest host, quiet", all, QUIET_AN_HOUR, ({ quiet }) => quiet),
		toBusiest("requests to it in any minute", all, IN_ANY_MINUTE, ({ minute }) => minute),
		toBusiest("requests to it in any hour of an outage", all, DOWN_AN_HOUR, ({ down }) => down),
		line("a day of 12 services, processor time", median(runs.flatMap(({ dayMs }) => dayMs ?? [])), "ms", DAY_MS),
	].filter(({ measured }) => measured !== NOTHING);
}

const NOTHING = "nothing";

/** What no run of this selection could measure has no verdict; what has no limit is only told. */
function line(what: string, value: number, unit = "", limit = Number.NaN): Line {
	if (!Number.isFinite(value)) return { what, measured: NOTHING };
	const measured = `${figure(value)} ${unit}`.trim();
	return { what, measured, ...(Number.isFinite(limit) && { budget: atMost(value, limit, unit) }) };
}

function toBusiest(
	what: string,
	all: readonly Played[],
	limit: number,
	pick: (requests: Requests) => Busiest | undefined,
): Line {
	const found = all.flatMap(({ name, outcomes }) =>
		outcomes.flatMap(({ ours }): Busiest[] => {
			const picked = pick(ours.requests);
			return picked ? [{ ...picked, host: `${picked.host} in ${name}` }] : [];
		}),
	);
	if (found.length === 0) return { what, measured: NOTHING };
	const { host, requests } = busiest(found);
	return { what, measured: `${figure(requests)}, ${host}`, budget: atMost(requests, limit, "") };
}

function falseAlarmsIn(all: readonly Played[]): number {
	return all.flatMap(({ outcomes }) => outcomes).reduce((sum, { ours }) => sum + ours.falseAlarms.length, 0);
}
