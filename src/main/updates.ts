import { existsSync } from "node:fs";
import { join } from "node:path";
import type { AppUpdater } from "electron-updater";

type Updater = Pick<AppUpdater, "on" | "checkForUpdates" | "autoDownload" | "autoInstallOnAppQuit">;

const LOOK_EVERY_MS = 24 * 3_600_000;

/** Looks for a new version now and once a day, and puts it in place when people quit. Returns what ends the looking. */
export function lookForUpdates(updater: Updater, onTrouble: (error: unknown) => void): () => void {
	updater.autoDownload = true;
	updater.autoInstallOnAppQuit = true;
	updater.on("error", onTrouble);
	// what it rejects with, it has told as an error
	const look = () => void updater.checkForUpdates().catch(() => {});
	look();
	const timer = setInterval(look, LOOK_EVERY_MS);
	timer.unref();
	return () => clearInterval(timer);
}

export interface Installation {
	readonly isPackaged: boolean;
	readonly resourcesPath: string;
	readonly platform: NodeJS.Platform;
	readonly env: NodeJS.ProcessEnv;
}

/**
 * Whether this installation may put a new version in its own place: only one that says where new ones come from, as MSI packages never
 * do, and on Linux only an AppImage, since the others belong to the system's package manager.
 */
export function canUpdate({ isPackaged, resourcesPath, platform, env }: Installation): boolean {
	if (!isPackaged || (platform === "linux" && !env["APPIMAGE"])) return false;
	return existsSync(join(resourcesPath, "app-update.yml"));
}
