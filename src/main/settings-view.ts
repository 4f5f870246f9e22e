import type { SettingsView } from "../ipc/settings.ts";
import type { Keys } from "./keys.ts";
import { hasLogin, withoutLogin } from "./proxy-logins.ts";
import type { SettingsStore } from "./settings-store.ts";

/** The settings in force as a page may see them: without a login, without keys. */
export function settingsView(settings: SettingsStore, keys: Keys): SettingsView {
	const current = settings.current();
	const managed = settings.managed();
	return {
		settings: { ...current, proxy: withoutLogin(current.proxy) },
		locked: settings.locked(),
		keys: keys.known(),
		...(hasLogin(current.proxy) && { proxyLogin: true }),
		...(managed && { managed }),
	};
}
