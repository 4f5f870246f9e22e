import type { Time } from "../core/model.ts";
import type { Span } from "../ipc/answers.ts";

const HALF_HOUR_MS = 30 * 60_000;
const HOURS = 3;
const HALF_HOURS_A_DAY = 48;
const BLOCKS_A_WEEK = 56;
const DAYS: Readonly<Record<"month" | "quarter", number>> = { month: 30, quarter: 90 };

/**
 * Where the steps of a span begin, oldest first, and at last where the one ends that goes on now: 48 half hours, 56 blocks of three
 * hours, 30 or 90 days. By local time, so that a day is a day, be it of 23 hours.
 */
export function edgesOf(span: Span, now: Time): readonly Time[] {
	const at = new Date(now);
	const [year, month, day] = [at.getFullYear(), at.getMonth(), at.getDate()];
	if (span === "day") {
		const begun = at.setMinutes(at.getMinutes() < 30 ? 0 : 30, 0, 0);
		return series(HALF_HOURS_A_DAY, (back) => begun - back * HALF_HOUR_MS);
	}
	if (span === "week") {
		const hour = Math.floor(at.getHours() / HOURS) * HOURS;
		return series(BLOCKS_A_WEEK, (back) => new Date(year, month, day, hour - back * HOURS).getTime());
	}
	return series(DAYS[span], (back) => new Date(year, month, day - back).getTime());
}

/** So many steps, the present one among them, by how far back each begins. */
function series(count: number, beginning: (back: number) => Time): Time[] {
	return Array.from({ length: count + 1 }, (_, index) => beginning(count - 1 - index));
}
