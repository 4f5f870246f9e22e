import type { AppSettings } from "../../ipc/settings.ts";
import type { Words } from "../../words/words.ts";

/** Every setting, so that a name that comes as text can be told from other words. */
const KEYS = {
	services: true,
	own: true,
	intervalMinutes: true,
	notify: true,
	notifications: true,
	sound: true,
	language: true,
	theme: true,
	windowMode: true,
	density: true,
	askLess: true,
	startAtLogin: true,
	shortcut: true,
	updates: true,
	proxy: true,
	dnsServers: true,
	certificates: true,
	history: true,
} satisfies Record<keyof AppSettings, true>;

/** Why a change was refused, with the setting called by its name: what comes begins with its key. */
export function problemText(problem: string, { t }: Words): string {
	const [, key = "", why = ""] = /^(\w+): (.*)$/s.exec(problem) ?? [];
	return isKey(key) ? `${t(`settings.managed.names.${key}`)}: ${why}` : problem;
}

function isKey(key: string): key is keyof AppSettings {
	return Object.hasOwn(KEYS, key);
}
