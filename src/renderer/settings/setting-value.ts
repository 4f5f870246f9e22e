import type { AppSettings } from "../../ipc/settings.ts";
import type { Words } from "../../words/words.ts";
import { bytesText } from "./amounts.ts";

type Key = keyof AppSettings;

/** The value of a setting, said in short. */
export function valueText(key: Key, settings: AppSettings, words: Words): string {
	const { t } = words;
	switch (key) {
		case "services":
		case "own":
		case "dnsServers":
		case "certificates":
			return t("settings.managed.items", { count: settings[key].length });
		case "notifications":
			return t("settings.managed.items", { count: settings.notifications.rules.length });
		case "notify":
		case "startAtLogin":
		case "updates":
			return t(settings[key] ? "settings.managed.on" : "settings.managed.off");
		case "intervalMinutes":
			return t("settings.network.interval.minutes", { count: settings.intervalMinutes });
		case "history":
			return historyText(settings.history, words);
		case "language":
			return languageName(settings.language, words);
		case "shortcut":
			return settings.shortcut || t("settings.general.shortcut.none");
		case "proxy":
			return typeof settings.proxy === "string" ? t(`settings.network.proxy.${settings.proxy}`) : settings.proxy.url;
		default:
			return choiceText(key, settings, words);
	}
}

function choiceText(
	key: "sound" | "theme" | "windowMode" | "density" | "askLess",
	settings: AppSettings,
	{ t }: Words,
): string {
	switch (key) {
		case "sound":
			return t(`settings.notifications.sound.${settings.sound}`);
		case "theme":
			return settings.theme === "system" ? t("settings.general.system") : t(`settings.general.theme.${settings.theme}`);
		case "windowMode":
			return t(`settings.general.window.${settings.windowMode}`);
		case "density":
			return t(`settings.general.density.${settings.density}`);
		case "askLess":
			return t(`settings.network.askLess.${settings.askLess}`);
	}
}

function historyText({ keep, megabytes, days }: AppSettings["history"], words: Words): string {
	if (!keep) return words.t("settings.managed.off");
	return `${bytesText(megabytes * 1024 * 1024, words)}, ${words.t("settings.data.daysOf", { count: days })}`;
}

/** A language by its own name, so that whoever cannot read the present one finds theirs. */
export function languageName(tag: string, { t }: Words): string {
	if (tag === "system") return t("settings.general.system");
	const name = new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
	return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}
