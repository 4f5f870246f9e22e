import type { Check } from "./check.ts";
import { READING_GAP_MS } from "./manners.ts";
import type { CheckId, Service, ServiceId, Time } from "./model.ts";
import type { Random } from "./random.ts";

/** When a check is asked in quiet times: every `intervalMs`, `phase` (0 to 1) of an interval after the others began. */
export interface Slot {
	readonly intervalMs: number;
	readonly phase: number;
}

/**
 * Gives every check its slot. The probes of one owner are spread evenly over the interval, and the hosts of one feature as far
 * apart as can be, so that some host of Meta is asked every few seconds although none is asked often. Checks that share a
 * host share its allowance: their intervals grow with their number, but for checks of one and the same page. Each install starts at
 * a random phase.
 */
export function spread(
	checks: readonly Check[],
	services: ReadonlyMap<ServiceId, Service>,
	intervalMs: number,
	random: Random,
): Map<CheckId, Slot> {
	const pages = new Map(
		checks.flatMap((check) => (check.kind === "source" ? [[check.source.url, check] as const] : [])),
	);
	const readOnce = checks.filter((check) => check.kind !== "source" || pages.get(check.source.url) === check);
	const sharers = countBy(readOnce, (check) => check.host);
	const groups = Map.groupBy(readOnce, (check) =>
		check.kind === "control" ? "controls" : `${check.kind} ${services.get(check.service)?.owner.id ?? check.service}`,
	);
	const slots = new Map<CheckId, Slot>();
	for (const group of groups.values()) {
		const offset = random.next();
		for (const [index, check] of interleaved(group).entries()) {
			const phase = (offset + index / group.length) % 1;
			slots.set(check.id, { intervalMs: intervalFor(check, intervalMs, sharers.get(check.host) ?? 1), phase });
		}
	}
	return new Map([...slots, ...sharedSlots(checks, pages, slots)]);
}

/** Checks of one page share its slot: it is read once for all of them. */
function sharedSlots(
	checks: readonly Check[],
	pages: ReadonlyMap<string, Check>,
	slots: ReadonlyMap<CheckId, Slot>,
): [CheckId, Slot][] {
	return checks.flatMap((check): [CheckId, Slot][] => {
		const slot = check.kind === "source" ? slots.get(pages.get(check.source.url)?.id ?? check.id) : undefined;
		return slot ? [[check.id, slot]] : [];
	});
}

/** Controls are asked at once whenever anything fails; between times a quarter as often is enough. */
function intervalFor({ kind }: Check, intervalMs: Time, sharers: number): Time {
	if (kind === "reports") return Math.max(intervalMs, READING_GAP_MS * sharers);
	return intervalMs * sharers * (kind === "control" ? 4 : 1);
}

/** First every feature's first host, then every feature's second, and so on. */
function interleaved(group: readonly Check[]): Check[] {
	const turn = new Map<string, number>();
	return group
		.map((check) => {
			const feature = check.kind === "probe" ? `${check.service}/${check.feature}` : check.id;
			const nth = turn.get(feature) ?? 0;
			turn.set(feature, nth + 1);
			return { check, nth };
		})
		.sort((a, b) => a.nth - b.nth)
		.map(({ check }) => check);
}

function countBy<T>(items: readonly T[], key: (item: T) => string): Map<string, number> {
	const counts = new Map<string, number>();
	for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
	return counts;
}
