import type { Time } from "../core/model.ts";
import type { Moment } from "../words/outage.ts";

const DAY_MS = 24 * 3_600_000;

const HOUR = { timeStyle: "short" } as const;
const DAY = { weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit" } as const;

/** Says moments as the region does: with their day where they are a day away or more. */
export function clockOf(locale: string): (at: Time, now: Time) => Moment {
	// made when first asked for: each takes many milliseconds
	const formats = new Map<boolean, Intl.DateTimeFormat>();
	return (at, now) => {
		const withDay = Math.abs(now - at) >= DAY_MS;
		const format = formats.get(withDay) ?? new Intl.DateTimeFormat(locale, withDay ? DAY : HOUR);
		formats.set(withDay, format);
		return { text: format.format(at), withDay };
	};
}

/** The system's region where it speaks the language, such as `en-GB` for `en`; else the language alone. */
export function localeOf(language: string, system: readonly string[]): string {
	return system.find((tag) => tag.split("-", 1)[0] === language) ?? language;
}
