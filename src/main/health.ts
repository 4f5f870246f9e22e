import type * as Electron from "electron";
import type { AppHealth } from "../ipc/answers.ts";
import type { Troubles } from "./troubles.ts";

const PLATFORMS: Readonly<Record<string, AppHealth["platform"]>> = { win32: "windows", darwin: "macos" };

/** What the app is, and what troubles it. */
export function healthOf(
	{ app, Notification }: Pick<typeof Electron, "app" | "Notification">,
	platform: NodeJS.Platform,
	troubles: Troubles,
): AppHealth {
	return {
		version: app.getVersion(),
		platform: PLATFORMS[platform] ?? "linux",
		...(!Notification.isSupported() && { mute: true }),
		troubles: troubles.list(),
	};
}
