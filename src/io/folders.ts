import { homedir } from "node:os";
import { join } from "node:path";

/** Where programs keep data of one user on this computer: by XDG on Linux, and as each vendor asks elsewhere. */
export function dataFolder(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string = homedir()): string {
	switch (platform) {
		case "win32":
			return join(env["LOCALAPPDATA"] ?? join(home, "AppData", "Local"), "Semaforo");
		case "darwin":
			return join(home, "Library", "Application Support", "Semaforo");
		default:
			return join(env["XDG_DATA_HOME"] || join(home, ".local", "share"), "semaforo");
	}
}
