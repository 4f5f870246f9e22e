/** Response headers by lower-case name. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

const DAY_MS = 86_400_000;

/** The header's value, several joined as the standard has it; empty where there is none. */
export function headerOf(headers: Headers, name: string): string {
	const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
	return Array.isArray(value) ? value.join(", ") : (value ?? "");
}

/** What `Retry-After` asks for, in ms: seconds or a date, at most a day; a date that has passed asks for nothing. */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
	const value = headerOf(headers, "retry-after").trim();
	if (/^\d+$/.test(value)) return Math.min(Number(value) * 1000, DAY_MS);
	const date = /^[A-Z][a-z]{2,8},? /.test(value) ? Date.parse(value) : Number.NaN;
	return date > now ? Math.min(date - now, DAY_MS) : undefined;
}

/** How long the answer stays good by its `Cache-Control: max-age`, in ms, at most a day; absent where it may not be kept. */
export function maxAgeMs(headers: Headers): number | undefined {
	const value = headerOf(headers, "cache-control").toLowerCase();
	const seconds = /(?:^|[\s,])max-age="?(\d+)/.exec(value)?.[1];
	return seconds === undefined || /no-(store|cache)/.test(value) ? undefined : Math.min(Number(seconds) * 1000, DAY_MS);
}
