import type { Level } from "../../core/level.ts";
import type { Time } from "../../core/model.ts";
import type { OfficialComponent, OfficialIncident, OfficialMaintenance, OfficialPage } from "../../core/official.ts";
import { FORGOTTEN_AFTER_MS, isForgotten, together } from "../../core/official-levels.ts";
import { idOf, titleOf, webUrl, wordOf } from "./plain-text.ts";
import { timeOf } from "./time-of.ts";
import type { UnknownWords } from "./vocabulary.ts";

/** A moment as vendors write it, or in ms since 1970. */
type When = string | number | null | undefined;

interface RawPost {
	readonly id: string;
	readonly title: string;
	/** The vendor's word; empty where there is none. */
	readonly state: string;
	/** Ids of the components it names, once each. */
	readonly names?: Iterable<string>;
}

export interface RawIncident extends RawPost {
	readonly level: Level;
	readonly open: boolean;
	readonly started?: When;
	readonly updated?: When;
}

export interface RawMaintenance extends RawPost {
	/** Whether it is going on, by the vendor's word; absent where only its window can tell. */
	readonly underWay?: boolean | undefined;
	readonly from?: When;
	readonly until?: When;
}

interface RawPage {
	readonly format: string;
	readonly name: string;
	readonly url?: string | null | undefined;
	readonly components?: readonly OfficialComponent[];
	readonly unlisted?: Level;
	readonly incidents?: readonly OfficialIncident[];
	readonly maintenances?: readonly OfficialMaintenance[];
	readonly unknown: UnknownWords;
}

/** A component with its texts made plain. */
export function componentOf(id: string, name: string, level: Level, group?: string | null): OfficialComponent {
	const groupName = titleOf(group ?? "");
	return { id: idOf(id), name: titleOf(name), ...(groupName && { group: groupName }), level };
}

/** An incident with its texts made plain and its times read. */
export function incidentOf(raw: RawIncident): OfficialIncident {
	const startedAt = momentOf(raw.started);
	const updatedAt = momentOf(raw.updated);
	return {
		...postOf(raw),
		level: raw.level,
		open: raw.open,
		...(startedAt !== undefined && { startedAt }),
		...(updatedAt !== undefined && { updatedAt }),
	};
}

/**
 * A maintenance likewise. One whose window is still to come is not going on, whatever the vendor calls it, nor is one that
 * should have ended weeks ago.
 */
export function maintenanceOf(raw: RawMaintenance, now: Time): OfficialMaintenance {
	const from = momentOf(raw.from);
	const until = momentOf(raw.until);
	const outside = (from !== undefined && now < from) || (until !== undefined && now - until > FORGOTTEN_AFTER_MS);
	const within = from !== undefined && until !== undefined && now < until;
	return {
		...postOf(raw),
		active: !outside && (raw.underWay ?? within),
		...(from !== undefined && { from }),
		...(until !== undefined && { until }),
	};
}

/** A page with a word of its own on the whole. */
export function pageOf(raw: RawPage & { readonly level: Level }): OfficialPage {
	const { format, level, unlisted, unknown, components = [], incidents = [], maintenances = [] } = raw;
	const url = webUrl(raw.url);
	return {
		format,
		page: { name: titleOf(raw.name), ...(url && { url }) },
		level,
		components,
		...(unlisted && { unlisted }),
		incidents,
		maintenances,
		unknownWords: [...unknown],
	};
}

/**
 * A page without such a word: its level is the worst of its components, its current incidents and the work going on, and never
 * operational while a part of it is unknown. `silence` is what it says by listing nothing.
 */
export function summedPageOf(raw: RawPage, silence: Level, now: Time): OfficialPage {
	const { components = [], incidents = [], maintenances = [] } = raw;
	const levels = [
		...components.map(({ level }) => level),
		...incidents.filter((incident) => incident.open && !isForgotten(incident, now)).map(({ level }) => level),
		...maintenances.filter(({ active }) => active).map((): Level => "maintenance"),
	];
	return { ...pageOf({ ...raw, level: levels.length === 0 ? silence : together(levels) }), summed: true };
}

/** The same page where the vendor says that it shows only a part, or contradicts itself: no longer a word that all is well. */
export function inDoubt(page: OfficialPage): OfficialPage {
	return page.level === "operational" ? { ...page, level: "unknown" } : page;
}

function postOf({ id, title, state, names = [] }: RawPost) {
	const components = [...new Set(names)].map(idOf);
	return { id: idOf(id), title: titleOf(title), state: wordOf(state), components };
}

/** Beyond this a number is no moment that `Date` can show. */
const LAST_MOMENT = 8.64e15;

function momentOf(when: When): Time | undefined {
	if (typeof when !== "number") return timeOf(when);
	return Math.abs(when) <= LAST_MOMENT ? when : undefined;
}
