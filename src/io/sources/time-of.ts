import type { Time } from "../../core/model.ts";

const LONGEST = 80;
const ZONE = /(?:\dZ|[+-]\d{2}:?\d{2}|\)|\s(?!AM$|PM$)[A-Z]{1,5})$/i;

/**
 * A vendor's timestamp in ms: ISO with any offset, RFC 822 with numeric or American zones, `Date` as JavaScript prints it.
 * Without a zone it is UTC. Absent where there is none or it cannot be read (zones such as CET mean several things).
 */
export function timeOf(text: string | null | undefined): Time | undefined {
	const trimmed = text?.trim() ?? "";
	if (trimmed.length > LONGEST || !/\d{4}/.test(trimmed)) return undefined;
	const zoned = ZONE.test(trimmed) ? trimmed : `${trimmed.replace(/^(\d{4}-\d{2}-\d{2})T/, "$1 ")} UTC`;
	const time = Date.parse(zoned);
	return Number.isNaN(time) ? undefined : time;
}
