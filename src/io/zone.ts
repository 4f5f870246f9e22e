import type { ZoneOffsetAt } from "../core/local-time.ts";

/**
 * How far the clocks of a zone are ahead of UTC. The computer's own zone costs nothing; a named one loads the system's tables of zones, some
 * megabytes, when it is first asked for. A name that the system does not know means the computer's own zone.
 */
export function createZoneOffset(): ZoneOffsetAt {
	const formats = new Map<string, Intl.DateTimeFormat | undefined>();
	return (at, zone) => {
		if (zone === undefined) return ownOffset(at);
		if (!formats.has(zone)) formats.set(zone, formatFor(zone));
		const format = formats.get(zone);
		return format ? offsetIn(format, at) : ownOffset(at);
	};
}

/** Whether the system knows a zone by that name. */
export function isZone(name: string): boolean {
	return formatFor(name) !== undefined;
}

function ownOffset(at: number): number {
	return 0 - new Date(at).getTimezoneOffset();
}

function formatFor(timeZone: string): Intl.DateTimeFormat | undefined {
	try {
		return new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
	} catch {
		return undefined;
	}
}

/** The formatter writes `GMT`, `GMT+02:00` or `GMT-03:30`. */
function offsetIn(format: Intl.DateTimeFormat, at: number): number {
	const name = format.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "";
	const [, sign, hours, minutes] = /^GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
	return (sign === "-" ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}
