import type { MenuItemConstructorOptions } from "electron";
import { plainLine } from "../core/failure.ts";
import { openFeatures } from "../core/incidents.ts";
import { compareLevels } from "../core/level.ts";
import type { Time } from "../core/model.ts";
import type { ServiceView, Snapshot } from "../core/snapshot.ts";
import type { Wish } from "../core/wishes.ts";
import type { About, WindowName } from "../ipc/contract.ts";
import { headline } from "../words/headline.ts";
import { SHAPES } from "../words/shapes.ts";
import { whatFails } from "../words/trouble.ts";
import type { Words } from "../words/words.ts";

/** What the menu can do. */
export interface TrayActs {
	show(): void;
	open(window: WindowName, about?: About): void;
	checkNow(): void;
	wish(wish: Wish): void;
	quit(): void;
	/** Asked when something is clicked: a menu may be old by then. */
	now(): Time;
}

const LABEL_LIMIT = 90;
const MOST_INCIDENTS = 5;
const MOST_SERVICES = 20;
const HOUR_MS = 3_600_000;

/** The whole menu, from one Snapshot: the sentence, what is open, each service, and what can be done. */
export function trayMenu(snapshot: Snapshot, words: Words, acts: TrayActs): MenuItemConstructorOptions[] {
	return [
		{ label: label(headline(snapshot, words)), enabled: false },
		{ label: words.t("tray.show"), click: () => acts.show() },
		...section(incidentItems(snapshot, words, acts)),
		...section(serviceItems(snapshot, words, acts)),
		{ type: "separator" },
		{ label: words.t("tray.checkNow"), click: () => acts.checkNow() },
		{ label: words.t("tray.isItMe"), click: () => acts.open("diagnosis") },
		muteItem(snapshot, words, acts),
		{ type: "separator" },
		{ label: words.t("tray.settings"), click: () => acts.open("settings") },
		{ label: words.t("tray.quit"), click: () => acts.quit() },
	];
}

function incidentItems(snapshot: Snapshot, words: Words, acts: TrayActs): MenuItemConstructorOptions[] {
	return snapshot.incidents
		.filter(({ closedAt }) => closedAt === undefined)
		.slice(0, MOST_INCIDENTS)
		.map((incident) => ({
			label: label(whatFails(openFeatures(incident), words, snapshot.names)),
			click: () => acts.open("details", { incident: incident.id }),
		}));
}

/** The worst first, otherwise in the order that people chose. */
function serviceItems({ services }: Snapshot, words: Words, acts: TrayActs): MenuItemConstructorOptions[] {
	const byLevel = [...services].sort((a, b) => compareLevels(b.level, a.level));
	return byLevel.slice(0, MOST_SERVICES).map((service) => ({
		label: label(serviceLine(service, words)),
		click: () => acts.open("details", { service: service.id }),
	}));
}

function serviceLine({ name, level, muted }: ServiceView, words: Words): string {
	const line = words.t("tray.service", { service: name, level: words.t(`level.${level}`) });
	return `${SHAPES[level]} ${muted ? words.t("tray.muted", { line }) : line}`;
}

function muteItem({ muted }: Snapshot, words: Words, acts: TrayActs): MenuItemConstructorOptions {
	if (muted) return { label: words.t("tray.unmute"), click: () => acts.wish({ kind: "unmuted" }) };
	const forMs = (ms: Time) => () => acts.wish({ kind: "muted", until: acts.now() + ms });
	return {
		label: words.t("tray.mute"),
		submenu: [
			{ label: words.t("tray.anHour"), click: forMs(HOUR_MS) },
			{ label: words.t("tray.fourHours"), click: forMs(4 * HOUR_MS) },
			{ label: words.t("tray.tomorrow"), click: () => acts.wish({ kind: "muted", until: "tomorrow" }) },
		],
	};
}

function section(items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
	return items.length > 0 ? [{ type: "separator" }, ...items] : [];
}

/** One plain line; an ampersand would be taken for the mark of a key. */
function label(text: string): string {
	return plainLine(text, LABEL_LIMIT).replaceAll("&", "&&");
}
