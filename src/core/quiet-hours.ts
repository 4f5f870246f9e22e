import type { Problem } from "./level.ts";
import { DAY_MS, momentsOf, wallTime, type ZoneOffsetAt } from "./local-time.ts";
import type { Time } from "./model.ts";

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
type Weekday = (typeof WEEKDAYS)[number];

/** When nothing is to be shown. */
export interface QuietHours {
	readonly windows: readonly QuietWindow[];
	/** An IANA name such as `Europe/Rome`; the computer's own zone where absent. */
	readonly zone?: string;
	/** Trouble at this level or worse is told even then; none where absent. */
	readonly through?: Problem;
}

/** From one time of day to another, `HH:MM`, on each of the days on which it begins; to the next day where `to` is not later. */
export interface QuietWindow {
	readonly days: readonly Weekday[];
	readonly from: string;
	readonly to: string;
}

/** Whether it is quiet, and until when that answer is good. */
export interface QuietSpell {
	readonly quiet: boolean;
	readonly until: Time;
}

/** No answer yet, or none that is good any more. */
export const NOT_ASKED: QuietSpell = { quiet: false, until: Number.NEGATIVE_INFINITY };

/** The computer may be carried into another zone: no answer is good for longer. */
const GOOD_FOR_MS = 15 * 60_000;
const MINUTE = 60_000;

/**
 * Whether it is quiet at a moment. Where the clocks skip an hour, what would begin or end in it does so at the skip; where an hour comes
 * twice, a window begins in the first and ends in the second.
 */
export function quietAt(hours: QuietHours | undefined, at: Time, zoneOffsetAt: ZoneOffsetAt): QuietSpell {
	if (!hours || hours.windows.length === 0) return { quiet: false, until: Number.POSITIVE_INFINITY };
	const offsetAt = (moment: Time) => zoneOffsetAt(moment, hours.zone);
	const today = Math.floor(wallTime(at, offsetAt) / DAY_MS);
	const spans = hours.windows.flatMap((each) =>
		[today - 1, today, today + 1]
			.filter((day) => each.days.includes(weekdayOf(day)))
			.map((day) => spanOf(each, day, offsetAt)),
	);
	const changes = spans.flat().filter((moment) => moment > at);
	return {
		quiet: spans.some(([from, until]) => from <= at && at < until),
		until: Math.min(at + GOOD_FOR_MS, ...changes),
	};
}

function spanOf({ from, to }: QuietWindow, day: number, offsetAt: (at: Time) => number): [Time, Time] {
	const [begin, end] = [msOf(from), msOf(to)];
	const lastDay = end > begin ? day : day + 1;
	return [momentsOf(day * DAY_MS + begin, offsetAt).first, momentsOf(lastDay * DAY_MS + end, offsetAt).last];
}

/** Days are counted from 1970-01-01, a Thursday. */
function weekdayOf(day: number): Weekday {
	return WEEKDAYS[(((day + 3) % 7) + 7) % 7] as Weekday;
}

/** `HH:MM` as ms after midnight. */
function msOf(time: string): number {
	return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * MINUTE;
}
