import type { Time } from "./model.ts";

/** Minutes that the clocks of a zone are ahead of UTC at that moment; of the computer's own zone where none is named. */
export type ZoneOffsetAt = (at: Time, zone?: string) => number;

const MINUTE = 60_000;
export const DAY_MS = 24 * 60 * MINUTE;

/** What the clocks on the wall show, as ms since 1970 as if they showed UTC. */
export function wallTime(at: Time, offsetAt: (at: Time) => number): number {
	return at + offsetAt(at) * MINUTE;
}

/**
 * The first and the last moment at which the clocks on the wall show `wall`: they differ in the hour that comes twice, and in the hour
 * that is skipped both are the moment of the skip.
 */
export function momentsOf(wall: number, offsetAt: (at: Time) => number): { first: Time; last: Time } {
	// a day before and a day after lie on either side of any change, however far the zone is from UTC
	const guesses = [offsetAt(wall - DAY_MS), offsetAt(wall + DAY_MS)].map((offset) => wall - offset * MINUTE);
	const real = guesses.filter((at) => wallTime(at, offsetAt) === wall);
	if (real.length > 0) return { first: Math.min(...real), last: Math.max(...real) };
	const skip = changeBetween(Math.min(...guesses), Math.max(...guesses), offsetAt);
	return { first: skip, last: skip };
}

/** The first moment at which the clocks are as they are at `after`. */
function changeBetween(before: Time, after: Time, offsetAt: (at: Time) => number): Time {
	const wanted = offsetAt(after);
	let [low, high] = [before, after];
	while (high - low > 1) {
		const middle = Math.floor((low + high) / 2);
		if (offsetAt(middle) === wanted) high = middle;
		else low = middle;
	}
	return high;
}

/** Eight in the morning, by the computer's clock: the next one that is more than four hours away. */
export function tomorrowMorning(now: Time, zoneOffsetAt: ZoneOffsetAt): Time {
	const offsetAt = (at: Time) => zoneOffsetAt(at);
	const today = Math.floor(wallTime(now, offsetAt) / DAY_MS);
	const mornings = [0, 1, 2].map((day) => momentsOf((today + day) * DAY_MS + 8 * 60 * MINUTE, offsetAt).first);
	return mornings.find((morning) => morning - now > 4 * 60 * MINUTE) ?? now + DAY_MS;
}
