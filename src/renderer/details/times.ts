import type { Time } from "../../core/model.ts";
import type { Span } from "../../ipc/answers.ts";

const STYLES = {
	/** A moment that may be any day's. */
	moment: { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" },
	hour: { hour: "numeric", minute: "2-digit" },
	second: { hour: "numeric", minute: "2-digit", second: "2-digit" },
	day: { day: "numeric", month: "short" },
	weekday: { weekday: "short", day: "numeric" },
	whole: { dateStyle: "long", timeStyle: "short" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

type Style = keyof typeof STYLES;

// made when first asked for: each takes many milliseconds
const formats = new Map<string, Intl.DateTimeFormat>();

/** A time as the region writes it, in this computer's zone. */
export function written(at: Time, style: Style, locale: string): string {
	const key = `${locale} ${style}`;
	const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, STYLES[style]);
	formats.set(key, format);
	return format.format(at);
}

/** A stretch of time as short as the span allows: `14:00 – 14:30`, or `3 Mar`. */
export function stretchWritten(from: Time, until: Time, span: Span, locale: string): string {
	if (span === "month" || span === "quarter") return written(from, "day", locale);
	const start = span === "week" ? `${written(from, "weekday", locale)} ` : "";
	return `${start}${written(from, "hour", locale)} – ${written(until, "hour", locale)}`;
}

/** A share as per cent, never rounded up to all of it. */
export function shareWritten(share: number, locale: string): string {
	const floored = share < 1 ? Math.floor(share * 10_000) / 10_000 : share;
	return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 }).format(floored);
}
