import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { App } from "electron";

export interface AutostartParts {
	readonly app: Pick<App, "setLoginItemSettings" | "isPackaged">;
	readonly platform: NodeJS.Platform;
	readonly env: NodeJS.ProcessEnv;
	readonly home: string;
	readonly execPath: string;
}

/** The switch that a start at login comes with: no window then. */
export const HIDDEN = "--hidden";

/** Starts with the session from now on, or no more. Only of an installed app: whoever runs it from its sources starts it by hand. */
export function setAutostart(on: boolean, { app, platform, env, home, execPath }: AutostartParts): void {
	if (!app.isPackaged) return;
	if (platform !== "linux") {
		app.setLoginItemSettings({ openAtLogin: on, args: [HIDDEN] });
		return;
	}
	const folder = join(env["XDG_CONFIG_HOME"] || join(home, ".config"), "autostart");
	const file = join(folder, "semaforo.desktop");
	if (!on) {
		rmSync(file, { force: true });
		return;
	}
	mkdirSync(folder, { recursive: true });
	writeFileSync(file, desktopEntry(env["APPIMAGE"] || execPath));
}

/** As the Desktop Entry Specification quotes: a backslash twice over, for the string and for the argument in it. */
function desktopEntry(program: string): string {
	const quoted = program
		.replace(/["`$\\]/g, "\\$&")
		.replaceAll("\\", "\\\\")
		.replaceAll("%", "%%");
	return ["[Desktop Entry]", "Type=Application", "Name=Semaforo", `Exec="${quoted}" ${HIDDEN}`, ""].join("\n");
}
