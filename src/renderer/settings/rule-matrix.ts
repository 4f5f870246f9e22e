import type { ServiceId } from "../../core/model.ts";
import type { NotificationRule } from "../../core/notice-rules.ts";

const TROUBLES = ["major_outage", "partial_outage", "degraded"] as const;
/** What people can hear of, the gravest first, and last that it works again. */
export const COLUMNS = [...TROUBLES, "end"] as const;
type Column = (typeof COLUMNS)[number];

/** One switch: of a service, or of the connection, which is only ever lost (`major_outage`) or back (`end`). */
export interface Cell {
	readonly service?: ServiceId;
	readonly column: Column;
}

/** A rule that names more than services and levels: no switch shows it. */
export function isFiner({ features, causes, alone }: NotificationRule): boolean {
	return features !== undefined || causes !== undefined || alone !== undefined;
}

/** Whether people hear of it, as far as switches show. Without a rule they hear of all but a single feature that is slow. */
export function isOn(rules: readonly NotificationRule[], cell: Cell): boolean {
	return rules.findLast((rule) => !isFiner(rule) && speaksOf(rule, cell))?.notify ?? cell.column !== "degraded";
}

/** The rules with one switch turned, and every other as it was. Finer rules stay, and go on deciding after what stood before them. */
export function turned(rules: readonly NotificationRule[], cell: Cell, on: boolean): NotificationRule[] {
	const others = rules.flatMap((rule) => (isFiner(rule) ? [rule] : without(rule, cell)));
	if (isOn(others, cell) === on) return joined(others);
	const general = others.findLastIndex((rule) => !isFiner(rule) && speaksOf(rule, cell));
	const finer = others.findIndex(isFiner);
	const place = general >= 0 ? general + 1 : finer >= 0 ? finer : others.length;
	return joined(others.toSpliced(place, 0, ruleFor(cell, on)));
}

function speaksOf({ services, levels, connection, end }: NotificationRule, { service, column }: Cell): boolean {
	if ((end === true) !== (column === "end")) return false;
	if (service === undefined) return connection === true || (!services && !levels);
	const hasLevel = column === "end" || !levels || levels.includes(column);
	return !connection && hasLevel && (!services || services.includes(service));
}

function ruleFor({ service, column }: Cell, notify: boolean): NotificationRule {
	const whom = service === undefined ? { connection: true as const } : { services: [service] };
	if (column === "end") return { ...whom, end: true, notify };
	return service === undefined ? { ...whom, notify } : { ...whom, levels: [column], notify };
}

/** What is left of a rule without what it says of this very cell; one that names no services stays whole. */
function without(rule: NotificationRule, cell: Cell): NotificationRule[] {
	const { service, column } = cell;
	if (!speaksOf(rule, cell)) return [rule];
	if (service === undefined) return rule.connection ? [] : [rule];
	if (!rule.services) return [rule];
	const services = rule.services.filter((each) => each !== service);
	const levels = column === "end" ? [] : (rule.levels ?? TROUBLES).filter((each) => each !== column);
	return [
		...(services.length > 0 ? [{ ...rule, services }] : []),
		...(levels.length > 0 ? [{ ...rule, services: [service], levels }] : []),
	];
}

/** Neighbours that differ in nothing but services, or in nothing but levels, as one. */
function joined(rules: readonly NotificationRule[]): NotificationRule[] {
	const done: NotificationRule[] = [];
	for (const rule of rules) {
		const last = done.at(-1);
		const one = last && asOne(last, rule);
		if (one) done[done.length - 1] = one;
		else done.push(rule);
	}
	return done;
}

function asOne(a: NotificationRule, b: NotificationRule): NotificationRule | undefined {
	if (isFiner(a) || isFiner(b) || a.notify !== b.notify || a.end !== b.end || a.connection !== b.connection)
		return undefined;
	if (!a.services || !b.services) return undefined;
	if (same(a.levels, b.levels)) return { ...a, services: union(a.services, b.services) };
	if (!a.levels || !b.levels || !same(a.services, b.services)) return undefined;
	return { ...a, levels: union(a.levels, b.levels) };
}

function same(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
	return JSON.stringify(a?.toSorted()) === JSON.stringify(b?.toSorted());
}

function union<T>(a: readonly T[], b: readonly T[]): T[] {
	return [...new Set([...a, ...b])];
}
