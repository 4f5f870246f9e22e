import type { Level } from "../core/level.ts";
import { overall } from "../core/overall.ts";
import type { Snapshot } from "../core/snapshot.ts";

/** The drawings in `assets/tray`: a ring with "?", a circle, a diamond, a triangle and a square. */
export const TRAY_ICONS = ["unknown", "well", "planned", "trouble", "down"] as const;
export type TrayIcon = (typeof TRAY_ICONS)[number];

const ICON_OF: Readonly<Record<Level, TrayIcon>> = {
	unknown: "unknown",
	operational: "well",
	maintenance: "planned",
	degraded: "trouble",
	partial_outage: "trouble",
	major_outage: "down",
};

/** The worst of what is not muted. Never green by default: not without a connection, nor while more is unknown than known. */
export function trayIcon({ connection, services }: Snapshot): TrayIcon {
	if (connection.state !== "online") return "unknown";
	return ICON_OF[overall(services.filter(({ muted }) => !muted)).level];
}

export interface IconLook {
	readonly platform: NodeJS.Platform;
	/** The task bar or panel is dark; macOS colours templates by itself. */
	readonly dark: boolean;
}

/** The file of an icon: what each system draws best. */
export function iconFile(icon: TrayIcon, { platform, dark }: IconLook): string {
	if (platform === "darwin") return `${icon}Template.png`;
	const shade = dark ? "dark" : "light";
	return platform === "win32" ? `${icon}-${shade}.ico` : `${icon}-${shade}.png`;
}
