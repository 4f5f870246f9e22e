import { existsSync } from "node:fs";
import { join } from "node:path";
import { SETTINGS_FILE } from "./settings-file.ts";
import type { SettingsStore } from "./settings-store.ts";
import type { Windows } from "./windows.ts";

/** Whether nobody has chosen anything in this folder yet: to be asked before its settings are opened. */
export function isFirstStart(folder: string): boolean {
	return !existsSync(join(folder, SETTINGS_FILE));
}

/**
 * Welcomes people, once: from now on there is a settings file, whatever they choose. Resolves once the window is closed.
 */
export function welcome(windows: Pick<Windows, "open">, settings: Pick<SettingsStore, "change">): Promise<void> {
	settings.change({}, () => []);
	return new Promise((resolve) => {
		windows.open("welcome").on("closed", () => resolve());
	});
}
