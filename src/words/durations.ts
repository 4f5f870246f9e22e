import type { Time } from "../core/model.ts";
import { list } from "./lists.ts";
import type { Words } from "./words.ts";

type Unit = "seconds" | "minutes" | "hours" | "days";
type Part = readonly [unit: Unit, count: number];

/** Short, for lines that are looked at: `40 s`, `3 min`, `2 h 5 min`, `4 d`. */
export function shortDuration(ms: Time, words: Words): string {
	return partsOf(ms)
		.map(([unit, n]) => words.t(`short.${unit}`, { n }))
		.join(" ");
}

/** As it is said: `40 seconds`, `1 minute`, `2 hours and 5 minutes`, `4 days`. */
export function duration(ms: Time, words: Words): string {
	return list(
		partsOf(ms).map(([unit, count]) => words.t(`long.${unit}`, { count })),
		words,
	);
}

function partsOf(ms: Time): readonly Part[] {
	const seconds = Math.max(0, Math.round(ms / 1000));
	if (seconds < 60) return [["seconds", seconds]];
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return [["minutes", minutes]];
	const hours = Math.floor(minutes / 60);
	if (hours >= 48) return [["days", Math.floor(hours / 24)]];
	const whole: Part = ["hours", hours];
	return minutes % 60 === 0 ? [whole] : [whole, ["minutes", minutes % 60]];
}
