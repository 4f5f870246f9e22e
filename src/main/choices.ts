import type * as Electron from "electron";
import type { AppSettings } from "../ipc/settings.ts";
import { setAutostart } from "./autostart.ts";
import type { Face } from "./face.ts";
import { setShortcut } from "./shortcut.ts";
import type { Troubles } from "./troubles.ts";

export interface ChoicesParts {
	readonly electron: Pick<typeof Electron, "app" | "globalShortcut">;
	readonly process: Pick<NodeJS.Process, "platform" | "env" | "execPath">;
	readonly files: { readonly home: string };
	readonly troubles: Troubles;
	readonly face: Face;
}

/** Puts into force what is chosen for the app itself, beside the watch. What does not work is noted, until it works. */
export function applyChoices(chosen: AppSettings, { electron, process, files, troubles, face }: ChoicesParts): void {
	const { platform, env, execPath } = process;
	const autostart = { app: electron.app, home: files.home, platform, env, execPath };
	troubles.retry("autostart", () => setAutostart(chosen.startAtLogin, autostart));
	troubles.retry("shortcut", () => setShortcut(electron.globalShortcut, chosen.shortcut, () => face.popover.toggle()));
	face.turnTo(chosen);
}
