import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const ROOT = join(import.meta.dirname, "../../../..");

const PROGRAMS: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
	win32: "electron.exe",
	darwin: "Electron.app/Contents/MacOS/Electron",
};

/** Electron's binary, given or fetched earlier. Its package is not asked: that would begin a download. */
export function electronBinary(
	env: NodeJS.ProcessEnv,
	platform: NodeJS.Platform = process.platform,
): string | undefined {
	const folder = env["ELECTRON_OVERRIDE_DIST_PATH"] ?? join(ROOT, "node_modules/electron/dist");
	const file = join(folder, PROGRAMS[platform] ?? "electron");
	return existsSync(file) ? file : undefined;
}

/** The virtual display's program, for a Linux without a display. */
export function xvfb(env: NodeJS.ProcessEnv): string | undefined {
	const folders = (env["PATH"] ?? "").split(delimiter);
	return folders.map((folder) => join(folder, "Xvfb")).find((file) => existsSync(file));
}

export function hasDisplay(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): boolean {
	return platform !== "linux" || Boolean(env["DISPLAY"] || env["WAYLAND_DISPLAY"]);
}

/** Why real Electron cannot be started here; absent where it can. */
export function absence(env: NodeJS.ProcessEnv): string | undefined {
	if (!electronBinary(env)) return "binary not available";
	if (!hasDisplay(env) && !xvfb(env)) return "no display, and no Xvfb to make one";
	return undefined;
}
