import type { Scenario } from "../../src/replay/scenario.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** After a disturbance or a start, the pace needs this long to be the usual one. */
const CALM_AFTER_MS = 20 * MINUTE;
/** Less quiet time than this says nothing about an hour. */
const QUIET_ENOUGH_MS = 2 * HOUR;
/** While an outage is being proved its own limit holds, that of a minute. */
const PROVED_AFTER_MS = 2 * MINUTE;

/** The host that is asked most, and how much that is. */
export interface Busiest {
	readonly host: string;
	readonly requests: number;
}

/** What the questions cost those who are asked. */
export interface Requests {
	/** An hour, on average over all quiet time; absent where there is too little of it. */
	readonly quiet?: Busiest;
	/** The most within any hour of an outage that is proved; absent where none lasts an hour. */
	readonly down?: Busiest;
	/** The most within any minute. */
	readonly minute: Busiest;
	/** An hour, on average over the whole scenario. */
	readonly mean: Busiest;
}

type Span = readonly [from: number, until: number];

/** Counts the requests to each host and keeps those to the busiest. `asked` has their moments, in order. */
export function countRequests(scenario: Scenario, asked: ReadonlyMap<string, readonly number[]>): Requests {
	const most = (count: (times: readonly number[]) => number) =>
		busiest([...asked].map(([host, times]) => ({ host, requests: count(times) })));
	const quiet = quietSpans(scenario);
	const quietMs = quiet.reduce((sum, [from, until]) => sum + until - from, 0);
	const down = scenario.truth
		.filter(({ services }) => services.length > 0)
		.map(({ from, until }): Span => [from + PROVED_AFTER_MS, until])
		.filter(([from, until]) => until - from >= HOUR);
	return {
		minute: most((times) => mostWithin(times, MINUTE)),
		mean: most((times) => (times.length * HOUR) / (scenario.until - scenario.from)),
		...(quietMs >= QUIET_ENOUGH_MS && { quiet: most((times) => (within(times, quiet) * HOUR) / quietMs) }),
		...(down.length > 0 && {
			down: busiest(down.map((span) => most((times) => mostWithin(inSpan(times, span), HOUR)))),
		}),
	};
}

/** Of several, the one that is asked most. */
export function busiest(all: readonly Busiest[]): Busiest {
	return all.reduce((most, each) => (each.requests > most.requests ? each : most), { host: "nobody", requests: 0 });
}

/** When nothing is happening in the scripted world, nor was a moment ago. */
function quietSpans({ from, until, world }: Scenario): Span[] {
	const upset: Span[] = world.map((rule) => {
		const end = "until" in rule ? rule.until : "device" in rule ? rule.from : until;
		return [rule.from ?? from, (end ?? until) + CALM_AFTER_MS];
	});
	const quiet: Span[] = [];
	let calmFrom = from + CALM_AFTER_MS;
	for (const [begin, end] of upset.sort(([a], [b]) => a - b)) {
		if (begin > calmFrom) quiet.push([calmFrom, Math.min(begin, until)]);
		calmFrom = Math.max(calmFrom, end);
	}
	return calmFrom < until ? [...quiet, [calmFrom, until]] : quiet;
}

function within(times: readonly number[], spans: readonly Span[]): number {
	return spans.reduce((sum, span) => sum + inSpan(times, span).length, 0);
}

function inSpan(times: readonly number[], [from, until]: Span): number[] {
	return times.filter((at) => at >= from && at < until);
}

function mostWithin(times: readonly number[], spanMs: number): number {
	let most = 0;
	let first = 0;
	for (const [last, at] of times.entries()) {
		while ((times[first] ?? at) <= at - spanMs) first += 1;
		most = Math.max(most, last - first + 1);
	}
	return most;
}
